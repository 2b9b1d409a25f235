/* Is a signature good only in its one exact form, for each family? */
#include "tests/unit/support/jose_fixture.h"

#include "lib/jose/key_inside.h"

#include <openssl/err.h>
#include <string.h>

static const unsigned char text[] = "header.payload";
static const struct pjwt_octets input = {text, sizeof(text) - 1};

struct signed_text {
    struct pjwt_key *verifier;
    unsigned char signature[PJWT_SIGNATURE_MAX + 1];
    size_t len;
};

static void
clear(struct signed_text *s)
{
    pjwt_key_free(s->verifier);
}

#define SIGNED_SCOPE __attribute__((cleanup(clear)))

static pjwt_verdict
check(const struct signed_text *s)
{
    return pjwt_key_verify(s->verifier, input, (struct pjwt_octets){s->signature, s->len});
}

/* The control of every test: what was signed verifies. */
static struct signed_text
sign(const char *jwk)
{
    PJWT_AUTO(key) struct pjwt_key *signer = fixture_signer(jwk);
    struct signed_text made = {.verifier = fixture_verifier(jwk, NULL)};

    assert_reason(pjwt_key_sign(signer, input, made.signature, &made.len), OK);
    assert_reason(check(&made), OK);
    return made;
}

static const char *const jwks[] = {fixture_ed25519, fixture_p256, fixture_rsa};

static void
test_every_bit_counts(void **state)
{
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        SIGNED_SCOPE struct signed_text s = sign(jwks[k]);

        for (size_t bit = 0; bit < s.len * 8; bit++) {
            s.signature[bit / 8] ^= (unsigned char)(1u << bit % 8);
            assert_reason(check(&s), SIGNATURE);
            s.signature[bit / 8] ^= (unsigned char)(1u << bit % 8);
        }
        assert_reason(check(&s), OK);
    }
}

static void
test_exact_lengths(void **state)
{
    static const size_t lengths[] = {64, 64, 256};

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        SIGNED_SCOPE struct signed_text s = sign(jwks[k]);
        struct signed_text longer;

        assert_int_equal(s.len, lengths[k]);
        s.len = lengths[k] - 1;
        assert_reason(check(&s), SIGNATURE);
        s.len = lengths[k] + 1;
        assert_reason(check(&s), SIGNATURE);
        s.len = 1;
        assert_reason(check(&s), SIGNATURE);
        s.len = 0;
        assert_reason(check(&s), SIGNATURE);
        longer = s; /* a leading zero is no part of it */
        longer.signature[0] = 0;
        memcpy(longer.signature + 1, s.signature, lengths[k]);
        longer.len = lengths[k] + 1;
        assert_reason(check(&longer), SIGNATURE);
    }
}

/* S + L is S to the curve: RFC 8032 section 5.1.7 forbids it. */
static void
test_ed25519_scalar_plus_order(void **state)
{
    static const unsigned char order[32] = {
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
        0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
        0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10,
    };
    SIGNED_SCOPE struct signed_text s = sign(fixture_ed25519);

    (void)state;
    for (int times = 0; times < 2; times++) {
        unsigned carry = 0;

        for (size_t i = 0; i < 32; i++) {
            carry += (unsigned)s.signature[32 + i] + order[i];
            s.signature[32 + i] = (unsigned char)carry;
            carry >>= 8;
        }
        assert_int_equal(carry, 0);
        assert_reason(check(&s), SIGNATURE);
    }
}

/* The neutral element as R and zero as S: the forgery under a key of small order. */
static void
test_ed25519_trivial_signature(void **state)
{
    SIGNED_SCOPE struct signed_text s = sign(fixture_ed25519);

    (void)state;
    memset(s.signature, 0, 64);
    assert_reason(check(&s), SIGNATURE);
    s.signature[0] = 1;
    assert_reason(check(&s), SIGNATURE);
}

