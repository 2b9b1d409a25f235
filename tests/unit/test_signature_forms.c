/* Is there one form of a signature for each algorithm: its length, salt, digest and range? */
#include "tests/unit/support/signed_pair.h"

#include <openssl/rsa.h>
#include <string.h>

static void
test_lengths(void **state)
{
    static const struct {
        enum pjwt_alg alg;
        size_t len;
    } rows[] = {
        {PJWT_ALG_ED25519, 64}, {PJWT_ALG_ED448, 114}, {PJWT_ALG_ES256, 64},
        {PJWT_ALG_ES384, 96},   {PJWT_ALG_ES512, 132}, {PJWT_ALG_ES256K, 64},
        {PJWT_ALG_RS384, 256},  {PJWT_ALG_PS256, 256}, {PJWT_ALG_PS512, 256},
        {PJWT_ALG_HS256, 32},   {PJWT_ALG_HS384, 48},  {PJWT_ALG_HS512, 64},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        PAIR_SCOPE struct pair p = pair_sign(rows[i].alg);

        assert_int_equal(p.len, rows[i].len);
        for (size_t len = 0; len <= rows[i].len + 1; len++) {
            p.len = len;
            assert_string_equal(pjwt_code(pair_check(&p)),
                                len == rows[i].len ? "ok" : "signature");
        }
    }
}

static void
test_every_bit(void **state)
{
    static const enum pjwt_alg algs[] = {PJWT_ALG_ED448,  PJWT_ALG_ES384, PJWT_ALG_ES512,
                                         PJWT_ALG_ES256K, PJWT_ALG_HS256, PJWT_ALG_HS384,
                                         PJWT_ALG_HS512};

    (void)state;
    for (size_t i = 0; i < sizeof(algs) / sizeof(algs[0]); i++) {
        PAIR_SCOPE struct pair p = pair_sign(algs[i]);

        for (size_t bit = 0; bit < p.len * 8; bit++) {
            p.signature[bit / 8] ^= (unsigned char)(1u << bit % 8);
            assert_reason(pair_check(&p), SIGNATURE);
            p.signature[bit / 8] ^= (unsigned char)(1u << bit % 8);
        }
        assert_reason(pair_check(&p), OK);
    }
}

/* Signs as PS256 does, but with this salt, digest and mask. */
static void
sign_pss(struct pair *p, int salt, const char *digest, const char *mask)
{
    PJWT_AUTO(md_ctx) EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY_CTX *inner = NULL;

    p->len = sizeof(p->signature);
    assert_int_equal(
        EVP_DigestSignInit_ex(ctx, &inner, digest, NULL, NULL, p->signer->pkey, NULL), 1);
    assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(inner, RSA_PKCS1_PSS_PADDING), 1);
    assert_int_equal(EVP_PKEY_CTX_set_rsa_pss_saltlen(inner, salt), 1);
    assert_int_equal(EVP_PKEY_CTX_set_rsa_mgf1_md_name(inner, mask, NULL), 1);
    assert_int_equal(
        EVP_DigestSign(ctx, p->signature, &p->len, SIGNED_TEXT.at, SIGNED_TEXT.len), 1);
}

static void
test_pss_salt(void **state)
{
    static const int salts[] = {0, 20, 31, 33, 48, 64, RSA_PSS_SALTLEN_MAX};
    PAIR_SCOPE struct pair p = pair_sign(PJWT_ALG_PS256);

    (void)state;
    for (size_t i = 0; i < sizeof(salts) / sizeof(salts[0]); i++) {
        sign_pss(&p, salts[i], "SHA256", "SHA256");
        assert_reason(pair_check(&p), SIGNATURE);
    }
    sign_pss(&p, 32, "SHA256", "SHA256");
    assert_reason(pair_check(&p), OK);
}

