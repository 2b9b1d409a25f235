/* Does a proof exist only for what the issuer's own key signed, under that key's algorithm? */
#include "tests/unit/support/jose_fixture.h"

#include "lib/base/base64url.h"
#include "lib/jose/key_inside.h"
#include "lib/jose/sign.h"

#include <openssl/hmac.h>
#include <string.h>

#define PAYLOAD "{'iss':'https://idp.example.com','sub':'alice','n':[1,2]}"

static const struct {
    const char *jwk;
    const char *header;
} kinds[] = {
    {fixture_ed25519, "{'alg':'Ed25519','kid':'k','typ':'at+jwt'}"},
    {fixture_p256, "{'alg':'ES256','kid':'k','typ':'at+jwt'}"},
    {fixture_rsa, "{'alg':'RS256','kid':'k','typ':'at+jwt'}"},
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static pjwt_verdict
prove_text(const char *text, const struct pjwt_key *key)
{
    PJWT_AUTO(secret) struct pjwt_secret *token = fixture_typed(text);

    return fixture_prove(token, key);
}

/* RFC 7515 A.2. */
static void
test_rfc7515_rs256(void **state)
{
    PJWT_AUTO(key) struct pjwt_key *key = fixture_verifier(fixture_rsa, NULL);

    (void)state;
    assert_reason(
        prove_text("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0d"
                   "HA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dz"
                   "ERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9"
                   "CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQB"
                   "MHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOP"
                   "qvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_I"
                   "oypGlUPQGe77Rw",
                   key),
        OK);
}

/* RFC 7515 A.3. */
static void
test_rfc7515_es256(void **state)
{
    PJWT_AUTO(key) struct pjwt_key *key = fixture_verifier(fixture_p256, NULL);

    (void)state;
    assert_reason(
        prove_text("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0d"
                   "HA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-"
                   "F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
                   key),
        OK);
}

/* RFC 8037 A.4; its payload is no JSON, so that the key is asked directly. */
static void
test_rfc8037_ed25519(void **state)
{
    static const char input[] = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    static const char text[] = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5"
                               "BhVsPt9g7sVvpAr_MuM0KAg";
    PJWT_AUTO(key) struct pjwt_key *key = fixture_verifier(fixture_ed25519, NULL);
    struct pjwt_octets signed_text = {(const unsigned char *)input, strlen(input)};
    unsigned char signature[64];
    size_t len = 0;

    (void)state;
    assert_reason(pjwt_base64url_decode(text, strlen(text), signature, &len), OK);
    assert_reason(pjwt_key_verify(key, signed_text, (struct pjwt_octets){signature, len}), OK);
    signed_text.len--;
    assert_reason(pjwt_key_verify(key, signed_text, (struct pjwt_octets){signature, len}),
                  SIGNATURE);
}

static void
test_claims_before_proof(void **state)
{
    PJWT_AUTO(secret)
    struct pjwt_secret *full = fixture_sign(fixture_p256, "{'alg':'ES256','kid':'k'}",
                                            "{'iss':'https://idp.example.com'}");
    PJWT_AUTO(secret)
    struct pjwt_secret *bare = fixture_sign(fixture_p256, "{'alg':'ES256'}", "{'iss':['x']}");
    PJWT_AUTO(jws) struct pjwt_jws *jws = NULL;
    PJWT_AUTO(jws) struct pjwt_jws *other = NULL;
    struct pjwt_report report = {0};

    (void)state;
    assert_reason(pjwt_jws_parse(full, &jws, &report), OK);
    assert_string_equal(pjwt_jws_claimed_iss(jws), "https://idp.example.com");
    assert_string_equal(pjwt_jws_kid(jws), "k");
    assert_int_equal(pjwt_jws_algs(jws), PJWT_ALG_BIT(PJWT_ALG_ES256));
    assert_reason(pjwt_jws_parse(bare, &other, &report), OK);
    assert_null(pjwt_jws_claimed_iss(other));
    assert_null(pjwt_jws_kid(other));
}

static void
test_proof_outlives_the_token(void **state)
{
    PJWT_AUTO(verified) struct pjwt_verified *proof = NULL;
    struct pjwt_secret *token = fixture_sign(kinds[1].jwk, kinds[1].header, PAYLOAD);
    struct pjwt_key *key = fixture_verifier(kinds[1].jwk, "{'kid':'the key'}");
    struct pjwt_jws *jws = NULL;
    struct pjwt_report report = {0};

    (void)state;
    assert_reason(pjwt_jws_parse(token, &jws, &report), OK);
    assert_reason(pjwt_jws_verify(jws, key, &proof, &report), OK);
    pjwt_jws_free(jws);
    pjwt_key_free(key);
    pjwt_secret_free(token);
    assert_string_equal(json_string_value(json_object_get(pjwt_verified_payload(proof), "sub")),
                        "alice");
    assert_string_equal(pjwt_verified_typ(proof), "at+jwt");
    assert_string_equal(pjwt_verified_kid(proof), "the key");
}

static void
test_proof_without_names(void **state)
{
    PJWT_AUTO(verified) struct pjwt_verified *proof = NULL;
    PJWT_AUTO(secret)
    struct pjwt_secret *token = fixture_sign(fixture_p256, "{'alg':'ES256'}", "{}");
    PJWT_AUTO(key) struct pjwt_key *key = fixture_verifier(fixture_p256, NULL);
    PJWT_AUTO(jws) struct pjwt_jws *jws = NULL;
    struct pjwt_report report = {0};

    (void)state;
    assert_reason(pjwt_jws_parse(token, &jws, &report), OK);
    assert_reason(pjwt_jws_verify(jws, key, &proof, &report), OK);
    assert_null(pjwt_verified_typ(proof));
    assert_null(pjwt_verified_kid(proof));
}

static void
test_both_names_of_ed25519(void **state)
{
    static const char *const in_key[] = {"{}", "{'alg':'Ed25519'}", "{'alg':'EdDSA'}"};
    static const char *const in_header[] = {"{'alg':'Ed25519'}", "{'alg':'EdDSA'}"};

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        for (size_t h = 0; h < 2; h++) {
            PJWT_AUTO(key) struct pjwt_key *key = fixture_verifier(fixture_ed25519, in_key[k]);
            PJWT_AUTO(secret)
            struct pjwt_secret *token = fixture_sign(fixture_ed25519, in_header[h], "{}");

            assert_reason(fixture_prove(token, key), OK);
        }
    }
}