static void
test_es256_r_and_s_in_range(void **state)
{
    static const unsigned char order[32] = {
        0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17,
        0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    };
    SIGNED_SCOPE struct signed_text good = sign(fixture_p256);

    (void)state;
    for (size_t half = 0; half < 64; half += 32) {
        struct signed_text s = good;

        memset(s.signature + half, 0, 32);
        assert_reason(check(&s), SIGNATURE);
        memcpy(s.signature + half, order, 32);
        assert_reason(check(&s), SIGNATURE);
        s.signature[half + 31]++;
        assert_reason(check(&s), SIGNATURE);
        memset(s.signature + half, 0xff, 32);
        assert_reason(check(&s), SIGNATURE);
    }
    memset(good.signature, 0, 64); /* CVE-2022-21449 */
    assert_reason(check(&good), SIGNATURE);
}

/* DER is how EVP writes it, not JOSE. */
static void
test_es256_in_der(void **state)
{
    PJWT_AUTO(key) struct pjwt_key *signer = fixture_signer(fixture_p256);
    SIGNED_SCOPE struct signed_text s = sign(fixture_p256);

    (void)state;
    s.len = sizeof(s.signature);
    assert_reason(pjwt_evp_sign(signer->pkey, "SHA256", input, s.signature, &s.len), OK);
    assert_reason(check(&s), SIGNATURE);
}

static void
test_rs256_with_another_digest(void **state)
{
    static const char *const digests[] = {"SHA1", "SHA384", "SHA512"};
    PJWT_AUTO(key) struct pjwt_key *signer = fixture_signer(fixture_rsa);
    SIGNED_SCOPE struct signed_text s = sign(fixture_rsa);

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        s.len = sizeof(s.signature);
        assert_reason(pjwt_evp_sign(signer->pkey, digests[i], input, s.signature, &s.len), OK);
        assert_reason(check(&s), SIGNATURE);
    }
    s.len = sizeof(s.signature);
    assert_reason(pjwt_evp_sign(signer->pkey, "SHA256", input, s.signature, &s.len), OK);
    assert_reason(check(&s), OK);
}

/* Each kind of key has its one use. */
static void
test_signers_do_not_verify(void **state)
{
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        PJWT_AUTO(key) struct pjwt_key *signer = fixture_signer(jwks[k]);
        SIGNED_SCOPE struct signed_text s = sign(jwks[k]);
        size_t len = 0;

        assert_reason(pjwt_key_verify(signer, input, (struct pjwt_octets){s.signature, s.len}),
                      INTERNAL);
        assert_reason(pjwt_key_sign(s.verifier, input, s.signature, &len), INTERNAL);
    }
}

/* OpenSSL's error queue belongs to whoever filled it. */
static void
test_error_queue_left_as_found(void **state)
{
    PJWT_AUTO(json)
    json_t *off_curve =
        fixture_public(fixture_p256, "{'y':'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}");
    struct pjwt_key *key = NULL;

    (void)state;
    for (int before = 0; before <= 1; before++) {
        SIGNED_SCOPE struct signed_text s = sign(fixture_rsa);

        ERR_clear_error();
        if (before == 1) {
            ERR_raise(ERR_LIB_USER, 77);
        }
        memset(s.signature, 0xff, s.len);
        assert_reason(check(&s), SIGNATURE);
        assert_reason(pjwt_key_from_jwk(off_curve, FIXTURE_ANY, &key, NULL), KEY_BAD);
        if (before == 1) {
            assert_int_equal(ERR_GET_REASON(ERR_get_error()), 77);
        }
        assert_int_equal(ERR_get_error(), 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_bit_counts),
        cmocka_unit_test(test_exact_lengths),
        cmocka_unit_test(test_ed25519_scalar_plus_order),
        cmocka_unit_test(test_ed25519_trivial_signature),
        cmocka_unit_test(test_es256_r_and_s_in_range),
        cmocka_unit_test(test_es256_in_der),
        cmocka_unit_test(test_rs256_with_another_digest),
        cmocka_unit_test(test_signers_do_not_verify),
        cmocka_unit_test(test_error_queue_left_as_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
