/* How is a token encrypted? */
#include "lib/jose/jwe_make.h"

#include "lib/base/base64url.h"
#include "lib/jose/jwe_key_inside.h"

#include <openssl/rand.h>
#include <string.h>

#define BLOCK 16 /* bytes that CBC may add */

/* What is being put together; wiped at the end. */
struct making {
    const struct pjwt_jwe_key *key;
    const struct pjwt_content *content;
    unsigned char cek[PJWT_CEK_MAX];
    unsigned char wrapped[PJWT_WRAPPED_MAX];
    size_t wrapped_len;
    unsigned char iv[PJWT_CONTENT_IV_MAX];
    unsigned char tag[PJWT_CONTENT_TAG_MAX];
};

static void
making_end(struct making *m)
{
    explicit_bzero(m, sizeof(*m));
}

const char *
pjwt_jwe_default_enc(const struct pjwt_jwe_key *key)
{
    return key->content != NULL ? key->content->name : pjwt_content_a256gcm.name;
}

/* `token` has PJWT_CREDENTIAL_MAX bytes of room; a dot goes before every segment but the first.
 */
static pjwt_verdict
append(struct pjwt_secret *token, const void *bytes, size_t len)
{
    size_t used = pjwt_secret_len(token);
    size_t dot = used > 0;

    if (len > PJWT_CREDENTIAL_MAX ||
        PJWT_BASE64URL_ROOM(len) + dot > pjwt_secret_room(token) - used) {
        return PJWT_SAY(TOO_LONG);
    }
    if (dot > 0) {
        pjwt_secret_buffer(token)[used++] = '.';
    }
    used += pjwt_base64url_encode(bytes, len, pjwt_secret_buffer(token) + used);
    pjwt_secret_set_len(token, used);
    return PJWT_SAY(OK);
}

static bool
describe(const struct making *m, const json_t *more, json_t *header)
{
    const char *kid = m->key->kid;

    return json_object_set_new(header, "alg", json_string(pjwt_jwe_alg_name(m->key->alg))) ==
               0 &&
           json_object_set_new(header, "enc", json_string(m->content->name)) == 0 &&
           json_object_set_new(header, "cty", json_string("JWT")) == 0 &&
           (kid == NULL || json_object_set_new(header, "kid", json_string(kid)) == 0) &&
           (more == NULL || json_object_update(header, (json_t *)(uintptr_t)more) == 0);
}

/* Sections 5.1, steps 1 to 9 and 11 to 13: the keys, the vector and the header. */
static pjwt_verdict
prepare(struct making *m, const json_t *more, struct pjwt_secret *token)
{
    PJWT_AUTO(json) json_t *header = json_object();
    PJWT_AUTO(text) char *text = NULL;

    if (header == NULL || !describe(m, more, header)) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (RAND_priv_bytes(m->cek, sizeof(m->cek)) != 1 || RAND_bytes(m->iv, sizeof(m->iv)) != 1 ||
        !m->key->family->wrap(m->key, m->content, header, m->cek, m->wrapped,
                              &m->wrapped_len)) {
        return PJWT_SAY(INTERNAL);
    }
    text = json_dumps(header, JSON_COMPACT);
    return text == NULL ? PJWT_SAY(NO_MEMORY) : append(token, text, strlen(text));
}

static pjwt_verdict
seal(struct making *m, const struct pjwt_secret *inner, struct pjwt_secret *token)
{
    PJWT_AUTO(secret)
    struct pjwt_secret *sealed = pjwt_secret_new(pjwt_secret_len(inner) + BLOCK);
    const struct pjwt_content_parts plain = {
        .aad = {(const unsigned char *)pjwt_secret_bytes(token), pjwt_secret_len(token)},
        .iv = {m->iv, m->content->iv},
        .text = {(const unsigned char *)pjwt_secret_bytes(inner), pjwt_secret_len(inner)},
    };
    size_t len = 0;

    if (sealed == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (!m->content->seal(m->content, m->cek, &plain,
                          (unsigned char *)pjwt_secret_buffer(sealed), &len, m->tag)) {
        return PJWT_SAY(INTERNAL);
    }
    PJWT_TRY(append(token, m->wrapped, m->wrapped_len));
    PJWT_TRY(append(token, m->iv, m->content->iv));
    PJWT_TRY(append(token, pjwt_secret_buffer(sealed), len));
    return append(token, m->tag, m->content->tag);
}

pjwt_verdict
pjwt_jwe_make(const struct pjwt_jwe_key *key, const char *enc, const json_t *more,
              const struct pjwt_secret *inner, struct pjwt_secret **token)
{
    PJWT_QUIET_OPENSSL;
    PJWT_AUTO(secret) struct pjwt_secret *made = pjwt_secret_new(PJWT_CREDENTIAL_MAX);
    struct making m __attribute__((cleanup(making_end))) = {
        .key = key,
        .content = pjwt_content_find(enc == NULL ? pjwt_jwe_default_enc(key) : enc),
    };

    if (made == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (m.content == NULL) {
        return PJWT_SAY(ALG_UNKNOWN);
    }
    if (key->content != NULL && key->content != m.content) {
        return PJWT_SAY(ALG_MISMATCH);
    }
    PJWT_TRY(prepare(&m, more, made));
    PJWT_TRY(seal(&m, inner, made));
    *token = pjwt_take(made);
    return PJWT_SAY(OK);
}
