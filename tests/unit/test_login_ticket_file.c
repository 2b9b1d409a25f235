/* Where does a login's own ticket lie, and when is that file gone? */
#include "lib/login_ticket.h"

#include "tests/unit/support/login_trial.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define ID "0123456789A"

/* Of a login without a ticket: nothing is there yet. */
static const char *
run_of(struct trial *t, void **state)
{
    trial_start(t, state, "");
    return t->config->run;
}

static void
it_is_in_the_users_file(void **state)
{
    TRIAL struct trial t;
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_ticket row = {.id = ""};
    struct pjwt_grant grant = {.user = ""};
    struct stat st;

    trial_start(&t, state, WANTED);
    assert_reason(trial_open(&t, &trial_by_token), OK);
    assert_int_equal(stat(t.file, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0400);
    assert_int_equal(scratch_mode(t.s, "run/t"), 0711);
    text = trial_text(&t);
    row = trial_ticket(&t);
    assert_string_equal(row.services, "sudo,sudo-i");
    assert_int_equal(row.expires, NOW + 8 * 3600);
    assert_int_equal(row.renewable_until, 0);
    assert_string_equal(row.jti, "j-1");
    assert_reason(
        pjwt_ticket_check(t.s->store, text, "sudo", "", NOW + 3600, &grant, &t.report), OK);
    assert_string_equal(grant.user, "alice");
    assert_string_equal(grant.sub, "alice");
    assert_reason(trial_check(&t), OK);
}

/* Files of logins that ended without a word, and what is no file of ours. */
static void
the_next_login_sweeps(void **state)
{
    TRIAL struct trial t;
    char first[PJWT_TICKET_FILE_MAX];

    trial_start(&t, state, WANTED);
    assert_reason(trial_open(&t, &trial_by_token), OK);
    scratch_set_text(first, sizeof(first), t.file);
    assert_reason(trial_open(&t, &trial_by_token), OK);
    assert_int_equal(access(first, F_OK), 0); /* both are open */
    scratch_write(t.s, "run/t/README", "kept", 0600);
    scratch_write(t.s, "run/t/0123456789A", "no such login", 0600);
    pjwt_login_ticket_sweep(t.config, t.s->store, &t.living, "boot", 100);
    assert_int_equal(access(first, F_OK), 0);
    assert_int_equal(access(scratch_path(t.s, "run/t/README"), F_OK), 0);
    assert_int_equal(access(scratch_path(t.s, "run/t/0123456789A"), F_OK), -1);
    t.alive = false;
    assert_reason(trial_open(&t, &trial_by_token), OK);
    assert_int_equal(access(first, F_OK), -1);
}

/* The session goes on without one, and the log says why. */
static void
what_cannot_be_made_is_told(void **state)
{
    TRIAL struct trial t;

    trial_start(&t, state, WANTED);
    scratch_mkdir(t.s, "run", 0711);
    scratch_mkdir(t.s, "run/t", 0777);
    assert_reason(trial_open(&t, &trial_by_token), OK);
    assert_string_equal(t.file, "");
    assert_non_null(strstr(t.report.why.text, "no login ticket: "));
    assert_non_null(strstr(t.report.why.text, "run/t"));
    assert_int_not_equal(t.opened[0], '\0');
}

/* Nobody is told of a file that its owner cannot come to. */
static void
the_user_must_be_able_to_pass(void **state)
{
    TRIAL struct trial t;
    PJWT_AUTO(secret) struct pjwt_secret *text = pjwt_secret_copy("text", 4);
    struct pjwt_why why = {""};
    const char *run = run_of(&t, state);
    char path[PJWT_TICKET_FILE_MAX] = "";
    char words[PJWT_WHY_MAX];
    struct stat st;

    assert_false(pjwt_ticket_file_put(run, ID, geteuid() + 1, text, path, &why));
    (void)snprintf(words, sizeof(words), "%s: the user may not pass through it", t.s->dir);
    assert_string_equal(why.text, words);
    assert_int_equal(chmod(t.s->dir, 0711), 0);
    assert_int_equal(chmod(run, 0700), 0);
    assert_false(pjwt_ticket_file_put(run, ID, geteuid() + 1, text, path, &why));
    (void)snprintf(words, sizeof(words), "%s: the user may not pass through it", run);
    assert_string_equal(why.text, words);
    assert_int_equal(chmod(run, 0711), 0);
    /* Only root can give a file away. */
    assert_int_equal(pjwt_ticket_file_put(run, ID, geteuid() + 1, text, path, &why),
                     geteuid() == 0);
    assert_null(strstr(why.text, geteuid() == 0 ? "run/t" : "pass"));
    assert_int_equal(stat(path, &st) == 0 && st.st_uid == geteuid() + 1, geteuid() == 0);
}

static void
what_is_there_is_left_alone(void **state)
{
    TRIAL struct trial t;
    PJWT_AUTO(secret) struct pjwt_secret *one = pjwt_secret_copy("one", 3);
    PJWT_AUTO(secret) struct pjwt_secret *other = pjwt_secret_copy("other", 5);
    PJWT_AUTO(secret) struct pjwt_secret *kept = NULL;
    struct pjwt_why why = {""};
    const char *run = run_of(&t, state);
    char unset[PJWT_TICKET_FILE_MAX] = "";

    assert_true(pjwt_ticket_file_put(run, ID, geteuid(), one, t.file, &why));
    assert_false(pjwt_ticket_file_put(run, ID, geteuid(), other, unset, &why));
    assert_string_equal(unset, "");
    assert_non_null(strstr(why.text, "File exists"));
    kept = trial_text(&t);
    assert_string_equal(pjwt_secret_bytes(kept), "one");
    assert_false(pjwt_ticket_file_put(run, "../0123456", geteuid(), one, unset, &why));
}

/* Room for ten bytes alone. */
static void
half_a_ticket_does_not_stay(void **state)
{
    TRIAL struct trial t;
    PJWT_AUTO(secret) struct pjwt_secret *text = pjwt_secret_copy("pjt1_0123456789", 15);
    struct pjwt_why why = {""};
    const char *run = run_of(&t, state);
    struct rlimit before = {0};
    struct rlimit ten = {0};
    bool put = true;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    ten = (struct rlimit){.rlim_cur = 10, .rlim_max = before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &ten), 0);
    put = pjwt_ticket_file_put(run, ID, geteuid(), text, t.file, &why);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_false(put);
    assert_non_null(strstr(why.text, "Input/output error"));
    assert_int_equal(access(scratch_path(t.s, "run/t/" ID), F_OK), -1);
}

