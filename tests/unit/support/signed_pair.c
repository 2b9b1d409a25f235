/* A key and what it signed. */
#include "tests/unit/support/signed_pair.h"

#include <stdio.h>

void
pair_clear(struct pair *pair)
{
    pjwt_key_free(pair->signer);
    pjwt_key_free(pair->verifier);
}

pjwt_verdict
pair_check(const struct pair *pair)
{
    return pjwt_key_verify(pair->verifier, SIGNED_TEXT,
                           (struct pjwt_octets){pair->signature, pair->len});
}

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

struct pair
pair_sign(enum pjwt_alg alg)
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
    assert_reason(pjwt_key_sign(p.signer, SIGNED_TEXT, p.signature, &p.len), OK);
    assert_reason(pair_check(&p), OK);
    return p;
}
