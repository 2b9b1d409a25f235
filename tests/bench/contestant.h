/* Who verifies? Each is asked the same: is this token authentic, and do issuer, audience and
 * expiry fit? */
#ifndef PJWT_BENCH_CONTESTANT_H
#define PJWT_BENCH_CONTESTANT_H

#include "tests/bench/subject.h"

#include <stdbool.h>

struct contestant {
    const char *name;
    /* What can be made ready before the token comes: keys, where the library can keep them.
     * False: it does not know the algorithm. `*state` may stay NULL. */
    bool (*open)(const struct subject *s, void **state);
    bool (*verify)(const struct subject *s, void *state);
};

extern const struct contestant contestant_bare; /* the EVP call alone */
extern const struct contestant contestant_ours; /* with the key at hand */
extern const struct contestant contestant_ours_file; /* as in a login: the key from its file */
extern const struct contestant contestant_libjwt;
extern const struct contestant contestant_cjose;
extern const struct contestant contestant_jose;
extern const struct contestant contestant_rhonabwy;

/* For libraries that leave the claims to their caller. */
bool contestant_claims_fit(const struct subject *s, const json_t *claims);

#endif
