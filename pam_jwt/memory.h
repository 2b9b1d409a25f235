/* What does the module remember between two phases of one login? */
#ifndef PJWT_PAM_MEMORY_H
#define PJWT_PAM_MEMORY_H

#include "lib/base/grant.h"
#include "lib/wire/answer.h"

#include <security/pam_modules.h>
#include <stdbool.h>

/* From authenticate to account, where both run in one process: what the login rests on. */
bool pjwt_memory_keep(pam_handle_t *pamh, const struct pjwt_grant *grant) PJWT_MUST_USE;
/* Borrowed from the handle; NULL when nothing was kept. */
const struct pjwt_grant *pjwt_memory_grant(pam_handle_t *pamh);

/* From authenticate to open_session, which sshd runs in another process: only the PAM
 * environment crosses, and it reaches the user's shell, so the id is removed as soon as it is
 * read. */
bool pjwt_memory_hand_on(pam_handle_t *pamh, const char *login) PJWT_MUST_USE;
/* Writes "" when there is none. An id too long to be ours becomes "?", which no store knows. */
void pjwt_memory_take(pam_handle_t *pamh, char login[PJWT_LOGIN_SIZE]);

/* From open_session to close_session, which run in one process: the login's id in the list. */
bool pjwt_memory_open(pam_handle_t *pamh, const char *login) PJWT_MUST_USE;
/* Writes "" when there is none. */
void pjwt_memory_close(pam_handle_t *pamh, char login[PJWT_LOGIN_SIZE]);

/* Tells the login where its own ticket lies (`file`, borrowed), in PAMJWT_TICKET_FILE of its
 * environment; nothing for "". */
bool pjwt_memory_ticket(pam_handle_t *pamh, const char *file) PJWT_MUST_USE;

/* Forgets the first two; authenticate starts with it. */
void pjwt_memory_clear(pam_handle_t *pamh);

#endif
