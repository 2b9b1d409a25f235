/* Is a weak or malformed key refused on every curve, and a shared secret that is too short? */
#include "tests/unit/support/jose_fixture.h"

#include "lib/jose/evp.h"
#include "lib/jose/keyset.h"
#include "lib/jose/param.h"

#include <stdio.h>
#include <string.h>

static struct pjwt_why why;

static pjwt_verdict
build(const json_t *jwk, pjwt_algs allowed)
{
    struct pjwt_key *key = NULL;
    pjwt_verdict verdict = pjwt_key_from_jwk(jwk, allowed, &key, &why);

    assert_int_equal(pjwt_ok(verdict), key != NULL);
    pjwt_drop_key(&key);
    return verdict;
}

/* `jwk` with these bytes as the parameter `name`. */
static pjwt_verdict
build_bytes(const json_t *jwk, const char *name, const unsigned char *bytes, size_t len)
{
    PJWT_AUTO(json) json_t *copy = json_deep_copy(jwk);

    assert_true(pjwt_param_put(copy, name, bytes, len));
    return build(copy, FIXTURE_ANY);
}

static json_t *
generate(enum pjwt_alg alg)
{
    json_t *open_half = NULL;
    PJWT_AUTO(json) json_t *secret_half = NULL;

    assert_reason(pjwt_key_generate(alg, NULL, &open_half, &secret_half), OK);
    return open_half;
}

/* RFC 7518 section 6.2.1.2: "The length of this octet string MUST be the full size of a
 * coordinate for the curve". */
static void
test_coordinates(void **state)
{
    static const struct {
        enum pjwt_alg alg;
        size_t bytes;
    } curves[] = {{PJWT_ALG_ES256, 32},
                  {PJWT_ALG_ES384, 48},
                  {PJWT_ALG_ES512, 66},
                  {PJWT_ALG_ES256K, 32}};

    (void)state;
    for (size_t c = 0; c < 4; c++) {
        PJWT_AUTO(json) json_t *jwk = generate(curves[c].alg);
        size_t len = curves[c].bytes;
        unsigned char bytes[68] = {0};
        char words[64];

        assert_reason(build(jwk, FIXTURE_ANY), OK);
        for (const char *name = "x"; name != NULL; name = *name == 'x' ? "y" : NULL) {
            assert_reason(build_bytes(jwk, name, bytes, len - 1), KEY_BAD);
            (void)snprintf(words, sizeof(words), "%s has %zu bytes, not %zu", name, len - 1,
                           len);
            assert_string_equal(why.text, words);
            assert_reason(build_bytes(jwk, name, bytes, len + 1), KEY_BAD);
            bytes[len - 1] = 3; /* off the curve, save by a rare chance */
            assert_reason(build_bytes(jwk, name, bytes, len), KEY_BAD);
            assert_string_equal(why.text, "x and y are no point on the curve");
        }
        memset(bytes, 0xff, sizeof(bytes)); /* beyond the field */
        assert_reason(build_bytes(jwk, "x", bytes, len), KEY_BAD);
    }
}

/* A point of one curve is none of the other with coordinates of that length. */
static void
test_points_of_the_other_curve(void **state)
{
    PJWT_AUTO(json) json_t *nist = generate(PJWT_ALG_ES256);
    PJWT_AUTO(json) json_t *koblitz = generate(PJWT_ALG_ES256K);

    (void)state;
    assert_int_equal(json_object_del(nist, "alg"), 0);
    assert_int_equal(json_object_del(koblitz, "alg"), 0);
    assert_reason(build(nist, FIXTURE_ANY), OK);
    assert_reason(build(koblitz, FIXTURE_ANY), OK);
    assert_int_equal(json_object_set_new(nist, "crv", json_string("secp256k1")), 0);
    assert_int_equal(json_object_set_new(koblitz, "crv", json_string("P-256")), 0);
    assert_reason(build(nist, FIXTURE_ANY), KEY_BAD);
    assert_reason(build(koblitz, FIXTURE_ANY), KEY_BAD);
}

static void
put_y(unsigned char y[57], const char *hex)
{
    PJWT_AUTO(bn) BIGNUM *n = NULL;

    assert_true(BN_hex2bn(&n, hex) > 0);
    assert_int_equal(BN_bn2lebinpad(n, y, 57), 57);
}

#define ED448_HIGH "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFE"
#define ED448_P_PLUS_ONE                                       \
    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" \
    "00000000000000000000000000000000000000000000000000000000"
#define ED448_LOW "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"

