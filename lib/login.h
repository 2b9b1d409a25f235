/* May this credential log this user in, here, now? The whole story of one login, and what is
 * asked of it afterwards. */
#ifndef PJWT_LOGIN_H
#define PJWT_LOGIN_H

#include "lib/base/grant.h"
#include "lib/base/living.h"
#include "lib/base/report.h"
#include "lib/base/secret.h"
#include "lib/policy/config.h"
#include "lib/policy/user.h"
#include "lib/store/clock.h"
#include "lib/store/handoff.h"
#include "lib/store/logins.h"
#include "lib/store/store.h"
#include "lib/store/ticket_file.h"

#include <stdint.h>

/* Everything a decision may know of the world; read once, so that a login has one instant. All
 * borrowed. */
struct pjwt_scene {
    int64_t now;                    /* seconds since the epoch */
    const struct pjwt_clock *clock; /* the same instant by every clock; needed with `asker` */
    const struct pjwt_users *users;
    /* PAM_USER, at most 255 bytes, as the application gave it. NULL: whom the credential names,
     * where nothing is written (without `asker`) and nobody logs in. */
    const char *user;
    const char *ruser;   /* PAM_RUSER or "" */
    const char *service; /* PAM_SERVICE */
    const char *rhost;   /* PAM_RHOST or "" */
    /* SSH_AUTH_INFO_0 of the PAM environment: lines "publickey ALGORITHM BASE64" of what sshd
     * has seen proved; NULL or "" when there is none. */
    const char *ssh_auth_info;
    const char *tty;                  /* PAM_TTY or "" */
    const char *boot;                 /* the kernel's id of this boot, or "" */
    const struct pjwt_living *living; /* NULL: a ticket that a login was given is refused */
    const struct pjwt_asker *asker;   /* NULL: nothing is written, as for `explain` */
    /* Where the claims of an accepted token go, as the JSON text that a ticket made from it
     * keeps (pjwt_ticket.claims); owned by the caller whatever the verdict. NULL: nowhere. */
    char **claims;
};

/*
 * Decides on `typed` (borrowed; a token, encrypted or not, or a ticket) and then, as the only
 * side effect, spends what is good for one login and remembers the login for its session
 * (`login`, an id to hand on; "" when nothing is written).
 * `*grant` and `login` are written on OK alone.
 *
 * Reasons: MALFORMED, KIND_REFUSED, ENCRYPTED, ISSUER_DECRYPT, SERVICE_NONE, those of jose,
 * policy and store. RFC 8725 section 3 is the checklist.
 */
pjwt_verdict pjwt_login(const struct pjwt_config *config, struct pjwt_store *store,
                        const struct pjwt_scene *scene, const struct pjwt_secret *typed,
                        struct pjwt_grant *grant, char login[PJWT_HANDOFF_SIZE],
                        struct pjwt_report *report) PJWT_MUST_USE;

/*
 * The account check: is what authenticated (`grant`, borrowed; NULL when the login did not pass
 * through the module) still good for this user? Reasons: SERVICE_NONE, NOT_OURS, TOKEN_ONLY,
 * USER_CHANGED, EXPIRED, TICKET_EXPIRED, TICKET_LOGIN, AUTH_AGE, CLAIMS_AGE, GROUP, the USER_,
 * revocation and STORE_ rows.
 */
pjwt_verdict pjwt_account(const struct pjwt_config *config, struct pjwt_store *store,
                          const struct pjwt_scene *scene, const struct pjwt_grant *grant,
                          struct pjwt_report *report) PJWT_MUST_USE;

/*
 * The session check: the login that `login` (borrowed; "" when there is none) names, and its
 * revocations. Registers the login, those that are not ours too, and writes its id into
 * `opened`; "" where that could not be written: then one of ours is refused, and another's goes
 * on, because a full disk must not lock root's key out. `file` becomes the path of the ticket
 * that the login got for itself (lib/login_ticket.h), or "".
 * Reasons: as for the account check, and LOGIN_UNKNOWN.
 */
pjwt_verdict pjwt_open(const struct pjwt_config *config, struct pjwt_store *store,
                       const struct pjwt_scene *scene, const char *login,
                       char opened[PJWT_HANDOFF_SIZE], char file[PJWT_TICKET_FILE_MAX],
                       struct pjwt_report *report) PJWT_MUST_USE;

/* The session has ended: the login `opened` (borrowed) is one no longer, and its own ticket is
 * gone. Reasons: SERVICE_NONE, NOT_FOUND, STORE_*. */
pjwt_verdict pjwt_close(const struct pjwt_config *config, struct pjwt_store *store,
                        const struct pjwt_scene *scene, const char *opened,
                        struct pjwt_report *report) PJWT_MUST_USE;

#endif
