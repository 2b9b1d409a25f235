/* May this credential be this local user? */
#include "lib/policy/user.h"

#include "lib/base/grant.h"

#include <string.h>

#define FIRST_LETTERS "abcdefghijklmnopqrstuvwxyz_"
#define LETTERS       FIRST_LETTERS "0123456789.-"
#define UID_PEOPLE    1000 /* below: the system's own */
#define UID_NOBODY    65534

bool
pjwt_user_name_valid(const char *name)
{
    size_t len = strnlen(name, PJWT_USER_MAX);

    return len >= 1 && len < PJWT_USER_MAX && strspn(name, FIRST_LETTERS) >= 1 &&
           strspn(name, LETTERS) == len;
}

static pjwt_verdict
check_names(const char *name, const char *asked, struct pjwt_why *why)
{
    bool valid = pjwt_user_name_valid(name);

    pjwt_why_set(why, "%.64s is %s local user name", valid ? asked : name,
                 valid && pjwt_user_name_valid(asked) ? "a" : "no");
    return valid && pjwt_user_name_valid(asked) ? PJWT_SAY(OK) : PJWT_SAY(USER_NAME);
}

static pjwt_verdict
check_same(const char *name, const char *asked, struct pjwt_why *why)
{
    pjwt_why_set(why, "the credential is for %s, the login for %s", name, asked);
    return strcmp(name, asked) == 0 ? PJWT_SAY(OK) : PJWT_SAY(USER_MISMATCH);
}

static pjwt_verdict
check_exists(const struct pjwt_users *users, const char *name, uid_t *uid, struct pjwt_why *why)
{
    bool found = users->find(users->context, name, uid);

    pjwt_why_set(why, "%s is %s to this machine", name, found ? "known" : "unknown");
    return found ? PJWT_SAY(OK) : PJWT_SAY(USER_UNKNOWN);
}

static pjwt_verdict
check_person(const struct pjwt_config *config, const char *name, uid_t uid,
             struct pjwt_why *why)
{
    bool system = uid < UID_PEOPLE || uid == UID_NOBODY;
    bool listed = pjwt_list_has(&config->system_users, name);

    pjwt_why_set(why, "uid %lu of %s is %s", (unsigned long)uid, name,
                 !system  ? "a person's"
                 : listed ? "in system_users"
                          : "a system user's and not in system_users");
    return !system || listed ? PJWT_SAY(OK) : PJWT_SAY(USER_SYSTEM);
}

pjwt_verdict
pjwt_user_check(const struct pjwt_config *config, const struct pjwt_users *users,
                const char *name, const char *asked, struct pjwt_report *report)
{
    uid_t uid = 0;

    PJWT_CHECK(report, "user name", check_names(name, asked, &report->why));
    PJWT_CHECK(report, "same user", check_same(name, asked, &report->why));
    PJWT_CHECK(report, "local user", check_exists(users, name, &uid, &report->why));
    PJWT_CHECK(report, "system user", check_person(config, name, uid, &report->why));
    return PJWT_SAY(OK);
}
