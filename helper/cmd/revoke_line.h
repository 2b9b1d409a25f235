/* How is a revocation written when it is carried to another machine? As a line of JSON. */
#ifndef PJWT_CMD_REVOKE_LINE_H
#define PJWT_CMD_REVOKE_LINE_H

#include "lib/base/json.h"
#include "lib/base/why.h"
#include "lib/store/revocation_list.h"

#define PJWT_REVOKE_LINE_MAX 8192 /* bytes of a line, with the line end and a NUL */

/* Owned by the caller. */
json_t *pjwt_revoke_line_make(const struct pjwt_revoked *item);

/*
 * Reads one line (`len` bytes, borrowed). Every member must be there and no other; texts must
 * fit, and be printable. False, and `why` says what is wrong; `*item` is written on success
 * alone. A ticket is refused: it is another machine's.
 */
bool pjwt_revoke_line_read(const char *line, size_t len, struct pjwt_revoked *item,
                           struct pjwt_why *why);

#endif
