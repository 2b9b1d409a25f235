/* Are the claims behind a ticket kept whole, and is damage never taken for claims? */
#include "lib/store/ticket_claims.h"

#include "tests/unit/support/scratch.h"

#include "lib/store/tickets.h"

#include <stdlib.h>
#include <string.h>

/* A ticket made from a token with these claims; NULL: by an administrator. */
static pjwt_verdict
issue(struct scratch *s, const char *claims, struct pjwt_ticket *row)
{
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

    *row = (struct pjwt_ticket){.user = "alice",
                                .services = "sshd",
                                .created = 1000,
                                .expires = 2000,
                                .iat = 900,
                                .auth_time = 800,
                                .claims = claims};
    return pjwt_ticket_issue(s->store, row, &text);
}

static void
claims_come_back_as_they_were_saved(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(json) json_t *claims = NULL;
    struct pjwt_ticket row = {0};
    struct pjwt_ticket read = {0};

    assert_reason(issue(s, "{\"groups\":[\"a\",\"\xc3\xa9\"],\"n\":7}", &row), OK);
    scratch_reopen(s);
    assert_reason(pjwt_ticket_claims(s->store, row.id, &claims), OK);
    assert_int_equal(json_object_size(claims), 2);
    assert_int_equal(json_integer_value(json_object_get(claims, "n")), 7);
    assert_reason(pjwt_ticket_get(s->store, row.id, &read), OK);
    assert_true(read.auth_time == 800);
    assert_null(read.claims);
}

static void
a_ticket_of_an_administrator_has_none(void **state)
{
    struct scratch *s = *state;
    json_t *claims = (json_t *)(uintptr_t)s; /* overwritten */
    struct pjwt_ticket row = {0};

    assert_reason(issue(s, NULL, &row), OK);
    assert_reason(pjwt_ticket_claims(s->store, row.id, &claims), OK);
    assert_null(claims);
    assert_reason(pjwt_ticket_claims(s->store, "AAAAAAAAAAAA", &claims), NOT_FOUND);
}

/* `len` bytes of JSON, owned by the caller. */
static char *
long_claims(size_t len)
{
    char *text = malloc(len + 1);

    assert_non_null(text);
    memset(text, 'x', len);
    memcpy(text, "{\"a\":\"", 6);
    memcpy(text + len - 2, "\"}", 3);
    return text;
}

static void
what_is_too_long_makes_no_ticket(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(text) char *most = long_claims(PJWT_CLAIMS_MAX - 1);
    PJWT_AUTO(text) char *more = long_claims(PJWT_CLAIMS_MAX);
    PJWT_AUTO(json) json_t *claims = NULL;
    struct pjwt_ticket row = {0};

    assert_reason(issue(s, more, &row), INTERNAL);
    assert_string_equal(row.id, "");
    assert_reason(issue(s, most, &row), OK);
    assert_reason(pjwt_ticket_claims(s->store, row.id, &claims), OK);
    assert_int_equal(json_string_length(json_object_get(claims, "a")), PJWT_CLAIMS_MAX - 9);
}

static void
damage_is_no_claim(void **state)
{
    static const char *const bad[] = {"'{\"a\":1'",
                                      "''",
                                      "'[]'",
                                      "'{\"a\":1,\"a\":2}'",
                                      "'{\"a\":1} '||x'00'",
                                      "'{\"a\":1}'||'trail'",
                                      "'{\"a\":\"'||x'80'||'\"}'"};
    struct scratch *s = *state;
    struct pjwt_ticket row = {0};

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        PJWT_AUTO(json) json_t *claims = NULL;
        char sql[128] = "UPDATE tickets SET claims=";

        assert_reason(issue(s, "{\"a\":1}", &row), OK);
        assert_reason(pjwt_ticket_claims(s->store, row.id, &claims), OK);
        pjwt_drop_json(&claims);
        scratch_add_text(sql, sizeof(sql), bad[i]);
        scratch_sql(s, sql);
        assert_reason(pjwt_ticket_claims(s->store, row.id, &claims), STORE_DAMAGED);
        assert_null(claims);
    }
}

#define TEST(function) \
    cmocka_unit_test_setup_teardown(function, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(claims_come_back_as_they_were_saved),
        TEST(a_ticket_of_an_administrator_has_none),
        TEST(what_is_too_long_makes_no_ticket),
        TEST(damage_is_no_claim),
    };

    return cmocka_run_group_tests_name("ticket claims", tests, NULL, NULL);
}
