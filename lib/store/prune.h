/* What ended so long ago that nobody asks for it any more? Forgotten a batch at a time, so that
 * logins come in between. */
#ifndef PJWT_STORE_PRUNE_H
#define PJWT_STORE_PRUNE_H

#include "lib/base/grant.h"
#include "lib/store/clock.h"
#include "lib/store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PJWT_PRUNE_KEEP  604800 /* seconds that what ended is remembered: 7 days */
#define PJWT_PRUNE_BATCH 500    /* rows that one transaction forgets, at most */
#define PJWT_PRUNE_WORDS 256    /* bytes of the words for what went, with the NUL */

enum pjwt_prune_kind {
    PJWT_PRUNE_TICKETS,     /* none that an open login rests on */
    PJWT_PRUNE_REVOCATIONS, /* of those that have an end */
    PJWT_PRUNE_BLOCKS,      /* the same */
    PJWT_PRUNE_SPENT,       /* as lib/store/replay.h forgets them */
    PJWT_PRUNE_HANDOFFS,    /* logins that no session followed in time */
    PJWT_PRUNE_KINDS
};

/* The last row that was looked at, by the key that its kind is walked along. */
struct pjwt_prune_place {
    int64_t number;
    char kind[16];
    char iss[PJWT_ISS_MAX];
    char value[PJWT_SUB_MAX];
};

/* One run, made by pjwt_prune_begin(). `by` and `gone` are for the caller to read. */
struct pjwt_prune {
    int64_t by; /* the clock's high-water mark: what had ended by then counts as ended */
    long gone[PJWT_PRUNE_KINDS];
    int kind; /* the one whose turn it is */
    struct pjwt_prune_place place;
    int64_t audit; /* the number of this run's row, 0: none yet */
};

/*
 * Takes the time from the clock's high-water mark (lib/store/clock.h), which it moves on: a
 * clock that jumped ahead, and is not confirmed yet, makes nothing end. On OK pjwt_prune_end()
 * must follow. Reasons: CLOCK_BACK, STORE_*.
 */
pjwt_verdict pjwt_prune_begin(struct pjwt_store *store, const struct pjwt_clock *clock,
                              struct pjwt_prune *prune, struct pjwt_why *why) PJWT_MUST_USE;

/*
 * Looks for the next rows outside the line, and forgets up to `at_most` of them (1 to
 * PJWT_PRUNE_BATCH) in one short transaction, together with the audit's row of this run.
 * `*more` is false when everything was looked at. After a refusal the run can go on where it
 * was, with fewer rows where STORE_FULL says that the log has no room for so many. Reasons:
 * STORE_*.
 */
pjwt_verdict pjwt_prune_step(struct pjwt_store *store, struct pjwt_prune *prune, size_t at_most,
                             bool *more) PJWT_MUST_USE;

/* After each step that forgot something: puts what it wrote into its place, while others write.
 * Then, or after a step that failed, the end of the run: the log is empty again. Neither can
 * take anything back; both may leave their work to the next writer. */
void pjwt_prune_carry(struct pjwt_store *store);
void pjwt_prune_end(struct pjwt_store *store);

/* How many rows went, of all kinds; and in words: "3 tickets, 1 revocation, …". */
long pjwt_prune_gone(const struct pjwt_prune *prune);
void pjwt_prune_words(const struct pjwt_prune *prune, char words[PJWT_PRUNE_WORDS]);

/* The name of a kind, for programs: "tickets". */
const char *pjwt_prune_name(enum pjwt_prune_kind kind);

#endif
