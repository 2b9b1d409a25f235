/* Did the issuer's key sign this? The only file that can make a pjwt_verified. */
#include "lib/jose/verified.h"

#include "lib/jose/jws_inside.h"
#include "lib/jose/key_inside.h"

#include <string.h>

struct pjwt_verified {
    json_t *payload;
    char *typ;
    char *kid;
};

static bool
copy_text(const char *from, char **to)
{
    *to = from == NULL ? NULL : strdup(from);
    return from == NULL || *to != NULL;
}

static pjwt_verdict
make(const struct pjwt_jws *jws, const struct pjwt_key *key, struct pjwt_verified **proof)
{
    PJWT_AUTO(verified) struct pjwt_verified *made = calloc(1, sizeof(*made));

    if (made == NULL || !copy_text(jws->params.typ, &made->typ) ||
        !copy_text(pjwt_key_kid(key), &made->kid)) {
        return PJWT_SAY(NO_MEMORY);
    }
    made->payload = json_incref(jws->payload);
    *proof = pjwt_take(made);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_jws_verify(const struct pjwt_jws *jws, const struct pjwt_key *key,
                struct pjwt_verified **proof, struct pjwt_report *report)
{
    const struct pjwt_octets signature = {
        (const unsigned char *)pjwt_secret_bytes(jws->signature),
        pjwt_secret_len(jws->signature)};

    pjwt_why_set(&report->why, "alg %s, the key's %s", jws->params.alg,
                 pjwt_alg_name(pjwt_key_alg(key)));
    /* RFC 8725 section 3.1: "each key MUST be used with exactly one algorithm, and this MUST be
     * checked when the cryptographic operation is performed." */
    if ((jws->params.algs & PJWT_ALG_BIT(pjwt_key_alg(key))) == 0) {
        return PJWT_SAY(ALG_MISMATCH);
    }
    PJWT_TRY(pjwt_key_verify(key, jws->input, signature));
    return make(jws, key, proof);
}

const json_t *
pjwt_verified_payload(const struct pjwt_verified *proof)
{
    return proof->payload;
}

const char *
pjwt_verified_typ(const struct pjwt_verified *proof)
{
    return proof->typ;
}

const char *
pjwt_verified_kid(const struct pjwt_verified *proof)
{
    return proof->kid;
}

void
pjwt_verified_free(struct pjwt_verified *proof)
{
    if (proof != NULL) {
        json_decref(proof->payload);
        free(proof->typ);
        free(proof->kid);
        free(proof);
    }
}
