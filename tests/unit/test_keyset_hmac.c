/* Does a shared secret prove a token only from a secret file that holds nothing else? */
#include "tests/unit/support/jose_fixture.h"

#include "lib/jose/keyset.h"

#include <string.h>

#define OCT_A                                                                            \
    "{'kty':'oct','alg':'HS256','kid':'a','k':'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQ" \
    "Lr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow'}"
#define ED_B "{" FIXTURE_ED_PUBLIC ",'kid':'b'}"

static const char with_kid[] = "{'alg':'HS256','kid':'a'}";
static const char without_kid[] = "{'alg':'HS256'}";

static pjwt_verdict
select_allowed(struct scratch *s, const char *set, mode_t mode, const char *header,
               pjwt_algs allowed)
{
    PJWT_AUTO(secret) struct pjwt_secret *token = fixture_sign(fixture_oct, header, "{}");
    PJWT_AUTO(jws) struct pjwt_jws *jws = NULL;
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    struct pjwt_report report = {0};
    pjwt_verdict verdict = PJWT_SAY(UNSET);

    scratch_write(s, "keys.jwks", fixture_quotes(set), mode);
    assert_reason(pjwt_jws_parse(token, &jws, &report), OK);
    verdict = pjwt_keyset_select(scratch_path(s, "keys.jwks"), allowed, jws, &key, &report);
    assert_int_equal(pjwt_ok(verdict), key != NULL);
    return pjwt_ok(verdict) ? fixture_prove(token, key) : verdict;
}

static pjwt_verdict
select_hmac(struct scratch *s, const char *set, mode_t mode, const char *header)
{
    return select_allowed(s, set, mode, header, PJWT_ALGS_HMAC);
}

static void
test_modes(void **state)
{
    static const mode_t open_to_others[] = {0644, 0640, 0604, 0620, 0602, 0610, 0601};

    assert_reason(select_hmac(*state, "{'keys':[" OCT_A "]}", 0600, with_kid), OK);
    assert_reason(select_hmac(*state, "{'keys':[" OCT_A "]}", 0400, with_kid), OK);
    for (size_t i = 0; i < sizeof(open_to_others) / sizeof(open_to_others[0]); i++) {
        assert_reason(select_hmac(*state, "{'keys':[" OCT_A "]}", open_to_others[i], with_kid),
                      KEYS_UNSAFE);
    }
}

static void
test_nothing_else_beside_it(void **state)
{
    static const char *const headers[] = {with_kid, without_kid};
    static const char *const mixed[] = {
        "{'keys':[" OCT_A "," ED_B "]}",
        "{'keys':[" ED_B "," OCT_A "]}",
        "{'keys':[" OCT_A ",{'kid':'none'}]}",
        "{'keys':[" OCT_A ",{'kty':'AKP','kid':'pq'}]}",
        "{'keys':[" OCT_A ",{'kty':'Oct','kid':'case'}]}",
        "{'keys':[" OCT_A ",{'kty':'o\\u0063t','kid':'escaped'}]}",
    };

    for (size_t h = 0; h < 2; h++) {
        assert_reason(select_hmac(*state, "{'keys':[" OCT_A "]}", 0600, headers[h]), OK);
        for (size_t i = 0; i < sizeof(mixed) / sizeof(mixed[0]); i++) {
            assert_reason(select_hmac(*state, mixed[i], 0600, headers[h]), KEY_MIXED);
        }
    }
}

/* A list that names asymmetric algorithms too is none of shared secrets. */
static void
test_only_where_hmac_stands_alone(void **state)
{
    const pjwt_algs hs256 = PJWT_ALG_BIT(PJWT_ALG_HS256);
    const char *set = "{'keys':[" OCT_A "]}";

    assert_reason(select_allowed(*state, set, 0600, with_kid, hs256), OK);
    assert_reason(select_allowed(*state, set, 0600, with_kid, FIXTURE_ANY), KEY_PRIVATE);
    assert_reason(
        select_allowed(*state, set, 0600, with_kid, hs256 | PJWT_ALG_BIT(PJWT_ALG_ED25519)),
        KEY_PRIVATE);
    assert_reason(select_allowed(*state, set, 0600, with_kid, PJWT_ALG_BIT(PJWT_ALG_HS384)),
                  ALG_REFUSED);
    assert_reason(select_allowed(*state, set, 0600, with_kid, PJWT_ALG_BIT(PJWT_ALG_ED25519)),
                  ALG_REFUSED);
}

static void
test_kid(void **state)
{
    assert_reason(select_hmac(*state, "{'keys':[" OCT_A "]}", 0600, without_kid), OK);
    assert_reason(
        select_hmac(*state, "{'keys':[" OCT_A "]}", 0600, "{'alg':'HS256','kid':'c'}"),
        KID_UNKNOWN);
    assert_reason(select_hmac(*state, "{'keys':[" OCT_A "," OCT_A "]}", 0600, with_kid),
                  KID_DUPLICATE);
    assert_reason(select_hmac(*state, "{'keys':[" OCT_A "," OCT_A "]}", 0600, without_kid),
                  KID_MISSING);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_modes),
        CASE(test_nothing_else_beside_it),
        CASE(test_only_where_hmac_stands_alone),
        CASE(test_kid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
