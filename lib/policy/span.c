/* How long is this time span? */
#include "lib/policy/config.h"
#include "lib/policy/value.h"

#include <string.h>

#define MINUTE     60L
#define HOUR       (60 * MINUTE)
#define DAY        (24 * HOUR)
#define SPAN_MAX   (3650 * DAY)
#define TICKET_MAX (366 * DAY)
#define DIGITS_MAX 9 /* of SPAN_MAX in seconds: the sum below cannot overflow */

static long
unit(const char *letter)
{
    static const struct {
        const char *letter;
        long seconds;
    } units[] = {{"", 1}, {"s", 1}, {"m", MINUTE}, {"h", HOUR}, {"d", DAY}};

    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (strcmp(letter, units[i].letter) == 0) {
            return units[i].seconds;
        }
    }
    return 0;
}

bool
pjwt_parse_span(const char *text, long *seconds)
{
    size_t digits = strspn(text, "0123456789");
    long each = unit(text + digits);
    long count = 0;

    if (digits == 0 || digits > DIGITS_MAX || each == 0) {
        return false;
    }
    for (size_t i = 0; i < digits; i++) {
        count = 10 * count + (text[i] - '0');
    }
    if (count > SPAN_MAX / each) {
        return false;
    }
    *seconds = count * each;
    return true;
}

static bool
in_range(void *field, const char *value, long least, long most)
{
    long seconds = 0;

    if (!pjwt_parse_span(value, &seconds) || seconds < least || seconds > most) {
        return false;
    }
    *(long *)field = seconds;
    return true;
}

bool
pjwt_value_max_lifetime(void *field, const char *value, const char **expected)
{
    *expected = "a time such as 90s, 15m or 8h, from 1s to 28h";
    return in_range(field, value, 1, PJWT_LIFETIME_MAX);
}

bool
pjwt_value_leeway(void *field, const char *value, const char **expected)
{
    *expected = "a time such as 90s, 15m or 8h, from 0s to 120s";
    return in_range(field, value, 0, PJWT_LEEWAY_MAX);
}

bool
pjwt_value_age(void *field, const char *value, const char **expected)
{
    *expected = "a time such as 90s, 15m or 8h, from 1s to 366d";
    return in_range(field, value, 1, PJWT_AGE_MAX);
}

bool
pjwt_value_ticket_lifetime(void *field, const char *value, const char **expected)
{
    *expected = "a time such as 90s, 15m or 8h, from 1s to 366d";
    return in_range(field, value, 1, TICKET_MAX);
}

bool
pjwt_value_renewable(void *field, const char *value, const char **expected)
{
    *expected = "a time such as 90s, 15m or 8h, from 0s to 366d";
    return in_range(field, value, 0, TICKET_MAX);
}

bool
pjwt_value_warn_before(void *field, const char *value, const char **expected)
{
    *expected = "a time such as 90s, 15m or 8h, from 0s to 28h";
    return in_range(field, value, 0, PJWT_LIFETIME_MAX);
}

bool
pjwt_value_login_ticket(void *field, const char *value, const char **expected)
{
    *expected = "a time such as 90s, 15m or 8h, from 0s to 366d";
    return in_range(field, value, 0, TICKET_MAX);
}
