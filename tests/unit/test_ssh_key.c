/* Is the key found in the text of an ssh public key, and other text refused? */
#include "lib/jose/ssh_key.h"

#include "tests/unit/support/jose_fixture.h"

#include <string.h>

static struct pjwt_why why;
static bool known;

static pjwt_verdict
read_line(const char *line)
{
    PJWT_AUTO(json) json_t *jwk = NULL;
    pjwt_verdict v = pjwt_ssh_key_read(line, strlen(line), &jwk, &known, &why);

    assert_int_equal(pjwt_ok(v), jwk != NULL);
    return v;
}

static const char *
text_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static void
test_every_kind(void **state)
{
    PJWT_AUTO(json) json_t *vectors = fixture_vectors("ssh_keys.json");
    const json_t *row = NULL;
    size_t i = 0;

    (void)state;
    assert_int_equal(json_array_size(json_object_get(vectors, "keys")), 10);
    json_array_foreach(json_object_get(vectors, "keys"), i, row)
    {
        PJWT_AUTO(json) json_t *jwk = NULL;
        const char *line = text_of(row, "line");
        char thumbprint[PJWT_THUMBPRINT_SIZE];

        assert_reason(pjwt_ssh_key_read(line, strlen(line), &jwk, &known, &why), OK);
        assert_true(json_equal(jwk, json_object_get(row, "jwk")));
        assert_reason(pjwt_key_thumbprint(jwk, thumbprint), OK);
        assert_string_equal(thumbprint, text_of(row, "thumbprint"));
    }
}

static void
test_certificate_of_a_host(void **state)
{
    PJWT_AUTO(json) json_t *vectors = fixture_vectors("ssh_keys.json");

    (void)state;
    assert_reason(read_line(text_of(vectors, "host_certificate")), SSH_KEY);
    assert_true(known);
    assert_string_equal(why.text,
                        "the ssh key is malformed (ssh-ed25519-cert-v01@openssh.com)");
}

/* The text around it: one space, canonical base64, the algorithm that the blob names. */
static void
test_text(void **state)
{
#define KEY "AAAAC3NzaC1lZDI1NTE5AAAAIDAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAx"
    static const char *const wrong[] = {
        "",
        "ssh-ed25519",
        "ssh-ed25519 ",
        " " KEY,
        KEY,
        "ssh-ed25519  " KEY,
        "ssh-ed25519\t" KEY,
        "ssh-ed25519 " KEY " comment",
        "ssh-ed25519 " KEY "\n",
        "ssh-ed25519 " KEY "=",
        "ssh-ed25519 " KEY "====",
        "ssh-ed25519 " KEY "A",
        "ssh-ed25519 " KEY "AA==",
        "ssh-rsa " KEY,
        "ssh-ed2551 " KEY,
        "ssh-ed25519x " KEY,
        "SSH-ed25519 " KEY,
        "no-pty ssh-ed25519 " KEY,
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OT--",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4O*Ax",
    };

    (void)state;
    assert_reason(read_line("ssh-ed25519 " KEY), OK);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_reason(read_line(wrong[i]), SSH_KEY);
        assert_true(known);
    }
}

/* Unused bits of the last digit are zero, or the text is another spelling. */
static void
test_padding(void **state)
{
    (void)state;
    assert_reason(read_line("ssh-dss AAAAB3NzaC1kc3M="), SSH_KEY);
    assert_false(known); /* read, and of another kind */
    assert_reason(read_line("ssh-dss AAAAB3NzaC1kc3N="), SSH_KEY);
    assert_true(known);
    assert_reason(read_line("ssh-dss AAAAB3NzaC1kc3M"), SSH_KEY);
    assert_true(known);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind),
        cmocka_unit_test(test_certificate_of_a_host),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_padding),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
