#include "lib/store/revocation_kind.h"

#define AT(member) offsetof(struct pjwt_grant, member)

/* The row's own mark outlives the revocation. ?4 to ?7 are bound in every one of them. */
#define MARK(kind)                                                             \
    "UPDATE tickets SET revoked_at=?1, revoked_by=?2,"                         \
    " revoked_why=CASE ?3 WHEN '' THEN 'its " kind " was revoked' ELSE ?3 END" \
    " WHERE revoked_at=0 AND ?4||?5||?6||?7 IS NOT NULL AND "
#define OF_ISSUER "iss=?4 AND iss<>'' AND "
#define DATED     "iat-?7<=?6"

/* clang-format off */
static const struct pjwt_revocation_kind kinds[] = {
    [PJWT_REVOKE_JTI] =
        {"jti", "jti revoked", {PJWT_JTI_REVOKED}, MARK("jti") OF_ISSUER "jti=?5",
         AT(jti), true, false, true},
    /* Marked one by one, so that a ticket of the same second issued afterwards is good. */
    [PJWT_REVOKE_USER] =
        {"user", "user revoked", {PJWT_USER_REVOKED}, MARK("user") "user=?5 AND (created<=?6 OR (iat>0 AND " DATED "))",
         AT(user), false, true, true},
    [PJWT_REVOKE_SUBJECT] =
        {"subject", "subject revoked", {PJWT_SUBJECT_REVOKED}, MARK("subject") OF_ISSUER "sub=?5 AND " DATED,
         AT(sub), true, true, true},
    [PJWT_REVOKE_ISSUER] =
        {"issuer", "issuer revoked", {PJWT_ISSUER_REVOKED}, MARK("issuer") OF_ISSUER DATED,
         0, true, true, false},
    [PJWT_REVOKE_KEY] =
        {"key", "key revoked", {PJWT_KEY_REVOKED}, MARK("key") OF_ISSUER "kid=?5",
         AT(kid), true, false, true},
};
/* clang-format on */

const struct pjwt_revocation_kind *
pjwt_revocation_kind(enum pjwt_revoke kind)
{
    return (size_t)kind < sizeof(kinds) / sizeof(kinds[0]) ? &kinds[kind] : NULL;
}
