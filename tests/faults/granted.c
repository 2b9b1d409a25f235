/* Which logins are there already, for the phases behind auth? */
#include "tests/faults/granted.h"

#include "tests/faults/files.h"
#include "tests/faults/house.h"

#include "lib/store/handoff_claims.h"

#include <stdio.h>
#include <string.h>

#define TICKET_ID_AT 5 /* behind "pjt1_" */
#define CLAIMS       "{\"groups\":[\"admins\"],\"auth_time\":9}"

static bool
keep(const char *dir, struct pjwt_store *store, const char *name,
     const struct pjwt_grant *grant, const struct pjwt_asker *asker)
{
    char id[PJWT_HANDOFF_SIZE] = "";

    const char *claims = strcmp(name, "good") == 0 ? CLAIMS : NULL; /* it gets a ticket */

    return pjwt_ok(pjwt_handoff_put(store, grant, asker, HOUSE_NOW, id)) &&
           pjwt_ok(pjwt_handoff_claims_save(store, id, claims)) &&
           files_write(dir, "grant", name, grant, sizeof(*grant)) &&
           files_write(dir, "login", name, id, strlen(id));
}

/* Made from the ticket of that name, which the house has. */
static bool
keep_ticket(const char *dir, struct pjwt_store *store, const char *name)
{
    PJWT_AUTO(secret) struct pjwt_secret *text = house_credential(name);
    const struct pjwt_asker asker = HOUSE_ASKER;
    struct pjwt_grant grant = {.user = "alice",
                               .service = "sshd",
                               .issued = HOUSE_NOW - 60,
                               .expires = HOUSE_NOW + 600};

    if (text == NULL) {
        return false;
    }
    memcpy(grant.ticket, pjwt_secret_bytes(text) + TICKET_ID_AT, PJWT_TICKET_ID_LEN);
    return keep(dir, store, name, &grant, &asker);
}

bool
granted_make(const char *dir, struct pjwt_store *store)
{
    const struct pjwt_asker asker = HOUSE_ASKER;
    const struct pjwt_asker stranger = {2, 2, 2, 2};
    const struct pjwt_grant good = {.user = "alice",
                                    .service = "sshd",
                                    .iss = "https://idp",
                                    .sub = "alice",
                                    .jti = "1",
                                    .iat = HOUSE_NOW - 60,
                                    .issued = HOUSE_NOW - 60,
                                    .expires = HOUSE_NOW + 600,
                                    .leeway = 30};
    struct pjwt_grant expired = good;
    struct pjwt_grant revoked = good;
    struct pjwt_grant blocked = good;

    expired.expires = HOUSE_NOW - 31;
    (void)snprintf(revoked.jti, sizeof(revoked.jti), "taken-back");
    (void)snprintf(blocked.user, sizeof(blocked.user), "mallory");
    return keep(dir, store, "good", &good, &asker) &&
           keep(dir, store, "expired", &expired, &asker) &&
           keep(dir, store, "revoked", &revoked, &asker) &&
           keep(dir, store, "blocked", &blocked, &asker) &&
           keep(dir, store, "stranger", &good, &stranger) &&
           keep_ticket(dir, store, "ticket") && keep_ticket(dir, store, "ticket-revoked") &&
           files_write(dir, "no", "login", "-", 1);
}
