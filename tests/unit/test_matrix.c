/* Every key against every token: is only the diagonal accepted? */
#include "tests/unit/support/jose_fixture.h"

#include "lib/jose/key_inside.h"
#include "lib/jose/sign.h"

#include <stdio.h>
#include <string.h>

#define FIRST (PJWT_ALG_NONE_KNOWN + 1)
#define PAIRS PJWT_ALG_COUNT /* the first is empty */

struct pair {
    struct pjwt_key *signer;
    struct pjwt_key *verifier;
};

static pjwt_algs
kind_of(enum pjwt_alg alg)
{
    return (PJWT_ALG_BIT(alg) & PJWT_ALGS_HMAC) != 0 ? PJWT_ALGS_HMAC : ~PJWT_ALGS_HMAC;
}

static void
read_pair(struct pair *pair, enum pjwt_alg alg, const json_t *open_half,
          const json_t *secret_half)
{
    bool shared = kind_of(alg) == PJWT_ALGS_HMAC;

    assert_reason(pjwt_key_from_private_jwk(secret_half, &pair->signer, NULL), OK);
    assert_reason(pjwt_key_from_jwk(shared ? secret_half : open_half, kind_of(alg),
                                    &pair->verifier, NULL),
                  OK);
    assert_int_equal(pjwt_key_alg(pair->signer), alg);
    assert_int_equal(pjwt_key_alg(pair->verifier), alg);
}

static void
generate(struct pair *pair, enum pjwt_alg alg)
{
    PJWT_AUTO(json) json_t *open_half = NULL;
    PJWT_AUTO(json) json_t *secret_half = NULL;

    assert_reason(pjwt_key_generate(alg, NULL, &open_half, &secret_half), OK);
    read_pair(pair, alg, open_half, secret_half);
}

/* The same numbers, or the same secret, under each algorithm that its type fits. */
static void
same_material(struct pair *pair, enum pjwt_alg alg, const char *jwk)
{
    char more[32];
    PJWT_AUTO(json) json_t *open_half = NULL;
    PJWT_AUTO(json) json_t *secret_half = NULL;

    (void)snprintf(more, sizeof(more), "{'alg':'%s'}", pjwt_alg_name(alg));
    open_half = fixture_public(jwk, more);
    secret_half = fixture_private(jwk, more);
    read_pair(pair, alg, open_half, secret_half);
}

static void
clear(struct pair *pairs)
{
    for (size_t i = FIRST; i < PAIRS; i++) {
        pjwt_key_free(pairs[i].signer);
        pjwt_key_free(pairs[i].verifier);
    }
}

/* Signed by `signer`, in the name of `alg`. */
static struct pjwt_secret *
token_in_the_name_of(enum pjwt_alg alg, const struct pjwt_key *signer)
{
    char header[32];
    PJWT_AUTO(secret) struct pjwt_secret *unsigned_token = NULL;
    unsigned char signature[PJWT_SIGNATURE_MAX];
    size_t len = 0;
    struct pjwt_octets input;

    (void)snprintf(header, sizeof(header), "{\"alg\":\"%s\"}", pjwt_alg_name(alg));
    unsigned_token = fixture_token(header, strlen(header), "{}", 2, "", 0);
    input.at = (const unsigned char *)pjwt_secret_bytes(unsigned_token);
    input.len = pjwt_secret_len(unsigned_token) - 1; /* without the last dot */
    assert_reason(pjwt_key_sign(signer, input, signature, &len), OK);
    return fixture_token(header, strlen(header), "{}", 2, signature, len);
}

static void
expect(pjwt_verdict found, enum pjwt_reason reason, size_t key, size_t token)
{
    if (found.reason != reason) {
        fail_msg("key %s, token %s: %s", pjwt_alg_name((enum pjwt_alg)key),
                 pjwt_alg_name((enum pjwt_alg)token), pjwt_code(found));
    }
}

