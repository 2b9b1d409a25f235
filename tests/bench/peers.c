/* How do the libraries that Debian ships verify? Each by its own documentation's example. */
#include "tests/bench/contestant.h"

#include <cjose/cjose.h>
#include <jose/jose.h>
#include <jwt.h>
#include <string.h>

bool
contestant_claims_fit(const struct subject *s, const json_t *claims)
{
    const char *iss = json_string_value(json_object_get(claims, "iss"));
    const json_t *aud = json_object_get(claims, "aud");
    bool meant = false;

    for (size_t i = 0; i < json_array_size(aud); i++) {
        meant |= strcmp(json_string_value(json_array_get(aud, i)), SUBJECT_AUD) == 0;
    }
    return meant && iss != NULL && strcmp(iss, SUBJECT_ISS) == 0 &&
           json_integer_value(json_object_get(claims, "exp")) > s->now;
}

/* libjwt parses the key at each call: its interface has no place to keep one. */
static bool
libjwt_verify(const struct subject *s, void *state)
{
    const unsigned char *key =
        s->secret_len > 0 ? s->secret : (const unsigned char *)s->pem;
    size_t len = s->secret_len > 0 ? s->secret_len : strlen(s->pem);
    const char *iss = NULL;
    char *aud = NULL;
    jwt_t *jwt = NULL;
    bool good = false;

    (void)state;
    if (jwt_decode(&jwt, pjwt_secret_bytes(s->token), key, (int)len) != 0) {
        return false;
    }
    iss = jwt_get_grant(jwt, "iss");
    aud = jwt_get_grants_json(jwt, "aud");
    good = iss != NULL && strcmp(iss, SUBJECT_ISS) == 0 && aud != NULL &&
           strstr(aud, "\"" SUBJECT_AUD "\"") != NULL && jwt_get_grant_int(jwt, "exp") > s->now;
    free(aud);
    jwt_free(jwt);
    return good;
}

static bool
libjwt_open(const struct subject *s, void **state)
{
    *state = NULL;
    return s->alg[0] != 'P' && libjwt_verify(s, NULL);
}

static bool
cjose_verify(const struct subject *s, void *state)
{
    cjose_err error;
    cjose_jws_t *jws = cjose_jws_import(pjwt_secret_bytes(s->token),
                                        pjwt_secret_len(s->token), &error);
    uint8_t *text = NULL;
    size_t len = 0;
    bool good = jws != NULL && cjose_jws_verify(jws, state, &error) &&
                cjose_jws_get_plaintext(jws, &text, &len, &error);
    json_t *claims = good ? json_loadb((const char *)text, len, 0, NULL) : NULL;

    good = good && contestant_claims_fit(s, claims);
    json_decref(claims);
    cjose_jws_release(jws);
    return good;
}

static bool
cjose_open(const struct subject *s, void **state)
{
    char *jwk = json_dumps(s->public_jwk, JSON_COMPACT);
    cjose_err error;

    *state = cjose_jwk_import(jwk, strlen(jwk), &error);
    free(jwk);
    return *state != NULL && cjose_verify(s, *state);
}

/* jose has no call for the compact form: its command splits the text in the same way. */
static bool
jose_verify(const struct subject *s, void *state)
{
    const char *text = pjwt_secret_bytes(s->token);
    const char *payload = strchr(text, '.') + 1;
    const char *signature = strchr(payload, '.') + 1;
    size_t payload_len = (size_t)(signature - 1 - payload);
    json_t *jws = json_pack("{ss% ss% ss}", "protected", text, (size_t)(payload - 1 - text),
                            "payload", payload, payload_len, "signature", signature);
    json_t *claims = NULL;
    bool good = false;

    (void)state;
    if (jose_jws_ver(NULL, jws, NULL, s->public_jwk, false)) {
        claims = jose_b64_dec_load(json_object_get(jws, "payload"));
        good = contestant_claims_fit(s, claims);
    }
    json_decref(claims);
    json_decref(jws);
    return good;
}

static bool
jose_open(const struct subject *s, void **state)
{
    *state = NULL;
    return jose_verify(s, NULL);
}

const struct contestant contestant_libjwt = {"libjwt", libjwt_open, libjwt_verify};
const struct contestant contestant_cjose = {"cjose", cjose_open, cjose_verify};
const struct contestant contestant_jose = {"jose", jose_open, jose_verify};
