/* What may the person be told? The reason when the credential proved authentic, else one
 * sentence that is the same for everybody. */
#ifndef PJWT_WIRE_WORDS_H
#define PJWT_WIRE_WORDS_H

#include "lib/base/grant.h"
#include "lib/base/report.h"

#include <stddef.h>
#include <stdint.h>

/* Writes the sentence into `words` (`size` bytes, borrowed); "" for an acceptance. `attempt`
 * (borrowed) stands in the log line too. `now`: seconds since the epoch. */
void pjwt_words(pjwt_verdict v, const struct pjwt_report *report, const char *attempt,
                int64_t now, char *words, size_t size);

/* The sentence for a login that was accepted on what ends within `warn_before` seconds; "" when
 * it lasts longer, or `warn_before` is 0. */
void pjwt_words_ending(const struct pjwt_grant *grant, int64_t warn_before, int64_t now,
                       char *words, size_t size);

/* The sentence that says nothing. */
void pjwt_words_generic(const char *attempt, char *words, size_t size);

#endif
