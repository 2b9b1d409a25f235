/* What does it mean for a key set that its file could not be read? For this folder alone. */
#ifndef PJWT_JOSE_KEYSET_FILE_H
#define PJWT_JOSE_KEYSET_FILE_H

#include "lib/base/file.h"
#include "lib/base/verdict.h"

/* Reasons: KEYS_UNREAD, KEYS_UNSAFE, KEYS_BAD (too large), NO_MEMORY. */
pjwt_verdict pjwt_keyset_file_verdict(enum pjwt_file outcome) PJWT_MUST_USE;

#endif
