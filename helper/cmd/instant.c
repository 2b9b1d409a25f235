#include "helper/cmd/instant.h"

#include "lib/policy/options.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* 9999-12-31T23:59:59Z. An offset may lead beyond it, where RFC 3339 has no year: what we
 * showed then could not be read again. */
#define LAST INT64_C(253402300799)

/* Reads exactly `count` digits at `*at` and steps over them. */
static bool
digits(const char **at, int count, int least, int most, int *number)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if ((*at)[i] < '0' || (*at)[i] > '9') {
            return false;
        }
        value = value * 10 + ((*at)[i] - '0');
    }
    *at += count;
    *number = value;
    return value >= least && value <= most;
}

static bool
one_of(const char **at, const char *allowed)
{
    if (**at == '\0' || strchr(allowed, **at) == NULL) {
        return false;
    }
    ++*at;
    return true;
}

/* RFC 3339 section 5.6: partial-time without its fraction, and the date in front of it. */
static bool
read_date_time(const char **at, struct tm *tm)
{
    if (!digits(at, 4, 1970, 9999, &tm->tm_year) || !one_of(at, "-") ||
        !digits(at, 2, 1, 12, &tm->tm_mon) || !one_of(at, "-") ||
        !digits(at, 2, 1, 31, &tm->tm_mday) || !one_of(at, "Tt ")) {
        return false;
    }
    tm->tm_year -= 1900;
    tm->tm_mon -= 1;
    return digits(at, 2, 0, 23, &tm->tm_hour) && one_of(at, ":") &&
           digits(at, 2, 0, 59, &tm->tm_min) && one_of(at, ":") &&
           digits(at, 2, 0, 59, &tm->tm_sec);
}

static bool
skip_fraction(const char **at)
{
    if (**at != '.') {
        return true;
    }
    ++*at;
    if (**at < '0' || **at > '9') {
        return false;
    }
    *at += strspn(*at, "0123456789");
    return true;
}

/* RFC 3339 section 5.6: time-offset. It is never optional: local time would be a guess. */
static bool
read_offset(const char **at, int64_t *seconds)
{
    int sign = **at == '-' ? -1 : 1;
    int hours = 0;
    int minutes = 0;

    *seconds = 0;
    if (one_of(at, "Zz")) {
        return true;
    }
    if (!one_of(at, "+-") || !digits(at, 2, 0, 23, &hours) || !one_of(at, ":") ||
        !digits(at, 2, 0, 59, &minutes)) {
        return false;
    }
    *seconds = (int64_t)sign * (hours * 3600 + minutes * 60);
    return true;
}

static bool
read_rfc3339(const char *text, int64_t *instant)
{
    struct tm tm = {0};
    int64_t offset = 0;
    int day = 0;
    time_t utc = 0;

    if (!read_date_time(&text, &tm) || !skip_fraction(&text) || !read_offset(&text, &offset) ||
        *text != '\0') {
        return false;
    }
    day = tm.tm_mday;
    utc = timegm(&tm);
    if (tm.tm_mday != day) { /* timegm() turns 30 February into 2 March */
        return false;
    }
    *instant = (int64_t)utc - offset;
    return *instant > 0 && *instant <= LAST;
}

bool
pjwt_instant_parse(const char *text, int64_t now, enum pjwt_instant_way way, int64_t *instant)
{
    long seconds = 0;

    if (pjwt_parse_span(text, &seconds)) {
        *instant = now + (int64_t)way * seconds;
        return true;
    }
    return read_rfc3339(text, instant);
}

const char *
pjwt_instant_text(int64_t instant, char out[PJWT_INSTANT_SIZE])
{
    time_t seconds = (time_t)instant;
    struct tm tm;

    if (instant == 0 || gmtime_r(&seconds, &tm) == NULL ||
        strftime(out, PJWT_INSTANT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0) {
        (void)snprintf(out, PJWT_INSTANT_SIZE, "-");
    }
    return out;
}

const char *
pjwt_instant_span(int64_t seconds, char out[PJWT_SPAN_SIZE])
{
    static const struct {
        int64_t seconds;
        char letter;
    } units[] = {{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}};
    size_t i = 0;

    while (seconds % units[i].seconds != 0 || (seconds == 0 && i < 3)) {
        i++;
    }
    (void)snprintf(out, PJWT_SPAN_SIZE, "%lld%c", (long long)(seconds / units[i].seconds),
                   units[i].letter);
    return out;
}
