/* Which login gets a ticket of its own, and for how long is that one good? */
#include "lib/login_ticket.h"

#include "tests/unit/support/config_files.h"

#include "lib/store/admit.h"
#include "lib/store/db.h"
#include "lib/store/revocations.h"
#include "lib/store/tickets.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define NOW    1767225600
#define CLAIMS "{\"groups\":[\"admins\"]}"
#define IDP    "https://idp"

static const struct pjwt_asker monitor = {.pid = 100, .parent = 1, .started = 7};
static const struct pjwt_clock at_now = {.now = NOW, .up = 10, .boot = "boot"};
static const struct pjwt_grant by_token = {.user = "alice",
                                           .service = "sshd",
                                           .iss = IDP,
                                           .sub = "alice",
                                           .jti = "j-1",
                                           .iat = NOW - 60,
                                           .issued = NOW - 60,
                                           .expires = NOW + 600};

/* The user may write where we may. */
static bool
find(void *context, const char *name, uid_t *uid)
{
    (void)context;
    *uid = geteuid();
    return strcmp(name, "alice") == 0 || strcmp(name, "root") == 0;
}

static bool
lives(void *context, int64_t pid, int64_t started)
{
    return *(const bool *)context && pid == monitor.pid && started == (int64_t)monitor.started;
}

/* One login as it is seen from the judge. */
struct trial {
    struct scratch *s;
    struct pjwt_config *config; /* owned */
    bool alive;
    struct pjwt_living living;
    struct pjwt_users users;
    struct pjwt_scene scene;
    struct pjwt_report report;
    char opened[PJWT_HANDOFF_SIZE];
    char file[PJWT_TICKET_FILE_MAX];
};

static void
start(struct trial *t, void **state, const char *login_ticket)
{
    char text[512];

    *t = (struct trial){.s = *state, .alive = true};
    (void)snprintf(text, sizeof(text), "[service sshd]\n%s[paths]\nrun = %s\n", login_ticket,
                   scratch_path(t->s, "run"));
    t->config = config_load_good(t->s, text);
    t->living = (struct pjwt_living){.lives = lives, .context = &t->alive};
    t->users = (struct pjwt_users){.find = find};
    t->scene = (struct pjwt_scene){.now = NOW,
                                   .users = &t->users,
                                   .user = "alice",
                                   .ruser = "",
                                   .service = "sshd",
                                   .rhost = "192.0.2.7",
                                   .tty = "",
                                   .boot = "boot",
                                   .living = &t->living,
                                   .asker = &monitor};
}

#define WANTED "login_ticket = 8h\nlogin_ticket_for = sudo, sudo-i\n"
#define TRIAL  __attribute__((cleanup(end)))

static void
end(struct trial *t)
{
    pjwt_drop_config(&t->config);
}

static pjwt_verdict
open_by(struct trial *t, const struct pjwt_grant *grant)
{
    char id[PJWT_HANDOFF_SIZE] = "";

    assert_reason(pjwt_admit(t->s->store, grant, CLAIMS, &monitor, &at_now, id), OK);
    return pjwt_open(t->config, t->s->store, &t->scene, id, t->opened, t->file, &t->report);
}

/* The one ticket there is. */
static bool
keep_id(void *context, const struct pjwt_ticket *row)
{
    *(struct pjwt_ticket *)context = *row;
    return true;
}

static struct pjwt_ticket
only_ticket(struct trial *t)
{
    struct pjwt_ticket row = {.id = ""};

    assert_reason(pjwt_ticket_list(t->s->store, NULL, keep_id, &row), OK);
    return row;
}

