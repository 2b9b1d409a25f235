/* Which local users does a map give a value of the user claim? */
#ifndef PJWT_POLICY_USER_MAP_H
#define PJWT_POLICY_USER_MAP_H

#include "lib/base/own.h"
#include "lib/base/verdict.h"
#include "lib/base/why.h"

#include <stddef.h>

#define PJWT_USER_MAP_BYTES (1024 * 1024L) /* of one file */
#define PJWT_USER_MAP_LINES 16384          /* that map something */
#define PJWT_USER_MAP_LINE  1024           /* bytes of one line, without its end */

struct pjwt_user_map;

/*
 * Reads `path` (absolute, borrowed) whole and refuses it whole. A line is USER, blanks, and
 * VALUE to the end of the line; a line that starts with '#' is a comment. One value may have
 * several users, and one user several values; no line may stand twice. `*map` is owned by the
 * caller.
 *
 * Reasons: MAP_UNREAD, MAP_UNSAFE (as for keys), MAP_BAD (`why` has path:line), NO_MEMORY.
 */
pjwt_verdict pjwt_user_map_load(const char *path, struct pjwt_user_map **map,
                                struct pjwt_why *why) PJWT_MUST_USE;
void pjwt_user_map_free(struct pjwt_user_map *map);
PJWT_DEFINE_DROP(user_map, struct pjwt_user_map, pjwt_user_map_free)

/* The next user of `value` (byte for byte), by name; start with `*at` 0. Borrowed from the map;
 * NULL: no more. */
const char *pjwt_user_map_next(const struct pjwt_user_map *map, const char *value, size_t *at);

#endif
