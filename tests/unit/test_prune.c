/* Is what ended long ago forgotten, and nothing else, whatever the clock says? */
#include "tests/unit/support/scratch.h"

#include "lib/store/audit.h"
#include "lib/store/change.h"
#include "lib/store/db.h"
#include "lib/store/logins.h"
#include "lib/store/prune_walk.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NOW 1767225600
#define UP  5000
#define OLD (NOW - PJWT_PRUNE_KEEP) /* the last second that goes */

static const struct pjwt_clock noon = {.now = NOW, .up = UP, .boot = "a"};

static int64_t
count(struct scratch *s, const char *sql)
{
    int64_t number = -1;

    assert_reason(pjwt_db_number(s->store, sql, &number), OK);
    return number;
}

static void
add_ticket(struct scratch *s, const char *id, int64_t expires, int64_t renewable)
{
    char sql[512];

    (void)snprintf(sql, sizeof(sql),
                   "INSERT INTO tickets (id,hash,user,services,created,expires,renewable_until)"
                   " VALUES ('%s',zeroblob(32),'alice','sshd',%" PRId64 ",%" PRId64 ",%" PRId64
                   ")",
                   id, (int64_t)OLD - 86400, expires, renewable);
    scratch_sql(s, sql);
}

/* Rows 'PREFIX-1' to 'PREFIX-n' of spent tokens. */
static void
add_spent(struct scratch *s, int n, int64_t expires)
{
    char sql[512];

    (void)snprintf(sql, sizeof(sql),
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<%d)"
                   " INSERT INTO replay (iss,jti,expires,spent)"
                   " SELECT 'i',%" PRId64 "||'-'||i,%" PRId64 ",1 FROM n",
                   n, expires, expires);
    scratch_sql(s, sql);
}

static void
begin_at(struct scratch *s, const struct pjwt_clock *clock, struct pjwt_prune *prune)
{
    struct pjwt_why why = {""};

    assert_reason(pjwt_prune_begin(s->store, clock, prune, &why), OK);
}

/* To the end; the number of steps. */
static int
finish(struct scratch *s, struct pjwt_prune *prune, size_t at_most)
{
    bool more = true;
    int steps = 0;

    while (more) {
        long before = pjwt_prune_gone(prune);

        assert_reason(pjwt_prune_step(s->store, prune, at_most, &more), OK);
        assert_true(pjwt_prune_gone(prune) - before <= (long)at_most);
        steps++;
    }
    return steps;
}

static struct pjwt_prune
prune_at(struct scratch *s, const struct pjwt_clock *clock)
{
    struct pjwt_prune prune = {0};

    begin_at(s, clock, &prune);
    (void)finish(s, &prune, PJWT_PRUNE_BATCH);
    return prune;
}

static void
test_nothing(void **state)
{
    struct pjwt_prune prune = prune_at(*state, &noon);

    assert_int_equal(pjwt_prune_gone(&prune), 0);
    assert_int_equal(prune.by, NOW);
}

/* To the second; and as long as it could have been renewed it counts as alive. */
static void
test_tickets(void **state)
{
    struct scratch *s = *state;
    struct pjwt_prune prune = {0};

    add_ticket(s, "gone00000000", OLD, 0);
    add_ticket(s, "gone-renewed", OLD - 3600, OLD);
    add_ticket(s, "kept00000000", OLD + 1, 0);
    add_ticket(s, "kept-renewed", OLD - 3600, OLD + 1);
    prune = prune_at(s, &noon);
    assert_int_equal(prune.gone[PJWT_PRUNE_TICKETS], 2);
    assert_int_equal(pjwt_prune_gone(&prune), 2);
    assert_int_equal(count(s, "SELECT count(*) FROM tickets WHERE id LIKE 'kept%'"), 2);
    assert_int_equal(count(s, "SELECT count(*) FROM tickets"), 2);
}

