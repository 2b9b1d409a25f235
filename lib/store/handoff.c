#include "lib/store/handoff.h"

#include "lib/store/change.h"
#include "lib/store/db.h"
#include "lib/store/handoff_inside.h"
#include "lib/store/random.h"

#include <string.h>

#define DOMAIN     "pam_jwt handoff v1"
#define ID_LEN     (PJWT_HANDOFF_SIZE - 1)
#define FORGET_MAX "100" /* ended rows that one login forgets: too few to be felt */

struct handoff {
    int64_t pid, started, parent, parent_started, until;
    struct pjwt_grant grant;
};

/* The columns of struct handoff, in this order. */
#define COLUMNS                                                                               \
    "pid,started,parent,parent_started,until,user,service,ticket,iss,sub,jti,kid,iat,issued," \
    "expires,leeway"

static const struct pjwt_field fields[] = {
    PJWT_NUMBER_FIELD(struct handoff, pid),
    PJWT_NUMBER_FIELD(struct handoff, started),
    PJWT_NUMBER_FIELD(struct handoff, parent),
    PJWT_NUMBER_FIELD(struct handoff, parent_started),
    PJWT_NUMBER_FIELD(struct handoff, until),
    PJWT_TEXT_FIELD(struct handoff, grant.user),
    PJWT_TEXT_FIELD(struct handoff, grant.service),
    PJWT_TEXT_FIELD(struct handoff, grant.ticket),
    PJWT_TEXT_FIELD(struct handoff, grant.iss),
    PJWT_TEXT_FIELD(struct handoff, grant.sub),
    PJWT_TEXT_FIELD(struct handoff, grant.jti),
    PJWT_TEXT_FIELD(struct handoff, grant.kid),
    PJWT_NUMBER_FIELD(struct handoff, grant.iat),
    PJWT_NUMBER_FIELD(struct handoff, grant.issued),
    PJWT_NUMBER_FIELD(struct handoff, grant.expires),
    PJWT_NUMBER_FIELD(struct handoff, grant.leeway),
};

pjwt_verdict
pjwt_handoff_hash(const char *id, unsigned char hash[PJWT_DIGEST_SIZE])
{
    return pjwt_digest(DOMAIN, id, ID_LEN, "", 0, hash);
}

static pjwt_verdict
make_id(char id[PJWT_HANDOFF_SIZE])
{
    unsigned char bytes[ID_LEN / 2];

    PJWT_TRY(pjwt_random_fill(bytes, sizeof(bytes)));
    for (size_t i = 0; i < ID_LEN; i++) {
        unsigned half = i % 2 == 0 ? bytes[i / 2] >> 4 : bytes[i / 2] & 15U;

        id[i] = "0123456789abcdef"[half];
    }
    id[ID_LEN] = '\0';
    return PJWT_SAY(OK);
}

static pjwt_verdict
insert(struct pjwt_store *store, const unsigned char *hash, const struct handoff *row)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    bool more = false;

    PJWT_TRY(pjwt_db_query(store,
                           "INSERT INTO handoffs (hash," COLUMNS
                           ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                           PJWT_ARGS(pjwt_arg_blob(hash, PJWT_DIGEST_SIZE)), &stmt));
    PJWT_TRY(pjwt_db_bind(store, stmt, 2, fields, PJWT_COUNT(fields), row));
    return pjwt_db_step(store, stmt, &more);
}

pjwt_verdict
pjwt_handoff_forget(struct pjwt_store *store, int64_t now)
{
    return pjwt_db_run(store,
                       "DELETE FROM handoffs WHERE hash IN"
                       " (SELECT hash FROM handoffs WHERE until<=? LIMIT " FORGET_MAX ")",
                       PJWT_ARGS(pjwt_arg_number(now)), NULL);
}

pjwt_verdict
pjwt_handoff_put(struct pjwt_store *store, const struct pjwt_grant *grant,
                 const struct pjwt_asker *asker, int64_t now, char id[PJWT_HANDOFF_SIZE])
{
    unsigned char hash[PJWT_DIGEST_SIZE];
    char made[PJWT_HANDOFF_SIZE];
    struct handoff row = {.pid = asker->pid,
                          .started = (int64_t)asker->started,
                          .parent = asker->parent,
                          .parent_started = (int64_t)asker->parent_started,
                          .until = now + PJWT_HANDOFF_SECONDS,
                          .grant = *grant};

    PJWT_TRY(make_id(made));
    PJWT_TRY(pjwt_handoff_hash(made, hash));
    PJWT_TRY(insert(store, hash, &row));
    memcpy(id, made, sizeof(made));
    return PJWT_SAY(OK);
}

static pjwt_verdict
find(struct pjwt_store *store, const unsigned char *hash, struct handoff *row)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    bool found = false;

    PJWT_TRY(pjwt_db_query(store, "SELECT " COLUMNS " FROM handoffs WHERE hash=?",
                           PJWT_ARGS(pjwt_arg_blob(hash, PJWT_DIGEST_SIZE)), &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, &found));
    return found ? pjwt_db_read(store, stmt, 0, fields, PJWT_COUNT(fields), row)
                 : PJWT_SAY(LOGIN_UNKNOWN);
}

/* The process that asked `auth`, or its parent: under sshd a child authenticates and the
 * monitor above it opens the session. */
static bool
same_process(const struct handoff *row, const struct pjwt_asker *asker)
{
    int64_t pid = asker->pid;
    int64_t started = (int64_t)asker->started;

    return pid > 0 && ((pid == row->pid && started == row->started) ||
                       (pid == row->parent && started == row->parent_started));
}

/* An instant further ahead than any row is made means that the clock was set back. */
static bool
in_time(const struct handoff *row, int64_t now)
{
    return row->until > now && row->until - now <= PJWT_HANDOFF_SECONDS;
}

pjwt_verdict
pjwt_handoff_take(struct pjwt_store *store, const char *id, const char *user, const char *ruser,
                  const char *service, const struct pjwt_asker *asker, int64_t now,
                  struct pjwt_grant *grant)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    unsigned char hash[PJWT_DIGEST_SIZE];
    struct handoff row = {0};

    if (strnlen(id, PJWT_HANDOFF_SIZE) != ID_LEN) {
        return PJWT_SAY(LOGIN_UNKNOWN);
    }
    PJWT_TRY(pjwt_handoff_hash(id, hash));
    PJWT_TRY(pjwt_change_begin(&change, store));
    PJWT_TRY(find(store, hash, &row));
    if (!in_time(&row, now) || !same_process(&row, asker) ||
        strcmp(row.grant.service, service) != 0 ||
        (strcmp(row.grant.user, user) != 0 && strcmp(row.grant.user, ruser) != 0)) {
        return PJWT_SAY(LOGIN_UNKNOWN); /* and the row stays for whom it is meant */
    }
    PJWT_TRY(pjwt_db_run(store, "DELETE FROM handoffs WHERE hash=?",
                         PJWT_ARGS(pjwt_arg_blob(hash, sizeof(hash))), NULL));
    PJWT_TRY(pjwt_change_commit(&change));
    *grant = row.grant;
    return PJWT_SAY(OK);
}
