/* Which encrypted token does the fuzzer's input ask for? */
#include "tests/fuzz/support/seal.h"

#include "tests/fuzz/support/fuzz.h"
#include "tests/fuzz/support/seal_keys.h"

#include "lib/base/base64url.h"
#include "lib/jose/jwe_key_inside.h"

#include <string.h>

const char *
seal_set_text(void)
{
    return seal_set;
}

const struct pjwt_jwe_key *
seal_key(size_t which)
{
    static struct pjwt_jwe_key *key[SEAL_KEYS];
    PJWT_AUTO(json) json_t *set = key[which] != NULL ? NULL : json_loads(seal_set, 0, NULL);
    const json_t *jwk = json_array_get(json_object_get(set, "keys"), which);
    struct pjwt_why why = {""};

    if (key[which] == NULL) {
        FUZZ_MUST(pjwt_ok(pjwt_jwe_key_from_jwk(jwk, PJWT_JWE_OPENS, &key[which], &why)));
    }
    return key[which];
}

bool
seal_prepare(const struct seal_plan *plan, struct seal_parts *parts)
{
    const struct pjwt_jwe_key *key = seal_key(plan->which);

    /* Any key will do, and one that is always the same lets what is found be played again. */
    memset(parts->cek, 0x5a, sizeof(parts->cek));
    return (key->content == NULL || key->content == plan->content) &&
           key->family->wrap(key, plan->content, plan->header, parts->cek, parts->wrapped,
                             &parts->wrapped_len);
}

static void
append(struct pjwt_secret *token, const void *bytes, size_t len)
{
    size_t used = pjwt_secret_len(token);

    if (used > 0) {
        FUZZ_MUST(pjwt_secret_append(token, ".", 1));
        used++;
    }
    used += pjwt_base64url_encode(bytes, len, pjwt_secret_buffer(token) + used);
    pjwt_secret_set_len(token, used);
}

struct pjwt_secret *
seal_finish(const struct seal_plan *plan, const struct seal_parts *parts, const char *text,
            size_t len)
{
    static const unsigned char iv[PJWT_CONTENT_IV_MAX] = {1, 2, 3};
    const struct pjwt_content *c = plan->content;
    size_t inner_len = pjwt_secret_len(plan->inner);
    PJWT_AUTO(secret) struct pjwt_secret *sealed = pjwt_secret_new(inner_len + 16);
    struct pjwt_secret *token = pjwt_secret_new(2 * (len + inner_len) + 4096);
    struct pjwt_content_parts plain = {
        .iv = {iv, c->iv},
        .text = {(const unsigned char *)pjwt_secret_bytes(plan->inner), inner_len}};
    unsigned char tag[PJWT_CONTENT_TAG_MAX];
    size_t sealed_len = 0;

    FUZZ_MUST(token != NULL && sealed != NULL);
    append(token, text, len);
    plain.aad = (struct pjwt_octets){(const unsigned char *)pjwt_secret_bytes(token),
                                     pjwt_secret_len(token)};
    FUZZ_MUST(c->seal(c, parts->cek, &plain, (unsigned char *)pjwt_secret_buffer(sealed),
                      &sealed_len, tag));
    append(token, parts->wrapped, parts->wrapped_len);
    append(token, iv, c->iv);
    append(token, pjwt_secret_buffer(sealed), sealed_len);
    append(token, tag, c->tag);
    return token;
}
