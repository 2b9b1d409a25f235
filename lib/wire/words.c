#include "lib/wire/words.h"

#include <stdio.h>

#define SPAN_MAX 32 /* bytes of "12 minutes", with the NUL */

static const struct {
    int64_t seconds;
    const char *one;
    const char *many;
} units[] = {
    {86400, "day", "days"},
    {3600, "hour", "hours"},
    {60, "minute", "minutes"},
    {1, "second", "seconds"},
};

/* The largest unit that fits, rounded down: people want the size of it. */
static void
span(int64_t seconds, char out[SPAN_MAX])
{
    size_t i = 0;
    int64_t count = 0;

    while (i < sizeof(units) / sizeof(units[0]) - 1 && seconds < units[i].seconds) {
        i++;
    }
    count = seconds / units[i].seconds;
    (void)snprintf(out, SPAN_MAX, "%lld %s", (long long)count,
                   count == 1 ? units[i].one : units[i].many);
}

void
pjwt_words_generic(const char *attempt, char *words, size_t size)
{
    (void)snprintf(words, size, "Not accepted. The log says why under attempt %s.", attempt);
}

void
pjwt_words(pjwt_verdict v, const struct pjwt_report *report, const char *attempt, int64_t now,
           char *words, size_t size)
{
    enum pjwt_class class = pjwt_class_of(v);
    char when[SPAN_MAX] = "";

    words[0] = '\0';
    if (pjwt_ok(v)) {
        return;
    }
    if (!report->authentic || (class != PJWT_CLASS_DENY && class != PJWT_CLASS_EXPIRED)) {
        pjwt_words_generic(attempt, words, size);
        return;
    }
    if (class == PJWT_CLASS_EXPIRED) {
        span(now > report->at ? now - report->at : 0, when);
        (void)snprintf(words, size, "Refused: it expired %s ago (attempt %s).", when, attempt);
    } else if (v.reason == PJWT_NOT_YET) {
        span(report->at > now ? report->at - now : 0, when);
        (void)snprintf(words, size, "Refused: it is not valid for another %s (attempt %s).",
                       when, attempt);
    } else {
        (void)snprintf(words, size, "Refused: %s (attempt %s).", pjwt_text(v), attempt);
    }
}

void
pjwt_words_ending(const struct pjwt_grant *grant, int64_t warn_before, int64_t now, char *words,
                  size_t size)
{
    const char *what = grant->ticket[0] == '\0' ? "token" : "ticket";
    int64_t left = grant->expires - now;
    char when[SPAN_MAX] = "";

    words[0] = '\0';
    if (warn_before == 0 || left > warn_before) {
        return;
    }
    if (left < 1) { /* within the issuer's leeway */
        (void)snprintf(words, size, "Your %s ends now.", what);
        return;
    }
    span(left, when);
    (void)snprintf(words, size, "Your %s ends in %s.", what, when);
}
