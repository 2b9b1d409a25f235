/* How is a path said to SQLite with a parameter behind it? sqlite.org/uri.html */
#ifndef PJWT_STORE_URI_H
#define PJWT_STORE_URI_H

#include "lib/base/verdict.h"

#include <limits.h>

#define PJWT_URI_MAX (3 * PATH_MAX + 64)

/* "file:" and the absolute path with all but plain characters escaped, "?" and `parameter`.
 * Reasons: STORE_UNREAD (too long). */
pjwt_verdict pjwt_uri(const char *path, const char *parameter,
                      char uri[PJWT_URI_MAX]) PJWT_MUST_USE;

#endif
