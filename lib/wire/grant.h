/* How does a grant travel? Inside an answer to `auth`, and back inside an `account` question.
 */
#ifndef PJWT_WIRE_GRANT_H
#define PJWT_WIRE_GRANT_H

#include "lib/base/grant.h"
#include "lib/wire/fields.h"

#define PJWT_TAG_GRANT 64 /* its fields take the tags 64 to 79, behind all others */

void pjwt_grant_write(struct pjwt_writer *w, const struct pjwt_grant *grant);
/* Fails the reader when a field that every grant has is absent. */
void pjwt_grant_read(struct pjwt_reader *r, struct pjwt_grant *grant);

#endif