static struct pjwt_secret *
read_file(const char *path)
{
    char text[128] = "";
    FILE *file = fopen(path, "re");
    size_t len = 0;

    assert_non_null(file);
    len = fread(text, 1, sizeof(text), file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(text[len - 1], '\n');
    return pjwt_secret_copy(text, len - 1);
}

static pjwt_verdict
check(struct trial *t)
{
    return pjwt_login_ticket_check(t->s->store, &t->scene, only_ticket(t).id, &t->report);
}

static void
it_is_in_the_users_file(void **state)
{
    TRIAL struct trial t;
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_ticket row = {.id = ""};
    struct pjwt_grant grant = {.user = ""};
    struct stat st;

    start(&t, state, WANTED);
    assert_reason(open_by(&t, &by_token), OK);
    assert_int_equal(stat(t.file, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0400);
    assert_int_equal(scratch_mode(t.s, "run/t"), 0711);
    text = read_file(t.file);
    row = only_ticket(&t);
    assert_string_equal(row.services, "sudo,sudo-i");
    assert_int_equal(row.expires, NOW + 8 * 3600);
    assert_int_equal(row.renewable_until, 0);
    assert_string_equal(row.jti, "j-1");
    assert_reason(
        pjwt_ticket_check(t.s->store, text, "sudo", "", NOW + 3600, &grant, &t.report), OK);
    assert_string_equal(grant.user, "alice");
    assert_string_equal(grant.sub, "alice");
    assert_reason(check(&t), OK);
}

static void
claims_come_with_it(void **state)
{
    TRIAL struct trial t;
    int64_t kept = 0;

    start(&t, state, WANTED);
    assert_reason(open_by(&t, &by_token), OK);
    assert_reason(pjwt_db_number(t.s->store,
                                 "SELECT count(*) FROM tickets WHERE claims='" CLAIMS "'",
                                 &kept),
                  OK);
    assert_int_equal(kept, 1);
}

static void
it_is_good_while_the_login_lives(void **state)
{
    TRIAL struct trial t;

    start(&t, state, WANTED);
    assert_reason(open_by(&t, &by_token), OK);
    assert_reason(check(&t), OK);
    t.alive = false;
    assert_reason(check(&t), TICKET_LOGIN);
    t.alive = true;
    t.scene.boot = "another boot";
    assert_reason(check(&t), TICKET_LOGIN);
    t.scene.boot = "boot";
    t.scene.living = NULL; /* whoever cannot tell does not admit */
    assert_reason(check(&t), INTERNAL);
    t.scene.living = &t.living;
    assert_reason(check(&t), OK);
}

static void
logging_out_ends_it(void **state)
{
    TRIAL struct trial t;

    start(&t, state, WANTED);
    assert_reason(open_by(&t, &by_token), OK);
    t.scene.now = NOW + 5;
    assert_reason(pjwt_close(t.config, t.s->store, &t.scene, t.opened, &t.report), OK);
    assert_int_equal(access(t.file, F_OK), -1);
    assert_int_equal(only_ticket(&t).expires, NOW + 5);
    assert_reason(check(&t), TICKET_LOGIN);
}

static void
a_stranger_does_not_end_it(void **state)
{
    static const struct pjwt_asker stranger = {.pid = 101, .parent = 1, .started = 7};
    TRIAL struct trial t;

    start(&t, state, WANTED);
    assert_reason(open_by(&t, &by_token), OK);
    t.scene.asker = &stranger;
    assert_reason(pjwt_close(t.config, t.s->store, &t.scene, t.opened, &t.report), NOT_FOUND);
    assert_int_equal(access(t.file, F_OK), 0);
    assert_reason(check(&t), OK);
}

/* Files of logins that ended without a word, and what is no file of ours. */
static void
the_next_login_sweeps(void **state)
{
    TRIAL struct trial t;
    char first[PJWT_TICKET_FILE_MAX];

    start(&t, state, WANTED);
    assert_reason(open_by(&t, &by_token), OK);
    (void)strcpy(first, t.file);
    assert_reason(open_by(&t, &by_token), OK);
    assert_int_equal(access(first, F_OK), 0); /* both are open */
    scratch_write(t.s, "run/t/README", "kept", 0600);
    scratch_write(t.s, "run/t/0123456789A", "no such login", 0600);
    pjwt_login_ticket_sweep(t.config, t.s->store, &t.living, "boot", 100);
    assert_int_equal(access(first, F_OK), 0);
    assert_int_equal(access(scratch_path(t.s, "run/t/README"), F_OK), 0);
    assert_int_equal(access(scratch_path(t.s, "run/t/0123456789A"), F_OK), -1);
    t.alive = false;
    assert_reason(open_by(&t, &by_token), OK);
    assert_int_equal(access(first, F_OK), -1);
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
        struct pjwt_grant grant = by_token;

        start(&t, state, rows[i].config);
        t.scene.user = rows[i].user;
        t.scene.ruser = rows[i].ruser;
        (void)strcpy(grant.ticket, rows[i].ticket);
        if (rows[i].ticket[0] != '\0') {
            scratch_sql(t.s, "INSERT INTO tickets (id,hash,user,services,created,expires)"
                             " VALUES ('ALQKKM6NQU1H',zeroblob(32),'alice','sshd',1,9)");
        }
        assert_reason(open_by(&t, &grant), OK);
        assert_string_equal(t.file, "");
        assert_int_equal(access(scratch_path(t.s, "run/t"), F_OK), -1);
    }
}

/* The session goes on without one, and the log says why. */
static void
what_cannot_be_made_is_told(void **state)
{
    TRIAL struct trial t;

    start(&t, state, WANTED);
    scratch_mkdir(t.s, "run", 0711);
    scratch_mkdir(t.s, "run/t", 0777);
    assert_reason(open_by(&t, &by_token), OK);
    assert_string_equal(t.file, "");
    assert_non_null(strstr(t.report.why.text, "no login ticket: "));
    assert_non_null(strstr(t.report.why.text, "run/t"));
    assert_int_not_equal(t.opened[0], '\0');
}

static void
the_revoked_get_none(void **state)
{
    TRIAL struct trial t;
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_ticket row = {.services = "sudo", .created = NOW, .expires = NOW + 60};
    int64_t left = 0;

    start(&t, state, WANTED);
    scratch_sql(t.s, "INSERT INTO revocations (kind,iss,value,before,created,expires)"
                     " VALUES ('jti','" IDP "','j-1',0,1,0)");
    assert_reason(
        pjwt_ticket_for_login(t.s->store, &row, "0123456789A", &by_token, &text, &t.report),
        JTI_REVOKED);
    assert_null(text);
    assert_reason(open_by(&t, &by_token), JTI_REVOKED);
    assert_string_equal(t.file, "");
    assert_reason(pjwt_db_number(t.s->store,
                                 "SELECT (SELECT count(*) FROM tickets) +"
                                 " (SELECT count(*) FROM logins)",
                                 &left),
                  OK);
    assert_int_equal(left, 0);
}

/* A session file of the version before: logins go on as they did. */
static void
an_earlier_file_has_none(void **state)
{
    TRIAL struct trial t;

    start(&t, state, WANTED);
    scratch_sql(t.s, "DROP INDEX tickets_login; ALTER TABLE tickets DROP COLUMN login;"
                     "ALTER TABLE handoffs DROP COLUMN claims; PRAGMA user_version=4");
    scratch_reopen(t.s);
    assert_reason(open_by(&t, &by_token), OK);
    assert_string_equal(t.file, "");
    assert_string_equal(t.report.why.text,
                        "no login ticket: the session file needs `pamjwt init`");
    assert_reason(pjwt_close(t.config, t.s->store, &t.scene, t.opened, &t.report), OK);
}

#define TEST(function) \
    cmocka_unit_test_setup_teardown(function, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_is_in_the_users_file),
        TEST(claims_come_with_it),
        TEST(it_is_good_while_the_login_lives),
        TEST(logging_out_ends_it),
        TEST(a_stranger_does_not_end_it),
        TEST(the_next_login_sweeps),
        TEST(others_get_none),
        TEST(what_cannot_be_made_is_told),
        TEST(the_revoked_get_none),
        TEST(an_earlier_file_has_none),
    };

    return cmocka_run_group_tests_name("login_ticket", tests, NULL, NULL);
}
