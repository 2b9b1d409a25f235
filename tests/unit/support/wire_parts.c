#include "tests/unit/support/wire_parts.h"

struct pjwt_grant
wire_grant(void)
{
    struct pjwt_grant g = {.iat = 1767225600, .issued = 1767225600, .expires = 1767226500};

    SET(g.user, "alice");
    SET(g.service, "sshd");
    SET(g.iss, "https://idp.example.com");
    SET(g.sub, "alice");
    SET(g.jti, "j-1");
    SET(g.kid, "k1");
    g.leeway = 30;
    return g;
}
