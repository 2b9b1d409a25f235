/* Who is at the keyboard? The name that stands beside a revocation. */
#ifndef PJWT_CMD_WHO_H
#define PJWT_CMD_WHO_H

#include <stddef.h>

/* The login name of the real uid, for root the one that sudo says it was, else "uid 1000". For
 * the record: whoever is root can say anything. */
void pjwt_who(char *out, size_t size);

#endif
