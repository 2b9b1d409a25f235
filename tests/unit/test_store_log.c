/* Does the session file's log stay short? Each cold judge reads all of it. */
#include "tests/unit/support/scratch.h"

#include "lib/store/db.h"
#include "lib/store/handoff.h"
#include "lib/store/log.h"
#include "lib/store/vfs.h"

#include <stdio.h>
#include <sys/stat.h>

#define NOW     1767225600
#define LOGINS  300
#define LOG_MAX (128L * 4120) /* bytes: twice the pages that a commit carries over */

static off_t
file_size(struct scratch *s)
{
    struct stat st = {0};

    assert_int_equal(stat(scratch_path(s, "state/sessions.db-wal"), &st), 0);
    return st.st_size;
}

/* 0 for one that is empty, however long the file. */
static off_t
log_size(struct scratch *s)
{
    return pjwt_vfs_log_is_empty(scratch_path(s, "state/sessions.db-wal")) ? 0 : file_size(s);
}

/* As judges do: open, write one row, close. The control: the log is used, and is not short
 * because nothing was written. */
static void
test_log_stays_short(void **state)
{
    struct scratch *s = *state;
    const struct pjwt_asker asker = {
        .pid = 200, .started = 7000, .parent = 100, .parent_started = 6000};
    const struct pjwt_grant grant = {.user = "alice", .service = "sshd", .expires = NOW + 60};
    char id[PJWT_HANDOFF_SIZE];
    off_t most = 0;

    for (int i = 0; i < LOGINS; i++) {
        assert_reason(pjwt_handoff_put(s->store, &grant, &asker, NOW, id), OK);
        most = log_size(s) > most ? log_size(s) : most;
        scratch_reopen(s);
    }
    assert_in_range(most, 8192, LOG_MAX);
}

/* A hundred pages in one commit. */
static void
write_much(struct scratch *s)
{
    scratch_sql(s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<5000)"
                   " INSERT OR REPLACE INTO replay (iss,jti,expires,spent)"
                   " SELECT 'i',printf('%0100d',i),1,1 FROM n");
}

/* Who writes much puts it in its place outside the line: then the next writer begins the log
 * anew, in the same blocks, and has nothing to carry over. */
static void
test_log_left_and_carried(void **state)
{
    struct scratch *s = *state;
    off_t size = 0;

    write_much(s);
    assert_int_equal(log_size(s), 0); /* control: else the commit itself empties it */
    pjwt_log_leave(s->store->db);
    write_much(s);
    size = log_size(s);
    assert_true(size > LOG_MAX);
    write_much(s);
    assert_true(log_size(s) > size); /* behind the first one, which is not carried over */
    size = log_size(s);
    pjwt_log_carry_over(s->store->db, &s->store->patience);
    assert_int_equal(log_size(s), size);
    write_much(s);
    assert_int_equal(log_size(s), size); /* written over */
    pjwt_log_settle(s->store->db, &s->store->patience);
    assert_int_equal(log_size(s), 0);
    write_much(s);
    assert_int_equal(log_size(s), 0); /* as before */
}

static int64_t
count_rows(struct scratch *s)
{
    int64_t rows = -1;

    assert_reason(pjwt_db_number(s->store, "SELECT count(*) FROM replay", &rows), OK);
    return rows;
}

static void
write_one(struct scratch *s, int i)
{
    char sql[128];

    (void)snprintf(sql, sizeof(sql),
                   "INSERT INTO replay (iss,jti,expires,spent) VALUES ('i','%d',1,1)", i);
    scratch_sql(s, sql);
}

/* An emptied log keeps its blocks, and what stands in them says nothing any more: whoever opens
 * it finds each commit once, those from before and those that were written over them. */
static void
test_log_emptied_in_place(void **state)
{
    struct scratch *s = *state;
    off_t kept = 0;
    int rows = 0;

    for (int emptied = 0; emptied < 3; rows++) {
        write_one(s, rows);
        if (log_size(s) > 0) {
            continue;
        }
        emptied++;
        assert_int_equal(count_rows(s), rows + 1);
        scratch_reopen(s);
        assert_int_equal(count_rows(s), rows + 1);
        assert_in_range(file_size(s), 32L * 4120, LOG_MAX);
        assert_true(emptied == 1 || file_size(s) == kept); /* the same blocks */
        kept = file_size(s);
    }
    write_one(s, rows++);
    assert_int_equal(file_size(s), kept);
    scratch_reopen(s);
    assert_int_equal(count_rows(s), rows);
}

/* What one large commit took is given back. */
static void
test_long_log_is_cut(void **state)
{
    struct scratch *s = *state;

    scratch_sql(s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<20000)"
                   " INSERT INTO replay (iss,jti,expires,spent)"
                   " SELECT 'i',printf('%0100d',i),1,1 FROM n");
    assert_int_equal(file_size(s), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_log_stays_short, scratch_store_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(test_log_left_and_carried, scratch_store_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(test_log_emptied_in_place, scratch_store_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(test_long_log_is_cut, scratch_store_setup,
                                        scratch_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