/* The token says what it is: no other key looks at its signature. */
static void
honest(const struct pair *pairs)
{
    for (size_t i = 0; i < (size_t)PAIRS * PAIRS; i++) {
        size_t k = i / PAIRS;
        size_t t = i % PAIRS;
        PJWT_AUTO(secret) struct pjwt_secret *token = NULL;

        if (k < FIRST || t < FIRST) {
            continue;
        }
        token = token_in_the_name_of((enum pjwt_alg)t, pairs[t].signer);
        expect(fixture_prove(token, pairs[k].verifier), k == t ? PJWT_OK : PJWT_ALG_MISMATCH, k,
               t);
    }
}

/* The token claims the key's algorithm: the signature must show that it is another's. */
static void
lying(const struct pair *pairs)
{
    for (size_t i = 0; i < (size_t)PAIRS * PAIRS; i++) {
        size_t k = i / PAIRS;
        size_t t = i % PAIRS;
        PJWT_AUTO(secret) struct pjwt_secret *token = NULL;

        if (k < FIRST || t < FIRST) {
            continue;
        }
        token = token_in_the_name_of((enum pjwt_alg)k, pairs[t].signer);
        expect(fixture_prove(token, pairs[k].verifier), k == t ? PJWT_OK : PJWT_SIGNATURE, k,
               t);
    }
}

static void
test_every_key_and_every_token(void **state)
{
    struct pair pairs[PAIRS] = {{0}};

    (void)state;
    for (unsigned alg = FIRST; alg < PAIRS; alg++) {
        generate(&pairs[alg], (enum pjwt_alg)alg);
    }
    honest(pairs);
    lying(pairs);
    clear(pairs);
}

/* RFC 8725 section 3.1: one key, one algorithm; the same numbers under another are another key.
 */
static void
test_same_material(void **state)
{
    struct pair pairs[PAIRS] = {{0}};

    (void)state;
    for (unsigned alg = FIRST; alg < PAIRS; alg++) {
        if ((pjwt_family_rsa.algs & PJWT_ALG_BIT(alg)) != 0) {
            same_material(&pairs[alg], (enum pjwt_alg)alg, fixture_rsa);
        } else if ((PJWT_ALGS_HMAC & PJWT_ALG_BIT(alg)) != 0) {
            same_material(&pairs[alg], (enum pjwt_alg)alg, fixture_oct);
        } else {
            generate(&pairs[alg], (enum pjwt_alg)alg);
        }
    }
    honest(pairs);
    lying(pairs);
    clear(pairs);
}

/* RFC 8037 section 3.1: EdDSA is one name for two algorithms, and the key's curve tells which.
 */
static void
test_eddsa_is_the_keys_curve(void **state)
{
    static const enum pjwt_alg algs[] = {PJWT_ALG_ED25519, PJWT_ALG_ED448};
    struct pair pairs[2] = {{0}};

    (void)state;
    generate(&pairs[0], algs[0]);
    generate(&pairs[1], algs[1]);
    for (size_t i = 0; i < 4; i++) {
        PJWT_AUTO(json) json_t *header = fixture_json("{'alg':'EdDSA'}");
        PJWT_AUTO(json) json_t *payload = fixture_json("{}");
        PJWT_AUTO(secret) struct pjwt_secret *token = NULL;
        size_t k = i / 2;
        size_t t = i % 2;

        assert_reason(pjwt_jws_sign(pairs[t].signer, header, payload, &token), OK);
        expect(fixture_prove(token, pairs[k].verifier), k == t ? PJWT_OK : PJWT_SIGNATURE,
               algs[k], algs[t]);
    }
    for (size_t i = 0; i < 2; i++) {
        pjwt_key_free(pairs[i].signer);
        pjwt_key_free(pairs[i].verifier);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_key_and_every_token),
        cmocka_unit_test(test_same_material),
        cmocka_unit_test(test_eddsa_is_the_keys_curve),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
