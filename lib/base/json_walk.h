/* What stands in this object or array, one after the other, within the caps? For the scan and
 * for what builds values; nothing is allocated here. RFC 8259 sections 4 and 5. */
#ifndef PJWT_BASE_JSON_WALK_H
#define PJWT_BASE_JSON_WALK_H

#include "lib/base/json_text.h"

/* Consumes the value of a member or element that stands in a container of that depth. `name`
 * is what stands between the quotes, escapes as they are written; empty in an array. False ends
 * the walk. */
typedef bool pjwt_json_item_fn(void *context, struct pjwt_json_text *s,
                               struct pjwt_json_span name, unsigned depth);

/* Consumes the object or array that stands here, calling `item` for each value in it. The
 * outermost container has depth 1. False: not well-formed, over a cap, or `item` said so. */
bool pjwt_json_walk_object(struct pjwt_json_text *s, unsigned depth, pjwt_json_item_fn *item,
                           void *context);
bool pjwt_json_walk_array(struct pjwt_json_text *s, unsigned depth, pjwt_json_item_fn *item,
                          void *context);

/* Consumes any value and all that is in it; a container that stands here has that depth. */
bool pjwt_json_walk_value(struct pjwt_json_text *s, unsigned depth);

#endif
