/* Whose token is it, and what is required of it, said a second time? */
#include "tests/fuzz/support/rules_policy.h"

#include <string.h>

#define LEEWAY   30
#define AUTH_AGE (12 * 3600)

static bool
is(const json_t *value, const char *words)
{
    return json_is_string(value) && strcmp(json_string_value(value), words) == 0;
}

static bool
second_issuer(const json_t *claims)
{
    return is(json_object_get(claims, "iss"), "https://two");
}

/* Of the map, the values with a line for alice, as they are before the suffix goes. */
bool
rules_user(const json_t *claims)
{
    const json_t *who = json_object_get(claims, "who");

    if (!second_issuer(claims)) {
        return is(json_object_get(claims, "login"), RULES_USER);
    }
    return is(who, "a1@corp") || is(who, "shared@corp");
}

/* One value as it stands, or one of those in an array. */
typedef bool rules_one(const json_t *value);

static bool
any(const json_t *value, rules_one *good)
{
    const json_t *one = NULL;
    size_t i = 0;

    json_array_foreach(value, i, one)
    {
        if (good(one)) {
            return true;
        }
    }
    return value != NULL && good(value);
}

static bool
group_good(const json_t *value)
{
    return is(value, "ssh") || is(value, "7") ||
           (json_is_integer(value) && json_integer_value(value) == 7);
}

static bool
true_good(const json_t *value)
{
    return json_is_true(value) || is(value, "true");
}

static bool
acr_good(const json_t *value)
{
    return is(value, "mfa") || true_good(value);
}

static bool
login_good(const json_t *value)
{
    return is(value, "login");
}

/* As a string: " login " in what it says, with blanks around it. */
static bool
scope_good(const json_t *scope)
{
    const char *text = json_string_value(scope);
    const char *at = text;

    while (at != NULL && (at = strstr(at, "login")) != NULL) {
        if ((at == text || at[-1] == ' ') && (at[5] == ' ' || at[5] == '\0')) {
            return true;
        }
        at++;
    }
    return json_is_array(scope) && any(scope, login_good);
}

/* What the JSON Pointer /acr/0 names. */
static const json_t *
first_acr(const json_t *claims)
{
    const json_t *acr = json_object_get(claims, "acr");

    return json_is_array(acr) ? json_array_get(acr, 0) : json_object_get(acr, "0");
}

static bool
recent(const json_t *auth_time)
{
    json_int_t at = json_integer_value(auth_time);

    return at > 0 && at <= RULES_NOW + LEEWAY && at >= RULES_NOW - AUTH_AGE - LEEWAY;
}

bool
rules_required(const json_t *claims, enum rules_service service)
{
    if (second_issuer(claims) && !(any(json_object_get(claims, "groups"), group_good) &&
                                   any(json_object_get(claims, "email_verified"), true_good) &&
                                   scope_good(json_object_get(claims, "scope")))) {
        return false;
    }
    return service == RULES_SSHD ||
           (any(first_acr(claims), acr_good) && recent(json_object_get(claims, "auth_time")));
}
