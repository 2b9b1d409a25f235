/* How does rhonabwy verify? In a file of its own: its header and libjwt's both declare jwt_t. */
#include "tests/bench/contestant.h"

#include <rhonabwy.h>

static bool
verify(const struct subject *s, void *state)
{
    jwt_t *jwt = NULL;
    bool good = false;

    if (r_jwt_init(&jwt) != RHN_OK) {
        return false;
    }
    if (r_jwt_parsen(jwt, pjwt_secret_bytes(s->token), pjwt_secret_len(s->token), 0) ==
            RHN_OK &&
        r_jwt_verify_signature(jwt, state, 0) == RHN_OK) {
        json_t *claims = r_jwt_get_full_claims_json_t(jwt);

        good = contestant_claims_fit(s, claims);
        json_decref(claims);
    }
    r_jwt_free(jwt);
    return good;
}

static bool
open_key(const struct subject *s, void **state)
{
    char *text = json_dumps(s->public_jwk, JSON_COMPACT);
    jwk_t *jwk = NULL;
    bool good = r_global_init() == RHN_OK && r_jwk_init(&jwk) == RHN_OK &&
                r_jwk_import_from_json_str(jwk, text) == RHN_OK;

    free(text);
    *state = jwk;
    return good && verify(s, jwk);
}

const struct contestant contestant_rhonabwy = {"rhonabwy", open_key, verify};
