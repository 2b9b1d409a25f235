/* What does a login rest on? Made by the judge when it accepts, kept by the module from
 * authenticate to account, and compared with revocations ever after. Holds no secret. */
#ifndef PJWT_BASE_GRANT_H
#define PJWT_BASE_GRANT_H

#include <stdbool.h>
#include <stdint.h>

/* Sizes in bytes with the NUL; a longer claim is refused, never cut. */
#define PJWT_USER_MAX      33
#define PJWT_SERVICE_MAX   65
#define PJWT_TICKET_ID_LEN 12
#define PJWT_ISS_MAX       513
#define PJWT_SUB_MAX       513
#define PJWT_JTI_MAX       257
#define PJWT_KID_MAX       257

struct pjwt_grant {
    char user[PJWT_USER_MAX];            /* the local user who authenticated */
    char service[PJWT_SERVICE_MAX];      /* PAM_SERVICE of that login */
    char ticket[PJWT_TICKET_ID_LEN + 1]; /* the ticket's id; "" for a token */
    /* The token itself, or the token that a ticket was exchanged from; "" and 0 for a ticket
     * that an admin issued. */
    char iss[PJWT_ISS_MAX];
    char sub[PJWT_SUB_MAX];
    char jti[PJWT_JTI_MAX];
    char kid[PJWT_KID_MAX];
    int64_t iat;       /* seconds since the epoch; 0 without a token */
    int64_t auth_time; /* when the person signed in at the issuer; 0: it does not say */
    int64_t
        issued; /* when this credential was made: the token's iat or the ticket's creation */
    int64_t
        expires;    /* when the credential ends, seconds since the epoch, leeway not included */
    bool one_time;  /* good for this login alone: spent when it is admitted, known to the judge
                       alone and written nowhere */
    int64_t leeway; /* seconds that its issuer's clock may differ; 0 for a ticket of ours */
};

#endif
