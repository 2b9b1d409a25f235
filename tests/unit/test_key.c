/* Is a weak or malformed key refused, each parameter for its own reason? */
#include "tests/unit/support/jose_fixture.h"

#include "lib/base/base64url.h"
#include "lib/jose/param.h"

#include <string.h>

static struct pjwt_why why;

static pjwt_verdict
build_json(const json_t *jwk)
{
    struct pjwt_key *key = NULL;
    pjwt_verdict verdict = pjwt_key_from_jwk(jwk, FIXTURE_ANY, &key, &why);

    assert_int_equal(pjwt_ok(verdict), key != NULL);
    pjwt_drop_key(&key);
    return verdict;
}

/* The public half of `jwk`, changed by `more`. */
static pjwt_verdict
build(const char *jwk, const char *more)
{
    PJWT_AUTO(json) json_t *parsed = fixture_public(jwk, more);

    return build_json(parsed);
}

/* The public half of `jwk` with these bytes as the parameter `name`. */
static pjwt_verdict
build_bytes(const char *jwk, const char *name, const unsigned char *bytes, size_t len)
{
    PJWT_AUTO(json) json_t *parsed = fixture_public(jwk, NULL);

    assert_true(pjwt_param_put(parsed, name, bytes, len));
    return build_json(parsed);
}

/* An RSA key whose modulus has so many bytes between `first` and `last`. */
static pjwt_verdict
build_modulus(size_t len, unsigned char first, unsigned char last)
{
    unsigned char n[PJWT_PARAM_MAX];

    assert_true(len <= sizeof(n));
    memset(n, 0x5a, sizeof(n));
    n[0] = first;
    n[len - 1] = last;
    return build_bytes(fixture_rsa, "n", n, len);
}

static void
test_rsa_modulus(void **state)
{
    (void)state;
    assert_reason(build_modulus(256, 0x80, 0x01), OK); /* 2048 bits */
    assert_reason(build_modulus(256, 0x7f, 0x01), KEY_WEAK);
    assert_reason(build_modulus(255, 0xff, 0x01), KEY_WEAK);
    assert_reason(build_modulus(128, 0x80, 0x01), KEY_WEAK); /* 1024 bits */
    assert_string_equal(why.text, "n has 1024 bits");
    assert_reason(build_modulus(64, 0x80, 0x01), KEY_WEAK);
    assert_reason(build_modulus(256, 0x80, 0x02), KEY_WEAK); /* even */
    assert_reason(build_modulus(256, 0x00, 0x01), KEY_BAD);  /* a leading zero */
    assert_reason(build_modulus(1024, 0x80, 0x01), OK);      /* 8192 bits */
}

static void
test_rsa_modulus_too_large(void **state)
{
    char text[1400] = "{'n':'";
    size_t len = strlen(text);

    (void)state;
    memset(text + len, '_', 1367); /* 1025 bytes */
    memcpy(text + len + 1367, "'}", 3);
    assert_reason(build(fixture_rsa, text), KEY_BAD);
    assert_string_equal(why.text, "n has more than 1024 bytes");
    memcpy(text + len + 1366, "'}", 3); /* 1024 bytes, and two bits that must be zero */
    text[len + 1365] = 'w';
    assert_reason(build(fixture_rsa, text), OK);
}

