/* How do we verify, and what does EVP alone do of it? */
#include "tests/bench/contestant.h"

#include "lib/jose/jws.h"
#include "lib/jose/key_inside.h"
#include "lib/jose/keyset.h"
#include "lib/jose/verified.h"
#include "lib/policy/claims.h"

#include <openssl/crypto.h>

static bool
no_state(const struct subject *s, void **state)
{
    (void)s;
    *state = NULL;
    return true;
}

/* Who uses HMAC through EVP computes and compares. */
static bool
bare_hmac(const struct subject *s)
{
    unsigned char computed[64];
    size_t len = sizeof(computed);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool good =
        EVP_DigestSignInit_ex(ctx, NULL, s->digest, NULL, NULL, s->pkey, NULL) == 1 &&
        EVP_DigestSign(ctx, computed, &len, s->input.at, s->input.len) == 1 &&
        len == s->signature_len && CRYPTO_memcmp(computed, s->signature, len) == 0;

    EVP_MD_CTX_free(ctx);
    return good;
}

static bool
bare(const struct subject *s, void *state)
{
    EVP_PKEY_CTX *inner = NULL;
    EVP_MD_CTX *ctx = NULL;
    bool good = false;

    (void)state;
    if (s->secret_len > 0) {
        return bare_hmac(s);
    }
    ctx = EVP_MD_CTX_new();
    good = EVP_DigestVerifyInit_ex(ctx, &inner, s->digest, NULL, NULL, s->pkey, NULL) == 1 &&
           (s->params == NULL || EVP_PKEY_CTX_set_params(inner, s->params) == 1) &&
           EVP_DigestVerify(ctx, s->signature, s->signature_len, s->input.at, s->input.len) ==
               1;
    EVP_MD_CTX_free(ctx);
    return good;
}

static pjwt_verdict
verify(const struct subject *s, const struct pjwt_key *key)
{
    PJWT_AUTO(jws) struct pjwt_jws *jws = NULL;
    PJWT_AUTO(key) struct pjwt_key *found = NULL;
    PJWT_AUTO(verified) struct pjwt_verified *proof = NULL;
    struct pjwt_report report = {0};
    struct pjwt_grant grant;

    PJWT_TRY(pjwt_jws_parse(s->token, &jws, &report));
    if (key == NULL) {
        PJWT_TRY(pjwt_keyset_select(s->keys, s->issuer.algs, jws, &found, &report));
        key = found;
    }
    PJWT_TRY(pjwt_jws_verify(jws, key, &proof, &report));
    pjwt_verdict v = pjwt_claims_check(proof, &s->issuer, s->now, &grant, &report); if(!pjwt_ok(v)) __builtin_printf("%s\n", report.why.text); return v;
}

static bool
from_file(const struct subject *s, void *state)
{
    (void)state;
    return pjwt_ok(verify(s, NULL));
}

static bool
make_key(const struct subject *s, void **state)
{
    struct pjwt_key *key = NULL;
    struct pjwt_why why;

    if (!pjwt_ok(pjwt_key_from_jwk(s->public_jwk, s->issuer.algs, &key, &why))) {
        return false;
    }
    *state = key;
    return true;
}

static bool
with_key(const struct subject *s, void *state)
{
    return pjwt_ok(verify(s, state));
}

const struct contestant contestant_bare = {"bare EVP", no_state, bare};
const struct contestant contestant_ours = {"pam_jwt", make_key, with_key};
const struct contestant contestant_ours_file = {"pam_jwt, key file", no_state, from_file};
