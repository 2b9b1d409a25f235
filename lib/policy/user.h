/* May this credential be this local user? */
#ifndef PJWT_POLICY_USER_H
#define PJWT_POLICY_USER_H

#include "lib/base/report.h"
#include "lib/policy/config.h"

#include <stdbool.h>
#include <sys/types.h>

/* The machine's user database, given in by the program: NSS, or a table in a test. Returns true
 * and sets
 * `*uid` when a user of exactly that name exists. */
struct pjwt_users {
    bool (*find)(void *context, const char *name, uid_t *uid);
    void *context;
};

/* ^[a-z_][a-z0-9_.-]{0,31}$, no folding, no trimming. */
bool pjwt_user_name_valid(const char *name);

/*
 * `name` (what the credential says, valid by the rule above) must equal `asked` (PAM_USER),
 * exist under that same name, and be no system user (uid below 1000 or 65534) unless
 * `system_users` lists it. All borrowed. NSS is asked last.
 *
 * Reasons: USER_NAME, USER_MISMATCH, USER_UNKNOWN, USER_SYSTEM.
 */
pjwt_verdict pjwt_user_check(const struct pjwt_config *config, const struct pjwt_users *users,
                             const char *name, const char *asked,
                             struct pjwt_report *report) PJWT_MUST_USE;

#endif
