/* Does a process with the judge's lighter start of OpenSSL verify all the same, and obey the
 * administrator's openssl.cnf? Each in a process of its own, where nothing of OpenSSL has run.
 */
#include "tests/unit/support/child.h"

#include "lib/base/base64url.h"
#include "lib/jose/key_inside.h"
#include "lib/jose/process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum outcome { VERIFIED, NO_START, NO_KEY, NO_PROOF };

/* RFC 8037 appendices A.2 and A.4: signing here would start OpenSSL in another way than the
 * judge's. */
static const char jwk_text[] = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\","
                               "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";
static const char input[] = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
static const char signature_text[] =
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylG"
    "jg5BhVsPt9g7sVvpAr_MuM0KAg";

static int
start_and_verify(struct scratch *s, struct test_child *child)
{
    PJWT_AUTO(json) json_t *jwk = json_loads(jwk_text, 0, NULL);
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    unsigned char signature[64];
    size_t len = 0;
    struct pjwt_why why;

    (void)child;
    if (setenv("OPENSSL_CONF", scratch_path(s, "openssl.cnf"), 1) != 0 ||
        !pjwt_process_start()) {
        return NO_START;
    }
    if (!pjwt_ok(pjwt_key_from_jwk(jwk, ~0u, &key, &why))) {
        return NO_KEY;
    }
    return pjwt_ok(pjwt_base64url_decode(signature_text, strlen(signature_text), signature,
                                         &len)) &&
                   pjwt_ok(pjwt_key_verify(
                       key, (struct pjwt_octets){(const unsigned char *)input, strlen(input)},
                       (struct pjwt_octets){signature, len}))
               ? VERIFIED
               : NO_PROOF;
}

static int
outcome_with(struct scratch *s, const char *properties)
{
    struct test_child child;
    char config[256];

    (void)snprintf(config, sizeof(config),
                   "config_diagnostics = 1\n"
                   "openssl_conf = start\n"
                   "[start]\n"
                   "alg_section = algorithms\n"
                   "[algorithms]\n"
                   "%s\n",
                   properties);
    scratch_write(s, "openssl.cnf", config, 0644);
    test_child_start(&child, start_and_verify, s);
    return test_child_end(&child);
}

static void
test_verifies(void **state)
{
    assert_int_equal(outcome_with(*state, "default_properties = provider=default"), VERIFIED);
}

/* An administrator who allows validated algorithms alone, on a machine that has none. */
static void
test_properties_are_obeyed(void **state)
{
    assert_int_equal(outcome_with(*state, "default_properties = provider=fips"), NO_KEY);
}

static void
test_what_cannot_be_obeyed_is_no_start(void **state)
{
    assert_int_equal(outcome_with(*state, "no_such_setting = yes"), NO_START);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_verifies, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_properties_are_obeyed, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(test_what_cannot_be_obeyed_is_no_start, scratch_setup,
                                        scratch_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
