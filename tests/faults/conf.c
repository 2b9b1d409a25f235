/* Which issuers and services does the house know? */
#include "tests/faults/conf.h"

#include "tests/faults/files.h"
#include "tests/faults/house.h"
#include "tests/faults/sealed.h"

#include "lib/jose/alg.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* The algorithms of this build, whichever they are, that are among these. */
static void
list_algorithms(pjwt_algs among, char *text, size_t size)
{
    size_t len = 0;

    for (enum pjwt_alg alg = 1; alg < PJWT_ALG_COUNT; alg++) {
        if ((PJWT_ALG_BIT(alg) & among) != 0) {
            len += (size_t)snprintf(text + len, size - len, "%s%s", len == 0 ? "" : ", ",
                                    pjwt_alg_name(alg));
        }
    }
}

bool
conf_make(const char *dir)
{
    static const char map[] = "# who is who\nalice 7\nbob 8\nmallory 7\n";
    char pairs[256] = "";
    char secrets[64] = "";
    char text[PATH_MAX + 2048];
    int len = 0;

    list_algorithms(~PJWT_ALGS_HMAC, pairs, sizeof(pairs));
    list_algorithms(PJWT_ALGS_HMAC, secrets, sizeof(secrets));
    len = snprintf(text, sizeof(text),
                   "[issuer corp]\niss = https://idp\nkeys = corp.jwks\naudience = pam:a\n"
                   "algorithms = %s\ndecrypt = " SEALED_SET "\n"
                   "[issuer shared]\niss = https://shared\nkeys = shared.jwks\nhmac = yes\n"
                   "audience = pam:a\nalgorithms = %s\n"
                   "[issuer two]\niss = https://two\nkeys = two.jwks\naudience = pam:a\n"
                   "algorithms = %s\ndecrypt = " SEALED_SET_TWO "\n"
                   "[issuer mapped]\niss = https://mapped\nkeys = corp.jwks\n"
                   "audience = pam:a\nalgorithms = %s\nuser_map = corp.users\n"
                   "require = groups=users|admins\n"
                   "[issuer once]\niss = " HOUSE_ONCE "\nkeys = corp.jwks\naudience = pam:a\n"
                   "algorithms = %s\none_time = yes\n"
                   "[service sshd]\nissuers = corp, shared, mapped, once\n"
                   "login_ticket = 8h\nlogin_ticket_for = sudo\n"
                   "[service su]\nissuers = two\n[service sudo]\nrequire = groups=admins\n"
                   "[service vault]\ntoken_only = yes\n"
                   "[paths]\nstate = %s/state\nrun = %s/run\n",
                   pairs, secrets, pairs, pairs, pairs, dir, dir);
    return files_write(dir, NULL, "pam_jwt.conf", text, (size_t)len) &&
           files_write(dir, NULL, "corp.users", map, strlen(map));
}