/* Its row says whose login it is: without it no revocation would find that any more. */
static void
test_ticket_of_an_open_login(void **state)
{
    bool had = false;
    struct scratch *s = *state;
    struct pjwt_login_row row = {
        .ours = 1, .user = "alice", .target = "alice", .pid = 1, .opened = NOW - 9000000};
    struct pjwt_prune prune = {0};

    add_ticket(s, "rests0000000", OLD, 0);
    add_ticket(s, "gone00000000", OLD, 0);
    scratch_set_text(row.grant.service, sizeof(row.grant.service), "sshd");
    scratch_set_text(row.grant.ticket, sizeof(row.grant.ticket), "rests0000000");
    assert_reason(pjwt_login_add(s->store, &row), OK);
    prune = prune_at(s, &noon);
    assert_int_equal(prune.gone[PJWT_PRUNE_TICKETS], 1);
    assert_int_equal(count(s, "SELECT count(*) FROM tickets WHERE id='rests0000000'"), 1);
    assert_reason(pjwt_login_remove(s->store, row.id, NULL, NOW, &had), OK);
    prune = prune_at(s, &noon);
    assert_int_equal(prune.gone[PJWT_PRUNE_TICKETS], 1);
}

static void
add_revocation(struct scratch *s, const char *kind, const char *iss, const char *value,
               int64_t expires)
{
    char sql[512];

    (void)snprintf(sql, sizeof(sql),
                   "INSERT INTO revocations (kind,iss,value,created,expires)"
                   " VALUES ('%s','%s','%s',1,%" PRId64 ")",
                   kind, iss, value, expires);
    scratch_sql(s, sql);
}

static void
test_revocations(void **state)
{
    static const char *const row[][3] = {{"jti", "i", "1"},
                                         {"user", "", "alice"},
                                         {"subject", "i", "s"},
                                         {"issuer", "i", ""},
                                         {"key", "i", "k"}};
    struct scratch *s = *state;
    struct pjwt_prune prune = {0};

    for (int64_t expires = OLD; expires <= OLD + 1; expires++) {
        for (size_t i = 0; i < PJWT_COUNT(row); i++) {
            add_revocation(s, row[i][0], row[i][1], row[i][2], expires);
        }
        add_revocation(s, "jti", "i", "without an end", 0);
        prune = prune_at(s, &noon);
        assert_int_equal(prune.gone[PJWT_PRUNE_REVOCATIONS],
                         expires == OLD ? PJWT_COUNT(row) : 0);
        assert_int_equal(count(s, "SELECT count(*) FROM revocations WHERE expires=0"), 1);
        scratch_sql(s, "DELETE FROM revocations WHERE expires=0");
    }
    assert_int_equal(count(s, "SELECT count(*) FROM revocations"), PJWT_COUNT(row));
}

static void
test_blocks(void **state)
{
    struct scratch *s = *state;
    struct pjwt_prune prune = {0};
    char sql[256];

    (void)snprintf(sql, sizeof(sql),
                   "INSERT INTO blocks (user,created,until)"
                   " VALUES ('a',1,0),('b',1,%d),('c',1,%d),('d',1,%d)",
                   OLD, OLD + 1, OLD - 1);
    scratch_sql(s, sql);
    prune = prune_at(s, &noon);
    assert_int_equal(prune.gone[PJWT_PRUNE_BLOCKS], 2);
    assert_int_equal(count(s, "SELECT count(*) FROM blocks WHERE user IN ('a','c')"), 2);
}

/* By the rule of replay.h, which a login follows as well. */
static void
test_spent(void **state)
{
    struct scratch *s = *state;
    struct pjwt_prune prune = {0};

    add_spent(s, 700, NOW - 240);
    add_spent(s, 1, NOW - 239);
    prune = prune_at(s, &noon);
    assert_int_equal(prune.gone[PJWT_PRUNE_SPENT], 700);
    assert_int_equal(count(s, "SELECT count(*) FROM replay"), 1);
    assert_int_equal(count(s, "SELECT forgotten FROM clock"), NOW - 240);
}

