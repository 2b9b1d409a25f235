/* How is a token made? */
#include "lib/jose/sign.h"

#include "lib/base/base64url.h"
#include "lib/jose/key_inside.h"

#include <string.h>

/* The object's compact JSON. */
static struct pjwt_secret *
dump(const json_t *object)
{
    size_t len = json_dumpb(object, NULL, 0, JSON_COMPACT);
    PJWT_AUTO(secret) struct pjwt_secret *text = len == 0 ? NULL : pjwt_secret_new(len);

    if (text == NULL ||
        json_dumpb(object, pjwt_secret_buffer(text), len, JSON_COMPACT) != len) {
        return NULL;
    }
    pjwt_secret_set_len(text, len);
    return pjwt_take(text);
}

/* Adds `len` bytes as base64url; `token` has PJWT_CREDENTIAL_MAX bytes of room. */
static pjwt_verdict
append(struct pjwt_secret *token, const void *bytes, size_t len)
{
    size_t used = pjwt_secret_len(token);

    if (len > PJWT_CREDENTIAL_MAX ||
        PJWT_BASE64URL_ROOM(len) > pjwt_secret_room(token) - used) {
        return PJWT_SAY(TOO_LONG);
    }
    used += pjwt_base64url_encode(bytes, len, pjwt_secret_buffer(token) + used);
    pjwt_secret_set_len(token, used);
    return PJWT_SAY(OK);
}

static pjwt_verdict
append_object(struct pjwt_secret *token, const json_t *object)
{
    PJWT_AUTO(secret) struct pjwt_secret *text = dump(object);

    if (text == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    return append(token, pjwt_secret_bytes(text), pjwt_secret_len(text));
}

static pjwt_verdict
append_dot(struct pjwt_secret *token)
{
    return pjwt_secret_append(token, ".", 1) ? PJWT_SAY(OK) : PJWT_SAY(TOO_LONG);
}

static pjwt_verdict
append_signature(struct pjwt_secret *token, const struct pjwt_key *key)
{
    const struct pjwt_octets input = {(const unsigned char *)pjwt_secret_bytes(token),
                                      pjwt_secret_len(token)};
    unsigned char signature[PJWT_SIGNATURE_MAX];
    size_t len = 0;

    PJWT_TRY(pjwt_key_sign(key, input, signature, &len));
    PJWT_TRY(append_dot(token));
    return append(token, signature, len);
}

/* A header that names another algorithm than the key's would make a token that nobody accepts.
 */
static bool
header_names_alg(const json_t *header, const struct pjwt_key *key)
{
    const char *alg = json_string_value(json_object_get(header, "alg"));

    return alg != NULL &&
           (pjwt_algs_from_name(alg, strlen(alg)) & PJWT_ALG_BIT(pjwt_key_alg(key))) != 0;
}

pjwt_verdict
pjwt_jws_sign(const struct pjwt_key *key, const json_t *header, const json_t *payload,
              struct pjwt_secret **token)
{
    PJWT_AUTO(secret) struct pjwt_secret *made = pjwt_secret_new(PJWT_CREDENTIAL_MAX);

    if (made == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (!header_names_alg(header, key)) {
        return PJWT_SAY(INTERNAL);
    }
    PJWT_TRY(append_object(made, header));
    PJWT_TRY(append_dot(made));
    PJWT_TRY(append_object(made, payload));
    PJWT_TRY(append_signature(made, key));
    *token = pjwt_take(made);
    return PJWT_SAY(OK);
}
