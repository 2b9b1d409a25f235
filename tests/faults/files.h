/* How do bytes get into the house? */
#ifndef PJWT_FAULTS_FILES_H
#define PJWT_FAULTS_FILES_H

#include "lib/base/secret.h"

#include <stdbool.h>
#include <stddef.h>

/* Writes dir/NAME, or dir/KIND-NAME when it is one of a kind (NULL: none), for its owner alone.
 * All borrowed. */
bool files_write(const char *dir, const char *kind, const char *name, const void *bytes,
                 size_t len);
bool files_write_secret(const char *dir, const char *kind, const char *name,
                        const struct pjwt_secret *secret);

#endif
