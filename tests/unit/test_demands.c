/* Do issuer and service both get what they ask for, of a token and of a ticket? */
#include "lib/policy/demands.h"

#include "tests/unit/support/jose_fixture.h"

#include "lib/policy/age.h"
#include "lib/policy/group.h"
#include "lib/policy/list.h"

#include <string.h>

#define NOW    1767225600
#define DAY    86400
#define TICKET "AAAAAAAAAAAA"

struct row {
    const char *name;
    const char *issuer;  /* its require; NULL: none */
    const char *service; /* its require; NULL: none */
    const char *claims;  /* NULL: there are none */
    bool no_section;     /* the origin has no issuer section */
    long max_auth_age, claims_max_age;
    struct pjwt_grant grant;
    pjwt_verdict verdict;
    const char *checks; /* the names that were reported */
    const char *why;
    int64_t at;
    const char *issuers; /* of the service; NULL: every one */
};

#define PASSES      .verdict = {PJWT_OK}
#define FAILS(name) .verdict = {PJWT_##name}

static const struct row rows[] = {
    {"nothing is asked", .claims = "{}", PASSES, .checks = ""},
    {"nothing is asked of a ticket", .grant = {.ticket = TICKET}, PASSES, .checks = ""},
    {"both hold", "i=1", "s=1", "{'i':1,'s':1}", PASSES,
     .checks = "issuer's require,service's require,"},
    {"the issuer's fails", "i=1", "s=1", "{'s':1}", FAILS(REQUIRE),
     .checks = "issuer's require,", .why = "[issuer corp] requires i=1; i is absent"},
    {"the service's fails", "i=1", "s=1", "{'i':1}", FAILS(REQUIRE),
     .checks = "issuer's require,service's require,",
     .why = "[service sshd] requires s=1; s is absent"},
    {"the service's is not laxer", "g=a", "g=a|b", "{'g':'b'}", FAILS(REQUIRE),
     .checks = "issuer's require,", .why = "[issuer corp] requires g=a; g is b"},
    {"the issuer's alone", "i=1", NULL, "{'i':1}", PASSES, .checks = "issuer's require,"},
    {"the service's alone", NULL, "s=1", "{'s':1}", PASSES, .checks = "service's require,"},
    {"a ticket with claims", "i=1", "s=1", "{'i':1,'s':1}",
     .grant = {.ticket = TICKET, .iat = NOW}, PASSES,
     .checks = "issuer's require,service's require,"},
    {"a ticket without claims", NULL, "s=1", NULL, .no_section = true,
     .grant = {.ticket = TICKET}, FAILS(REQUIRE), .checks = "service's require,",
     .why = "[service sshd] requires s=1; this ticket has no claims"},
    {"a ticket whose issuer's section is gone", "i=1", "s=1", "{'s':1}", .no_section = true,
     .grant = {.ticket = TICKET, .iat = NOW}, PASSES, .checks = "service's require,"},
    /* max_auth_age, of a token with leeway 30s */
    {"a sign-in just now", .claims = "{}", .max_auth_age = 3600,
     .grant = {.auth_time = NOW, .leeway = 30}, PASSES, .checks = "sign-in age,"},
    {"a sign-in at the edge", .claims = "{}", .max_auth_age = 3600,
     .grant = {.auth_time = NOW - 3630, .leeway = 30}, PASSES, .checks = "sign-in age,"},
    {"a sign-in past the edge", .claims = "{}", .max_auth_age = 3600,
     .grant = {.auth_time = NOW - 3631, .leeway = 30}, FAILS(AUTH_AGE),
     .checks = "sign-in age,",
     .why = "auth_time is 3631s ago, max_auth_age = 3600s, leeway 30s", .at = NOW - 3631},
    {"no sign-in is told", .claims = "{}", .max_auth_age = 3600, .grant = {.leeway = 30},
     FAILS(AUTH_AGE), .checks = "sign-in age,",
     .why = "the token has no auth_time, and max_auth_age = 3600s asks for it"},
    {"a sign-in before 1970", .claims = "{}", .max_auth_age = 3600,
     .grant = {.auth_time = INT64_MIN, .leeway = 30}, FAILS(AUTH_AGE), .checks = "sign-in age,",
     .why = "the token has no auth_time, and max_auth_age = 3600s asks for it"},
    {"a sign-in 30s ahead", .claims = "{}", .max_auth_age = 3600,
     .grant = {.auth_time = NOW + 30, .leeway = 30}, PASSES, .checks = "sign-in age,"},
    {"a sign-in 31s ahead", .claims = "{}", .max_auth_age = 3600,
     .grant = {.auth_time = NOW + 31, .leeway = 30}, FAILS(AUTH_AGE), .checks = "sign-in age,",
     .why = "auth_time is 31s ahead of now, max_auth_age = 3600s, leeway 30s", .at = NOW + 31},
    {"a sign-in that is not asked for", .claims = "{}", .grant = {.auth_time = 1}, PASSES,
     .checks = ""},
    /* of a ticket, which has no leeway */
    {"a ticket's sign-in at the edge", .claims = "{}", .max_auth_age = 3600,
     .grant = {.ticket = TICKET, .auth_time = NOW - 3600}, PASSES, .checks = "sign-in age,"},
    {"a ticket's sign-in past the edge", .claims = "{}", .max_auth_age = 3600,
     .grant = {.ticket = TICKET, .auth_time = NOW - 3601}, FAILS(AUTH_AGE),
     .checks = "sign-in age,", .why = "auth_time is 3601s ago, max_auth_age = 3600s, leeway 0s",
     .at = NOW - 3601},
    {"a ticket's sign-in by a clock ahead", .claims = "{}", .max_auth_age = 3600,
     .grant = {.ticket = TICKET, .auth_time = NOW + 120}, PASSES, .checks = "sign-in age,"},
    {"a ticket's sign-in in the future", .claims = "{}", .max_auth_age = 3600,
     .grant = {.ticket = TICKET, .auth_time = NOW + 121}, FAILS(AUTH_AGE),
     .checks = "sign-in age,",
     .why = "auth_time is 121s ahead of now, max_auth_age = 3600s, leeway 0s", .at = NOW + 121},
    {"a ticket of an administrator", .max_auth_age = 3600, .grant = {.ticket = TICKET},
     FAILS(AUTH_AGE), .checks = "sign-in age,",
     .why = "the ticket has no auth_time, and max_auth_age = 3600s asks for it"},
    /* claims_max_age */
    {"claims at the edge", .claims = "{}", .claims_max_age = DAY,
     .grant = {.ticket = TICKET, .iat = NOW - DAY}, PASSES, .checks = "claims age,"},
    {"claims past the edge", .claims = "{}", .claims_max_age = DAY,
     .grant = {.ticket = TICKET, .iat = NOW - DAY - 1}, FAILS(CLAIMS_AGE),
     .checks = "claims age,",
     .why = "the ticket's claims are of 86401s ago, claims_max_age = 86400s",
     .at = NOW - DAY - 1},
    {"claims by a clock ahead", .claims = "{}", .claims_max_age = DAY,
     .grant = {.ticket = TICKET, .iat = NOW + 120}, PASSES, .checks = "claims age,"},
    {"claims of the future", .claims = "{}", .claims_max_age = DAY,
     .grant = {.ticket = TICKET, .iat = NOW + 121}, FAILS(CLAIMS_AGE), .checks = "claims age,",
     .why = "the ticket's claims are of 121s ahead of now, claims_max_age = 86400s",
     .at = NOW + 121},
    {"no claims to be old", .claims_max_age = DAY, .grant = {.ticket = TICKET},
     FAILS(CLAIMS_AGE), .checks = "claims age,",
     .why = "this ticket has no claims, and claims_max_age = 86400s asks for some"},
    {"a token's claims are not asked for", .claims = "{}", .claims_max_age = 1,
     .grant = {.iat = NOW - DAY}, PASSES, .checks = ""},
    /* issuers */
    {"a ticket of an issuer that is listed", .issuers = "lab, corp", .claims = "{}",
     .grant = {.ticket = TICKET, .iss = "https://corp"}, PASSES, .checks = "ticket's issuer,"},
    {"a ticket of one that is not", .issuers = "lab, corpus", .claims = "{}",
     .grant = {.ticket = TICKET, .iss = "https://corp"}, FAILS(ISSUER_REFUSED),
     .checks = "ticket's issuer,", .why = "`issuers` of [service sshd] does not list corp"},
    {"a ticket of one whose section is gone", .issuers = "corp", .claims = "{}",
     .no_section = true, .grant = {.ticket = TICKET, .iss = "https://corp"},
     FAILS(ISSUER_REFUSED), .checks = "ticket's issuer,",
     .why = "`issuers` of [service sshd] does not list https://corp"},
    {"a ticket of an administrator is of none", .issuers = "lab", .no_section = true,
     .grant = {.ticket = TICKET}, PASSES, .checks = ""},
    {"a token was asked before", .issuers = "lab", .claims = "{}",
     .grant = {.iss = "https://corp"}, PASSES, .checks = ""},
    {"requirements come first", NULL, "s=1", "{}", .max_auth_age = 1, FAILS(REQUIRE),
     .checks = "service's require,", .why = "[service sshd] requires s=1; s is absent"},
};

