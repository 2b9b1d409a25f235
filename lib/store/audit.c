#include "lib/store/audit.h"

#include "lib/store/change.h"
#include "lib/store/db.h"

#include <string.h>

#define PRUNED "500" /* rows at once, so that nobody waits long behind it */

static const struct pjwt_field fields[] = {
    PJWT_NUMBER_FIELD(struct pjwt_audit, number), PJWT_NUMBER_FIELD(struct pjwt_audit, at),
    PJWT_TEXT_FIELD(struct pjwt_audit, who),      PJWT_TEXT_FIELD(struct pjwt_audit, from),
    PJWT_TEXT_FIELD(struct pjwt_audit, act),      PJWT_TEXT_FIELD(struct pjwt_audit, object),
    PJWT_TEXT_FIELD(struct pjwt_audit, why),
};

void
pjwt_store_act_for(struct pjwt_store *store, const struct pjwt_actor *actor)
{
    store->actor = actor;
}

/* What would not fit a field when it is read again must not be written. */
static bool
put_text(char *field, size_t size, const char *text)
{
    size_t len = strnlen(text, size);

    if (len == size) {
        return false;
    }
    memcpy(field, text, len + 1);
    return true;
}

static pjwt_verdict
insert(struct pjwt_store *store, const struct pjwt_audit *row)
{
    return pjwt_db_run(store,
                       "INSERT INTO audit (number,at,who,origin,act,object,why)"
                       " VALUES ((SELECT coalesce(max(number),0)+1 FROM audit),?,?,?,?,?,?)",
                       PJWT_ARGS(pjwt_arg_number(row->at), pjwt_arg_text(row->who),
                                 pjwt_arg_text(row->from), pjwt_arg_text(row->act),
                                 pjwt_arg_text(row->object), pjwt_arg_text(row->why)),
                       NULL);
}

static pjwt_verdict
prune(struct pjwt_store *store)
{
    return pjwt_db_run(store,
                       "DELETE FROM audit WHERE number IN (SELECT number FROM audit"
                       " WHERE number<=(SELECT max(number) FROM audit)-? ORDER BY number"
                       " LIMIT " PRUNED ")",
                       PJWT_ARGS(pjwt_arg_number(PJWT_AUDIT_ROWS)), NULL);
}

static bool
fill(struct pjwt_audit *row, const struct pjwt_actor *actor, const char *act,
     const char *object, const char *why)
{
    row->at = actor->at;
    return put_text(row->who, sizeof(row->who), actor->who) &&
           put_text(row->from, sizeof(row->from), actor->from) &&
           put_text(row->act, sizeof(row->act), act) &&
           put_text(row->object, sizeof(row->object), object) &&
           put_text(row->why, sizeof(row->why), why);
}

pjwt_verdict
pjwt_audit_put(struct pjwt_change *change, const char *act, const char *object, const char *why)
{
    if (change->store->actor == NULL) {
        return PJWT_SAY(OK);
    }
    if (!fill(&change->audit, change->store->actor, act, object, why)) {
        return PJWT_SAY(INTERNAL);
    }
    PJWT_TRY(insert(change->store, &change->audit));
    return prune(change->store);
}

pjwt_verdict
pjwt_audit_note(struct pjwt_store *store, const char *act, const char *object)
{
    struct pjwt_audit row = {.number = 0};

    if (store->actor == NULL) {
        return PJWT_SAY(OK);
    }
    return fill(&row, store->actor, act, object, "") ? insert(store, &row) : PJWT_SAY(INTERNAL);
}

void
pjwt_audit_tell(const struct pjwt_change *change)
{
    const struct pjwt_actor *actor = change->store->actor;

    if (actor != NULL && actor->audited != NULL && change->audit.act[0] != '\0') {
        actor->audited(actor->context, &change->audit);
    }
}

pjwt_verdict
pjwt_audit_amend(struct pjwt_change *change, const char *act, const char *object,
                 int64_t *number)
{
    if (change->store->actor == NULL) {
        return PJWT_SAY(OK);
    }
    if (*number == 0) {
        PJWT_TRY(pjwt_audit_put(change, act, object, ""));
        change->audit = (struct pjwt_audit){0}; /* the work goes on: nothing to tell yet */
        return pjwt_db_number(change->store, "SELECT max(number) FROM audit", number);
    }
    return pjwt_db_run(change->store, "UPDATE audit SET object=? WHERE number=?",
                       PJWT_ARGS(pjwt_arg_text(object), pjwt_arg_number(*number)), NULL);
}

/* Is `word` the whole of `text`, or one of the words in it? */
static bool
has_word(const char *text, const char *word)
{
    size_t len = strlen(word);

    if (strcmp(text, word) == 0) {
        return true;
    }
    while (*text != '\0') {
        size_t span = strcspn(text, " ");

        if (span == len && memcmp(text, word, len) == 0) {
            return true;
        }
        text += span + (text[span] == ' ' ? 1 : 0);
    }
    return false;
}

static bool
passes(const struct pjwt_audit_filter *filter, const struct pjwt_audit *row)
{
    size_t act = filter->act == NULL ? 0 : strlen(filter->act);

    return (filter->who == NULL || strcmp(filter->who, row->who) == 0) &&
           (act == 0 || (strncmp(row->act, filter->act, act) == 0 &&
                         (row->act[act] == '\0' || row->act[act] == ' '))) &&
           (filter->object == NULL || has_word(row->object, filter->object));
}

pjwt_verdict
pjwt_audit_list(struct pjwt_store *store, const struct pjwt_audit_filter *filter,
                pjwt_audit_each_fn *each, void *context)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    struct pjwt_audit row = {0};
    bool more = true;

    PJWT_TRY(pjwt_db_query(store,
                           "SELECT number,at,who,origin,act,object,why FROM audit"
                           " WHERE at>=? ORDER BY number",
                           PJWT_ARGS(pjwt_arg_number(filter->since)), &stmt));
    while (more) {
        PJWT_TRY(pjwt_db_step(store, stmt, &more));
        if (more) {
            PJWT_TRY(pjwt_db_read(store, stmt, 0, fields, PJWT_COUNT(fields), &row));
            more = !passes(filter, &row) || each(context, &row);
        }
    }
    return PJWT_SAY(OK);
}
