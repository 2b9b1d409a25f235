/* What does this compact JWS say, before anything is proved? */
#include "lib/jose/jws.h"

#include "lib/jose/jws_inside.h"
#include "lib/jose/segments.h"

#include <string.h>

/* RFC 7515 section 7.1: header, payload and signature with dots between them. An empty
 * signature is the mark of an unsecured JWS (section A.5), which does not exist here. */
enum { HEADER, PAYLOAD, SIGNATURE, SEGMENTS };

static pjwt_verdict
split(const struct pjwt_secret *typed, struct pjwt_json_span part[SEGMENTS],
      struct pjwt_why *why)
{
    if (!pjwt_segments_split(typed, SEGMENTS, part) || part[HEADER].len == 0 ||
        part[PAYLOAD].len == 0 || part[SIGNATURE].len == 0) {
        pjwt_why_set(why, "a token is three segments, none empty");
        return PJWT_SAY(MALFORMED);
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
parse(const struct pjwt_json_span part[SEGMENTS], struct pjwt_jws *jws, struct pjwt_why *why)
{
    PJWT_TRY(pjwt_segments_header(part[HEADER], &jws->header, why));
    PJWT_TRY(pjwt_segments_object(part[PAYLOAD], "payload", &jws->payload, why));
    PJWT_TRY(pjwt_segments_decode(part[SIGNATURE], "signature", &jws->signature, why));
    jws->input.at = (const unsigned char *)part[HEADER].at;
    jws->input.len = part[HEADER].len + 1 + part[PAYLOAD].len;
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
    struct pjwt_json_span part[SEGMENTS];

    if (parsed == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (pjwt_secret_len(typed) > PJWT_CREDENTIAL_MAX) {
        return PJWT_SAY(MALFORMED);
    }
    PJWT_TRY(split(typed, part, &report->why));
    PJWT_TRY(parse(part, parsed, &report->why));
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
