/* What is there to log in with? A config, a key set, a session file with revocations in its
 * log, and credentials good and bad, in a folder of the test's own. */
#ifndef PJWT_FAULTS_HOUSE_H
#define PJWT_FAULTS_HOUSE_H

#include "lib/base/secret.h"

#include <stdbool.h>
#include <stddef.h>

#define HOUSE_NOW  1767225600
#define HOUSE_ONCE "https://once" /* its tokens are good once */
/* The ssh key in hand, its thumbprint, and that of another. */
#define HOUSE_SSH_KEY        \
    "publickey ssh-ed25519 " \
    "AAAAC3NzaC1lZDI1NTE5AAAAIDKeEX++H5WLcwbJO796aBhppjw3oA6S3gCjJNj47q4p\n"
#define HOUSE_SSH_JKT   "FSOUP08vx-93uvgSDXn6CDYsz1OVZ9ubv_tY8TDiVqo"
#define HOUSE_OTHER_JKT "4Elgrg8wsnaJl8QlHYUe2BfihQJvsBCfuTjvnvy4JXA"
/* The process that asks: its pid and its parent's, and when they started. */
#define HOUSE_ASKER \
    {               \
        1, 1, 1, 1  \
    }

/* Builds it, in a process of its own: this one has then used neither OpenSSL nor SQLite. */
bool house_build(void);

/* Its config file; static. */
const char *house_config(void);

/* The credential of that name, owned by the caller; NULL when there is none. */
struct pjwt_secret *house_credential(const char *name);

/* Puts the session file back as it was built, log included: so every attempt finds the same. */
bool house_restore(void);

void house_remove(void);

#endif
