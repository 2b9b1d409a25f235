/* For how long is a login's own ticket good? */
#include "lib/login_ticket.h"

#include "tests/unit/support/login_trial.h"

#include "lib/store/db.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Whoever starts su can stop it between the phases, until the login is over. */
static void
account_and_session_ask_again(void **state)
{
    TRIAL struct trial t;
    struct pjwt_ticket row = {.id = ""};
    struct pjwt_grant grant = {.user = ""};
    char id[PJWT_HANDOFF_SIZE] = "";
    char file[PJWT_TICKET_FILE_MAX];

    trial_start(&t, state, WANTED);
    assert_reason(trial_open(&t, &trial_by_token), OK);
    row = trial_ticket(&t);
    pjwt_ticket_grant(&row, &grant);
    scratch_set_text(grant.service, sizeof(grant.service), "sshd");
    assert_reason(pjwt_account(t.config, t.s->store, &t.scene, &grant, &t.report), OK);
    assert_string_equal(t.report.why.text, "");
    trial_accept(&t, &grant, NULL, id);
    assert_reason(pjwt_open(t.config, t.s->store, &t.scene, id, t.opened, file, &t.report), OK);
    trial_accept(&t, &grant, NULL, id);
    t.alive = false;
    assert_reason(pjwt_account(t.config, t.s->store, &t.scene, &grant, &t.report),
                  TICKET_LOGIN);
    assert_reason(pjwt_open(t.config, t.s->store, &t.scene, id, t.opened, file, &t.report),
                  TICKET_LOGIN);
    assert_int_equal(trial_count(&t, "SELECT count(*) FROM logins"), 2);
}

/* The end that it had is not put off by logging out later. */
static void
its_own_end_may_come_first(void **state)
{
    TRIAL struct trial t;

    trial_start(&t, state, WANTED);
    assert_reason(trial_open(&t, &trial_by_token), OK);
    t.scene.now = NOW + 9 * 3600;
    assert_reason(pjwt_close(t.config, t.s->store, &t.scene, t.opened, &t.report), OK);
    assert_int_equal(trial_ticket(&t).expires, NOW + 8 * 3600);
    assert_int_equal(access(t.file, F_OK), -1);
}

static void
it_is_asked_where_it_is_typed(void **state)
{
    static const struct pjwt_clock at_now = {.now = NOW, .up = 10, .boot = "boot"};
    TRIAL struct trial t;
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_grant grant = {.user = ""};
    char id[PJWT_HANDOFF_SIZE];

    trial_start(&t, state, "login_ticket = 8h\nlogin_ticket_for = sshd\n");
    assert_reason(trial_open(&t, &trial_by_token), OK);
    text = trial_text(&t);
    t.scene.clock = &at_now;
    assert_reason(pjwt_login(t.config, t.s->store, &t.scene, text, &grant, id, &t.report), OK);
    t.alive = false;
    assert_reason(pjwt_login(t.config, t.s->store, &t.scene, text, &grant, id, &t.report),
                  TICKET_LOGIN);
}

/* A pid is used again, sooner or later. */
static void
another_process_of_that_pid_is_another(void **state)
{
    TRIAL struct trial t;

    trial_start(&t, state, WANTED);
    assert_reason(trial_open(&t, &trial_by_token), OK);
    scratch_sql(t.s, "UPDATE logins SET started=8");
    assert_reason(trial_check(&t), TICKET_LOGIN);
    scratch_sql(t.s, "UPDATE logins SET started=7, pid=101");
    assert_reason(trial_check(&t), TICKET_LOGIN);
    scratch_sql(t.s, "UPDATE logins SET pid=100");
    assert_reason(trial_check(&t), OK);
}

static void
it_is_good_while_the_login_lives(void **state)
{
    TRIAL struct trial t;

    trial_start(&t, state, WANTED);
    assert_reason(trial_open(&t, &trial_by_token), OK);
    assert_reason(trial_check(&t), OK);
    t.alive = false;
    assert_reason(trial_check(&t), TICKET_LOGIN);
    t.alive = true;
    t.scene.boot = "another boot";
    assert_reason(trial_check(&t), TICKET_LOGIN);
    t.scene.boot = "boot";
    t.scene.living = NULL; /* whoever cannot tell does not admit */
    assert_reason(trial_check(&t), INTERNAL);
    t.scene.living = &t.living;
    assert_reason(trial_check(&t), OK);
}

static void
logging_out_ends_it(void **state)
{
    TRIAL struct trial t;

    trial_start(&t, state, WANTED);
    assert_reason(trial_open(&t, &trial_by_token), OK);
    t.scene.now = NOW + 5;
    assert_reason(pjwt_close(t.config, t.s->store, &t.scene, t.opened, &t.report), OK);
    assert_int_equal(access(t.file, F_OK), -1);
    assert_int_equal(trial_ticket(&t).expires, NOW + 5);
    assert_reason(trial_check(&t), TICKET_LOGIN);
}

static void
a_stranger_does_not_end_it(void **state)
{
    static const struct pjwt_asker stranger = {.pid = 101, .parent = 1, .started = 7};
    TRIAL struct trial t;

    trial_start(&t, state, WANTED);
    assert_reason(trial_open(&t, &trial_by_token), OK);
    t.scene.asker = &stranger;
    assert_reason(pjwt_close(t.config, t.s->store, &t.scene, t.opened, &t.report), NOT_FOUND);
    assert_int_equal(access(t.file, F_OK), 0);
    assert_reason(trial_check(&t), OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TRIAL_TEST(account_and_session_ask_again),
        TRIAL_TEST(its_own_end_may_come_first),
        TRIAL_TEST(it_is_asked_where_it_is_typed),
        TRIAL_TEST(another_process_of_that_pid_is_another),
        TRIAL_TEST(it_is_good_while_the_login_lives),
        TRIAL_TEST(logging_out_ends_it),
        TRIAL_TEST(a_stranger_does_not_end_it),
    };

    return cmocka_run_group_tests_name("login_ticket_life", tests, NULL, NULL);
}
