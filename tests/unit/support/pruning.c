#include "tests/unit/support/pruning.h"

#include <inttypes.h>
#include <stdio.h>

const struct pjwt_clock pruning_noon = {.now = NOW, .up = UP, .boot = "a"};

void
pruning_add_ticket(struct scratch *s, const char *id, int64_t expires, int64_t renewable)
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
void
pruning_add_spent(struct scratch *s, int n, int64_t expires)
{
    char sql[512];

    (void)snprintf(sql, sizeof(sql),
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<%d)"
                   " INSERT INTO replay (iss,jti,expires,spent)"
                   " SELECT 'i',%" PRId64 "||'-'||i,%" PRId64 ",1 FROM n",
                   n, expires, expires);
    scratch_sql(s, sql);
}

void
pruning_begin(struct scratch *s, const struct pjwt_clock *clock, struct pjwt_prune *prune)
{
    struct pjwt_why why = {""};

    assert_reason(pjwt_prune_begin(s->store, clock, prune, &why), OK);
}

/* To the end; the number of steps. */
int
pruning_finish(struct scratch *s, struct pjwt_prune *prune, size_t at_most)
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

struct pjwt_prune
pruning_at(struct scratch *s, const struct pjwt_clock *clock)
{
    struct pjwt_prune prune = {0};

    pruning_begin(s, clock, &prune);
    (void)pruning_finish(s, &prune, PJWT_PRUNE_BATCH);
    return prune;
}

void
pruning_add_revocation(struct scratch *s, const char *kind, const char *iss, const char *value,
                       int64_t expires)
{
    char sql[512];

    (void)snprintf(sql, sizeof(sql),
                   "INSERT INTO revocations (kind,iss,value,created,expires)"
                   " VALUES ('%s','%s','%s',1,%" PRId64 ")",
                   kind, iss, value, expires);
    scratch_sql(s, sql);
}