static void
test_pss_digests(void **state)
{
    PAIR_SCOPE struct pair p = pair_sign(PJWT_ALG_PS256);

    (void)state;
    sign_pss(&p, 32, "SHA256", "SHA1");
    assert_reason(pair_check(&p), SIGNATURE);
    sign_pss(&p, 32, "SHA256", "SHA512");
    assert_reason(pair_check(&p), SIGNATURE);
    sign_pss(&p, 32, "SHA384", "SHA256");
    assert_reason(pair_check(&p), SIGNATURE);
    sign_pss(&p, 32, "SHA512-256", "SHA256"); /* of the same length */
    assert_reason(pair_check(&p), SIGNATURE);
    sign_pss(&p, 32, "SHA256", "SHA256");
    assert_reason(pair_check(&p), OK);
}

static void
test_paddings_do_not_mix(void **state)
{
    PAIR_SCOPE struct pair pss = pair_sign(PJWT_ALG_PS256);
    PAIR_SCOPE struct pair pkcs1 = pair_sign(PJWT_ALG_RS256);

    (void)state;
    pss.len = sizeof(pss.signature);
    assert_reason(
        pjwt_evp_sign(pss.signer->pkey, "SHA256", SIGNED_TEXT, pss.signature, &pss.len), OK);
    assert_reason(pair_check(&pss), SIGNATURE);
    sign_pss(&pkcs1, 32, "SHA256", "SHA256");
    assert_reason(pair_check(&pkcs1), SIGNATURE);
}

/* L of Ed448, little-endian as in a signature. */
static const char ed448_order[] = "3FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
                                  "7CCA23E9C44EDB49AED63690216CC2728DC58F552378C292AB5844F3";

static void
test_ed448_scalar_plus_order(void **state)
{
    PAIR_SCOPE struct pair p = pair_sign(PJWT_ALG_ED448);
    PJWT_AUTO(bn) BIGNUM *n = NULL;
    PJWT_AUTO(bn) BIGNUM *s = BN_lebin2bn(p.signature + 57, 57, NULL);

    (void)state;
    assert_true(BN_hex2bn(&n, ed448_order) > 0);
    assert_true(BN_cmp(s, n) < 0);
    for (int times = 0; times < 3; times++) {
        assert_int_equal(BN_add(s, s, n), 1);
        assert_int_equal(BN_bn2lebinpad(s, p.signature + 57, 57), 57);
        assert_reason(pair_check(&p), SIGNATURE);
    }
    assert_int_equal(BN_bn2lebinpad(n, p.signature + 57, 57), 57);
    assert_reason(pair_check(&p), SIGNATURE);
}

/* The neutral element as R and zero as S, and R beyond the field. */
static void
test_ed448_trivial_signature(void **state)
{
    PAIR_SCOPE struct pair p = pair_sign(PJWT_ALG_ED448);

    (void)state;
    memset(p.signature, 0, 114);
    assert_reason(pair_check(&p), SIGNATURE);
    p.signature[0] = 1;
    assert_reason(pair_check(&p), SIGNATURE);
    memset(p.signature, 0xff, 56);
    assert_reason(pair_check(&p), SIGNATURE);
}

/* A shorter MAC would be easier to guess: RFC 7518 section 3.2 has the whole hash. */
static void
test_hmac_is_whole_and_exact(void **state)
{
    PAIR_SCOPE struct pair p = pair_sign(PJWT_ALG_HS512);
    size_t len = 64;
    unsigned char kept[64];

    (void)state;
    memcpy(kept, p.signature, 64);
    assert_reason(pjwt_evp_sign(p.signer->pkey, "SHA256", SIGNED_TEXT, p.signature, &len), OK);
    p.len = len;
    assert_reason(pair_check(&p), SIGNATURE);
    p.len = 64;
    assert_reason(pair_check(&p), SIGNATURE);
    memcpy(p.signature, kept, 64);
    assert_reason(pair_check(&p), OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_every_bit),
        cmocka_unit_test(test_pss_salt),
        cmocka_unit_test(test_pss_digests),
        cmocka_unit_test(test_paddings_do_not_mix),
        cmocka_unit_test(test_ed448_scalar_plus_order),
        cmocka_unit_test(test_ed448_trivial_signature),
        cmocka_unit_test(test_hmac_is_whole_and_exact),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