/* y = 0, 1 and p - 1 are the points of order 4, 1 and 2; p and p + 1 are 0 and 1 once more. */
static void
test_ed448_small_order(void **state)
{
    static const char *const small[] = {"00", "01", ED448_HIGH ED448_LOW "FE",
                                        ED448_HIGH ED448_LOW "FF", ED448_P_PLUS_ONE};
    PJWT_AUTO(json) json_t *jwk = generate(PJWT_ALG_ED448);

    (void)state;
    assert_reason(build(jwk, FIXTURE_ANY), OK);
    for (size_t i = 0; i < sizeof(small) / sizeof(small[0]); i++) {
        unsigned char y[57] = {0};

        if (i > 0) {
            put_y(y, small[i]);
        }
        assert_reason(build_bytes(jwk, "x", y, 57), KEY_WEAK);
        y[56] |= 0x80;
        assert_reason(build_bytes(jwk, "x", y, 57), KEY_WEAK);
    }
}

/* Of the small y, those on the curve; p + y is y once more, and so are the seven bits that must
 * be zero. Computed from the curve's equation with integers. */
static void
test_ed448_encoding(void **state)
{
    PJWT_AUTO(json) json_t *jwk = generate(PJWT_ALG_ED448);
    PJWT_AUTO(bn) BIGNUM *p = NULL;
    size_t on = 0;

    (void)state;
    assert_true(BN_hex2bn(&p, ED448_HIGH ED448_LOW "FF") > 0);
    for (unsigned small = 2; small < 64; small++) {
        unsigned char y[57] = {(unsigned char)small};
        pjwt_verdict plain = build_bytes(jwk, "x", y, 57);

        assert_true(pjwt_ok(plain) || plain.reason == PJWT_KEY_BAD);
        on += pjwt_ok(plain);
        y[56] = 0x80; /* the sign of x: both or neither */
        assert_int_equal(build_bytes(jwk, "x", y, 57).reason, plain.reason);
        y[56] = 0x01;
        assert_reason(build_bytes(jwk, "x", y, 57), KEY_BAD);
        assert_int_equal(BN_add_word(p, small), 1);
        assert_int_equal(BN_bn2lebinpad(p, y, 57), 57);
        assert_int_equal(BN_sub_word(p, small), 1);
        assert_reason(build_bytes(jwk, "x", y, 57), KEY_BAD);
    }
    assert_int_equal(on, 32);
}

static void
test_ed448_length(void **state)
{
    PJWT_AUTO(json) json_t *jwk = generate(PJWT_ALG_ED448);
    unsigned char x[58] = {0};

    (void)state;
    assert_reason(build_bytes(jwk, "x", x, 56), KEY_BAD);
    assert_string_equal(why.text, "x has 56 bytes, not 57");
    assert_reason(build_bytes(jwk, "x", x, 58), KEY_BAD);
    assert_reason(build_bytes(jwk, "x", x, 32), KEY_BAD);
}

static pjwt_verdict
build_secret(const char *alg, size_t len, pjwt_algs allowed)
{
    static const unsigned char bytes[PJWT_PARAM_MAX] = {1, 2, 3};
    PJWT_AUTO(json) json_t *jwk = json_pack("{s:s,s:s*}", "kty", "oct", "alg", alg);

    assert_true(pjwt_param_put(jwk, "k", bytes, len));
    return build(jwk, allowed);
}

/* RFC 7518 section 3.2: at least as long as the hash. */
static void
test_hmac_lengths(void **state)
{
    (void)state;
    assert_reason(build_secret("HS256", 32, PJWT_ALGS_HMAC), OK);
    assert_reason(build_secret("HS256", 31, PJWT_ALGS_HMAC), KEY_WEAK);
    assert_string_equal(why.text, "k has 31 bytes, HS256 wants 32");
    assert_reason(build_secret("HS384", 48, PJWT_ALGS_HMAC), OK);
    assert_reason(build_secret("HS384", 47, PJWT_ALGS_HMAC), KEY_WEAK);
    assert_reason(build_secret("HS512", 64, PJWT_ALGS_HMAC), OK);
    assert_reason(build_secret("HS512", 63, PJWT_ALGS_HMAC), KEY_WEAK);
    assert_reason(build_secret("HS512", 0, PJWT_ALGS_HMAC), KEY_WEAK);
    assert_reason(build_secret("HS512", 1024, PJWT_ALGS_HMAC), OK);
    assert_reason(build_secret(NULL, 64, PJWT_ALGS_HMAC), ALG_UNPINNED);
    assert_reason(build_secret(NULL, 64, PJWT_ALG_BIT(PJWT_ALG_HS512)), OK);
    assert_reason(build_secret(NULL, 63, PJWT_ALG_BIT(PJWT_ALG_HS512)), KEY_WEAK);
    assert_reason(build_secret("HS384", 64, PJWT_ALG_BIT(PJWT_ALG_HS512)), ALG_REFUSED);
    assert_reason(build_secret("RS256", 64, PJWT_ALGS_HMAC), KEY_BAD);
    assert_reason(build_secret("A128KW", 64, PJWT_ALGS_HMAC), KEY_UNUSABLE);
}

