/* Does a login get a ticket of its own, and is it still that login's? A token at the edge, a
 * session behind it: with this ticket `sudo -A` asks nothing as long as the login lasts. */
#ifndef PJWT_LOGIN_TICKET_H
#define PJWT_LOGIN_TICKET_H

#include "lib/login.h"

/*
 * Makes one for the login `row` (borrowed; just registered) that the token of row->grant
 * opened, where the section of its service says login_ticket: a row of the store, and the file
 * whose path goes into `file` ("" when there is none). `claims` (borrowed; NULL: they were not
 * kept, and then there is no ticket) are the token's.
 * The session does not depend on it: what cannot be made is told in report->why. Only what was
 * revoked meanwhile refuses. Reasons: those of pjwt_revocation_check().
 */
pjwt_verdict pjwt_login_ticket_make(const struct pjwt_config *config, struct pjwt_store *store,
                                    const struct pjwt_scene *scene,
                                    const struct pjwt_login_row *row, const char *claims,
                                    char file[PJWT_TICKET_FILE_MAX],
                                    struct pjwt_report *report) PJWT_MUST_USE;

/* Is the login still open that the ticket `id` (borrowed) was made for? Asked when the ticket
 * is typed and again at account and session: whoever starts `su` can stop it in between, until
 * the login is over. OK too for "" and for a ticket that is for no login. Reasons:
 * TICKET_LOGIN, STORE_*, INTERNAL (nobody can say). */
pjwt_verdict pjwt_login_ticket_check(struct pjwt_store *store, const struct pjwt_scene *scene,
                                     const char *id, struct pjwt_report *report) PJWT_MUST_USE;

/* The login `id` (borrowed) is over: its row goes, its ticket ends, the file goes. `asker`
 * (borrowed; NULL: whoever) must be its process. Reasons: NOT_FOUND, STORE_*. */
pjwt_verdict pjwt_login_over(const struct pjwt_config *config, struct pjwt_store *store,
                             const char *id, const struct pjwt_asker *asker,
                             int64_t now) PJWT_MUST_USE;

/* Removes the files of logins that ended without a word; looks at `most` of them. */
void pjwt_login_ticket_sweep(const struct pjwt_config *config, struct pjwt_store *store,
                             const struct pjwt_living *living, const char *boot, size_t most);

#endif
