/* What does an administrator take back? */
#include "lib/store/revocations.h"
#include "tests/pam/mint.h"
#include "tests/pam/text.h"
#include "tests/pam/verbs.h"

#include <stdio.h>
#include <string.h>

#define CORP "https://idp.example.com/realms/corp"

static void
check(struct scene *scene, const char *what, pjwt_verdict v)
{
    if (!pjwt_ok(v)) {
        scene_wrong(scene, "[%s] %s", what, pjwt_code(v));
    }
}

static bool
kind_of(const char *name, enum pjwt_revoke *kind)
{
    static const struct {
        const char *name;
        enum pjwt_revoke kind;
    } kinds[] = {{"jti", PJWT_REVOKE_JTI},
                 {"user", PJWT_REVOKE_USER},
                 {"subject", PJWT_REVOKE_SUBJECT},
                 {"issuer", PJWT_REVOKE_ISSUER},
                 {"key", PJWT_REVOKE_KEY}};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            *kind = kinds[i].kind;
            return true;
        }
    }
    return false;
}

static void
revoke_ticket(struct scene *scene, struct pjwt_store *store, const char *name)
{
    const char *ticket = values_get(&scene->values, name[0] == '%' ? name + 1 : name);
    char id[PJWT_TICKET_ID_LEN + 1] = "";

    if (ticket == NULL || strlen(ticket) < strlen(PJWT_TICKET_PREFIX) + PJWT_TICKET_ID_LEN) {
        scene_wrong(scene, "[revoke] no such ticket: %s", name);
        return;
    }
    memcpy(id, ticket + strlen(PJWT_TICKET_PREFIX), PJWT_TICKET_ID_LEN);
    check(scene, "revoke",
          pjwt_revocation_ticket(store, id, scene->house->now, "root", "a test"));
}

/* [revoke] ticket %ticket · jti id-0001 · user alice before=-1m · subject SUB · key KID ·
 * issuer */
void
verb_revoke(struct scene *scene, char *text)
{
    int64_t now = scene->house->now;
    struct pjwt_revocation row = {.before = now, .created = now, .by = "root"};
    char *kind = text_word(&text);
    char *value = kind == NULL ? NULL : text_word(&text);
    char *before = value == NULL ? NULL : text_word(&text);
    PJWT_AUTO(store) struct pjwt_store *store = NULL;

    expect_settle(scene);
    if (kind == NULL || strcmp(kind, "nothing") == 0) {
        return;
    }
    store = house_store(scene->house);
    if (strcmp(kind, "ticket") == 0 && value != NULL) {
        revoke_ticket(scene, store, value);
        return;
    }
    if (!kind_of(kind, &row.kind)) {
        scene_wrong(scene, "[revoke] what is %s?", kind);
        return;
    }
    if (row.kind != PJWT_REVOKE_USER) {
        (void)snprintf(row.iss, sizeof(row.iss), "%s", CORP);
    }
    (void)snprintf(row.value, sizeof(row.value), "%s",
                   value == NULL || strcmp(value, "-") == 0 ? "" : value);
    if (row.kind == PJWT_REVOKE_JTI || row.kind == PJWT_REVOKE_KEY) {
        row.before = 0;
    } else if (before != NULL && text_after(before, "before") != NULL) {
        row.before = mint_time(text_after(before, "before"), now);
    }
    check(scene, "revoke", pjwt_revocation_add(store, &row, NULL));
}

/* [block] alice until=+1h · nobody-else */
void
verb_block(struct scene *scene, char *text)
{
    int64_t now = scene->house->now;
    char *user = text_word(&text);
    char *until = user == NULL ? NULL : text_word(&text);
    PJWT_AUTO(store) struct pjwt_store *store = house_store(scene->house);

    expect_settle(scene);
    check(scene, "block",
          pjwt_block_add(store, user == NULL ? "" : user, now,
                         until == NULL ? 0 : mint_time(text_after(until, "until"), now), "root",
                         "a test"));
}

void
verb_unblock(struct scene *scene, char *text)
{
    PJWT_AUTO(store) struct pjwt_store *store = house_store(scene->house);

    expect_settle(scene);
    check(scene, "unblock", pjwt_block_remove(store, text));
}