/* Six keys, two of each kind, and a token of each. */
struct pair {
    json_t *public_jwk;
    json_t *private_jwk;
    struct pjwt_key *verifier;
    struct pjwt_secret *token;
};

static void
make_pair(struct pair *pair, enum pjwt_alg alg)
{
    PJWT_AUTO(json) json_t *header = json_pack("{s:s}", "alg", pjwt_alg_name(alg));
    PJWT_AUTO(json) json_t *payload = fixture_json(PAYLOAD);
    PJWT_AUTO(key) struct pjwt_key *signer = NULL;

    assert_reason(pjwt_key_generate(alg, NULL, &pair->public_jwk, &pair->private_jwk), OK);
    assert_reason(pjwt_key_from_private_jwk(pair->private_jwk, &signer, NULL), OK);
    assert_reason(pjwt_key_from_jwk(pair->public_jwk, FIXTURE_ANY, &pair->verifier, NULL), OK);
    assert_reason(pjwt_jws_sign(signer, header, payload, &pair->token), OK);
}

static void
test_only_the_diagonal_verifies(void **state)
{
    static const enum pjwt_alg algs[] = {PJWT_ALG_ED25519, PJWT_ALG_ED25519, PJWT_ALG_ES256,
                                         PJWT_ALG_ES256,   PJWT_ALG_RS256,   PJWT_ALG_RS256};
    struct pair pairs[6] = {{0}};

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        make_pair(&pairs[i], algs[i]);
    }
    for (size_t i = 0; i < 36; i++) {
        size_t k = i / 6;
        size_t t = i % 6;
        pjwt_verdict verdict = fixture_prove(pairs[t].token, pairs[k].verifier);

        if (k == t) {
            assert_reason(verdict, OK);
        } else if (algs[k] == algs[t]) {
            assert_reason(verdict, SIGNATURE);
        } else {
            assert_reason(verdict, ALG_MISMATCH);
        }
    }
    for (size_t i = 0; i < 6; i++) {
        json_decref(pairs[i].public_jwk);
        json_decref(pairs[i].private_jwk);
        pjwt_key_free(pairs[i].verifier);
        pjwt_secret_free(pairs[i].token);
    }
}

