/* Which issuers does the whole world share, and which audiences are everybody's? */
#ifndef PJWT_LINT_SHARED_ISSUERS_H
#define PJWT_LINT_SHARED_ISSUERS_H

#include <stdbool.h>

#define PJWT_SHARED_CLAIMS 8

struct pjwt_shared_issuer {
    const char *iss;                        /* a '*' stands for one path segment */
    const char *says;                       /* who it is */
    const char *tenant[PJWT_SHARED_CLAIMS]; /* claims that name a tenant; NULL ends them */
};

/* The row for that iss; NULL when it is nobody's but its owner's, as far as is known. Static.
 */
const struct pjwt_shared_issuer *pjwt_shared_issuer_find(const char *iss);

/* Is the claim one of those that name a tenant there? */
bool pjwt_shared_issuer_tenant(const struct pjwt_shared_issuer *shared, const char *claim);

/* Who makes tokens for that audience, whoever asks; NULL: nobody known. Static. */
const char *pjwt_shared_audience(const char *audience);

#endif
