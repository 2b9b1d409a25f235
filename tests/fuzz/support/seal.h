/* Which encrypted token does the fuzzer's input ask for? Sealed with keys whose private halves
 * are published, under any header at all. */
#ifndef PJWT_FUZZ_SEAL_H
#define PJWT_FUZZ_SEAL_H

#include "lib/base/json.h"
#include "lib/base/secret.h"
#include "lib/jose/jwe_content.h"
#include "lib/jose/jwe_key.h"

#define SEAL_KEYS 8

/* The key of that place, which opens and seals; built once, never released. */
const struct pjwt_jwe_key *seal_key(size_t which);

/* All of them as a key set, with the kids "0" to "7"; static. */
const char *seal_set_text(void);

/* What is sealed, and under which header. */
struct seal_plan {
    size_t which;                       /* the key */
    const struct pjwt_content *content; /* the enc that is used, whatever the header says */
    json_t *header;                     /* borrowed; an agreement puts its epk into it */
    const struct pjwt_secret *inner;    /* borrowed */
};

/* The first half of the work: a key for the content, agreed or wrapped. False when the plan
 * cannot be had, as a key of `dir` is for one enc alone. */
struct seal_parts {
    unsigned char cek[PJWT_CEK_MAX];
    unsigned char wrapped[1024];
    size_t wrapped_len;
};
bool seal_prepare(const struct seal_plan *plan, struct seal_parts *parts);

/* The second: a compact JWE under this very text of a header; owned by the caller. */
struct pjwt_secret *seal_finish(const struct seal_plan *plan, const struct seal_parts *parts,
                                const char *text, size_t len);

#endif
