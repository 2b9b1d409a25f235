/* Is a key used only for what its shared members allow? */
#include "tests/unit/support/jose_fixture.h"

#include <string.h>

static struct pjwt_why why;

static pjwt_verdict
build_allowed(const char *jwk, const char *more, pjwt_algs allowed)
{
    PJWT_AUTO(json) json_t *parsed = fixture_public(jwk, more);
    struct pjwt_key *key = NULL;
    pjwt_verdict verdict = pjwt_key_from_jwk(parsed, allowed, &key, &why);

    assert_int_equal(pjwt_ok(verdict), key != NULL);
    pjwt_drop_key(&key);
    return verdict;
}

static pjwt_verdict
build(const char *jwk, const char *more)
{
    return build_allowed(jwk, more, FIXTURE_ANY);
}

static const char *const jwks[] = {fixture_ed25519, fixture_p256, fixture_rsa};

static void
test_use(void **state)
{
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        assert_reason(build(jwks[k], NULL), OK);
        assert_reason(build(jwks[k], "{'use':'sig'}"), OK);
        assert_reason(build(jwks[k], "{'use':'enc'}"), KEY_UNUSABLE);
        assert_string_equal(why.text, "use enc");
        assert_reason(build(jwks[k], "{'use':'SIG'}"), KEY_UNUSABLE);
        assert_reason(build(jwks[k], "{'use':''}"), KEY_UNUSABLE);
        assert_reason(build(jwks[k], "{'use':['sig']}"), KEY_BAD);
    }
}

static void
test_key_ops(void **state)
{
    (void)state;
    assert_reason(build(fixture_p256, "{'key_ops':['verify']}"), OK);
    assert_reason(build(fixture_p256, "{'key_ops':['sign','verify']}"), OK);
    assert_reason(build(fixture_p256, "{'key_ops':['sign']}"), KEY_UNUSABLE);
    assert_reason(build(fixture_p256, "{'key_ops':[]}"), KEY_UNUSABLE);
    assert_reason(build(fixture_p256, "{'key_ops':['verify','verify']}"), KEY_BAD);
    assert_reason(build(fixture_p256, "{'key_ops':['verify','sign','sign']}"), KEY_BAD);
    assert_reason(build(fixture_p256, "{'key_ops':['verify',1]}"), KEY_BAD);
    assert_reason(build(fixture_p256, "{'key_ops':'verify'}"), KEY_BAD);
    assert_reason(build(fixture_p256, "{'use':'enc','key_ops':['verify']}"), KEY_UNUSABLE);
}

static void
test_private_members(void **state)
{
    static const char *const more[] = {"{'d':'AA'}",  "{'p':'AA'}",  "{'q':'AA'}",
                                       "{'dp':'AA'}", "{'dq':'AA'}", "{'qi':'AA'}",
                                       "{'oth':[]}",  "{'k':'AA'}",  "{'priv':'AA'}",
                                       "{'d':0}",     "{'d':''}",    "{'d':'AA','use':'enc'}"};

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        PJWT_AUTO(json) json_t *whole = fixture_private(jwks[k], NULL);
        struct pjwt_key *key = NULL;

        assert_reason(build(jwks[k], NULL), OK);
        assert_reason(pjwt_key_from_jwk(whole, FIXTURE_ANY, &key, &why), KEY_PRIVATE);
        assert_null(key);
        for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
            assert_reason(build(jwks[k], more[i]), KEY_PRIVATE);
        }
    }
}

static void
test_symmetric(void **state)
{
    (void)state;
    assert_reason(build("{'kty':'oct','k':'AAAA','alg':'HS256'}", NULL), KEY_PRIVATE);
    assert_reason(build("{'kty':'oct'}", NULL), KEY_PRIVATE);
}

static void
test_kinds(void **state)
{
    (void)state;
    assert_reason(build(fixture_rsa, "{'crv':'whatever'}"), OK); /* means nothing there */
    assert_reason(build(fixture_p256, "{'kty':null}"), KEY_BAD);
    assert_reason(build(fixture_p256, "{'kty':7}"), KEY_BAD);
    assert_reason(build(fixture_p256, "{'kty':'ec'}"), KEY_UNUSABLE);
    assert_reason(build(fixture_p256, "{'kty':'AKP'}"), KEY_UNUSABLE);
    assert_reason(build(fixture_p256, "{'crv':null}"), KEY_UNUSABLE);
    assert_reason(build(fixture_p256, "{'crv':'P-384'}"), KEY_BAD);     /* of other lengths */
    assert_reason(build(fixture_p256, "{'crv':'secp256k1'}"), KEY_BAD); /* not on that curve */
    assert_reason(build(fixture_p256, "{'crv':'P-192'}"), KEY_UNUSABLE);
    assert_reason(build(fixture_p256, "{'crv':'Ed25519'}"), KEY_UNUSABLE);
    assert_reason(build(fixture_p256, "{'crv':[]}"), KEY_BAD);
    assert_reason(build(fixture_ed25519, "{'crv':'X25519'}"), KEY_UNUSABLE);
    assert_reason(build(fixture_ed25519, "{'crv':'Ed448'}"), KEY_BAD);
    assert_reason(build("{}", NULL), KEY_BAD);
}

