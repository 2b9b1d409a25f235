#include "pam_jwt/logline.h"

#include "lib/base/quoted.h"

#include <security/pam_ext.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>

static const char *
outcome(pjwt_verdict v)
{
    if (pjwt_ok(v)) {
        return "accepted";
    }
    return pjwt_class_of(v) == PJWT_CLASS_ABSTAIN ? "passed" : "refused";
}

/* why="…", with its own quotes made harmless; "" when there is nothing to say. */
static const char *
explain(const char *why, char out[PJWT_WHY_MAX + 16])
{
    int n = snprintf(out, PJWT_WHY_MAX + 16, " why=\"%s\"", why);

    if (why[0] == '\0' || n < 0) {
        return "";
    }
    for (int i = 6; i < n - 1; i++) {
        if (out[i] == '"') {
            out[i] = '\'';
        }
    }
    return out;
}

void
pjwt_logline(pam_handle_t *pamh, const struct pjwt_question *q, const struct pjwt_answer *a,
             const char *hint)
{
    const char *mark = a->authentic ? "" : "unverified:";
    int level = pjwt_class_of(a->verdict) == PJWT_CLASS_DENY ||
                        pjwt_class_of(a->verdict) == PJWT_CLASS_EXPIRED
                    ? LOG_NOTICE
                    : LOG_ERR;
    char user[PJWT_QUOTED_MAX], service[PJWT_QUOTED_MAX], rhost[PJWT_QUOTED_MAX];
    char issuer[PJWT_QUOTED_MAX], kid[PJWT_QUOTED_MAX], id[PJWT_QUOTED_MAX];
    char why[PJWT_WHY_MAX + 16];

    if (pjwt_ok(a->verdict) || pjwt_class_of(a->verdict) == PJWT_CLASS_ABSTAIN) {
        level = LOG_INFO;
    }
    pam_syslog(
        pamh, level,
        "%s user=%s service=%s rhost=%s issuer=%s kid=%s id=%s reason=%s attempt=%s%s%s%s",
        outcome(a->verdict), pjwt_quoted(q->user, "", user, PJWT_QUOTED_MAX),
        pjwt_quoted(q->service, "", service, PJWT_QUOTED_MAX),
        pjwt_quoted(q->rhost, "", rhost, PJWT_QUOTED_MAX),
        pjwt_quoted(a->issuer, mark, issuer, PJWT_QUOTED_MAX),
        pjwt_quoted(a->kid, mark, kid, PJWT_QUOTED_MAX),
        pjwt_quoted(a->id, mark, id, PJWT_QUOTED_MAX), pjwt_code(a->verdict), q->attempt,
        explain(a->why, why), hint == NULL ? "" : " hint=", hint == NULL ? "" : hint);
}
