/* In which file does a login find its own ticket? RUN/t/LOGIN, the user's and nobody else's. */
#ifndef PJWT_STORE_TICKET_FILE_H
#define PJWT_STORE_TICKET_FILE_H

#include "lib/base/secret.h"
#include "lib/base/why.h"

#include <stdbool.h>
#include <sys/types.h>

#define PJWT_TICKET_DIR      "t"  /* in the run directory: root's, 0711, so nobody lists it */
#define PJWT_TICKET_FILE_MAX 1024 /* bytes of the path, with the NUL; as on the wire */

/*
 * Writes the ticket `text` (borrowed) for the login `login` (borrowed; its id) into a new file
 * below `run` (absolute, borrowed), readable by `owner` alone, and its path into `path`. Makes
 * the directories where they are missing; none of those above the file may keep `owner` out.
 * False, with `why`, leaves no file.
 */
bool pjwt_ticket_file_put(const char *run, const char *login, uid_t owner,
                          const struct pjwt_secret *text, char path[PJWT_TICKET_FILE_MAX],
                          struct pjwt_why *why);

/* That there is none any more is all that counts. */
void pjwt_ticket_file_remove(const char *run, const char *login);

/* Asks of the files there, `most` of them, which are still wanted, and removes the others. */
typedef bool pjwt_ticket_file_wanted_fn(void *context, const char *login);
void pjwt_ticket_file_sweep(const char *run, size_t most, pjwt_ticket_file_wanted_fn *wanted,
                            void *context);

#endif
