/* Is a blob an ssh key only when every field of it is as its kind has it? */
#include "lib/jose/ssh_key.h"

#include "tests/unit/support/jose_fixture.h"

#include "lib/base/base64url.h"

#include <string.h>

/* A blob that a test builds. */
struct blob {
    unsigned char at[2 * PJWT_SSH_BLOB_MAX];
    size_t len;
};

static struct pjwt_why why;
static bool known;

static void
put(struct blob *b, const void *bytes, size_t len)
{
    assert_true(b->len + len <= sizeof(b->at));
    memcpy(b->at + b->len, bytes, len);
    b->len += len;
}

static void
put_number(struct blob *b, size_t number)
{
    const unsigned char four[4] = {(unsigned char)(number >> 24), (unsigned char)(number >> 16),
                                   (unsigned char)(number >> 8), (unsigned char)number};

    put(b, four, sizeof(four));
}

static void
put_string(struct blob *b, const void *bytes, size_t len)
{
    put_number(b, len);
    put(b, bytes, len);
}

static void
put_text(struct blob *b, const char *text)
{
    put_string(b, text, strlen(text));
}

static pjwt_verdict
parse(const struct blob *b)
{
    PJWT_AUTO(json) json_t *jwk = NULL;
    pjwt_verdict v = pjwt_ssh_key_jwk(b->at, b->len, &jwk, &known, &why);

    assert_int_equal(pjwt_ok(v), jwk != NULL);
    return v;
}

/* The blob behind the algorithm of a line, by the decoder of the other alphabet. */
static void
decode(const char *line, struct blob *b)
{
    const char *base64 = strchr(line, ' ') + 1;
    size_t digits = strcspn(base64, "=");
    char url[2 * PJWT_SSH_BLOB_MAX];

    for (size_t i = 0; i < digits; i++) {
        url[i] = base64[i] == '+' ? '-' : base64[i] == '/' ? '_' : base64[i];
    }
    assert_reason(pjwt_base64url_decode(url, digits, b->at, &b->len), OK);
}

/* Cut anywhere, or with a byte behind it. */
static void
test_every_length(void **state)
{
    PJWT_AUTO(json) json_t *vectors = fixture_vectors("ssh_keys.json");
    const json_t *row = NULL;
    size_t i = 0;

    (void)state;
    json_array_foreach(json_object_get(vectors, "keys"), i, row)
    {
        struct blob whole = {.len = 0};
        struct blob other;

        decode(json_string_value(json_object_get(row, "line")), &whole);
        assert_reason(parse(&whole), OK);
        for (size_t len = 0; len < whole.len; len++) {
            other = whole;
            other.len = len;
            assert_reason(parse(&other), SSH_KEY);
        }
        other = whole;
        put(&other, "", 1);
        assert_reason(parse(&other), SSH_KEY);
    }
}

/* Kinds that have no JWK are told from those that are broken. */
static void
test_other_kinds(void **state)
{
    static const char *const types[] = {"sk-ssh-ed25519@openssh.com",
                                        "sk-ecdsa-sha2-nistp256@openssh.com",
                                        "sk-ssh-ed25519-cert-v01@openssh.com",
                                        "ssh-dss",
                                        "ssh-ed448",
                                        "ssh-ed2551",
                                        "ssh-ed25519-cert-v02@openssh.com",
                                        "ssh-ed25519 ",
                                        "rsa-sha2-256",
                                        "ecdsa-sha2-nistp224"};

    (void)state;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        struct blob b = {.len = 0};

        put_text(&b, types[i]);
        put_string(&b, "01234567890123456789012345678901", 32);
        assert_reason(parse(&b), SSH_KEY);
        assert_false(known);
        assert_non_null(strstr(why.text, types[i]));
    }
}

static struct blob
ed25519(const char *type, size_t size)
{
    struct blob b = {.len = 0};

    put_text(&b, type);
    put_string(&b, "0123456789012345678901234567890123456789", size);
    return b;
}

static void
test_ed25519(void **state)
{
    struct blob good = ed25519("ssh-ed25519", 32);
    struct blob shorter = ed25519("ssh-ed25519", 31);
    struct blob longer = ed25519("ssh-ed25519", 33);
    struct blob none = ed25519("", 32);

    (void)state;
    assert_reason(parse(&good), OK);
    assert_reason(parse(&shorter), SSH_KEY);
    assert_true(known);
    assert_reason(parse(&longer), SSH_KEY);
    assert_reason(parse(&none), SSH_KEY);
}

