/* Has the clock been set back? A high-water mark in the session file: expiry, and what was
 * spent once, rest on a clock that only moves forward. */
#ifndef PJWT_STORE_CLOCK_H
#define PJWT_STORE_CLOCK_H

#include "lib/base/living.h"
#include "lib/base/why.h"
#include "lib/store/store.h"

#include <stdint.h>

/* Seconds that a clock may stand below the mark: the longest leeway of any issuer, and what a
 * clock that is merely being set right does. */
#define PJWT_CLOCK_SLACK 120

/* What the machine's clocks say at one instant, read by the caller. */
struct pjwt_clock {
    int64_t now;               /* CLOCK_REALTIME, seconds since the epoch */
    int64_t up;                /* CLOCK_BOOTTIME, seconds */
    char boot[PJWT_BOOT_SIZE]; /* which boot `up` counts from; "": unknown */
};

/* Does `clock` (borrowed) stand no more than PJWT_CLOCK_SLACK below where it must stand: the
 * mark, and within one boot the mark and what CLOCK_BOOTTIME has counted since? `why` says by
 * how much. Writes nothing. Reasons: CLOCK_BACK, STORE_*. */
pjwt_verdict pjwt_clock_check(struct pjwt_store *store, const struct pjwt_clock *clock,
                              struct pjwt_why *why) PJWT_MUST_USE;

/*
 * Moves the mark on, inside a change that has begun, and at most once a minute. What
 * CLOCK_BOOTTIME confirms counts at once. A jump ahead of it (or across a boot) counts only
 * when the clock has kept step with CLOCK_BOOTTIME for an hour after it: a clock that was
 * wrong for a moment must not refuse everybody once it is right again.
 *
 * `*mark` is what stands then, and `*written` (may be NULL) says whether this call wrote it.
 * Reasons: STORE_*.
 */
pjwt_verdict pjwt_clock_advance(struct pjwt_store *store, const struct pjwt_clock *clock,
                                int64_t *mark, bool *written) PJWT_MUST_USE;

/* The administrator has looked, and the clock is right: the mark becomes `clock`. `*was` is the
 * old one, 0 when there was none. Durable on return. Reasons: STORE_*. */
pjwt_verdict pjwt_clock_repair(struct pjwt_store *store, const struct pjwt_clock *clock,
                               int64_t *was) PJWT_MUST_USE;

#endif