static void
test_rsa_exponent(void **state)
{
    (void)state;
    assert_reason(build(fixture_rsa, "{'e':'AQAB'}"), OK);
    assert_reason(build(fixture_rsa, "{'e':'AQAD'}"), OK);        /* 65539 */
    assert_reason(build(fixture_rsa, "{'e':'__________8'}"), OK); /* 64 bits */
    assert_reason(build(fixture_rsa, "{'e':'AQ'}"), KEY_WEAK);  /* 1: every text signs itself */
    assert_reason(build(fixture_rsa, "{'e':'Aw'}"), KEY_WEAK);  /* 3 */
    assert_reason(build(fixture_rsa, "{'e':'__8'}"), KEY_WEAK); /* 65535 */
    assert_reason(build(fixture_rsa, "{'e':'AQAA'}"), KEY_WEAK);        /* 65536 */
    assert_reason(build(fixture_rsa, "{'e':'AQAC'}"), KEY_WEAK);        /* 65538 */
    assert_reason(build(fixture_rsa, "{'e':'AAEAAQ'}"), KEY_BAD);       /* a leading zero */
    assert_reason(build(fixture_rsa, "{'e':'AA'}"), KEY_BAD);           /* 0 */
    assert_reason(build(fixture_rsa, "{'e':'AQAAAAAAAAAB'}"), KEY_BAD); /* 65 bits */
    assert_reason(build(fixture_rsa, "{'e':''}"), KEY_BAD);
    assert_reason(build(fixture_rsa, "{'e':65537}"), KEY_BAD);
    assert_reason(build(fixture_rsa, "{'e':null}"), KEY_BAD);
    assert_reason(build(fixture_rsa, "{'e':'AQAB='}"), KEY_BAD);
    assert_reason(build(fixture_rsa, "{'n':null}"), KEY_BAD);
}

static void
test_p256_coordinates(void **state)
{
    static const unsigned char zeros[33];
    unsigned char ones[33];

    (void)state;
    memset(ones, 0xff, sizeof(ones));
    assert_reason(build(fixture_p256, NULL), OK);
    assert_reason(build_bytes(fixture_p256, "x", zeros, 31), KEY_BAD);
    assert_string_equal(why.text, "x has 31 bytes, not 32");
    assert_reason(build_bytes(fixture_p256, "x", zeros, 33), KEY_BAD);
    assert_reason(build_bytes(fixture_p256, "y", zeros, 31), KEY_BAD);
    assert_reason(build_bytes(fixture_p256, "x", zeros, 32), KEY_BAD); /* off the curve */
    assert_reason(build_bytes(fixture_p256, "y", zeros, 32), KEY_BAD);
    assert_reason(build_bytes(fixture_p256, "x", ones, 32), KEY_BAD); /* beyond the field */
    assert_reason(build(fixture_p256, "{'x':''}"), KEY_BAD);
    assert_reason(build(fixture_p256, "{'x':null}"), KEY_BAD);
    assert_reason(build(fixture_p256, "{'y':null}"), KEY_BAD);
    assert_reason(build(fixture_p256, "{'y':7}"), KEY_BAD);
}

static void
test_p256_off_the_curve(void **state)
{
    static const char y[] = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    unsigned char bytes[32];
    size_t len = 0;

    (void)state;
    assert_reason(pjwt_base64url_decode(y, strlen(y), bytes, &len), OK);
    assert_reason(build_bytes(fixture_p256, "y", bytes, 32), OK);
    bytes[31] ^= 1;
    assert_reason(build_bytes(fixture_p256, "y", bytes, 32), KEY_BAD);
    assert_string_equal(why.text, "x and y are no point on the curve");
}

/* The eight points of small order, and what else decodes to one of them. */
static const char *const small_order[] = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
};

static void
from_hex(const char *hex, unsigned char *out)
{
    for (size_t i = 0; i < 32; i++) {
        const char pair[] = {hex[2 * i], hex[2 * i + 1], '\0'};

        out[i] = (unsigned char)strtoul(pair, NULL, 16);
    }
}

static void
test_ed25519_small_order(void **state)
{
    unsigned char y[32];

    (void)state;
    assert_reason(build(fixture_ed25519, NULL), OK);
    for (size_t i = 0; i < sizeof(small_order) / sizeof(small_order[0]); i++) {
        from_hex(small_order[i], y);
        assert_reason(build_bytes(fixture_ed25519, "x", y, 32), KEY_WEAK);
        y[31] |= 0x80;
        assert_reason(build_bytes(fixture_ed25519, "x", y, 32), KEY_WEAK);
    }
}

