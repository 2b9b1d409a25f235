/* Which login gets a ticket of its own, and with what in it? */
#include "lib/login_ticket.h"

#include "tests/unit/support/login_trial.h"

#include "lib/store/db.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
what_the_token_said_comes_with_it(void **state)
{
    TRIAL struct trial t;
    struct pjwt_ticket row = {.id = ""};
    char note[64];

    trial_start(&t, state, WANTED);
    assert_reason(trial_open(&t, &trial_by_token), OK);
    assert_int_equal(trial_count(&t, "SELECT count(*) FROM tickets WHERE claims='" CLAIMS "'"),
                     1);
    row = trial_ticket(&t);
    assert_string_equal(row.user, "alice");
    assert_string_equal(row.iss, IDP);
    assert_string_equal(row.sub, "alice");
    assert_string_equal(row.jti, "j-1");
    assert_int_equal(row.iat, NOW - 60);
    assert_int_equal(row.auth_time, NOW - 3600); /* which no hand-off carries */
    (void)snprintf(note, sizeof(note), "login %s by sshd", t.opened);
    assert_string_equal(row.note, note);
}

/* login_ticket was set, or the session file brought forward, after the token was accepted. */
static void
without_them_there_is_none(void **state)
{
    TRIAL struct trial t;
    char id[PJWT_HANDOFF_SIZE];

    trial_start(&t, state, WANTED);
    trial_accept(&t, &trial_by_token, NULL, id);
    assert_reason(pjwt_open(t.config, t.s->store, &t.scene, id, t.opened, t.file, &t.report),
                  OK);
    assert_string_equal(t.file, "");
    assert_non_null(strstr(t.report.why.text, "no login ticket: what the token said"));
    assert_int_equal(trial_count(&t, "SELECT count(*) FROM tickets"), 0);
}

static void
claims_that_are_damaged_make_none(void **state)
{
    TRIAL struct trial t;
    char id[PJWT_HANDOFF_SIZE];

    trial_start(&t, state, WANTED);
    trial_accept(&t, &trial_by_token, "{\"auth_time\":-1}", id);
    assert_reason(pjwt_open(t.config, t.s->store, &t.scene, id, t.opened, t.file, &t.report),
                  OK);
    assert_string_equal(t.file, "");
    assert_non_null(strstr(t.report.why.text, "no login ticket: auth_time"));
}

/* The session goes on, and the log says why there is none. */
static void
what_the_store_does_not_take_is_told(void **state)
{
    TRIAL struct trial t;

    trial_start(&t, state, WANTED);
    scratch_sql(t.s, "ALTER TABLE tickets RENAME COLUMN note TO other");
    assert_reason(trial_open(&t, &trial_by_token), OK);
    assert_string_equal(t.file, "");
    assert_string_equal(t.report.why.text,
                        "no login ticket: the session file is damaged or not ours");
    assert_string_not_equal(t.opened, "");
}

static void
it_is_never_renewable(void **state)
{
    TRIAL struct trial t;
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_ticket row = {
        .services = "sudo", .created = NOW, .expires = NOW + 60, .renewable_until = NOW + 600};

    trial_start(&t, state, WANTED);
    assert_reason(pjwt_ticket_for_login(t.s->store, &row, "0123456789A", &trial_by_token, &text,
                                        &t.report),
                  OK);
    assert_int_equal(row.renewable_until, 0);
    assert_int_equal(trial_ticket(&t).renewable_until, 0);
}

static void
services_that_do_not_fit_make_none(void **state)
{
    static const char name[] =
        ",a-service-whose-name-has-exactly-sixty-characters-in-it-0000000";
    TRIAL struct trial t;
    char text[1600] = "login_ticket = 8h\nlogin_ticket_for = sudo";

    for (int i = 0; i < 17; i++) {
        scratch_add_text(text, sizeof(text), name);
        text[strlen(text) - 1] = (char)('a' + i);
    }
    scratch_add_text(text, sizeof(text), "\n");
    trial_start(&t, state, text);
    assert_reason(trial_open(&t, &trial_by_token), OK);
    assert_string_equal(t.file, "");
    assert_string_equal(t.report.why.text,
                        "no login ticket: login_ticket_for is too long for a ticket");
}

/* Everything that differs in one thing from a login that gets one. */
static void
others_get_none(void **state)
{
    static const struct {
        const char *config, *user, *ruser, *ticket;
    } rows[] = {{"", "alice", "", ""},
                {"login_ticket = 0s\nlogin_ticket_for = sudo\n", "alice", "", ""},
                {WANTED, "root", "alice", ""},
                {WANTED, "alice", "", "ALQKKM6NQU1H"}};

    for (size_t i = 0; i < PJWT_COUNT(rows); i++) {
        TRIAL struct trial t;
        struct pjwt_grant grant = trial_by_token;

        trial_start(&t, state, rows[i].config);
        t.scene.user = rows[i].user;
        t.scene.ruser = rows[i].ruser;
        scratch_set_text(grant.ticket, sizeof(grant.ticket), rows[i].ticket);
        if (rows[i].ticket[0] != '\0') {
            scratch_sql(t.s, "INSERT INTO tickets (id,hash,user,services,created,expires)"
                             " VALUES ('ALQKKM6NQU1H',zeroblob(32),'alice','sshd',1,9)");
        }
        assert_reason(trial_open(&t, &grant), OK);
        assert_string_equal(t.file, "");
        assert_string_equal(t.report.why.text, ""); /* nobody misses it */
        assert_int_equal(access(scratch_path(t.s, "run/t"), F_OK), -1);
    }
}