/* Logging out looks for a file only where there was a ticket. */
static void
only_who_had_one_loses_it(void **state)
{
    TRIAL struct trial t;
    char name[64];

    trial_start(&t, state, "");
    assert_reason(trial_open(&t, &trial_by_token), OK);
    (void)snprintf(name, sizeof(name), "run/t/%s", t.opened);
    scratch_mkdir(t.s, "run", 0711);
    scratch_mkdir(t.s, "run/t", 0711);
    scratch_write(t.s, name, "not ours", 0600);
    assert_reason(pjwt_close(t.config, t.s->store, &t.scene, t.opened, &t.report), OK);
    assert_int_equal(access(scratch_path(t.s, name), F_OK), 0);
}

static void
a_sweep_has_an_end(void **state)
{
    TRIAL struct trial t;
    bool first = false;
    bool second = false;

    trial_start(&t, state, WANTED);
    scratch_mkdir(t.s, "run", 0711);
    scratch_mkdir(t.s, "run/t", 0711);
    scratch_write(t.s, "run/t/0123456789A", "", 0600);
    scratch_write(t.s, "run/t/0123456789B", "", 0600);
    pjwt_login_ticket_sweep(t.config, t.s->store, &t.living, "boot", 1);
    first = access(scratch_path(t.s, "run/t/0123456789A"), F_OK) == 0;
    second = access(scratch_path(t.s, "run/t/0123456789B"), F_OK) == 0;
    assert_int_equal(first + second, 1);
    pjwt_login_ticket_sweep(t.config, t.s->store, &t.living, "boot", 1);
    first = access(scratch_path(t.s, "run/t/0123456789A"), F_OK) == 0;
    second = access(scratch_path(t.s, "run/t/0123456789B"), F_OK) == 0;
    assert_int_equal(first + second, 0);
}

static void
where_others_may_write_nothing_is_removed(void **state)
{
    TRIAL struct trial t;

    trial_start(&t, state, WANTED);
    scratch_mkdir(t.s, "run", 0711);
    scratch_mkdir(t.s, "run/t", 0777);
    scratch_write(t.s, "run/t/0123456789A", "", 0600);
    pjwt_login_ticket_sweep(t.config, t.s->store, &t.living, "boot", 10);
    assert_int_equal(access(scratch_path(t.s, "run/t/0123456789A"), F_OK), 0);
    assert_int_equal(chmod(scratch_path(t.s, "run/t"), 0711), 0);
    pjwt_login_ticket_sweep(t.config, t.s->store, &t.living, "boot", 10);
    assert_int_equal(access(scratch_path(t.s, "run/t/0123456789A"), F_OK), -1);
}

/* Whoever cannot ask takes nothing away. */
static void
what_the_store_does_not_say_is_kept(void **state)
{
    TRIAL struct trial t;

    trial_start(&t, state, WANTED);
    assert_reason(trial_open(&t, &trial_by_token), OK);
    pjwt_login_ticket_sweep(t.config, t.s->store, NULL, "boot", 10);
    pjwt_login_ticket_sweep(t.config, t.s->store, &t.living, NULL, 10);
    scratch_sql(t.s, "DROP TABLE logins");
    pjwt_login_ticket_sweep(t.config, t.s->store, &t.living, "boot", 10);
    assert_int_equal(access(t.file, F_OK), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TRIAL_TEST(it_is_in_the_users_file),
        TRIAL_TEST(the_next_login_sweeps),
        TRIAL_TEST(what_cannot_be_made_is_told),
        TRIAL_TEST(the_user_must_be_able_to_pass),
        TRIAL_TEST(what_is_there_is_left_alone),
        TRIAL_TEST(half_a_ticket_does_not_stay),
        TRIAL_TEST(only_who_had_one_loses_it),
        TRIAL_TEST(a_sweep_has_an_end),
        TRIAL_TEST(where_others_may_write_nothing_is_removed),
        TRIAL_TEST(what_the_store_does_not_say_is_kept),
    };

    return cmocka_run_group_tests_name("login_ticket_file", tests, NULL, NULL);
}
