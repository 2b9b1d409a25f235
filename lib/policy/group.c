/* Is the user in the local group that the service requires? */
#include "lib/policy/group.h"

static pjwt_verdict
check_member(const char *group, const struct pjwt_users *users, const char *user,
             struct pjwt_why *why)
{
    enum pjwt_member member = users->member(users->context, user, group);

    if (member == PJWT_MEMBER_NO_GROUP) {
        pjwt_why_set(why, "this machine has no group %.128s", group);
        return PJWT_SAY(GROUP);
    }
    pjwt_why_set(why, "%.64s is %sin the group %.128s", user,
                 member == PJWT_MEMBER_YES ? "" : "not ", group);
    return member == PJWT_MEMBER_YES ? PJWT_SAY(OK) : PJWT_SAY(GROUP);
}

pjwt_verdict
pjwt_group_check(const struct pjwt_service *service, const struct pjwt_users *users,
                 const char *user, struct pjwt_report *report)
{
    if (service->require_group != NULL) {
        PJWT_CHECK(report, "group",
                   check_member(service->require_group, users, user, &report->why));
    }
    return PJWT_SAY(OK);
}
