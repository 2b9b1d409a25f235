/* Is there one form of a signature for each algorithm: its length, salt, digest and range? */
#include "tests/unit/support/jose_fixture.h"

#include "lib/jose/key_inside.h"

#include <openssl/rsa.h>
#include <stdio.h>
#include <string.h>

static const unsigned char text[] = "header.payload";
static const struct pjwt_octets input = {text, sizeof(text) - 1};

struct pair {
    struct pjwt_key *signer;
    struct pjwt_key *verifier;
    unsigned char signature[PJWT_SIGNATURE_MAX + 1];
    size_t len;
};

static void
clear(struct pair *p)
{
    pjwt_key_free(p->signer);
    pjwt_key_free(p->verifier);
}

#define PAIR_SCOPE __attribute__((cleanup(clear)))

static pjwt_verdict
check(const struct pair *p)
{
    return pjwt_key_verify(p->verifier, input, (struct pjwt_octets){p->signature, p->len});
}

/* A new key; not for RSA, which takes its time. */
static void
make_jwks(enum pjwt_alg alg, json_t **open_half, json_t **secret_half)
{
    char more[32];

    if ((pjwt_family_rsa.algs & PJWT_ALG_BIT(alg)) == 0) {
        assert_reason(pjwt_key_generate(alg, NULL, open_half, secret_half), OK);
        return;
    }
    (void)snprintf(more, sizeof(more), "{'alg':'%s'}", pjwt_alg_name(alg));
    *open_half = fixture_public(fixture_rsa, more);
    *secret_half = fixture_private(fixture_rsa, more);
}

/* The control of every test: what was signed verifies. */
static struct pair
sign(enum pjwt_alg alg)
{
    bool shared = (PJWT_ALG_BIT(alg) & PJWT_ALGS_HMAC) != 0;
    struct pair p = {0};
    PJWT_AUTO(json) json_t *open_half = NULL;
    PJWT_AUTO(json) json_t *secret_half = NULL;

    make_jwks(alg, &open_half, &secret_half);
    assert_reason(pjwt_key_from_private_jwk(secret_half, &p.signer, NULL), OK);
    assert_reason(pjwt_key_from_jwk(shared ? secret_half : open_half,
                                    shared ? PJWT_ALGS_HMAC : FIXTURE_ANY, &p.verifier, NULL),
                  OK);
    assert_reason(pjwt_key_sign(p.signer, input, p.signature, &p.len), OK);
    assert_reason(check(&p), OK);
    return p;
}

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
        PAIR_SCOPE struct pair p = sign(rows[i].alg);

        assert_int_equal(p.len, rows[i].len);
        for (size_t len = 0; len <= rows[i].len + 1; len++) {
            p.len = len;
            assert_string_equal(pjwt_code(check(&p)), len == rows[i].len ? "ok" : "signature");
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
        PAIR_SCOPE struct pair p = sign(algs[i]);

        for (size_t bit = 0; bit < p.len * 8; bit++) {
            p.signature[bit / 8] ^= (unsigned char)(1u << bit % 8);
            assert_reason(check(&p), SIGNATURE);
            p.signature[bit / 8] ^= (unsigned char)(1u << bit % 8);
        }
        assert_reason(check(&p), OK);
    }
}

/* The order of each curve, in hexadecimal. */
static const struct {
    enum pjwt_alg alg;
    const char *order;
} curves[] = {
    {PJWT_ALG_ES256, "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"},
    {PJWT_ALG_ES384, "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF"
                     "581A0DB248B0A77AECEC196ACCC52973"},
    {PJWT_ALG_ES512, "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
                     "FFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409"},
    {PJWT_ALG_ES256K, "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141"},
};

/* r and s in [1, n - 1]: 0, n, and what is r or s to the curve, plus n. */
static void
test_range_of_r_and_s(void **state)
{
    (void)state;
    for (size_t c = 0; c < sizeof(curves) / sizeof(curves[0]); c++) {
        PAIR_SCOPE struct pair p = sign(curves[c].alg);
        PJWT_AUTO(bn) BIGNUM *n = NULL;
        size_t half = p.len / 2;
        unsigned char kept[PJWT_SIGNATURE_MAX];

        assert_int_equal(BN_hex2bn(&n, curves[c].order), half * 2);
        memcpy(kept, p.signature, p.len);
        for (size_t at = 0; at < p.len; at += half) {
            memset(p.signature + at, 0, half);
            assert_reason(check(&p), SIGNATURE);
            assert_int_equal(BN_bn2binpad(n, p.signature + at, (int)half), half);
            assert_reason(check(&p), SIGNATURE);
            memset(p.signature + at, 0xff, half);
            assert_reason(check(&p), SIGNATURE);
            memcpy(p.signature, kept, p.len);
        }
        memset(p.signature, 0, p.len); /* CVE-2022-21449 */
        assert_reason(check(&p), SIGNATURE);
        memcpy(p.signature, kept, p.len);
        assert_reason(check(&p), OK);
    }
}

