/* What does this compact JWE hide, for a key of ours? */
#include "lib/jose/jwe.h"

#include "lib/jose/jwe_inside.h"
#include "lib/jose/jwe_key_inside.h"
#include "lib/jose/segments.h"

#include <openssl/rand.h>
#include <string.h>

/* RFC 7516 section 7.1. */
enum { HEADER, WRAPPED, IV, TEXT, TAG, SEGMENTS };

/* The encrypted key may be empty; nothing else is, as all our algorithms have a vector and a
 * tag, and a signed token is not empty. */
static pjwt_verdict
split(const struct pjwt_secret *typed, struct pjwt_json_span part[SEGMENTS],
      struct pjwt_why *why)
{
    if (!pjwt_segments_split(typed, SEGMENTS, part) || part[HEADER].len == 0 ||
        part[IV].len == 0 || part[TEXT].len == 0 || part[TAG].len == 0) {
        pjwt_why_set(why, "an encrypted token is five segments, and only its key may be empty");
        return PJWT_SAY(MALFORMED);
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
parse(const struct pjwt_json_span part[SEGMENTS], struct pjwt_jwe *jwe, struct pjwt_why *why)
{
    PJWT_TRY(pjwt_segments_header(part[HEADER], &jwe->header, why));
    PJWT_TRY(pjwt_segments_decode(part[WRAPPED], "encrypted key", &jwe->wrapped, why));
    PJWT_TRY(pjwt_segments_decode(part[IV], "initialization vector", &jwe->iv, why));
    PJWT_TRY(pjwt_segments_decode(part[TEXT], "ciphertext", &jwe->text, why));
    PJWT_TRY(pjwt_segments_decode(part[TAG], "tag", &jwe->tag, why));
    /* RFC 7516 section 5.1, step 14: the AAD is ASCII(Encoded Protected Header). */
    jwe->aad.at = (const unsigned char *)part[HEADER].at;
    jwe->aad.len = part[HEADER].len;
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_jwe_parse(const struct pjwt_secret *typed, struct pjwt_jwe **jwe,
               struct pjwt_report *report)
{
    PJWT_AUTO(jwe) struct pjwt_jwe *parsed = calloc(1, sizeof(*parsed));
    struct pjwt_json_span part[SEGMENTS];
    const char *kid = NULL;

    if (parsed == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (pjwt_secret_len(typed) > PJWT_CREDENTIAL_MAX) {
        return PJWT_SAY(MALFORMED);
    }
    PJWT_TRY(split(typed, part, &report->why));
    PJWT_TRY(parse(part, parsed, &report->why));
    if (pjwt_json_string(parsed->header, "kid", &kid)) { /* a refused token has a name too */
        pjwt_report_name(report->kid, sizeof(report->kid), kid);
    }
    PJWT_TRY(pjwt_jwe_header_check(parsed->header, &parsed->params, &report->why));
    pjwt_why_set(&report->why, "alg %s, enc %s", pjwt_jwe_alg_name(parsed->params.alg),
                 parsed->params.content->name);
    *jwe = pjwt_take(parsed);
    return PJWT_SAY(OK);
}

const char *
pjwt_jwe_kid(const struct pjwt_jwe *jwe)
{
    return jwe->params.kid;
}

static struct pjwt_octets
octets_of(const struct pjwt_secret *s)
{
    return (struct pjwt_octets){(const unsigned char *)pjwt_secret_bytes(s),
                                pjwt_secret_len(s)};
}

/* The key fixes the algorithm, and a key of `dir` its enc too; the header may only agree. */
static bool
agrees(const struct pjwt_jwe_header *params, const struct pjwt_jwe_key *key)
{
    return params->alg == key->alg && (key->content == NULL || key->content == params->content);
}

/*
 * RFC 7516 section 11.5: "the recipient MUST NOT distinguish between format, padding, and
 * length errors of encrypted keys. It is strongly recommended, in the event of receiving an
 * improperly formatted key, that the recipient substitute a randomly generated CEK and proceed
 * to the next step, to mitigate timing attacks." The random one is made first, whether or not
 * it is needed.
 */
static bool
recover(const struct pjwt_jwe *jwe, const struct pjwt_jwe_key *key,
        unsigned char cek[PJWT_CEK_MAX])
{
    const struct pjwt_wrapped wrapped = {jwe->header, jwe->params.content,
                                         octets_of(jwe->wrapped)};
    unsigned char random[PJWT_CEK_MAX];
    unsigned char mask = 0;

    if (RAND_priv_bytes(random, sizeof(random)) != 1) {
        return false;
    }
    memset(cek, 0, PJWT_CEK_MAX);
    mask = (unsigned char)-(int)key->family->unwrap(key, &wrapped, cek);
    for (size_t i = 0; i < sizeof(random); i++) {
        cek[i] = (unsigned char)((cek[i] & mask) | (random[i] & (unsigned char)~mask));
    }
    explicit_bzero(random, sizeof(random));
    return true;
}

static pjwt_verdict
open_sealed(const struct pjwt_jwe *jwe, const struct pjwt_jwe_key *key,
            struct pjwt_secret **inner)
{
    const struct pjwt_content_parts sealed = {jwe->aad, octets_of(jwe->iv),
                                              octets_of(jwe->text), octets_of(jwe->tag)};
    unsigned char cek[PJWT_CEK_MAX];
    pjwt_verdict verdict = PJWT_SAY(INTERNAL);

    if (recover(jwe, key, cek)) {
        verdict = pjwt_content_open(jwe->params.content, cek, &sealed, inner);
    }
    explicit_bzero(cek, sizeof(cek));
    return verdict;
}

pjwt_verdict
pjwt_jwe_decrypt(const struct pjwt_jwe *jwe, const struct pjwt_jwe_key *key,
                 struct pjwt_secret **inner, struct pjwt_report *report)
{
    PJWT_QUIET_OPENSSL;
    const char *enc = pjwt_jwe_key_enc(key);

    pjwt_why_set(&report->why, "the key is for %s%s%s", pjwt_jwe_alg_name(key->alg),
                 enc == NULL ? "" : " with ", enc == NULL ? "" : enc);
    if (!agrees(&jwe->params, key)) {
        return PJWT_SAY(ALG_MISMATCH);
    }
    if (!key->opens) {
        return PJWT_SAY(INTERNAL);
    }
    pjwt_why_clear(&report->why); /* nothing is told of how far it came */
    return open_sealed(jwe, key, inner);
}

void
pjwt_jwe_free(struct pjwt_jwe *jwe)
{
    if (jwe != NULL) {
        json_decref(jwe->header);
        pjwt_secret_free(jwe->wrapped);
        pjwt_secret_free(jwe->iv);
        pjwt_secret_free(jwe->text);
        pjwt_secret_free(jwe->tag);
        free(jwe);
    }
}