struct heard {
    char checks[128]; /* names in order, a comma behind each */
};

static void
hear(void *context, const char *check, pjwt_verdict v, const char *seen)
{
    struct heard *heard = context;

    assert_int_not_equal(strlen(seen), 0); /* a pass tells what it saw, too */
    assert_string_not_equal(pjwt_code(v), "unset");
    scratch_add_text(heard->checks, sizeof(heard->checks), check);
    scratch_add_text(heard->checks, sizeof(heard->checks), ",");
}

static void
split(struct pjwt_list *list, const char *text)
{
    const char *expected = NULL;

    assert_true(pjwt_list_split(list, text == NULL ? "" : text, &expected));
}

static void
check_row(void **state)
{
    const struct row *row = *state;
    PJWT_AUTO(json) json_t *claims = row->claims == NULL ? NULL : fixture_json(row->claims);
    char section[] = "corp";
    struct pjwt_issuer issuer = {.section = section};
    struct pjwt_service service = {.max_auth_age = row->max_auth_age,
                                   .claims_max_age = row->claims_max_age};
    struct heard heard = {""};
    struct pjwt_report report = {.checked = hear, .context = &heard};
    pjwt_verdict v = PJWT_SAY(UNSET);

    split(&issuer.require, row->issuer);
    split(&service.require, row->service);
    split(&service.issuers, row->issuers);
    split(&service.names, "sshd, ssh");
    v = pjwt_demands_check(row->no_section ? NULL : &issuer, &service, claims, &row->grant, NOW,
                           &report);
    pjwt_list_clear(&issuer.require);
    pjwt_list_clear(&service.require);
    pjwt_list_clear(&service.issuers);
    pjwt_list_clear(&service.names);
    assert_string_equal(pjwt_code(v), pjwt_code(row->verdict));
    assert_string_equal(report.why.text, row->why == NULL ? "" : row->why);
    assert_string_equal(heard.checks, row->checks);
    assert_true(report.at == row->at);
}

