/* May this credential be this local user? */
#ifndef PJWT_POLICY_USER_H
#define PJWT_POLICY_USER_H

#include "lib/base/report.h"
#include "lib/policy/config.h"

#include <stdbool.h>
#include <sys/types.h>

enum pjwt_member { PJWT_MEMBER_NO, PJWT_MEMBER_YES, PJWT_MEMBER_NO_GROUP };

/* The machine's user database, given in by the program: NSS, or a table in a test. */
struct pjwt_users {
    /* True, and sets `*uid`, when a user of exactly that name exists. */
    bool (*find)(void *context, const char *name, uid_t *uid);
    /* Is the user in the group of exactly that name, as the primary one or another? NO also
     * when that cannot be found out. */
    enum pjwt_member (*member)(void *context, const char *name, const char *group);
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
