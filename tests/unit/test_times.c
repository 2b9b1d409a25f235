/* Is a token good at exactly the instants that it should be? */
#include "lib/policy/times.h"

#include "tests/unit/support/jose_fixture.h"

#include <string.h>

#define NOW 1767225600
/* Made a minute ago, good for four more. */
#define CLAIMS "{'exp':1767225840,'iat':1767225540}"

struct row {
    const char *name;
    const char *claims; /* members to set */
    pjwt_verdict verdict;
    const char *why;
    int64_t at;
};

#define PASSES      .verdict = {PJWT_OK}
#define FAILS(name) .verdict = {PJWT_##name}

static const struct row rows[] = {
    {"the control", PASSES},
    /* the form of times */
    {"exp a real", .claims = "{'exp':1767225840.0}", FAILS(CLAIM_BAD),
     .why = "exp is no integer"},
    {"exp a string", .claims = "{'exp':'1767225840'}", FAILS(CLAIM_BAD),
     .why = "exp is no integer"},
    {"exp true", .claims = "{'exp':true}", FAILS(CLAIM_BAD), .why = "exp is no integer"},
    {"exp past the year 9999", .claims = "{'exp':253402300800}", FAILS(CLAIM_BAD),
     .why = "exp is 253402300800: outside the years 1970 to 9999"},
    {"exp in the year 9999", .claims = "{'exp':253402300799}", FAILS(LIFETIME),
     .why = "exp - iat is 251635075259s, max_lifetime = 5400s: no option allows more than 28h"},
    {"exp before iat", .claims = "{'exp':1767225539}", FAILS(CLAIM_BAD),
     .why = "exp is not after iat"},
    {"exp at iat", .claims = "{'exp':1767225540}", FAILS(CLAIM_BAD),
     .why = "exp is not after iat"},
    {"iat in 1970", .claims = "{'iat':0}", FAILS(LIFETIME),
     .why = "exp - iat is 1767225840s, max_lifetime = 5400s: no option allows more than 28h"},
    {"iat negative", .claims = "{'iat':-1}", FAILS(CLAIM_BAD),
     .why = "iat is -1: outside the years 1970 to 9999"},
    {"iat a real", .claims = "{'iat':1767225540.5}", FAILS(CLAIM_BAD),
     .why = "iat is no integer"},
    {"iat false", .claims = "{'iat':false}", FAILS(CLAIM_BAD), .why = "iat is no integer"},
    {"nbf a string", .claims = "{'nbf':'0'}", FAILS(CLAIM_BAD), .why = "nbf is no integer"},
    {"nbf an object", .claims = "{'nbf':{}}", FAILS(CLAIM_BAD), .why = "nbf is no integer"},
    {"nbf negative", .claims = "{'nbf':-5}", FAILS(CLAIM_BAD),
     .why = "nbf is -5: outside the years 1970 to 9999"},
    {"auth_time", .claims = "{'auth_time':1767225000}", PASSES},
    {"auth_time a string", .claims = "{'auth_time':'1767225000'}", FAILS(CLAIM_BAD),
     .why = "auth_time is no integer"},
    {"auth_time negative", .claims = "{'auth_time':-1}", FAILS(CLAIM_BAD),
     .why = "auth_time is -1: outside the years 1970 to 9999"},
    /* the times themselves, leeway 30s */
    {"iat 30s ahead", .claims = "{'iat':1767225630}", PASSES},
    {"iat 121s ahead", .claims = "{'iat':1767225721}", FAILS(IAT_FUTURE),
     .why = "iat is 121s ahead of now, leeway 30s: is the clock right?", .at = NOW + 121},
    {"iat 120s ahead", .claims = "{'iat':1767225720}", FAILS(IAT_FUTURE),
     .why = "iat is 120s ahead of now, leeway 30s: set `leeway`", .at = NOW + 120},
    {"a life of 28h", .claims = "{'exp':1767326340}", FAILS(LIFETIME),
     .why = "exp - iat is 100800s, max_lifetime = 5400s: set `max_lifetime`"},
    {"iat 31s ahead", .claims = "{'iat':1767225631}", FAILS(IAT_FUTURE),
     .why = "iat is 31s ahead of now, leeway 30s: set `leeway`", .at = NOW + 31},
    {"nbf before iat", .claims = "{'nbf':1767225500}", PASSES},
    {"nbf 30s ahead", .claims = "{'nbf':1767225630}", PASSES},
    {"nbf 31s ahead", .claims = "{'nbf':1767225631}", FAILS(NOT_YET),
     .why = "nbf is 31s ahead of now, leeway 30s: set `leeway`", .at = NOW + 31},
    {"exp 29s ago", .claims = "{'exp':1767225571}", PASSES},
    {"exp 30s ago", .claims = "{'exp':1767225570}", FAILS(EXPIRED),
     .why = "exp is 30s ago, leeway 30s", .at = NOW - 30},
    {"exp 31s ago", .claims = "{'exp':1767225569}", FAILS(EXPIRED),
     .why = "exp is 31s ago, leeway 30s", .at = NOW - 31},
    {"a life of 90m", .claims = "{'exp':1767230940}", PASSES},
    {"a life of 90m and 1s", .claims = "{'exp':1767230941}", FAILS(LIFETIME),
     .why = "exp - iat is 5401s, max_lifetime = 5400s: set `max_lifetime`"},
    {"expired and too long: expired", .claims = "{'iat':1767200000,'exp':1767225000}",
     FAILS(EXPIRED), .why = "exp is 600s ago, leeway 30s", .at = NOW - 600},
    {"not yet valid and too long: not yet", .claims = "{'nbf':1767225700,'exp':1767300000}",
     FAILS(NOT_YET), .why = "nbf is 100s ahead of now, leeway 30s: set `leeway`",
     .at = NOW + 100},
};

static pjwt_verdict
check(const json_t *claims, struct pjwt_report *report)
{
    const struct pjwt_issuer issuer = {.max_lifetime = 5400, .leeway = 30};
    struct pjwt_times times = {0};

    PJWT_TRY(pjwt_times_read(claims, &times, &report->why));
    return pjwt_times_check(&times, &issuer, NOW, report);
}

static void
check_row(void **state)
{
    const struct row *row = *state;
    PJWT_AUTO(json) json_t *claims = fixture_private(CLAIMS, row->claims);
    struct pjwt_report report = {0};
    pjwt_verdict v = check(claims, &report);

    assert_string_equal(pjwt_code(v), pjwt_code(row->verdict));
    assert_string_equal(report.why.text, row->why == NULL ? "" : row->why);
    assert_true(report.at == row->at);
}

#define ROWS (sizeof(rows) / sizeof(rows[0]))

int
main(void)
{
    struct CMUnitTest tests[ROWS];

    for (size_t i = 0; i < ROWS; i++) {
        tests[i] = (struct CMUnitTest){rows[i].name, check_row, NULL, NULL,
                                       (void *)(uintptr_t)&rows[i]};
    }
    return cmocka_run_group_tests_name("times", tests, NULL, NULL);
}