static void
what_did_not_pass_through_us_gets_none(void **state)
{
    TRIAL struct trial t;

    trial_start(&t, state, WANTED);
    assert_reason(pjwt_open(t.config, t.s->store, &t.scene, "", t.opened, t.file, &t.report),
                  NOT_OURS);
    assert_string_not_equal(t.opened, "");
    assert_string_equal(t.file, "");
    assert_null(strstr(t.report.why.text, "login ticket"));
}

static void
the_revoked_get_none(void **state)
{
    TRIAL struct trial t;
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_ticket row = {.services = "sudo", .created = NOW, .expires = NOW + 60};

    trial_start(&t, state, WANTED);
    scratch_sql(t.s, "INSERT INTO revocations (kind,iss,value,before,created,expires)"
                     " VALUES ('jti','" IDP "','j-1',0,1,0)");
    assert_reason(pjwt_ticket_for_login(t.s->store, &row, "0123456789A", &trial_by_token, &text,
                                        &t.report),
                  JTI_REVOKED);
    assert_null(text);
    assert_reason(trial_open(&t, &trial_by_token), JTI_REVOKED);
    assert_string_equal(t.file, "");
    assert_int_equal(trial_count(&t, "SELECT (SELECT count(*) FROM tickets) +"
                                     " (SELECT count(*) FROM logins)"),
                     0);
}

/* Between the session's own look and the ticket's making. */
static void
a_revocation_in_between_ends_the_login(void **state)
{
    TRIAL struct trial t;
    struct pjwt_login_row row = {
        .ours = 1, .user = "alice", .target = "alice", .grant = trial_by_token};

    trial_start(&t, state, WANTED);
    scratch_set_text(row.id, sizeof(row.id), "0123456789A");
    assert_reason(
        pjwt_login_ticket_make(t.config, t.s->store, &t.scene, &row, CLAIMS, t.file, &t.report),
        OK);
    assert_string_not_equal(t.file, "");
    scratch_sql(t.s, "INSERT INTO revocations (kind,iss,value,before,created,expires)"
                     " VALUES ('jti','" IDP "','j-1',0,1,0)");
    assert_reason(
        pjwt_login_ticket_make(t.config, t.s->store, &t.scene, &row, CLAIMS, t.file, &t.report),
        JTI_REVOKED);
    assert_string_equal(t.file, "");
}

/* A session file of the version before: logins go on as they did. */
static void
an_earlier_file_has_none(void **state)
{
    TRIAL struct trial t;
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_ticket row = {.services = "sudo", .created = NOW, .expires = NOW + 60};

    trial_start(&t, state, WANTED);
    scratch_sql(t.s, "DROP INDEX tickets_login; ALTER TABLE tickets DROP COLUMN login;"
                     "ALTER TABLE handoffs DROP COLUMN claims; PRAGMA user_version=4");
    scratch_reopen(t.s);
    assert_reason(trial_open(&t, &trial_by_token), OK);
    assert_string_equal(t.file, "");
    assert_string_equal(t.report.why.text,
                        "no login ticket: what the token said was not kept: the session file "
                        "may need `pamjwt init`");
    assert_reason(pjwt_close(t.config, t.s->store, &t.scene, t.opened, &t.report), OK);
    assert_reason(pjwt_ticket_for_login(t.s->store, &row, "0123456789A", &trial_by_token, &text,
                                        &t.report),
                  NOT_FOUND);
    /* Tickets that others made are asked for no login. */
    assert_reason(pjwt_login_ticket_check(t.s->store, &t.scene, "ALQKKM6NQU1H", &t.report), OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TRIAL_TEST(what_the_token_said_comes_with_it),
        TRIAL_TEST(without_them_there_is_none),
        TRIAL_TEST(claims_that_are_damaged_make_none),
        TRIAL_TEST(what_the_store_does_not_take_is_told),
        TRIAL_TEST(it_is_never_renewable),
        TRIAL_TEST(services_that_do_not_fit_make_none),
        TRIAL_TEST(others_get_none),
        TRIAL_TEST(what_did_not_pass_through_us_gets_none),
        TRIAL_TEST(the_revoked_get_none),
        TRIAL_TEST(a_revocation_in_between_ends_the_login),
        TRIAL_TEST(an_earlier_file_has_none),
    };

    return cmocka_run_group_tests_name("login_ticket", tests, NULL, NULL);
}