/* One character after another becomes its neighbour in the alphabet, dots included. */
static void
test_every_character_counts(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        PJWT_AUTO(key) struct pjwt_key *key = fixture_verifier(kinds[k].jwk, NULL);
        PJWT_AUTO(secret)
        struct pjwt_secret *token = fixture_sign(kinds[k].jwk, kinds[k].header, PAYLOAD);
        char *bytes = pjwt_secret_buffer(token);

        assert_reason(fixture_prove(token, key), OK);
        for (size_t i = 0; i < pjwt_secret_len(token); i++) {
            char kept = bytes[i];

            bytes[i] = kept == 'A' ? 'B' : 'A';
            assert_false(pjwt_ok(fixture_prove(token, key)));
            bytes[i] = kept;
        }
        assert_reason(fixture_prove(token, key), OK);
    }
}

static void
test_every_prefix_is_refused(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        PJWT_AUTO(key) struct pjwt_key *key = fixture_verifier(kinds[k].jwk, NULL);
        PJWT_AUTO(secret)
        struct pjwt_secret *token = fixture_sign(kinds[k].jwk, kinds[k].header, PAYLOAD);

        for (size_t len = 0; len < pjwt_secret_len(token); len++) {
            PJWT_AUTO(secret)
            struct pjwt_secret *cut = pjwt_secret_copy(pjwt_secret_bytes(token), len);

            assert_false(pjwt_ok(fixture_prove(cut, key)));
        }
        assert_reason(fixture_prove(token, key), OK);
    }
}

/* A symmetric algorithm with the public key as its secret: RFC 8725 section 2.1. */
static void
test_hs256_with_the_public_key(void **state)
{
    static const char input[] = "eyJhbGciOiJIUzI1NiJ9.e30"; /* {"alg":"HS256"} . {} */

    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        PJWT_AUTO(key) struct pjwt_key *key = fixture_verifier(kinds[k].jwk, NULL);
        PJWT_AUTO(json) json_t *jwk = fixture_public(kinds[k].jwk, NULL);
        PJWT_AUTO(text) char *text = json_dumps(jwk, JSON_COMPACT);
        PJWT_AUTO(secret) struct pjwt_secret *token = NULL;
        unsigned char mac[32];
        unsigned mac_len = 0;

        assert_non_null(HMAC(EVP_sha256(), text, (int)strlen(text),
                             (const unsigned char *)input, strlen(input), mac, &mac_len));
        token = fixture_token("{\"alg\":\"HS256\"}", 15, "{}", 2, mac, mac_len);
        assert_memory_equal(pjwt_secret_bytes(token), input, strlen(input));
        assert_reason(fixture_prove(token, key), ALG_MISMATCH);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rfc7515_rs256),
        cmocka_unit_test(test_rfc7515_es256),
        cmocka_unit_test(test_rfc8037_ed25519),
        cmocka_unit_test(test_claims_before_proof),
        cmocka_unit_test(test_proof_outlives_the_token),
        cmocka_unit_test(test_proof_without_names),
        cmocka_unit_test(test_both_names_of_ed25519),
        cmocka_unit_test(test_only_the_diagonal_verifies),
        cmocka_unit_test(test_every_character_counts),
        cmocka_unit_test(test_every_prefix_is_refused),
        cmocka_unit_test(test_hs256_with_the_public_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