static void
test_handoffs(void **state)
{
    struct scratch *s = *state;
    struct pjwt_prune prune = {0};
    char sql[512];

    (void)snprintf(sql, sizeof(sql),
                   "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i<9)"
                   " INSERT INTO handoffs (hash,until,user,service)"
                   " SELECT CAST(printf('%%032d',i) AS BLOB),%d+i,'alice','sshd' FROM n",
                   NOW - 4);
    scratch_sql(s, sql);
    prune = prune_at(s, &noon);
    assert_int_equal(prune.gone[PJWT_PRUNE_HANDOFFS], 5);
    assert_int_equal(count(s, "SELECT count(*) FROM handoffs"), 5);
}

/* One of each that a clock a year ahead would end. */
static void
fill(struct scratch *s)
{
    add_ticket(s, "ended-later0", NOW + 7200, 0);
    add_revocation(s, "jti", "i", "1", NOW + 7200);
    add_spent(s, 1, NOW + 7200);
    scratch_sql(s, "INSERT INTO blocks (user,created,until) VALUES ('a',1,1767232800)");
}

/* A clock that was wrong for a moment forgets nothing, how often it is asked; one that kept its
 * step for an hour was right. */
static void
test_jump(void **state)
{
    struct scratch *s = *state;
    struct pjwt_clock ahead = {.now = NOW + 31536000, .up = UP + 5, .boot = "a"};
    struct pjwt_prune prune = {0};

    fill(s);
    prune = prune_at(s, &noon);
    prune = prune_at(s, &ahead);
    prune = prune_at(s, &ahead);
    assert_int_equal(prune.by, NOW + 5);
    assert_int_equal(pjwt_prune_gone(&prune), 0);
    ahead.now += 3599;
    ahead.up += 3599;
    prune = prune_at(s, &ahead);
    assert_int_equal(pjwt_prune_gone(&prune), 0);
    ahead.now++;
    ahead.up++;
    prune = prune_at(s, &ahead);
    assert_int_equal(prune.by, ahead.now);
    assert_int_equal(pjwt_prune_gone(&prune), 4);
}

static void
test_clock_back(void **state)
{
    struct scratch *s = *state;
    struct pjwt_clock back = {.now = NOW - 121, .up = UP, .boot = "a"};
    struct pjwt_prune prune = {.by = 7};
    struct pjwt_why why = {""};

    begin_at(s, &noon, &prune);
    prune.by = 7;
    assert_reason(pjwt_prune_begin(s->store, &back, &prune, &why), CLOCK_BACK);
    assert_int_equal(prune.by, 7);
    back.now++;
    assert_reason(pjwt_prune_begin(s->store, &back, &prune, &why), OK);
}

/* A batch is one transaction of few rows, and no step reads for long. */
static void
test_batches(void **state)
{
    struct scratch *s = *state;
    struct pjwt_prune prune = {0};

    add_spent(s, 40, OLD);
    scratch_sql(s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<5000)"
                   " INSERT INTO revocations (kind,iss,value,created,expires) SELECT 'jti','i',"
                   "printf('%05d',i),1,CASE WHEN i%250=0 THEN 1000 ELSE 0 END FROM n");
    begin_at(s, &noon, &prune);
    /* tickets 1; revocations 20 rows by 8: 3 and the end; blocks 1; spent 40 by 8: 5 and the
     * end; handoffs 1 */
    assert_int_equal(finish(s, &prune, 8), 1 + 4 + 1 + 6 + 1);
    assert_int_equal(prune.gone[PJWT_PRUNE_REVOCATIONS], 20);
    assert_int_equal(prune.gone[PJWT_PRUNE_SPENT], 40);
    assert_int_equal(count(s, "SELECT count(*) FROM revocations"), 4980);
}

static void
test_long_stretches(void **state)
{
    struct scratch *s = *state;
    struct pjwt_prune prune = {0};

    scratch_sql(s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<5000)"
                   " INSERT INTO revocations (kind,iss,value,created,expires) SELECT 'jti','i',"
                   "printf('%05d',i),1,CASE WHEN i=4999 THEN 1000 ELSE 0 END FROM n");
    begin_at(s, &noon, &prune);
    /* revocations: three times 2000 and the end */
    assert_int_equal(finish(s, &prune, PJWT_PRUNE_BATCH), 1 + 4 + 1 + 1 + 1);
    assert_int_equal(prune.gone[PJWT_PRUNE_REVOCATIONS], 1);
}