/* y = 3 is on the curve and y = 2 is not; p + 3 is 3 once more. */
static void
test_ed25519_encoding(void **state)
{
    unsigned char y[32] = {3};

    (void)state;
    assert_reason(build_bytes(fixture_ed25519, "x", y, 32), OK);
    y[31] = 0x80;
    assert_reason(build_bytes(fixture_ed25519, "x", y, 32), OK);
    y[31] = 0;
    y[0] = 2;
    assert_reason(build_bytes(fixture_ed25519, "x", y, 32), KEY_BAD);
    memset(y, 0xff, sizeof(y));
    y[31] = 0x7f;
    for (unsigned low = 0xef; low <= 0xff; low++) { /* p + 2 to p + 18 */
        y[0] = (unsigned char)low;
        assert_reason(build_bytes(fixture_ed25519, "x", y, 32), KEY_BAD);
    }
    y[0] = 0xea; /* p - 3 */
    assert_reason(build_bytes(fixture_ed25519, "x", y, 32), OK);
}

static void
test_ed25519_length(void **state)
{
    static const unsigned char y[33] = {3};

    (void)state;
    assert_reason(build_bytes(fixture_ed25519, "x", y, 32), OK);
    assert_reason(build_bytes(fixture_ed25519, "x", y, 31), KEY_BAD);
    assert_reason(build_bytes(fixture_ed25519, "x", y, 33), KEY_BAD);
    assert_reason(build(fixture_ed25519, "{'x':''}"), KEY_BAD);
    assert_reason(build(fixture_ed25519, "{'x':null}"), KEY_BAD);
    assert_reason(build(fixture_ed25519, "{'x':[]}"), KEY_BAD);
}

/* RFC 7638 section 3.1 and RFC 8037 A.3; members that do not count change nothing. */
static void
test_thumbprints(void **state)
{
    static const char rfc7638[] =
        "{'kty':'RSA','n':'0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1"
        "RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN"
        "5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91"
        "CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCu"
        "r-kEgU8awapJzKnqDKgw','e':'AQAB','alg':'RS256','kid':'2011-04-29'}";
    PJWT_AUTO(json) json_t *rsa = fixture_json(rfc7638);
    PJWT_AUTO(json) json_t *whole = fixture_private(fixture_ed25519, "{'kid':'k','use':'sig'}");
    PJWT_AUTO(json) json_t *open_half = fixture_public(fixture_ed25519, NULL);
    char out[PJWT_THUMBPRINT_SIZE];

    (void)state;
    assert_reason(pjwt_key_thumbprint(rsa, out), OK);
    assert_string_equal(out, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    assert_reason(pjwt_key_thumbprint(open_half, out), OK);
    assert_string_equal(out, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    assert_reason(pjwt_key_thumbprint(whole, out), OK);
    assert_string_equal(out, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

static void
test_thumbprint_of_no_key(void **state)
{
    static const char *const texts[] = {"{}", "{'kty':'oct','k':'AA'}",
                                        "{'kty':'RSA','n':'AA'}", "{'kty':'OKP','x':'AA'}",
                                        "{'kty':7}"};
    char out[PJWT_THUMBPRINT_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        PJWT_AUTO(json) json_t *jwk = fixture_json(texts[i]);

        assert_reason(pjwt_key_thumbprint(jwk, out), KEY_BAD);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rsa_modulus),        cmocka_unit_test(test_rsa_modulus_too_large),
        cmocka_unit_test(test_rsa_exponent),       cmocka_unit_test(test_p256_coordinates),
        cmocka_unit_test(test_p256_off_the_curve), cmocka_unit_test(test_ed25519_small_order),
        cmocka_unit_test(test_ed25519_encoding),   cmocka_unit_test(test_ed25519_length),
        cmocka_unit_test(test_thumbprints),        cmocka_unit_test(test_thumbprint_of_no_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
