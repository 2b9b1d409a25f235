/* What was learnt on the way to the verdict? For the log, for the person, and for `explain`;
 * kept on a refusal too. */
#ifndef PJWT_BASE_REPORT_H
#define PJWT_BASE_REPORT_H

#include "lib/base/verdict.h"
#include "lib/base/why.h"

#include <stddef.h>
#include <stdint.h>

#define PJWT_SECTION_MAX 65  /* bytes of a section or service name, with the NUL */
#define PJWT_NAME_MAX    257 /* bytes of a kid or jti kept, with the NUL */

/* Called after each check that a report goes through: its name, its verdict, the value seen or
 * "". */
typedef void pjwt_checked_fn(void *context, const char *check, pjwt_verdict v,
                             const char *seen);

struct pjwt_report {
    bool looked;    /* the credential was looked at: from here on there is one PAM code */
    bool authentic; /* the signature or the ticket's secret proved good: the person may know why
                     */
    char issuer[PJWT_SECTION_MAX]; /* the issuer's section, or "" */
    char kid[PJWT_NAME_MAX];       /* as the token says; unverified until `authentic` */
    char id[PJWT_NAME_MAX];        /* jti or ticket id; unverified until `authentic` */
    int64_t at; /* the instant that decided (exp, nbf, …), seconds since the epoch, or 0 */
    struct pjwt_why why;      /* the words beside the refusal */
    pjwt_checked_fn *checked; /* NULL in a login */
    void *context;            /* borrowed, handed to `checked` */
};

/* Reports `v` under the name `check` (a static string) and returns it. The value seen is what
 * `why` holds; after a pass it is cleared, after a refusal it stays. Inline, like
 * pjwt_ok(). */
static inline PJWT_MUST_USE pjwt_verdict
pjwt_report_check(struct pjwt_report *report, const char *check, pjwt_verdict v)
{
    if (report->checked != NULL) {
        report->checked(report->context, check, v, report->why.text);
    }
    if (pjwt_ok(v)) {
        pjwt_why_clear(&report->why);
    }
    return v;
}

/* Copies `value` (borrowed, NULL is allowed) into a field of the report; cut to fit. */
void pjwt_report_name(char *field, size_t size, const char *value);

/* Run one named check; return from the caller when it refuses. */
#define PJWT_CHECK(report, check, expr)                                 \
    do {                                                                \
        pjwt_verdict c_ = pjwt_report_check((report), (check), (expr)); \
        if (!pjwt_ok(c_)) {                                             \
            return c_;                                                  \
        }                                                               \
    } while (0)

#endif