/* Only where the config lists HMAC alone is a shared secret a key, and nothing else there. */
static void
test_kinds_do_not_mix(void **state)
{
    PJWT_AUTO(json) json_t *open_half = fixture_public(fixture_p256, NULL);
    PJWT_AUTO(json) json_t *newer = fixture_json("{'kty':'AKP','alg':'ML-DSA-44','pub':'AA'}");
    const pjwt_algs hs256 = PJWT_ALG_BIT(PJWT_ALG_HS256);

    (void)state;
    assert_reason(build_secret("HS256", 32, hs256), OK);
    assert_reason(build_secret("HS256", 32, FIXTURE_ANY), KEY_PRIVATE);
    assert_reason(build_secret("HS256", 32, hs256 | PJWT_ALG_BIT(PJWT_ALG_ES256)), KEY_PRIVATE);
    assert_reason(build_secret("HS256", 32, 0), KEY_PRIVATE);
    assert_reason(build(open_half, FIXTURE_ANY), OK);
    assert_reason(build(open_half, hs256), KEY_MIXED);
    assert_string_equal(why.text, "kty EC among shared secrets");
    assert_reason(build(newer, hs256), KEY_MIXED);
}

static void
test_hmac_parameter(void **state)
{
    static const char *const bad[] = {"{'k':null}", "{'k':7}", "{'k':'a b'}", "{'k':'AA=='}"};

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        PJWT_AUTO(json) json_t *jwk = fixture_private(fixture_oct, bad[i]);

        assert_reason(build(jwk, PJWT_ALGS_HMAC), KEY_BAD);
    }
}

static pjwt_verdict
vet_hmac(const char *set)
{
    PJWT_AUTO(json) json_t *parsed = fixture_json(set);

    return pjwt_keyset_vet_hmac(parsed, &why);
}

#define K32 "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

static void
test_vet_shared_secrets(void **state)
{
    (void)state;
    assert_reason(vet_hmac("{'keys':[{'kty':'oct','kid':'a','k':'" K32 "'}]}"), OK);
    assert_reason(vet_hmac("{'keys':[{'kty':'oct','kid':'a','k':'AAEC'}]}"), KEY_WEAK);
    assert_string_equal(why.text, "key 1 (kid a): k has 3 bytes, HS256 wants 32");
    assert_reason(vet_hmac("{'keys':[{'kty':'oct','alg':'HS256','k':'" K32
                           "'},{" FIXTURE_ED_PUBLIC ",'kid':'b'}]}"),
                  KEY_MIXED);
    assert_string_equal(why.text, "key 2 (kid b): kty OKP among shared secrets");
    assert_reason(vet_hmac("{'keys':[{'kty':'oct','kid':'a','k':'" K32
                           "'},{'kty':'oct','kid':'a','k':'" K32 "'}]}"),
                  KID_DUPLICATE);
}

/* A key without alg fits several; it is weak under each of them. */
static void
test_vet_looks_at_keys_without_alg(void **state)
{
    static const char weak[] = "{'keys':[{'kty':'RSA','kid':'a','n':'AQ','e':'AQAB'}]}";
    static const char low[] = "{'keys':[{" FIXTURE_RSA_PUBLIC ",'kid':'b'}]}";
    PJWT_AUTO(json) json_t *bad = fixture_json(weak);
    PJWT_AUTO(json) json_t *good = fixture_json(low);

    (void)state;
    assert_reason(pjwt_keyset_vet(bad, &why), KEY_WEAK);
    assert_string_equal(why.text, "key 1 (kid a): n has 1 bits");
    assert_reason(pjwt_keyset_vet(good, &why), OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_coordinates),
        cmocka_unit_test(test_points_of_the_other_curve),
        cmocka_unit_test(test_ed448_small_order),
        cmocka_unit_test(test_ed448_encoding),
        cmocka_unit_test(test_ed448_length),
        cmocka_unit_test(test_hmac_lengths),
        cmocka_unit_test(test_kinds_do_not_mix),
        cmocka_unit_test(test_hmac_parameter),
        cmocka_unit_test(test_vet_shared_secrets),
        cmocka_unit_test(test_vet_looks_at_keys_without_alg),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
