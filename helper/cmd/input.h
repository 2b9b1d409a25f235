/* What was handed to us on stdin or in a file? */
#ifndef PJWT_CMD_INPUT_H
#define PJWT_CMD_INPUT_H

#include "helper/cmd/command.h"
#include "lib/base/secret.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a file with a credential: room for one that is too long, so that the judge's own
 * check refuses it. */
#define PJWT_INPUT_CREDENTIAL_MAX ((size_t)2 * PJWT_CREDENTIAL_MAX)

/*
 * Reads all of `name` ("-": stdin) into a secret of at most `max` bytes; `*text` is owned by
 * the caller. PJWT_EXIT_OK, or says what is wrong: 1 when it is not there or too long, 3 when
 * it cannot be read.
 */
enum pjwt_exit pjwt_input_read(const struct pjwt_cmd *cmd, const char *name, size_t max,
                               struct pjwt_secret **text);

/* As above for a credential: the space and line ends around it are no part of it. One that is
 * too long for the judge is read so far that the judge's own check refuses it. */
enum pjwt_exit pjwt_input_credential(const struct pjwt_cmd *cmd, const char *name,
                                     struct pjwt_secret **credential);

/* `*credential` (owned by the caller) is `text` (borrowed) without the space and line ends
 * around it. */
enum pjwt_exit pjwt_input_trim(const struct pjwt_cmd *cmd, const struct pjwt_secret *text,
                               struct pjwt_secret **credential);

/* Is stdin a terminal or the null device, so that nobody hands us anything? */
bool pjwt_input_nobody(void);

/* UTF-8? */
bool pjwt_input_is_text(const char *text);

/* One printable line of UTF-8? What is kept is shown on terminals and as JSON. */
bool pjwt_input_is_line(const char *text);

/* A note or a reason: NULL is "", and what is too long, no UTF-8 or holds control characters is
 * refused as usage. Copied into `out` (`size` bytes). */
enum pjwt_exit pjwt_input_note(const struct pjwt_cmd *cmd, const char *flag, char *out,
                               size_t size);

#endif
