/* Is a session file of an earlier version refused by a login, brought forward by init, and
 * whole after it? */
#include "tests/unit/support/scratch.h"

#include "lib/store/db.h"
#include "lib/store/revocations.h"
#include "lib/store/tickets.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define VERSION_1 "tests/vectors/store_version_1.sql"
#define TICKET    "pjt1_ALQKKM6NQU1H_gkCAXwsp3Md7CT2zUd412WD1wZqCIIPTCuU0dScqhf54J13YJ"
#define NOW       1795400000

static struct pjwt_why why;

static char *
read_whole(const char *path)
{
    FILE *file = fopen(path, "re");
    char *text = calloc(1, 65536);

    assert_non_null(text);
    if (file == NULL) {
        fail_msg("%s cannot be read: run from the top directory", path);
        return text;
    }
    assert_true(fread(text, 1, 65535, file) > 1000);
    assert_int_equal(fclose(file), 0);
    return text;
}

/* An old file in the place of the new one. */
static int
setup(void **state)
{
    PJWT_AUTO(text) char *sql = read_whole(VERSION_1);
    struct scratch *s = NULL;
    sqlite3 *db = NULL;

    if (scratch_store_setup(state) != 0) {
        return -1;
    }
    s = *state;
    pjwt_drop_store(&s->store);
    assert_int_equal(unlink(scratch_path(s, "state/sessions.db")), 0);
    assert_int_equal(unlink(scratch_path(s, "state/sessions.guard")), 0);
    (void)unlink(scratch_path(s, "state/sessions.db-wal"));
    (void)unlink(scratch_path(s, "state/sessions.db-shm"));
    scratch_write(s, "state/sessions.db", "", 0600);
    assert_int_equal(sqlite3_open(scratch_path(s, "state/sessions.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return 0;
}

static pjwt_verdict
try_open(struct scratch *s)
{
    return pjwt_store_open(scratch_path(s, "state"), &s->store, &why);
}

static void
test_a_login_does_not_migrate(void **state)
{
    struct scratch *s = *state;
    char words[64];

    (void)snprintf(words, sizeof(words), "schema version 1, not %d: run `pamjwt init`",
                   PJWT_SCHEMA_VERSION);
    assert_reason(try_open(s), STORE_SCHEMA);
    assert_string_equal(why.text, words);
    assert_reason(try_open(s), STORE_SCHEMA); /* and looking changed nothing */
}

static void
bring_forward(struct scratch *s)
{
    bool made = true;

    assert_reason(pjwt_store_init(scratch_path(s, "state"), &made, &why), OK);
    assert_false(made);
    assert_reason(try_open(s), OK);
}

static void
test_rows_are_kept(void **state)
{
    struct scratch *s = *state;
    struct pjwt_store_counts counts = {0};
    struct pjwt_ticket row = {.id = ""};
    int64_t handoffs = 0;

    bring_forward(s);
    assert_reason(pjwt_store_count(s->store, &counts), OK);
    assert_int_equal(counts.tickets, 1);
    assert_int_equal(counts.revocations, 1);
    assert_int_equal(counts.blocks, 1);
    assert_reason(pjwt_db_number(s->store, "SELECT count(*) FROM handoffs", &handoffs), OK);
    assert_int_equal(handoffs, 1);
    assert_reason(pjwt_ticket_get(s->store, "ALQKKM6NQU1H", &row), OK);
    assert_string_equal(row.user, "alice");
    assert_string_equal(row.note, "kept");
    assert_int_equal(row.created, 1795333058);
    assert_int_equal(row.one_time, 0);
    assert_int_equal(row.spent_at, 0);
}

static void
test_old_rows_still_decide(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(secret) struct pjwt_secret *ticket = pjwt_secret_copy(TICKET, strlen(TICKET));
    struct pjwt_grant grant = {.user = ""};
    const struct pjwt_grant revoked = {
        .user = "alice", .iss = "https://idp.example.com", .jti = "j-1"};
    const struct pjwt_grant blocked = {.user = "bob"};
    struct pjwt_report report = {0};

    bring_forward(s);
    assert_reason(pjwt_ticket_check(s->store, ticket, "sshd", "", NOW, &grant, &report), OK);
    assert_string_equal(grant.user, "alice");
    assert_reason(pjwt_revocation_check(s->store, &revoked, NOW, &report), JTI_REVOKED);
    assert_reason(pjwt_revocation_check(s->store, &blocked, NOW, &report), USER_BLOCKED);
}

/* What was brought forward is what a new file is. */
static void
test_the_same_tables(void **state)
{
    static const char sql[] =
        "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'";
    struct scratch *s = *state;
    int64_t brought = 0;
    int64_t made = 0;
    bool fresh = false;

    bring_forward(s);
    assert_reason(pjwt_db_number(s->store, sql, &brought), OK);
    pjwt_drop_store(&s->store);
    assert_reason(pjwt_store_init(scratch_path(s, "new"), &fresh, &why), OK);
    assert_true(fresh);
    assert_reason(pjwt_store_open(scratch_path(s, "new"), &s->store, &why), OK);
    assert_reason(pjwt_db_number(s->store, sql, &made), OK);
    assert_int_equal(brought, made);
    assert_true(made > 0);
}

/* A step that cannot be taken is taken back, and the old file is as it was. */
static void
test_all_or_nothing(void **state)
{
    struct scratch *s = *state;
    sqlite3 *db = NULL;
    bool made = false;

    assert_int_equal(sqlite3_open(scratch_path(s, "state/sessions.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE clock (x)", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_reason(pjwt_store_init(scratch_path(s, "state"), &made, &why), STORE_DAMAGED);
    assert_reason(try_open(s), STORE_SCHEMA);
    assert_int_equal(sqlite3_open(scratch_path(s, "state/sessions.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "SELECT 1 FROM replay", NULL, NULL, NULL), SQLITE_ERROR);
    assert_int_equal(sqlite3_exec(db, "DROP TABLE clock", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    bring_forward(s);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_login_does_not_migrate), CASE(test_rows_are_kept),
        CASE(test_old_rows_still_decide),    CASE(test_the_same_tables),
        CASE(test_all_or_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
