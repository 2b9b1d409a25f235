/* Does a login reach its own session, once, and no other? */
#include "tests/unit/support/scratch.h"

#include "lib/store/handoff_claims.h"
#include "lib/store/ticket_claims.h"

#include <stdio.h>
#include <string.h>

#define NOW 1767225600

static const struct pjwt_asker asker = {
    .pid = 200, .started = 7000, .parent = 100, .parent_started = 6000};
static const struct pjwt_asker parent = {
    .pid = 100, .started = 6000, .parent = 1, .parent_started = 2};
static const struct pjwt_grant given = {.user = "alice",
                                        .service = "sshd",
                                        .ticket = "0Az9ZaBcDeFg",
                                        .iss = "https://idp.example.com",
                                        .sub = "s-1",
                                        .jti = "j-1",
                                        .kid = "k-1",
                                        .iat = NOW - 60,
                                        .issued = NOW - 50,
                                        .expires = NOW + 3600,
                                        .leeway = 30};
static struct pjwt_grant taken;

/* Everything that a take compares; each test departs from put() by one member. */
struct attempt {
    char id[PJWT_HANDOFF_SIZE];
    const char *user, *ruser, *service;
    struct pjwt_asker asker;
    int64_t now;
};

static struct attempt
put(struct scratch *s)
{
    struct attempt good = {
        .user = "alice", .ruser = "", .service = "sshd", .asker = asker, .now = NOW + 1};

    assert_reason(pjwt_handoff_put(s->store, &given, &asker, NOW, good.id), OK);
    return good;
}

static pjwt_verdict
take(struct scratch *s, const struct attempt *a)
{
    static const struct pjwt_grant untouched = {.user = "untouched"};
    pjwt_verdict v;

    taken = untouched;
    v = pjwt_handoff_take(s->store, a->id, a->user, a->ruser, a->service, &a->asker, a->now,
                          &taken);
    if (!pjwt_ok(v)) {
        assert_string_equal(taken.user, "untouched");
        assert_int_equal(taken.expires, 0);
    }
    return v;
}

/* `bad` is refused, and the good attempt after it still succeeds. */
static void
assert_refused(struct scratch *s, const struct attempt *good, const struct attempt *bad)
{
    assert_reason(take(s, bad), LOGIN_UNKNOWN);
    assert_reason(take(s, good), OK);
}

static void
test_good(void **state)
{
    struct scratch *s = *state;
    struct attempt good = put(s);

    assert_int_equal(strlen(good.id), 32);
    assert_int_equal(strspn(good.id, "0123456789abcdef"), 32);
    scratch_reopen(s); /* durable */
    assert_reason(take(s, &good), OK);
    assert_string_equal(taken.user, given.user);
    assert_string_equal(taken.service, given.service);
    assert_string_equal(taken.ticket, given.ticket);
    assert_string_equal(taken.iss, given.iss);
    assert_string_equal(taken.sub, given.sub);
    assert_string_equal(taken.jti, given.jti);
    assert_string_equal(taken.kid, given.kid);
    assert_int_equal(taken.iat, given.iat);
    assert_int_equal(taken.issued, given.issued);
    assert_int_equal(taken.expires, given.expires);
    assert_int_equal(taken.leeway, given.leeway);
}

static void
test_once(void **state)
{
    struct scratch *s = *state;
    struct attempt good = put(s);

    assert_reason(take(s, &good), OK);
    assert_reason(take(s, &good), LOGIN_UNKNOWN);
}

static void
test_ids_differ(void **state)
{
    struct scratch *s = *state;
    struct attempt one = put(s);
    struct attempt two = put(s);

    assert_string_not_equal(one.id, two.id);
    assert_reason(take(s, &one), OK);
    assert_reason(take(s, &two), OK);
}

static void
test_parent_of_the_asker(void **state)
{
    struct scratch *s = *state;
    struct attempt good = put(s);

    good.asker = parent;
    assert_reason(take(s, &good), OK);
}

static void
test_wrong_process(void **state)
{
    static const struct pjwt_asker wrong[] = {
        {.pid = 201, .started = 7000, .parent = 100, .parent_started = 6000}, /* a sibling */
        {.pid = 200, .started = 7001, .parent = 100, .parent_started = 6000}, /* pid again */
        {.pid = 100, .started = 6001, .parent = 1, .parent_started = 2},
        {.pid = 200, .started = 6000, .parent = 1, .parent_started = 2}, /* mixed */
        {.pid = 100, .started = 7000, .parent = 1, .parent_started = 2},
        {.pid = 300, .started = 8000, .parent = 200, .parent_started = 7000}, /* a child */
        {.pid = 0, .started = 0},
        {.pid = -1, .started = 7000},
    };
    struct scratch *s = *state;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct attempt good = put(s);
        struct attempt bad = good;

        bad.asker = wrong[i];
        assert_refused(s, &good, &bad);
    }
}

