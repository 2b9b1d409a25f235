#include "lib/store/revocation_kind.h"

#define AT(member) offsetof(struct pjwt_grant, member)

/* clang-format off */
static const struct pjwt_revocation_kind kinds[] = {
/*                          name       check               refusal              value     iss    dated  valued */
    [PJWT_REVOKE_JTI]     = {"jti",     "jti revoked",     {PJWT_JTI_REVOKED},     AT(jti),  true,  false, true},
    [PJWT_REVOKE_USER]    = {"user",    "user revoked",    {PJWT_USER_REVOKED},    AT(user), false, true,  true},
    [PJWT_REVOKE_SUBJECT] = {"subject", "subject revoked", {PJWT_SUBJECT_REVOKED}, AT(sub),  true,  true,  true},
    [PJWT_REVOKE_ISSUER]  = {"issuer",  "issuer revoked",  {PJWT_ISSUER_REVOKED},  0,        true,  true,  false},
    [PJWT_REVOKE_KEY]     = {"key",     "key revoked",     {PJWT_KEY_REVOKED},     AT(kid),  true,  false, true},
};
/* clang-format on */

const struct pjwt_revocation_kind *
pjwt_revocation_kind(enum pjwt_revoke kind)
{
    return (size_t)kind < sizeof(kinds) / sizeof(kinds[0]) ? &kinds[kind] : NULL;
}
