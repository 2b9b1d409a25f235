/* How is the text of an encrypted token sealed? One row for each enc. RFC 7518 section 5. */
#ifndef PJWT_JOSE_JWE_CONTENT_H
#define PJWT_JOSE_JWE_CONTENT_H

#include "lib/base/secret.h"
#include "lib/jose/octets.h"

#include <stdbool.h>
#include <stddef.h>

#define PJWT_CEK_MAX         64 /* bytes: A256CBC-HS512 */
#define PJWT_CONTENT_IV_MAX  16
#define PJWT_CONTENT_TAG_MAX 32

/* What a seal is made over; all borrowed. `tag` is what the token claims it to be. */
struct pjwt_content_parts {
    struct pjwt_octets aad, iv, text, tag;
};

struct pjwt_content {
    const char *name;    /* the header's enc */
    size_t key, iv, tag; /* bytes, exactly */
    const char *cipher;  /* OpenSSL's names */
    const char *digest;

    /* Into `out`, which has room for the text; `*len` bytes. False: the seal is broken, and
     * what stands in `out` is nothing. The lengths of key, iv and tag are right already. */
    bool (*open)(const struct pjwt_content *c, const unsigned char *key,
                 const struct pjwt_content_parts *sealed, unsigned char *out, size_t *len);

    /* Into `out`, which has room for the text and a block, and `tag`. */
    bool (*seal)(const struct pjwt_content *c, const unsigned char *key,
                 const struct pjwt_content_parts *plain, unsigned char *out, size_t *len,
                 unsigned char *tag);
};

extern const struct pjwt_content pjwt_content_a128gcm;       /* jwe_gcm.c */
extern const struct pjwt_content pjwt_content_a256gcm;       /* jwe_gcm.c */
extern const struct pjwt_content pjwt_content_a128cbc_hs256; /* jwe_cbc.c */
extern const struct pjwt_content pjwt_content_a256cbc_hs512; /* jwe_cbc.c */

/* Static; NULL when there is none (borrowed, case-sensitive), or past the last one. */
const struct pjwt_content *pjwt_content_find(const char *name);
const struct pjwt_content *pjwt_content_at(size_t index);

/*
 * Opens what `key` (c->key bytes) seals. `*text` is owned by the caller.
 *
 * Reasons: DECRYPT, whatever is wrong; NO_MEMORY.
 */
pjwt_verdict pjwt_content_open(const struct pjwt_content *c, const unsigned char *key,
                               const struct pjwt_content_parts *sealed,
                               struct pjwt_secret **text) PJWT_MUST_USE;

#endif
