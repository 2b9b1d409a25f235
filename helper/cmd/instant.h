/* How do people write an instant? As a span ("2h") or in the way of RFC 3339. */
#ifndef PJWT_CMD_INSTANT_H
#define PJWT_CMD_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

#define PJWT_INSTANT_SIZE                                               \
    32 /* bytes of 2026-01-31T23:59:59Z, with the NUL and room to spare \
        */
#define PJWT_SPAN_SIZE 24

enum pjwt_instant_way { PJWT_INSTANT_AGO = -1, PJWT_INSTANT_FROM_NOW = 1 };

/* A span is counted from `now`, in the direction `way`. False when it is neither a span nor an
 * RFC 3339 time (a leap second is none; a fraction of a second is dropped). */
bool pjwt_instant_parse(const char *text, int64_t now, enum pjwt_instant_way way,
                        int64_t *instant);

/* UTC, in the way of RFC 3339; "-" for 0. Returns `out`. */
const char *pjwt_instant_text(int64_t instant, char out[PJWT_INSTANT_SIZE]);

/* "8h", "90m": exact, in the largest unit. Returns `out`. */
const char *pjwt_instant_span(int64_t seconds, char out[PJWT_SPAN_SIZE]);

#endif