static void
test_batch_bounds(void **state)
{
    struct scratch *s = *state;
    struct pjwt_prune prune = {0};
    bool more = true;

    begin_at(s, &noon, &prune);
    assert_reason(pjwt_prune_step(s->store, &prune, 0, &more), INTERNAL);
    assert_reason(pjwt_prune_step(s->store, &prune, PJWT_PRUNE_BATCH + 1, &more), INTERNAL);
    assert_reason(pjwt_prune_step(s->store, &prune, 1, &more), OK);
    (void)finish(s, &prune, 1);
    assert_reason(pjwt_prune_step(s->store, &prune, 1, &more), INTERNAL);
}

/* Between looking and forgetting somebody else may write. */
static void
test_given_another_end(void **state)
{
    struct scratch *s = *state;
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    struct pjwt_prune prune = {0};
    struct pjwt_stretch stretch = {.ended = 0};
    long gone = -1;

    begin_at(s, &noon, &prune);
    prune.kind = PJWT_PRUNE_REVOCATIONS;
    add_revocation(s, "jti", "i", "1", OLD);
    add_revocation(s, "jti", "i", "2", OLD);
    assert_reason(pjwt_walk_look(s->store, &prune, 9, &stretch), OK);
    assert_int_equal(stretch.ended, 2);
    assert_string_equal(stretch.to.value, "2");
    scratch_sql(s, "UPDATE revocations SET expires=0 WHERE value='1'");
    add_revocation(s, "jti", "i", "3", OLD); /* behind the stretch */
    assert_reason(pjwt_change_begin(&change, s->store), OK);
    assert_reason(pjwt_walk_forget(s->store, &prune, &stretch, &gone), OK);
    assert_int_equal(gone, 1);
    assert_int_equal(count(s, "SELECT count(*) FROM revocations WHERE value='2'"), 0);
}

struct heard {
    struct pjwt_audit row;
    int rows;
};

static bool
hear(void *context, const struct pjwt_audit *row)
{
    struct heard *heard = context;

    heard->row = *row;
    heard->rows++;
    return true;
}

/* One row for a run of many batches, right after each of them; none when nothing went. */
static void
test_audit(void **state)
{
    struct scratch *s = *state;
    const struct pjwt_actor actor = {.who = "root", .from = "pts/1", .at = NOW};
    struct pjwt_audit_filter all = {0};
    struct pjwt_prune prune = {0};
    struct heard heard = {.rows = 0};
    bool more = true;

    pjwt_store_act_for(s->store, &actor);
    prune = prune_at(s, &noon);
    add_ticket(s, "gone00000001", OLD, 0);
    add_ticket(s, "gone00000002", OLD, 0);
    add_spent(s, 1, OLD);
    begin_at(s, &noon, &prune);
    assert_reason(pjwt_prune_step(s->store, &prune, 1, &more), OK);
    assert_reason(pjwt_audit_list(s->store, &all, hear, &heard), OK);
    assert_int_equal(heard.rows, 1);
    assert_string_equal(heard.row.object,
                        "1 ticket, 0 revocations, 0 blocks, 0 spent tokens, 0 handoffs");
    (void)finish(s, &prune, 1);
    heard.rows = 0;
    assert_reason(pjwt_audit_list(s->store, &all, hear, &heard), OK);
    assert_int_equal(heard.rows, 1);
    assert_string_equal(heard.row.act, "prune");
    assert_string_equal(heard.row.who, "root");
    assert_string_equal(heard.row.object,
                        "2 tickets, 0 revocations, 0 blocks, 1 spent token, 0 handoffs");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_nothing),
        CASE(test_tickets),
        CASE(test_ticket_of_an_open_login),
        CASE(test_revocations),
        CASE(test_blocks),
        CASE(test_spent),
        CASE(test_handoffs),
        CASE(test_jump),
        CASE(test_clock_back),
        CASE(test_batches),
        CASE(test_long_stretches),
        CASE(test_batch_bounds),
        CASE(test_given_another_end),
        CASE(test_audit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
