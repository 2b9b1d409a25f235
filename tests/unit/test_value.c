/* Is every kind of value judged right, the presets among them? */
#include "lib/policy/value.h"

#include "tests/unit/support/scratch.h"

#include "lib/policy/build.h"
#include "lib/policy/list.h"

#include <string.h>

static bool
is_text(const struct pjwt_option *o)
{
    return o->parse == pjwt_value_iss || o->parse == pjwt_value_file ||
           o->parse == pjwt_value_claim || o->parse == pjwt_value_path ||
           o->parse == pjwt_value_suffix || o->parse == pjwt_value_group;
}

union field {
    char *text;
    struct pjwt_list list;
    long seconds;
    bool yes;
};

/* Parses `value` by the option's row and releases the result. */
static bool
parses(const struct pjwt_option *o, const char *value, const char **expected)
{
    union field field = {.list = {0}};
    bool good = o->parse(&field, value, expected);

    if (o->list) {
        pjwt_list_clear(&field.list);
    } else if (is_text(o)) {
        free(field.text);
    }
    return good;
}

static void
every_preset_parses(void **state)
{
    (void)state;
    for (size_t i = 0; i < pjwt_option_count; i++) {
        const struct pjwt_option *o = &pjwt_options[i];
        const char *expected = NULL;

        if (o->preset != NULL && !parses(o, o->preset, &expected)) {
            fail_msg("%s = %s: expected %s", o->name, o->preset, expected);
        }
        assert_false(o->required && o->preset != NULL);
        assert_non_null(o->says);
    }
    assert_true(pjwt_option_count <= PJWT_BUILD_OPTIONS);
}

struct row {
    const char *section;
    const char *option;
    const char *value;
    bool good;
};

#define A62 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A64 A62 "aa"

static const struct row rows[] = {
    {"issuer", "iss", "https://idp.example.com", true},
    {"issuer", "iss", "", false},
    {"issuer", "iss", "a b", false},
    {"issuer", "iss", "a\tb", false},
    {"issuer", "iss", A64 A64 A64 A64 A64 A64 A64 A64, true},
    {"issuer", "iss", A64 A64 A64 A64 A64 A64 A64 A64 "a", false},
    {"issuer", "keys", "corp.jwks", true},
    {"issuer", "keys", "", false},
    {"issuer", "keys", "a/b", false},
    {"issuer", "keys", "/corp.jwks", false},
    {"issuer", "keys", "..", false},
    {"issuer", "keys", ".corp", false},
    {"issuer", "keys", "a b", false},
    {"issuer", "keys", A64 A64 A64 A62 "a", true},
    {"issuer", "keys", A64 A64 A64 A62 "aa", false},
    {"issuer", "algorithms", "EdDSA", true},
    {"issuer", "algorithms", "RS256\nES256", true},
    {"issuer", "algorithms", "", false},
    {"issuer", "algorithms", "none", false},
    {"issuer", "algorithms",
     "Ed25519, Ed448, ES256, ES384, ES512, ES256K, RS256, RS384, RS512, PS256, PS384, PS512",
     true},
    {"issuer", "algorithms", "HS256, HS384, HS512", true},
    {"issuer", "algorithms", "HS255", false},
    {"issuer", "hmac", "yes", true},
    {"issuer", "hmac", "no", true},
    {"issuer", "hmac", "true", false},
    {"issuer", "hmac", "", false},
    {"issuer", "algorithms", "rs256", false},
    {"issuer", "algorithms", "RS256,", false},
    {"issuer", "algorithms", ",RS256", false},
    {"issuer", "algorithms", "RS256,,ES256", false},
    {"issuer", "algorithms", "RS256,\nES256", false},
    {"issuer", "algorithms", "RS256 ES256", false},
    {"issuer", "audience", "a", true},
    {"issuer", "audience", "\na\nb, c", true},
    {"issuer", "audience", "", false},
    {"issuer", "audience", "a , b\t, c", true},
    {"issuer", "audience", "a b", false},
    {"issuer", "type", "none", true},
    {"issuer", "type", "", false},
    {"issuer", "user", "preferred_username", true},
    {"issuer", "user", "https://example.com/user", true},
    {"issuer", "user", "/a~1b/0", true},
    {"issuer", "user", "/a~2b", false},
    {"issuer", "user", "/a~", false},
    {"issuer", "user", "a~", true},
    {"issuer", "user", "", false},
    {"issuer", "user", A64 A64 A64 A64, true},
    {"issuer", "user", A64 A64 A64 A64 "a", false},
    {"issuer", "user_strip", "@corp.example", true},
    {"issuer", "user_strip", "", false},
    {"issuer", "user_strip", "@a b", false},
    {"issuer", "user_strip", "@a,@b", false},
    {"issuer", "user_strip", A64 A64 A64 A62 "a", true},
    {"issuer", "user_strip", A64 A64 A64 A62 "aa", false},
    {"issuer", "user_map", "corp.users", true},
    {"issuer", "user_map", "maps/corp.users", false},
    {"issuer", "require", "a=b", true},
    {"issuer", "require", "a=b|c d, /e/f=true", true},
    {"issuer", "require", "", false},
    {"issuer", "require", "a", false},
    {"issuer", "require", "a=b c=d", false},
    {"service", "require", "\na=b\nc=d", true},
    {"service", "require", "a!=b", false},
    {"service", "max_auth_age", "1s", true},
    {"service", "max_auth_age", "0", false},
    {"service", "max_auth_age", "366d", true},
    {"service", "max_auth_age", "367d", false},
    {"service", "claims_max_age", "8h", true},
    {"service", "claims_max_age", "", false},
    {"service", "require_group", "ssh-users", true},
    {"service", "require_group", "Domain Users", true},
    {"service", "require_group", "", false},
    {"service", "require_group", "a, b", false},
    {"service", "require_group", "a|b", false},
    {"service", "require_group", "a:b", false},
    {"issuer", "max_lifetime", "28h", true},
    {"issuer", "max_lifetime", "100801", false},
    {"issuer", "max_lifetime", "1s", true},
    {"issuer", "max_lifetime", "0", false},
    {"issuer", "max_lifetime", "", false},
    {"issuer", "leeway", "120s", true},
    {"issuer", "leeway", "121s", false},
    {"issuer", "leeway", "2m", true},
    {"issuer", "leeway", "0", true},
    {"issuer", "leeway", "-1", false},
    {"issuer", "one_time", "yes", true},
    {"issuer", "one_time", "1", false},
    {"issuer", "jti_claim", "uti", true},
    {"issuer", "jti_claim", "/a/b", true},
    {"issuer", "jti_claim", "", false},
    {"issuer", "bind_key", "no", true},
    {"issuer", "bind_key", "if-present", true},
    {"issuer", "bind_key", "required", true},
    {"issuer", "bind_key", "Required", false},
    {"issuer", "bind_key", "yes", false},
    {"issuer", "bind_key", "", false},
    {"service", "accept", "ticket", true},
    {"service", "accept", "ticket, jwt", true},
    {"service", "accept", "", false},
    {"service", "accept", "Ticket", false},
    {"service", "accept", "password", false},
    {"service", "issuers", "corp, a.b-c_D9", true},
    {"service", "issuers", "", false},
    {"service", "issuers", "a@b", false},
    {"service", "issuers", A64, true},
    {"service", "issuers", A64 "a", false},
    {"service", "token_only", "yes", true},
    {"service", "token_only", "no", true},
    {"service", "token_only", "true", false},
    {"service", "token_only", "Yes", false},
    {"service", "token_only", "1", false},
    {"service", "warn_before", "0s", true},
    {"service", "warn_before", "28h", true},
    {"service", "warn_before", "100801", false},
    {"service", "warn_before", "", false},
    {"service", "warn_before", "-1", false},
    {"service", "callers", "", true},
    {"service", "callers", "www-data", false},
    {"service", "callers", "self", false},
    {"service", "login_ticket", "0s", true},
    {"service", "login_ticket", "366d", true},
    {"service", "login_ticket", "367d", false},
    {"service", "login_ticket", "-1", false},
    {"service", "login_ticket_for", "sudo, sudo-i", true},
    {"service", "login_ticket_for", "user@1", true},
    {"service", "login_ticket_for", "", false},
    {"service", "login_ticket_for", "su/do", false},
    {"service", "token_only", "", false},
    {"tickets", "lifetime", "366d", true},
    {"tickets", "lifetime", "367d", false},
    {"tickets", "lifetime", "1", true},
    {"tickets", "lifetime", "0s", false},
    {"root", "system_users", "", true},
    {"root", "system_users", "root, git", true},
    {"root", "system_users", "Root", false},
    {"root", "system_users", "0", false},
    {"paths", "state", "/srv/state", true},
    {"paths", "state", "state", false},
    {"paths", "run", "/run/x", true},
    {"paths", "run", "", false},
};

