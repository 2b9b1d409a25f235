/* Whose login does a session that did not pass through us become, and who may close it? */
#include "lib/login.h"

#include "tests/unit/support/config_files.h"

#include "lib/store/db.h"
#include "lib/store/logins.h"

#include <string.h>

#define NOW    1767225600
#define CONFIG "[service sshd]\n[service sudo]\n[service su]\n"

static const struct pjwt_asker asker = {.pid = 100, .parent = 1, .started = 7};

static bool
find(void *context, const char *name, uid_t *uid)
{
    (void)context;
    (void)name;
    *uid = 1000;
    return true;
}

static pjwt_verdict
open_session(struct scratch *s, const char *service, const char *user, const char *ruser,
             const struct pjwt_asker *who, char opened[PJWT_HANDOFF_SIZE])
{
    static const struct pjwt_users users = {.find = find};
    PJWT_AUTO(config) struct pjwt_config *config = config_load_good(s, CONFIG);
    const struct pjwt_scene scene = {.now = NOW,
                                     .users = &users,
                                     .user = user,
                                     .ruser = ruser,
                                     .service = service,
                                     .rhost = "192.0.2.7",
                                     .tty = "pts/1",
                                     .boot = "b",
                                     .asker = who};
    char file[PJWT_TICKET_FILE_MAX];
    struct pjwt_report report = {0};

    opened[0] = '\0';
    return pjwt_open(config, s->store, &scene, "", opened, file, &report);
}

static pjwt_verdict
close_session(struct scratch *s, const char *opened, const struct pjwt_asker *who)
{
    PJWT_AUTO(config) struct pjwt_config *config = config_load_good(s, CONFIG);
    const struct pjwt_scene scene = {.now = NOW, .asker = who};
    struct pjwt_report report = {0};

    return pjwt_close(config, s->store, &scene, opened, &report);
}

static bool
keep(void *context, const struct pjwt_login_row *row)
{
    *(struct pjwt_login_row *)context = *row;
    return true;
}

static int64_t
rows(struct scratch *s)
{
    int64_t number = -1;

    assert_reason(pjwt_db_number(s->store, "SELECT count(*) FROM logins", &number), OK);
    return number;
}

/* sudo names in PAM_RUSER who called it; elsewhere that is what a client says. */
static void
a_login_is_the_invokers(void **state)
{
    static const struct {
        const char *service;
        const char *user;
        const char *ruser;
        const char *whose;
    } sessions[] = {{"sudo", "root", "alice", "alice"},
                    {"sudo", "root", "", "root"},
                    {"su", "bob", "alice", "bob"},
                    {"sshd", "alice", "", "alice"}};
    char opened[PJWT_HANDOFF_SIZE];

    for (size_t i = 0; i < PJWT_COUNT(sessions); i++) {
        struct pjwt_login_row row = {0};

        assert_reason(open_session(*state, sessions[i].service, sessions[i].user,
                                   sessions[i].ruser, &asker, opened),
                      NOT_OURS);
        assert_reason(pjwt_login_list(((struct scratch *)*state)->store, keep, &row), OK);
        assert_string_equal(row.id, opened);
        assert_string_equal(row.user, sessions[i].whose);
        assert_string_equal(row.target, sessions[i].user);
        assert_string_equal(row.grant.service, sessions[i].service);
        assert_string_equal(row.tty, "pts/1");
        assert_string_equal(row.rhost, "192.0.2.7");
        assert_reason(close_session(*state, opened, &asker), OK);
        assert_int_equal(rows(*state), 0);
    }
}

static void
only_its_process_closes_it(void **state)
{
    const struct pjwt_asker other = {.pid = 101, .parent = 1, .started = 7};
    const struct pjwt_asker later = {.pid = 100, .parent = 1, .started = 8};
    char opened[PJWT_HANDOFF_SIZE];

    assert_reason(open_session(*state, "sshd", "alice", "", &asker, opened), NOT_OURS);
    assert_reason(close_session(*state, opened, &other), NOT_FOUND);
    assert_reason(close_session(*state, opened, &later), NOT_FOUND);
    assert_int_equal(rows(*state), 1);
    assert_reason(close_session(*state, opened, &asker), OK);
    assert_int_equal(rows(*state), 0);
}

/* It cannot be listed, and goes on all the same: it is not ours to lock out. */
static void
a_session_without_a_process_is_not_listed(void **state)
{
    char opened[PJWT_HANDOFF_SIZE];

    assert_reason(open_session(*state, "sshd", "alice", "", NULL, opened), NOT_OURS);
    assert_string_equal(opened, "");
    assert_int_equal(rows(*state), 0);
}

#define TEST(function) \
    cmocka_unit_test_setup_teardown(function, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_login_is_the_invokers),
        TEST(only_its_process_closes_it),
        TEST(a_session_without_a_process_is_not_listed),
    };

    return cmocka_run_group_tests_name("open", tests, NULL, NULL);
}
