#include "lib/store/clock.h"

#include "lib/store/change.h"
#include "lib/store/db.h"

#include <inttypes.h>
#include <string.h>

#define MINUTE    60   /* seconds between two marks */
#define STEP      60   /* seconds that a clock may be ahead without being a jump */
#define PROBATION 3600 /* seconds that a jump must hold before it counts */

/* The one row. */
struct row {
    int64_t mark; /* the clock has stood here */
    char boot[PJWT_BOOT_SIZE];
    int64_t up;         /* CLOCK_BOOTTIME of that moment, or of that boot's first login */
    int64_t ahead_from; /* CLOCK_BOOTTIME when the clock was first seen ahead; 0: it is not */
    int64_t ahead_by;   /* how far the clock was ahead of CLOCK_BOOTTIME then */
};

#define FAR INT64_C(1000000000000) /* seconds; no clock is further off */

#define COLUMNS "mark,boot,up,ahead_from,ahead_by"

static const struct pjwt_field fields[] = {
    PJWT_NUMBER_FIELD(struct row, mark),     PJWT_TEXT_FIELD(struct row, boot),
    PJWT_NUMBER_FIELD(struct row, up),       PJWT_NUMBER_FIELD(struct row, ahead_from),
    PJWT_NUMBER_FIELD(struct row, ahead_by),
};

/* What we have written stays in these bounds, so that sums of it do too. */
static bool
sound(const struct row *row)
{
    return row->mark >= -FAR && row->mark <= FAR && row->up >= 0 && row->up <= FAR &&
           row->ahead_from >= 0 && row->ahead_from <= FAR && row->ahead_by >= -FAR &&
           row->ahead_by <= FAR;
}

static pjwt_verdict
find(struct pjwt_store *store, struct row *row, bool *found)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;

    PJWT_TRY(
        pjwt_db_query(store, "SELECT " COLUMNS " FROM clock WHERE id=1", PJWT_NO_ARGS, &stmt));
    PJWT_TRY(pjwt_db_step(store, stmt, found));
    if (!*found) {
        return PJWT_SAY(OK);
    }
    PJWT_TRY(pjwt_db_read(store, stmt, 0, fields, PJWT_COUNT(fields), row));
    return sound(row) ? PJWT_SAY(OK) : PJWT_SAY(STORE_DAMAGED);
}

/* `forgotten` of the row stays as it is: what was forgotten once is not known again. */
static pjwt_verdict
put(struct pjwt_store *store, const struct row *row)
{
    PJWT_AUTO(stmt) sqlite3_stmt *stmt = NULL;
    bool more = false;

    PJWT_TRY(pjwt_db_query(store,
                           "INSERT INTO clock (id," COLUMNS ") VALUES (1,?,?,?,?,?)"
                           " ON CONFLICT (id) DO UPDATE SET mark=excluded.mark,"
                           " boot=excluded.boot,up=excluded.up,"
                           " ahead_from=excluded.ahead_from,ahead_by=excluded.ahead_by",
                           PJWT_NO_ARGS, &stmt));
    PJWT_TRY(pjwt_db_bind(store, stmt, 1, fields, PJWT_COUNT(fields), row));
    return pjwt_db_step(store, stmt, &more);
}

static struct row
row_of(const struct pjwt_clock *clock)
{
    struct row row = {.mark = clock->now, .up = clock->up};

    memcpy(row.boot, clock->boot, sizeof(row.boot));
    return row;
}

/* CLOCK_BOOTTIME says nothing about another boot. */
static bool
same_boot(const struct row *row, const struct pjwt_clock *clock)
{
    return row->boot[0] != '\0' && strcmp(row->boot, clock->boot) == 0 && clock->up >= row->up;
}

/* Where the clock must stand now, as far as is known. */
static int64_t
floor_of(const struct row *row, const struct pjwt_clock *clock)
{
    return same_boot(row, clock) ? row->mark + (clock->up - row->up) : row->mark;
}

pjwt_verdict
pjwt_clock_check(struct pjwt_store *store, const struct pjwt_clock *clock, struct pjwt_why *why)
{
    struct row row = {0};
    bool found = false;
    int64_t floor = 0;

    PJWT_TRY(find(store, &row, &found));
    floor = floor_of(&row, clock);
    if (!found || clock->now >= floor - PJWT_CLOCK_SLACK) {
        return PJWT_SAY(OK);
    }
    pjwt_why_set(why, "the clock says %" PRId64 ", %" PRId64 "s before where it stood",
                 clock->now, floor - clock->now);
    return PJWT_SAY(CLOCK_BACK);
}

static bool
near(int64_t a, int64_t b)
{
    return a - b <= STEP && b - a <= STEP;
}

/* The clock is ahead of what CLOCK_BOOTTIME confirms: on probation, or past it. */
static struct row
step_ahead(const struct row *row, const struct pjwt_clock *clock, int64_t floor)
{
    struct row next = row_of(clock);
    int64_t by = clock->now - clock->up;
    bool known = same_boot(row, clock) && row->ahead_from > 0 && near(row->ahead_by, by);

    if (known && clock->up - row->ahead_from >= PROBATION) {
        return next;
    }
    next.mark = floor;
    next.ahead_from = known ? row->ahead_from : clock->up > 0 ? clock->up : 1;
    next.ahead_by = known ? row->ahead_by : by;
    return next;
}

static struct row
step(const struct row *row, const struct pjwt_clock *clock)
{
    int64_t floor = floor_of(row, clock);
    struct row next = row_of(clock);

    if (clock->now > floor + STEP) {
        return step_ahead(row, clock, floor);
    }
    next.mark = clock->now > row->mark ? clock->now : row->mark;
    return next;
}

/* At most once a minute, and what must not be missed: another boot, a jump, the end of one. */
static bool
worth_writing(const struct row *row, const struct row *next)
{
    return next->mark - row->mark >= MINUTE || strcmp(next->boot, row->boot) != 0 ||
           next->ahead_from != row->ahead_from;
}

pjwt_verdict
pjwt_clock_advance(struct pjwt_store *store, const struct pjwt_clock *clock, int64_t *mark,
                   bool *written)
{
    struct row row = {0};
    struct row next = {0};
    bool found = false;
    bool write = false;

    PJWT_TRY(find(store, &row, &found));
    next = found ? step(&row, clock) : row_of(clock);
    write = !found || worth_writing(&row, &next);
    if (write) {
        PJWT_TRY(put(store, &next));
        row = next;
    }
    *mark = row.mark;
    if (written != NULL) {
        *written = write;
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_clock_repair(struct pjwt_store *store, const struct pjwt_clock *clock, int64_t *was)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    struct row row = {0};
    struct row next = row_of(clock);
    bool found = false;

    PJWT_TRY(pjwt_change_begin(&change, store));
    PJWT_TRY(find(store, &row, &found));
    PJWT_TRY(put(store, &next));
    PJWT_TRY(pjwt_audit_put(&change, "repair clock", "", ""));
    PJWT_TRY(pjwt_change_commit(&change));
    *was = row.mark;
    return PJWT_SAY(OK);
}
