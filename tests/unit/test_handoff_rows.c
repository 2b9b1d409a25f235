/* Does a handoff leave nothing behind that could be used, or used twice? */
#include "tests/unit/support/child.h"
#include "tests/unit/support/scratch.h"

#include "lib/store/db.h"
#include "lib/store/handoff.h"

#include <fcntl.h>
#include <string.h>

#define NOW 1767225600

static const struct pjwt_asker asker = {
    .pid = 200, .started = 7000, .parent = 100, .parent_started = 6000};
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

/* Everything that a take compares; as the login that put it would say it. */
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

static int64_t
count_rows(struct scratch *s)
{
    int64_t rows = -1;

    assert_reason(pjwt_db_number(s->store, "SELECT count(*) FROM handoffs", &rows), OK);
    return rows;
}

/* Ended rows go, up to a bound; those that have not ended stay. */
static void
test_clears_ended_rows(void **state)
{
    struct scratch *s = *state;
    char id[PJWT_HANDOFF_SIZE];

    for (int i = 0; i < 110; i++) {
        assert_reason(pjwt_handoff_put(s->store, &given, &asker, NOW, id), OK);
    }
    assert_reason(pjwt_handoff_put(s->store, &given, &asker, NOW + 1, id), OK);
    assert_reason(pjwt_handoff_forget(s->store, NOW + PJWT_HANDOFF_SECONDS - 1), OK);
    assert_int_equal(count_rows(s), 111);
    assert_reason(pjwt_handoff_forget(s->store, NOW + PJWT_HANDOFF_SECONDS), OK);
    assert_int_equal(count_rows(s), 11);
    assert_reason(pjwt_handoff_forget(s->store, NOW + PJWT_HANDOFF_SECONDS), OK);
    assert_int_equal(count_rows(s), 1);
}

/* Whoever reads the file cannot open a session with it. */
static void
test_id_is_not_stored(void **state)
{
    static char bytes[1 << 20];
    struct scratch *s = *state;
    struct attempt good = put(s);
    int fd = open(scratch_path(s, "state/sessions.db-wal"), O_RDONLY | O_CLOEXEC);
    ssize_t got = read(fd, bytes, sizeof(bytes));

    assert_in_range(got, 1, sizeof(bytes) - 1);
    assert_non_null(memmem(bytes, (size_t)got, given.jti, strlen(given.jti))); /* it is here */
    assert_null(memmem(bytes, (size_t)got, good.id, 16));
    pjwt_drop_store(&s->store); /* before this real descriptor of its file is closed */
    assert_int_equal(close(fd), 0);
}

static void
test_damaged_row(void **state)
{
    struct scratch *s = *state;
    struct attempt good = put(s);

    scratch_sql(s, "PRAGMA ignore_check_constraints=ON; UPDATE handoffs SET leeway='x'");
    assert_reason(take(s, &good), STORE_DAMAGED);
    scratch_sql(s, "UPDATE handoffs SET leeway=30");
    assert_reason(take(s, &good), OK);
}

static struct attempt raced;

static int
take_as_child(struct scratch *s, struct test_child *child)
{
    struct pjwt_store *store = NULL;
    struct pjwt_grant grant;
    pjwt_verdict v = pjwt_store_open(scratch_path(s, "state"), &store, NULL);

    test_child_tell(child);
    test_child_wait(child);
    if (pjwt_ok(v)) {
        v = pjwt_handoff_take(store, raced.id, "alice", "", "sshd", &asker, NOW, &grant);
    }
    pjwt_store_close(store);
    return (int)v.reason == PJWT_OK ? 1 : (int)v.reason == PJWT_LOGIN_UNKNOWN ? 0 : 50;
}

/* Two processes with the same id at the same time: exactly one session is opened. */
static void
test_race(void **state)
{
    struct scratch *s = *state;

    for (int round = 0; round < 10; round++) {
        struct test_child one, two;

        raced = put(s);
        pjwt_drop_store(&s->store);
        test_child_start(&one, take_as_child, s);
        test_child_start(&two, take_as_child, s);
        test_parent_wait(&one);
        test_parent_wait(&two);
        test_parent_tell(&one);
        test_parent_tell(&two);
        assert_int_equal(test_child_end(&one) + test_child_end(&two), 1);
        scratch_reopen(s);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_clears_ended_rows),
        CASE(test_id_is_not_stored),
        CASE(test_damaged_row),
        CASE(test_race),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
