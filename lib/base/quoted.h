/* How does a value that somebody else chose stand in one line of text? */
#ifndef PJWT_BASE_QUOTED_H
#define PJWT_BASE_QUOTED_H

#include <stddef.h>

#define PJWT_QUOTED_CLIP 96 /* bytes of a value that are shown */
#define PJWT_QUOTED_MAX \
    (4 * PJWT_QUOTED_CLIP + 16) /* bytes that always suffice, with the NUL */

/*
 * Writes `mark` and then `value` (both borrowed) so that nobody can forge a field or a line:
 * letters, digits and _.:@/+- as they are, other bytes as \xHH; what is longer than the clip,
 * or does not fit into `size` bytes, ends in "...". An empty value is "-". Returns the text,
 * which is `out` or static. `mark` must fit.
 */
const char *pjwt_quoted(const char *value, const char *mark, char *out, size_t size);

#endif
