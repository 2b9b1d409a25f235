/* Are r and s in [1, n - 1], on every curve? */
#include "tests/unit/support/signed_pair.h"

#include <string.h>

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
        PAIR_SCOPE struct pair p = pair_sign(curves[c].alg);
        PJWT_AUTO(bn) BIGNUM *n = NULL;
        size_t half = p.len / 2;
        unsigned char kept[PJWT_SIGNATURE_MAX];

        assert_int_equal(BN_hex2bn(&n, curves[c].order), half * 2);
        memcpy(kept, p.signature, p.len);
        for (size_t at = 0; at < p.len; at += half) {
            memset(p.signature + at, 0, half);
            assert_reason(pair_check(&p), SIGNATURE);
            assert_int_equal(BN_bn2binpad(n, p.signature + at, (int)half), half);
            assert_reason(pair_check(&p), SIGNATURE);
            memset(p.signature + at, 0xff, half);
            assert_reason(pair_check(&p), SIGNATURE);
            memcpy(p.signature, kept, p.len);
        }
        memset(p.signature, 0, p.len); /* CVE-2022-21449 */
        assert_reason(pair_check(&p), SIGNATURE);
        memcpy(p.signature, kept, p.len);
        assert_reason(pair_check(&p), OK);
    }
}

/* P-521 has 521 bits in 66 bytes: r + n still fits there. */
static void
test_es512_r_plus_order(void **state)
{
    PAIR_SCOPE struct pair p = pair_sign(PJWT_ALG_ES512);
    PJWT_AUTO(bn) BIGNUM *n = NULL;

    (void)state;
    assert_true(BN_hex2bn(&n, curves[2].order) > 0);
    for (size_t at = 0; at < p.len; at += 66) {
        PJWT_AUTO(bn) BIGNUM *sum = BN_bin2bn(p.signature + at, 66, NULL);
        unsigned char kept[66];

        memcpy(kept, p.signature + at, 66);
        assert_int_equal(BN_add(sum, sum, n), 1);
        assert_int_equal(BN_bn2binpad(sum, p.signature + at, 66), 66);
        assert_reason(pair_check(&p), SIGNATURE);
        memcpy(p.signature + at, kept, 66);
        assert_reason(pair_check(&p), OK);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_range_of_r_and_s),
        cmocka_unit_test(test_es512_r_plus_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