static struct blob
ecdsa(const char *type, const char *curve, unsigned char form, size_t size)
{
    unsigned char point[140] = {form, 1};
    struct blob b = {.len = 0};

    put_text(&b, type);
    put_text(&b, curve);
    put_string(&b, point, 1 + size);
    return b;
}

static void
test_ecdsa(void **state)
{
    struct blob good = ecdsa("ecdsa-sha2-nistp256", "nistp256", 4, 64);
    struct blob other_curve = ecdsa("ecdsa-sha2-nistp256", "nistp384", 4, 64);
    struct blob no_curve = ecdsa("ecdsa-sha2-nistp256", "nistp25", 4, 64);
    struct blob compressed = ecdsa("ecdsa-sha2-nistp256", "nistp256", 2, 32);
    struct blob says_compressed = ecdsa("ecdsa-sha2-nistp256", "nistp256", 2, 64);
    struct blob longer = ecdsa("ecdsa-sha2-nistp256", "nistp256", 4, 66);
    struct blob infinity = ecdsa("ecdsa-sha2-nistp256", "nistp256", 0, 0);
    struct blob p384 = ecdsa("ecdsa-sha2-nistp384", "nistp384", 4, 96);

    (void)state;
    assert_reason(parse(&good), OK);
    assert_reason(parse(&other_curve), SSH_KEY);
    assert_reason(parse(&no_curve), SSH_KEY);
    assert_reason(parse(&compressed), SSH_KEY);
    assert_reason(parse(&says_compressed), SSH_KEY);
    assert_reason(parse(&longer), SSH_KEY);
    assert_reason(parse(&infinity), SSH_KEY);
    assert_reason(parse(&p384), OK);
}

static pjwt_verdict
rsa(const void *e, size_t e_len, const void *n, size_t n_len)
{
    struct blob b = {.len = 0};

    put_text(&b, "ssh-rsa");
    put_string(&b, e, e_len);
    put_string(&b, n, n_len);
    return parse(&b);
}

/* RFC 4251 section 5: one spelling for each number. */
static void
test_rsa_numbers(void **state)
{
    static const unsigned char n[2 * PJWT_SSH_BLOB_MAX] = {0, 0x80, 1};
    static const unsigned char m[2 * PJWT_SSH_BLOB_MAX] = {0x7f};

    (void)state;
    assert_reason(rsa("\1\0\1", 3, n, 3), OK);
    assert_reason(rsa("\1\0\1", 3, n, 2049), OK);
    assert_reason(rsa("\1\0\1", 3, n, 2050), SSH_KEY); /* too long */
    assert_reason(rsa("\1\0\1", 3, m, 2048), OK);
    assert_reason(rsa("\1\0\1", 3, m, 2049), SSH_KEY);  /* so without a sign byte */
    assert_reason(rsa("\1\0\1", 3, n + 1, 2), SSH_KEY); /* negative */
    assert_reason(rsa("\0\1\0\1", 4, n, 3), SSH_KEY);   /* a needless zero */
    assert_reason(rsa("\0\0\x80", 3, n, 3), SSH_KEY);   /* two zeros */
    assert_reason(rsa("", 0, n, 3), SSH_KEY);           /* zero */
    assert_reason(rsa("\0", 1, n, 3), SSH_KEY);         /* zero, spelt out */
    assert_reason(rsa("\1\0\1", 3, "", 0), SSH_KEY);
    assert_true(known);
}

/* Lengths that point behind the end, and over the end of the address space. */
static void
test_lengths_lie(void **state)
{
    static const unsigned char lies[][8] = {
        {0xff, 0xff, 0xff, 0xff}, {0x7f, 0xff, 0xff, 0xff}, {0, 0, 0, 5}, {0, 0, 1, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        struct blob first = {.len = 0};
        struct blob second = {.len = 0};

        put(&first, lies[i], 8);
        assert_reason(parse(&first), SSH_KEY);
        put_text(&second, "ssh-ed25519");
        put(&second, lies[i], 8);
        assert_reason(parse(&second), SSH_KEY);
    }
}

static void
test_too_long(void **state)
{
    struct blob b = ed25519("ssh-ed25519", 32);

    (void)state;
    b.len = PJWT_SSH_BLOB_MAX + 1;
    assert_reason(parse(&b), SSH_KEY);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_length), cmocka_unit_test(test_other_kinds),
        cmocka_unit_test(test_ed25519),      cmocka_unit_test(test_ecdsa),
        cmocka_unit_test(test_rsa_numbers),  cmocka_unit_test(test_lengths_lie),
        cmocka_unit_test(test_too_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