static enum pjwt_member
member(void *context, const char *name, const char *group)
{
    int *asked = context;

    (*asked)++;
    if (strcmp(group, "ops") != 0) {
        return PJWT_MEMBER_NO_GROUP;
    }
    return strcmp(name, "alice") == 0 ? PJWT_MEMBER_YES : PJWT_MEMBER_NO;
}

static void
a_group_is_asked_for_each_time(void **state)
{
    int asked = 0;
    const struct pjwt_users users = {.member = member, .context = &asked};
    char ops[] = "ops";
    char opsen[] = "opsen";
    struct pjwt_service service = {.require_group = ops};
    struct pjwt_report report = {0};

    (void)state;
    assert_reason(pjwt_group_check(&service, &users, "alice", &report), OK);
    assert_reason(pjwt_group_check(&service, &users, "alice", &report), OK);
    assert_int_equal(asked, 2);
    assert_reason(pjwt_group_check(&service, &users, "bob", &report), GROUP);
    assert_string_equal(report.why.text, "bob is not in the group ops");
    service.require_group = opsen;
    assert_reason(pjwt_group_check(&service, &users, "alice", &report), GROUP);
    assert_string_equal(report.why.text, "this machine has no group opsen");
    service.require_group = NULL;
    asked = 0;
    assert_reason(pjwt_group_check(&service, &users, "bob", &report), OK);
    assert_int_equal(asked, 0);
}

#define ROWS (sizeof(rows) / sizeof(rows[0]))

int
main(void)
{
    struct CMUnitTest tests[1 + ROWS] = {cmocka_unit_test(a_group_is_asked_for_each_time)};

    for (size_t i = 0; i < ROWS; i++) {
        tests[1 + i] = (struct CMUnitTest){rows[i].name, check_row, NULL, NULL,
                                           (void *)(uintptr_t)&rows[i]};
    }
    return cmocka_run_group_tests_name("demands", tests, NULL, NULL);
}
