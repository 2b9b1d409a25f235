/* Which known word did the writer mean? */
#ifndef PJWT_POLICY_NEAREST_H
#define PJWT_POLICY_NEAREST_H

#include <stddef.h>

#define PJWT_NEAREST_WORDS 96 /* bytes of the question, with the NUL */

struct pjwt_nearest {
    const char *word; /* as written; borrowed */
    const char *best; /* the closest candidate so far, or NULL; borrowed */
    size_t distance;  /* of `best` */
};

/* Offers one candidate (borrowed). Kept when it is close: at most two letters wrong, and no
 * more than half of them. */
void pjwt_nearest_offer(struct pjwt_nearest *nearest, const char *candidate);

/* "; did you mean X?" into `words`, or "" when nothing was close. Returns `words`. */
const char *pjwt_nearest_words(const struct pjwt_nearest *nearest,
                               char words[PJWT_NEAREST_WORDS]);

#endif
