/* Does a prune keep to its batches, and to the clock, and is it told once? */
#include "tests/unit/support/pruning.h"

#include "lib/store/change.h"
#include "lib/store/prune_walk.h"

/* One of each that a clock a year ahead would end. */
static void
fill(struct scratch *s)
{
    pruning_add_ticket(s, "ended-later0", NOW + 7200, 0);
    pruning_add_revocation(s, "jti", "i", "1", NOW + 7200);
    pruning_add_spent(s, 1, NOW + 7200);
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
    prune = pruning_at(s, &pruning_noon);
    prune = pruning_at(s, &ahead);
    prune = pruning_at(s, &ahead);
    assert_int_equal(prune.by, NOW + 5);
    assert_int_equal(pjwt_prune_gone(&prune), 0);
    ahead.now += 3599;
    ahead.up += 3599;
    prune = pruning_at(s, &ahead);
    assert_int_equal(pjwt_prune_gone(&prune), 0);
    ahead.now++;
    ahead.up++;
    prune = pruning_at(s, &ahead);
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

    pruning_begin(s, &pruning_noon, &prune);
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

    pruning_add_spent(s, 40, OLD);
    scratch_sql(s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<5000)"
                   " INSERT INTO revocations (kind,iss,value,created,expires) SELECT 'jti','i',"
                   "printf('%05d',i),1,CASE WHEN i%250=0 THEN 1000 ELSE 0 END FROM n");
    pruning_begin(s, &pruning_noon, &prune);
    /* tickets 1; revocations 20 rows by 8: 3 and the end; blocks 1; spent 40 by 8: 5 and the
     * end; handoffs 1 */
    assert_int_equal(pruning_finish(s, &prune, 8), 1 + 4 + 1 + 6 + 1);
    assert_int_equal(prune.gone[PJWT_PRUNE_REVOCATIONS], 20);
    assert_int_equal(prune.gone[PJWT_PRUNE_SPENT], 40);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM revocations"), 4980);
}

static void
test_long_stretches(void **state)
{
    struct scratch *s = *state;
    struct pjwt_prune prune = {0};

    scratch_sql(s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<5000)"
                   " INSERT INTO revocations (kind,iss,value,created,expires) SELECT 'jti','i',"
                   "printf('%05d',i),1,CASE WHEN i=4999 THEN 1000 ELSE 0 END FROM n");
    pruning_begin(s, &pruning_noon, &prune);
    /* revocations: three times 2000 and the end */
    assert_int_equal(pruning_finish(s, &prune, PJWT_PRUNE_BATCH), 1 + 4 + 1 + 1 + 1);
    assert_int_equal(prune.gone[PJWT_PRUNE_REVOCATIONS], 1);
}

static void
test_batch_bounds(void **state)
{
    struct scratch *s = *state;
    struct pjwt_prune prune = {0};
    bool more = true;

    pruning_begin(s, &pruning_noon, &prune);
    assert_reason(pjwt_prune_step(s->store, &prune, 0, &more), INTERNAL);
    assert_reason(pjwt_prune_step(s->store, &prune, PJWT_PRUNE_BATCH + 1, &more), INTERNAL);
    assert_reason(pjwt_prune_step(s->store, &prune, 1, &more), OK);
    (void)pruning_finish(s, &prune, 1);
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

    pruning_begin(s, &pruning_noon, &prune);
    prune.kind = PJWT_PRUNE_REVOCATIONS;
    pruning_add_revocation(s, "jti", "i", "1", OLD);
    pruning_add_revocation(s, "jti", "i", "2", OLD);
    assert_reason(pjwt_walk_look(s->store, &prune, 9, &stretch), OK);
    assert_int_equal(stretch.ended, 2);
    assert_string_equal(stretch.to.value, "2");
    scratch_sql(s, "UPDATE revocations SET expires=0 WHERE value='1'");
    pruning_add_revocation(s, "jti", "i", "3", OLD); /* behind the stretch */
    assert_reason(pjwt_change_begin(&change, s->store), OK);
    assert_reason(pjwt_walk_forget(s->store, &prune, &stretch, &gone), OK);
    assert_int_equal(gone, 1);
    assert_int_equal(scratch_number(s, "SELECT count(*) FROM revocations WHERE value='2'"), 0);
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
    prune = pruning_at(s, &pruning_noon);
    pruning_add_ticket(s, "gone00000001", OLD, 0);
    pruning_add_ticket(s, "gone00000002", OLD, 0);
    pruning_add_spent(s, 1, OLD);
    pruning_begin(s, &pruning_noon, &prune);
    assert_reason(pjwt_prune_step(s->store, &prune, 1, &more), OK);
    assert_reason(pjwt_audit_list(s->store, &all, hear, &heard), OK);
    assert_int_equal(heard.rows, 1);
    assert_string_equal(heard.row.object,
                        "1 ticket, 0 revocations, 0 blocks, 0 spent tokens, 0 handoffs");
    (void)pruning_finish(s, &prune, 1);
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
        CASE(test_jump),           CASE(test_clock_back),   CASE(test_batches),
        CASE(test_long_stretches), CASE(test_batch_bounds), CASE(test_given_another_end),
        CASE(test_audit),
    };

    return cmocka_run_group_tests_name("prune run", tests, NULL, NULL);
}