/* P-521 has 521 bits in 66 bytes: r + n still fits there. */
static void
test_es512_r_plus_order(void **state)
{
    PAIR_SCOPE struct pair p = sign(PJWT_ALG_ES512);
    PJWT_AUTO(bn) BIGNUM *n = NULL;

    (void)state;
    assert_true(BN_hex2bn(&n, curves[2].order) > 0);
    for (size_t at = 0; at < p.len; at += 66) {
        PJWT_AUTO(bn) BIGNUM *sum = BN_bin2bn(p.signature + at, 66, NULL);
        unsigned char kept[66];

        memcpy(kept, p.signature + at, 66);
        assert_int_equal(BN_add(sum, sum, n), 1);
        assert_int_equal(BN_bn2binpad(sum, p.signature + at, 66), 66);
        assert_reason(check(&p), SIGNATURE);
        memcpy(p.signature + at, kept, 66);
        assert_reason(check(&p), OK);
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
    assert_int_equal(EVP_DigestSign(ctx, p->signature, &p->len, input.at, input.len), 1);
}

static void
test_pss_salt(void **state)
{
    static const int salts[] = {0, 20, 31, 33, 48, 64, RSA_PSS_SALTLEN_MAX};
    PAIR_SCOPE struct pair p = sign(PJWT_ALG_PS256);

    (void)state;
    for (size_t i = 0; i < sizeof(salts) / sizeof(salts[0]); i++) {
        sign_pss(&p, salts[i], "SHA256", "SHA256");
        assert_reason(check(&p), SIGNATURE);
    }
    sign_pss(&p, 32, "SHA256", "SHA256");
    assert_reason(check(&p), OK);
}

static void
test_pss_digests(void **state)
{
    PAIR_SCOPE struct pair p = sign(PJWT_ALG_PS256);

    (void)state;
    sign_pss(&p, 32, "SHA256", "SHA1");
    assert_reason(check(&p), SIGNATURE);
    sign_pss(&p, 32, "SHA256", "SHA512");
    assert_reason(check(&p), SIGNATURE);
    sign_pss(&p, 32, "SHA384", "SHA256");
    assert_reason(check(&p), SIGNATURE);
    sign_pss(&p, 32, "SHA512-256", "SHA256"); /* of the same length */
    assert_reason(check(&p), SIGNATURE);
    sign_pss(&p, 32, "SHA256", "SHA256");
    assert_reason(check(&p), OK);
}

static void
test_paddings_do_not_mix(void **state)
{
    PAIR_SCOPE struct pair pss = sign(PJWT_ALG_PS256);
    PAIR_SCOPE struct pair pkcs1 = sign(PJWT_ALG_RS256);

    (void)state;
    pss.len = sizeof(pss.signature);
    assert_reason(pjwt_evp_sign(pss.signer->pkey, "SHA256", input, pss.signature, &pss.len),
                  OK);
    assert_reason(check(&pss), SIGNATURE);
    sign_pss(&pkcs1, 32, "SHA256", "SHA256");
    assert_reason(check(&pkcs1), SIGNATURE);
}

/* L of Ed448, little-endian as in a signature. */
static const char ed448_order[] = "3FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
                                  "7CCA23E9C44EDB49AED63690216CC2728DC58F552378C292AB5844F3";

static void
test_ed448_scalar_plus_order(void **state)
{
    PAIR_SCOPE struct pair p = sign(PJWT_ALG_ED448);
    PJWT_AUTO(bn) BIGNUM *n = NULL;
    PJWT_AUTO(bn) BIGNUM *s = BN_lebin2bn(p.signature + 57, 57, NULL);

    (void)state;
    assert_true(BN_hex2bn(&n, ed448_order) > 0);
    assert_true(BN_cmp(s, n) < 0);
    for (int times = 0; times < 3; times++) {
        assert_int_equal(BN_add(s, s, n), 1);
        assert_int_equal(BN_bn2lebinpad(s, p.signature + 57, 57), 57);
        assert_reason(check(&p), SIGNATURE);
    }
    assert_int_equal(BN_bn2lebinpad(n, p.signature + 57, 57), 57);
    assert_reason(check(&p), SIGNATURE);
}

/* The neutral element as R and zero as S, and R beyond the field. */
static void
test_ed448_trivial_signature(void **state)
{
    PAIR_SCOPE struct pair p = sign(PJWT_ALG_ED448);

    (void)state;
    memset(p.signature, 0, 114);
    assert_reason(check(&p), SIGNATURE);
    p.signature[0] = 1;
    assert_reason(check(&p), SIGNATURE);
    memset(p.signature, 0xff, 56);
    assert_reason(check(&p), SIGNATURE);
}

/* A shorter MAC would be easier to guess: RFC 7518 section 3.2 has the whole hash. */
static void
test_hmac_is_whole_and_exact(void **state)
{
    PAIR_SCOPE struct pair p = sign(PJWT_ALG_HS512);
    size_t len = 64;
    unsigned char kept[64];

    (void)state;
    memcpy(kept, p.signature, 64);
    assert_reason(pjwt_evp_sign(p.signer->pkey, "SHA256", input, p.signature, &len), OK);
    p.len = len;
    assert_reason(check(&p), SIGNATURE);
    p.len = 64;
    assert_reason(check(&p), SIGNATURE);
    memcpy(p.signature, kept, 64);
    assert_reason(check(&p), OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_every_bit),
        cmocka_unit_test(test_range_of_r_and_s),
        cmocka_unit_test(test_es512_r_plus_order),
        cmocka_unit_test(test_pss_salt),
        cmocka_unit_test(test_pss_digests),
        cmocka_unit_test(test_paddings_do_not_mix),
        cmocka_unit_test(test_ed448_scalar_plus_order),
        cmocka_unit_test(test_ed448_trivial_signature),
        cmocka_unit_test(test_hmac_is_whole_and_exact),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
