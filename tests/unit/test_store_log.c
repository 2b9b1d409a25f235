/* Does the session file's log stay short? Each cold judge reads all of it. */
#include "tests/unit/support/scratch.h"

#include "lib/store/db.h"
#include "lib/store/handoff.h"
#include "lib/store/log.h"

#include <sys/stat.h>

#define NOW     1767225600
#define LOGINS  300
#define LOG_MAX (128L * 4120) /* bytes: twice the pages that a commit carries over */

static off_t
log_size(struct scratch *s)
{
    struct stat st = {0};

    assert_int_equal(stat(scratch_path(s, "state/sessions.db-wal"), &st), 0);
    return st.st_size;
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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_log_stays_short, scratch_store_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(test_log_left_and_carried, scratch_store_setup,
                                        scratch_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