static void
test_alg_of_the_key(void **state)
{
    (void)state;
    assert_reason(build(fixture_rsa, "{'alg':'RS256'}"), OK);
    assert_reason(build(fixture_rsa, "{'alg':'RSA-OAEP'}"), KEY_UNUSABLE);
    assert_reason(build(fixture_rsa, "{'alg':'RS512'}"), OK);
    assert_reason(build(fixture_rsa, "{'alg':'PS256'}"), OK);
    assert_reason(build(fixture_rsa, "{'alg':'none'}"), KEY_UNUSABLE);
    assert_reason(build(fixture_rsa, "{'alg':'HS256'}"), KEY_BAD);
    assert_reason(build(fixture_rsa, "{'alg':'ES256'}"), KEY_BAD); /* of another kty */
    assert_reason(build(fixture_rsa, "{'alg':7}"), KEY_BAD);
    assert_reason(build(fixture_p256, "{'alg':'ES256'}"), OK);
    assert_reason(build(fixture_p256, "{'alg':'Ed25519'}"), KEY_BAD);
    assert_reason(build(fixture_p256, "{'alg':'ES384'}"), KEY_BAD); /* of another crv */
    assert_reason(build(fixture_p256, "{'alg':'ES256K'}"), KEY_BAD);
    assert_reason(build(fixture_ed25519, "{'alg':'EdDSA'}"), OK);
    assert_reason(build(fixture_ed25519, "{'alg':'Ed448'}"), KEY_BAD);
    assert_reason(build(fixture_ed25519, "{'alg':'RS256'}"), KEY_BAD);
}

static void
test_allowed(void **state)
{
    const pjwt_algs all[] = {PJWT_ALG_BIT(PJWT_ALG_ED25519), PJWT_ALG_BIT(PJWT_ALG_ES256),
                             PJWT_ALG_BIT(PJWT_ALG_RS256)};
    static const char *const named[] = {"{'alg':'Ed25519'}", "{'alg':'ES256'}",
                                        "{'alg':'RS256'}"};

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        for (size_t a = 0; a < 3; a++) {
            if (k == a) {
                assert_reason(build_allowed(jwks[k], NULL, all[a]), OK);
                assert_reason(build_allowed(jwks[k], named[k], all[a]), OK);
            } else {
                assert_reason(build_allowed(jwks[k], NULL, all[a]), ALG_REFUSED);
                assert_reason(build_allowed(jwks[k], named[k], all[a]), ALG_REFUSED);
            }
        }
        assert_reason(build_allowed(jwks[k], NULL, 0), ALG_REFUSED);
    }
}

/* A key that fits several takes the only one that the config lists. */
static void
test_pinned_by_the_config(void **state)
{
    const pjwt_algs rs512 = PJWT_ALG_BIT(PJWT_ALG_RS512);
    const pjwt_algs ps256 = PJWT_ALG_BIT(PJWT_ALG_PS256);
    const pjwt_algs es256 = PJWT_ALG_BIT(PJWT_ALG_ES256);

    (void)state;
    assert_reason(build_allowed(fixture_rsa, "{'alg':null}", rs512), OK);
    assert_reason(build_allowed(fixture_rsa, "{'alg':null}", rs512 | es256), OK);
    assert_reason(build_allowed(fixture_rsa, "{'alg':null}", rs512 | ps256), ALG_UNPINNED);
    assert_reason(build_allowed(fixture_rsa, "{'alg':'PS256'}", rs512 | ps256), OK);
    assert_reason(build_allowed(fixture_rsa, "{'alg':null}", FIXTURE_ANY), ALG_UNPINNED);
    assert_reason(build_allowed(fixture_rsa, "{'alg':null}", es256), ALG_REFUSED);
}

static void
test_kid_and_alg_are_kept(void **state)
{
    PJWT_AUTO(key) struct pjwt_key *named = fixture_verifier(fixture_rsa, "{'kid':'a b'}");
    PJWT_AUTO(key) struct pjwt_key *bare = fixture_verifier(fixture_ed25519, NULL);

    (void)state;
    assert_string_equal(pjwt_key_kid(named), "a b");
    assert_int_equal(pjwt_key_alg(named), PJWT_ALG_RS256);
    assert_null(pjwt_key_kid(bare));
    assert_int_equal(pjwt_key_alg(bare), PJWT_ALG_ED25519);
}

static void
test_kid(void **state)
{
    char more[300] = "{'kid':'";
    size_t start = strlen(more);

    (void)state;
    memset(more + start, 'k', 257);
    memcpy(more + start + 256, "'}", 3);
    assert_reason(build(fixture_p256, more), OK);
    memcpy(more + start + 256, "k'}", 4);
    assert_reason(build(fixture_p256, more), KEY_BAD);
    assert_reason(build(fixture_p256, "{'kid':''}"), KEY_BAD);
    assert_reason(build(fixture_p256, "{'kid':7}"), KEY_BAD);
}

static void
test_foreign_members_are_ignored(void **state)
{
    (void)state;
    assert_reason(build(fixture_rsa, "{'x5t':'aa','x5t#S256':'bb','x5c':['MIIB'],'issuer':"
                                     "'https://login.example.com','ext':true,'nbf':1}"),
                  OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_use),
        cmocka_unit_test(test_key_ops),
        cmocka_unit_test(test_private_members),
        cmocka_unit_test(test_symmetric),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_alg_of_the_key),
        cmocka_unit_test(test_allowed),
        cmocka_unit_test(test_pinned_by_the_config),
        cmocka_unit_test(test_kid_and_alg_are_kept),
        cmocka_unit_test(test_kid),
        cmocka_unit_test(test_foreign_members_are_ignored),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