static void
every_value_is_judged(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *row = &rows[i];
        const struct pjwt_option *o = pjwt_option_find(row->section, row->option);
        const char *expected = NULL;

        assert_non_null(o);
        if (parses(o, row->value, &expected) != row->good) {
            fail_msg("%s = %s is %s", row->option, row->value, row->good ? "good" : "bad");
        }
        assert_true(row->good || expected != NULL);
    }
}

static void
assert_span(const char *text, long seconds)
{
    long found = -1;

    if (!pjwt_parse_span(text, &found) || found != seconds) {
        fail_msg("%s is %ld seconds, not %ld", text, seconds, found);
    }
}

static void
spans_have_units(void **state)
{
    (void)state;
    assert_span("0", 0);
    assert_span("90", 90);
    assert_span("90s", 90);
    assert_span("15m", 900);
    assert_span("8h", 28800);
    assert_span("7d", 604800);
    assert_span("007", 7);
    assert_span("3650d", 315360000);
    assert_span("315360000", 315360000);
}

static void
other_spans_are_refused(void **state)
{
    static const char *const bad[] = {"",           "s",     "-1",    "+1",        "1.5h",
                                      "1 h",        " 1",    "1h ",   "1H",        "1w",
                                      "1hm",        "1h1m",  "0x10",  "315360001", "999999999d",
                                      "9999999999", "3651d", "87601h"};

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        long found = -1;

        if (pjwt_parse_span(bad[i], &found) || found != -1) {
            fail_msg("'%s' was taken for a span", bad[i]);
        }
    }
}

static void
names_are_bounded(void **state)
{
    (void)state;
    assert_true(pjwt_value_section_name("a"));
    assert_true(pjwt_value_section_name(A64));
    assert_false(pjwt_value_section_name(A64 "a"));
    assert_false(pjwt_value_section_name(""));
    assert_false(pjwt_value_section_name("a@b"));
    assert_true(pjwt_value_service_name("a@b"));
    assert_false(pjwt_value_service_name("a/b"));
    assert_true(pjwt_value_service_name(A64));
    assert_false(pjwt_value_service_name(A64 "a"));
    assert_false(pjwt_value_service_name(""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_preset_parses), cmocka_unit_test(every_value_is_judged),
        cmocka_unit_test(spans_have_units),    cmocka_unit_test(other_spans_are_refused),
        cmocka_unit_test(names_are_bounded),
    };

    return cmocka_run_group_tests_name("value", tests, NULL, NULL);
}
