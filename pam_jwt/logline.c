#include "pam_jwt/logline.h"

#include <security/pam_ext.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>

#define VALUE_MAX 96 /* bytes of one value in the log */
#define SAY_MAX   (4 * VALUE_MAX + 16)

static bool
plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           strchr("_.:@/+-", c) != NULL;
}

/* Writes `value` so that nobody can forge a field or a line with it: other bytes as \xHH, the
 * rest clipped, nothing as '-'. */
static const char *
say(const char *value, const char *mark, char out[SAY_MAX])
{
    static const char hex[] = "0123456789abcdef";
    size_t n = 0;

    if (value[0] == '\0') {
        return "-";
    }
    n = strlen(mark);
    memcpy(out, mark, n);
    for (size_t i = 0; value[i] != '\0'; i++) {
        unsigned char c = (unsigned char)value[i];

        if (i == VALUE_MAX) {
            memcpy(out + n, "...", 3);
            n += 3;
            break;
        }
        if (plain((char)c)) {
            out[n++] = (char)c;
        } else {
            out[n++] = '\\';
            out[n++] = 'x';
            out[n++] = hex[c >> 4];
            out[n++] = hex[c & 15];
        }
    }
    out[n] = '\0';
    return out;
}

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
    char user[SAY_MAX], service[SAY_MAX], rhost[SAY_MAX];
    char issuer[SAY_MAX], kid[SAY_MAX], id[SAY_MAX];
    char why[PJWT_WHY_MAX + 16];

    if (pjwt_ok(a->verdict) || pjwt_class_of(a->verdict) == PJWT_CLASS_ABSTAIN) {
        level = LOG_INFO;
    }
    pam_syslog(
        pamh, level,
        "%s user=%s service=%s rhost=%s issuer=%s kid=%s id=%s reason=%s attempt=%s%s%s%s",
        outcome(a->verdict), say(q->user, "", user), say(q->service, "", service),
        say(q->rhost, "", rhost), say(a->issuer, mark, issuer), say(a->kid, mark, kid),
        say(a->id, mark, id), pjwt_code(a->verdict), q->attempt, explain(a->why, why),
        hint == NULL ? "" : " hint=", hint == NULL ? "" : hint);
}
