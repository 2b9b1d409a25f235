/* What does the house's session file hold? */
#include "tests/faults/stored.h"

#include "tests/faults/files.h"
#include "tests/faults/granted.h"
#include "tests/faults/house.h"

#include "lib/store/admit.h"
#include "lib/store/revocations.h"
#include "lib/store/tickets.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

struct issued {
    const char *name, *service, *claims;
};

static const struct issued tickets[] = {
    {"ticket", "sshd", NULL},
    {"ticket-revoked", "sshd", NULL},
    {"ticket-service", "sudo", NULL},
    {"ticket-claims", "sudo", "{\"groups\":[\"users\",\"admins\"]}"},
    {"ticket-users", "sudo", "{\"groups\":[\"users\"]}"},
    {"ticket-once", "sshd", NULL},
    {"ticket-once-spent", "sshd", NULL},
};

/* What a login before this one has left. */
static bool
spend(struct pjwt_store *store, struct pjwt_grant *grant)
{
    const struct pjwt_asker asker = {2, 2, 2, 2};
    const struct pjwt_clock clock = {HOUSE_NOW - 20, 4980, "a"};
    char id[PJWT_HANDOFF_SIZE];

    grant->one_time = true;
    (void)snprintf(grant->user, sizeof(grant->user), "alice");
    (void)snprintf(grant->service, sizeof(grant->service), "sshd");
    return pjwt_ok(pjwt_admit(store, grant, NULL, &asker, &clock, id));
}

/* Two of them are over before they are tried. */
static bool
wear_out(struct pjwt_store *store, const char *name, const struct pjwt_ticket *row)
{
    struct pjwt_grant grant = {.expires = row->expires};

    if (strcmp(name, "ticket-once-spent") == 0) {
        memcpy(grant.ticket, row->id, sizeof(grant.ticket));
        return spend(store, &grant);
    }
    return strcmp(name, "ticket-revoked") != 0 ||
           pjwt_ok(pjwt_revocation_ticket(store, row->id, HOUSE_NOW - 30, "root", ""));
}

static bool
issue(const char *dir, struct pjwt_store *store, const struct issued *what)
{
    struct pjwt_ticket row = {.user = "alice",
                              .created = HOUSE_NOW - 60,
                              .expires = HOUSE_NOW + 600,
                              .claims = what->claims};
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

    row.one_time = strstr(what->name, "once") != NULL;
    (void)snprintf(row.services, sizeof(row.services), "%s", what->service);
    return pjwt_ok(pjwt_ticket_issue(store, &row, &text)) &&
           files_write_secret(dir, NULL, what->name, text) && wear_out(store, what->name, &row);
}

static bool
issue_all(const char *dir, struct pjwt_store *store)
{
    bool good = true;

    for (size_t i = 0; i < sizeof(tickets) / sizeof(tickets[0]) && good; i++) {
        good = issue(dir, store, &tickets[i]);
    }
    return good;
}

static bool
take_back(struct pjwt_store *store)
{
    const struct pjwt_revocation jti = {.kind = PJWT_REVOKE_JTI,
                                        .iss = "https://idp",
                                        .value = "taken-back",
                                        .created = HOUSE_NOW - 30};

    return pjwt_ok(pjwt_revocation_add(store, &jti, NULL)) &&
           pjwt_ok(pjwt_block_add(store, "mallory", HOUSE_NOW - 30, 0, "root", ""));
}

static bool
open_store(const char *dir, const char *name, struct pjwt_store **store)
{
    struct pjwt_why why = {""};
    char path[PATH_MAX];
    bool made = false;

    (void)snprintf(path, sizeof(path), "%s/%s", dir, name);
    return pjwt_ok(pjwt_store_init(path, &made, &why)) &&
           pjwt_ok(pjwt_store_open(path, store, &why));
}

bool
stored_make(const char *dir)
{
    static const struct issued unknown = {"ticket-unknown", "sshd", NULL};
    struct pjwt_grant token = {.iss = HOUSE_ONCE, .jti = "2", .expires = HOUSE_NOW + 600};
    struct pjwt_store *store = NULL; /* left open: see house_build() */
    struct pjwt_store *other = NULL;

    return open_store(dir, "state", &store) && issue_all(dir, store) && spend(store, &token) &&
           granted_make(dir, store) && take_back(store) &&
           /* A ticket in every way, of another store. */
           open_store(dir, "other", &other) && issue(dir, other, &unknown);
}
