/* Is this JWK a key that tokens can be encrypted for? */
#include "lib/jose/jwe_key.h"

#include "lib/jose/jwe_key_inside.h"

#include <string.h>

#define KID_MAX 256 /* bytes, as in a header */

static pjwt_verdict
copy_kid(const json_t *jwk, char **kid, struct pjwt_why *why)
{
    const char *text = NULL;

    if (!pjwt_json_string(jwk, "kid", &text) ||
        (text != NULL && (*text == '\0' || strlen(text) > KID_MAX))) {
        pjwt_why_set(why, "kid is no string of 1 to %d bytes", KID_MAX);
        return PJWT_SAY(KEY_BAD);
    }
    *kid = text == NULL ? NULL : strdup(text);
    return text == NULL || *kid != NULL ? PJWT_SAY(OK) : PJWT_SAY(NO_MEMORY);
}

pjwt_verdict
pjwt_jwe_key_from_jwk(const json_t *jwk, enum pjwt_jwe_purpose purpose,
                      struct pjwt_jwe_key **key, struct pjwt_why *why)
{
    PJWT_QUIET_OPENSSL;
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *made = calloc(1, sizeof(*made));

    if (made == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    made->opens = purpose == PJWT_JWE_OPENS;
    PJWT_TRY(pjwt_jwe_key_rules_check(jwk, purpose, made, why));
    PJWT_TRY(copy_kid(jwk, &made->kid, why));
    PJWT_TRY(made->family->build(made->family, jwk, made, why));
    pjwt_why_clear(why);
    *key = pjwt_take(made);
    return PJWT_SAY(OK);
}

enum pjwt_jwe_alg
pjwt_jwe_key_alg(const struct pjwt_jwe_key *key)
{
    return key->alg;
}

const char *
pjwt_jwe_key_kid(const struct pjwt_jwe_key *key)
{
    return key->kid;
}

const char *
pjwt_jwe_key_enc(const struct pjwt_jwe_key *key)
{
    return key->content == NULL ? NULL : key->content->name;
}

void
pjwt_jwe_key_free(struct pjwt_jwe_key *key)
{
    if (key != NULL) {
        EVP_PKEY_free(key->pkey);
        pjwt_secret_free(key->octets);
        free(key->kid);
        free(key);
    }
}
