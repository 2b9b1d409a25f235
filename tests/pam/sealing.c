#include "tests/pam/sealing.h"

#include "lib/jose/jwe_make.h"
#include "tests/pam/text.h"

#include <string.h>

/* Always the same one: it guards nothing. */
static json_t *
key_of(const char *kid)
{
    return json_pack("{s:s,s:s,s:s,s:s}", "kty", "oct", "alg", "A256KW", "kid", kid, "k",
                     "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
}

char *
sealing_set(void)
{
    PJWT_AUTO(json) json_t *set = json_pack("{s:[o]}", "keys", key_of("dec-a"));

    return json_dumps(set, JSON_COMPACT);
}

char *
sealing_seal(const char *token, const char *kid, char **error)
{
    PJWT_AUTO(json) json_t *jwk = key_of(kid);
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *key = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *inner = pjwt_secret_copy(token, strlen(token));
    PJWT_AUTO(secret) struct pjwt_secret *sealed = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v = pjwt_jwe_key_from_jwk(jwk, PJWT_JWE_SEALS, &key, &why);

    if (pjwt_ok(v)) {
        v = pjwt_jwe_make(key, NULL, NULL, inner, &sealed);
    }
    if (!pjwt_ok(v)) {
        *error = text_format("not encrypted: %s", pjwt_code(v));
        return NULL;
    }
    return text_copy(pjwt_secret_bytes(sealed), pjwt_secret_len(sealed));
}
