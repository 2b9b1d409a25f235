/* What does this compact JWS say, before anything is proved? */
#include "lib/jose/jws.h"

#include "lib/base/base64url.h"
#include "lib/base/json.h"
#include "lib/jose/jws_inside.h"

#include <string.h>

#define HEADER_CHARS 4096 /* the longest header that is decoded */

struct segments {
    struct pjwt_json_span header, payload, signature;
};

/* What stands before the next dot, or before the end. */
static struct pjwt_json_span
until_dot(const char *at, const char *end)
{
    const char *dot = at == end ? NULL : memchr(at, '.', (size_t)(end - at));

    return (struct pjwt_json_span){at, (size_t)((dot == NULL ? end : dot) - at)};
}

/* RFC 7515 section 7.1: header, payload and signature with dots between them. An empty
 * signature is the mark of an unsecured JWS (section A.5), which does not exist here. */
static pjwt_verdict
split(const struct pjwt_secret *typed, struct segments *found, struct pjwt_why *why)
{
    const char *at = pjwt_secret_bytes(typed);
    const char *end = at + pjwt_secret_len(typed);
    struct pjwt_json_span part[3];

    for (size_t i = 0; i < 3; i++) {
        part[i] = until_dot(at, end);
        at = part[i].at + part[i].len;
        if (part[i].len == 0 || (at == end) != (i == 2)) {
            pjwt_why_set(why, "a token is three segments, none empty");
            return PJWT_SAY(MALFORMED);
        }
        at += i < 2; /* the dot */
    }
    *found = (struct segments){part[0], part[1], part[2]};
    return PJWT_SAY(OK);
}

static pjwt_verdict
decode(struct pjwt_json_span segment, const char *name, struct pjwt_secret **bytes,
       struct pjwt_why *why)
{
    PJWT_AUTO(secret)
    struct pjwt_secret *room = pjwt_secret_new(PJWT_BASE64URL_BYTES(segment.len));
    size_t len = 0;

    if (room == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    pjwt_why_set(why, "the %s", name);
    PJWT_TRY(pjwt_base64url_decode(segment.at, segment.len,
                                   (unsigned char *)pjwt_secret_buffer(room), &len));
    pjwt_secret_set_len(room, len);
    *bytes = pjwt_take(room);
    return PJWT_SAY(OK);
}

static pjwt_verdict
decode_object(struct pjwt_json_span segment, const char *name, json_t **object,
              struct pjwt_why *why)
{
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

    PJWT_TRY(decode(segment, name, &text, why));
    return pjwt_json_object(pjwt_secret_bytes(text), pjwt_secret_len(text), object);
}

static pjwt_verdict
parse(const struct segments *from, struct pjwt_jws *jws, struct pjwt_why *why)
{
    if (from->header.len > HEADER_CHARS) {
        pjwt_why_set(why, "a header of more than %d characters", HEADER_CHARS);
        return PJWT_SAY(HEADER);
    }
    PJWT_TRY(decode_object(from->header, "header", &jws->header, why));
    PJWT_TRY(decode_object(from->payload, "payload", &jws->payload, why));
    PJWT_TRY(decode(from->signature, "signature", &jws->signature, why));
    jws->input.at = (const unsigned char *)from->header.at;
    jws->input.len = from->header.len + 1 + from->payload.len;
    return PJWT_SAY(OK);
}

/* For the log, before the header is judged: a refused token has a name too. */
static void
report_names(const struct pjwt_jws *jws, struct pjwt_report *report)
{
    const char *name = NULL;

    if (pjwt_json_string(jws->header, "kid", &name)) {
        pjwt_report_name(report->kid, sizeof(report->kid), name);
    }
    if (pjwt_json_string(jws->payload, "jti", &name)) {
        pjwt_report_name(report->id, sizeof(report->id), name);
    }
}

pjwt_verdict
pjwt_jws_parse(const struct pjwt_secret *typed, struct pjwt_jws **jws,
               struct pjwt_report *report)
{
    PJWT_AUTO(jws) struct pjwt_jws *parsed = calloc(1, sizeof(*parsed));
    struct segments segments;

    if (parsed == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (pjwt_secret_len(typed) > PJWT_CREDENTIAL_MAX) {
        return PJWT_SAY(MALFORMED);
    }
    PJWT_TRY(split(typed, &segments, &report->why));
    PJWT_TRY(parse(&segments, parsed, &report->why));
    report_names(parsed, report);
    PJWT_TRY(pjwt_jws_header_check(parsed->header, &parsed->params, &report->why));
    pjwt_why_set(&report->why, "alg %s", parsed->params.alg);
    *jws = pjwt_take(parsed);
    return PJWT_SAY(OK);
}

const char *
pjwt_jws_claimed_iss(const struct pjwt_jws *jws)
{
    return json_string_value(json_object_get(jws->payload, "iss"));
}

const char *
pjwt_jws_kid(const struct pjwt_jws *jws)
{
    return jws->params.kid;
}

const char *
pjwt_jws_alg(const struct pjwt_jws *jws)
{
    return jws->params.alg;
}

pjwt_algs
pjwt_jws_algs(const struct pjwt_jws *jws)
{
    return jws->params.algs;
}

void
pjwt_jws_free(struct pjwt_jws *jws)
{
    if (jws != NULL) {
        pjwt_secret_free(jws->signature);
        json_decref(jws->header);
        json_decref(jws->payload);
        free(jws);
    }
}