/* A parent that could not be found out is nobody. */
static void
test_unknown_parent(void **state)
{
    struct scratch *s = *state;
    struct pjwt_asker orphan = {.pid = 200, .started = 7000};
    struct attempt good = put(s);
    struct attempt bad;

    good.asker = orphan;
    assert_reason(pjwt_handoff_put(s->store, &given, &orphan, NOW, good.id), OK);
    bad = good;
    bad.asker = (struct pjwt_asker){0};
    assert_refused(s, &good, &bad);
}

static void
test_wrong_user(void **state)
{
    static const char *const wrong[][2] = {
        {"bob", ""}, {"root", "bob"}, {"", ""}, {"Alice", ""}, {"alic", "alicee"}};
    struct scratch *s = *state;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct attempt good = put(s);
        struct attempt bad = good;

        bad.user = wrong[i][0];
        bad.ruser = wrong[i][1];
        assert_refused(s, &good, &bad);
    }
}

/* sudo opens the session of its target and names the invoker in PAM_RUSER. */
static void
test_sudo(void **state)
{
    struct scratch *s = *state;
    struct attempt good = put(s);

    good.user = "root";
    good.ruser = "alice";
    assert_reason(take(s, &good), OK);
}

static void
test_wrong_service(void **state)
{
    static const char *const wrong[] = {"sudo", "", "ssh", "sshd2", "SSHD"};
    struct scratch *s = *state;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct attempt good = put(s);
        struct attempt bad = good;

        bad.service = wrong[i];
        assert_refused(s, &good, &bad);
    }
}

static void
test_wrong_id(void **state)
{
    struct scratch *s = *state;
    struct attempt good = put(s);
    struct attempt bad = good;

    for (size_t i = 0; i < 32; i++) {
        bad.id[i] = good.id[i] == '0' ? '1' : '0';
        assert_reason(take(s, &bad), LOGIN_UNKNOWN);
        bad.id[i] = good.id[i];
    }
    bad.id[31] = '\0';
    assert_reason(take(s, &bad), LOGIN_UNKNOWN);
    bad.id[0] = '\0';
    assert_refused(s, &good, &bad);
}

/* An environment can be anything: an id that is longer than any of ours. */
static void
test_long_id(void **state)
{
    struct scratch *s = *state;
    struct attempt good = put(s);
    char id[4096];

    (void)snprintf(id, sizeof(id), "%s0", good.id);
    assert_reason(pjwt_handoff_take(s->store, id, "alice", "", "sshd", &asker, NOW, &taken),
                  LOGIN_UNKNOWN);
    memset(id, '0', sizeof(id) - 1);
    id[sizeof(id) - 1] = '\0';
    assert_reason(pjwt_handoff_take(s->store, id, "alice", "", "sshd", &asker, NOW, &taken),
                  LOGIN_UNKNOWN);
    assert_reason(take(s, &good), OK);
}

static void
test_time(void **state)
{
    struct scratch *s = *state;
    struct attempt good = put(s);
    struct attempt bad = good;

    good.now = NOW + PJWT_HANDOFF_SECONDS - 1;
    bad.now = NOW + PJWT_HANDOFF_SECONDS;
    assert_refused(s, &good, &bad);
    good = bad = put(s);
    good.now = NOW;
    bad.now = NOW - 1; /* the clock was set back: how old the row is cannot be known */
    assert_refused(s, &good, &bad);
}

/* What could not be read again is not written. */
static void
test_claims_fit(void **state)
{
    struct scratch *s = *state;
    static char text[PJWT_CLAIMS_MAX + 1];
    PJWT_AUTO(text) char *read = NULL;
    char id[PJWT_HANDOFF_SIZE];

    memset(text, 'c', sizeof(text) - 1);
    assert_reason(pjwt_handoff_put(s->store, &given, &asker, NOW, id), OK);
    assert_reason(pjwt_handoff_claims_save(s->store, id, text), INTERNAL);
    assert_reason(pjwt_handoff_claims(s->store, id, &read), OK);
    assert_null(read);
    assert_reason(pjwt_handoff_claims_save(s->store, id, text + 1), OK);
    assert_reason(pjwt_handoff_claims(s->store, id, &read), OK);
    assert_string_equal(read, text + 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_good),          CASE(test_once),
        CASE(test_ids_differ),    CASE(test_parent_of_the_asker),
        CASE(test_wrong_process), CASE(test_unknown_parent),
        CASE(test_wrong_user),    CASE(test_sudo),
        CASE(test_wrong_service), CASE(test_wrong_id),
        CASE(test_long_id),       CASE(test_time),
        CASE(test_claims_fit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
