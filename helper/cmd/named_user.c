#include "helper/cmd/named_user.h"

#include "lib/base/base64url.h"
#include "lib/base/json.h"
#include "lib/decrypt.h"
#include "lib/policy/whose.h"
#include "lib/store/ticket_text.h"
#include "lib/store/tickets.h"

#include <string.h>

static void
by_ticket(struct pjwt_store *store, const struct pjwt_secret *typed, char *user, size_t size)
{
    struct pjwt_ticket_text ticket;
    struct pjwt_ticket row = {0};
    struct pjwt_report report = {0};

    if (pjwt_ok(pjwt_ticket_parse(typed, &ticket, &report)) &&
        pjwt_ok(pjwt_ticket_get(store, ticket.id, &row))) {
        pjwt_report_name(user, size, row.user);
    }
    explicit_bzero(&ticket, sizeof(ticket));
}

/* The second segment as an object; owned by the caller, NULL when it is none. */
static json_t *
payload_of(const struct pjwt_secret *typed)
{
    PJWT_AUTO(secret) struct pjwt_secret *text = pjwt_secret_new(pjwt_secret_len(typed));
    const char *start = strchr(pjwt_secret_bytes(typed), '.');
    const char *end = start == NULL ? NULL : strchr(start + 1, '.');
    json_t *payload = NULL;
    size_t len = 0;

    if (text == NULL || end == NULL ||
        !pjwt_ok(pjwt_base64url_decode(start + 1, (size_t)(end - start - 1),
                                       (unsigned char *)pjwt_secret_buffer(text), &len))) {
        return NULL;
    }
    pjwt_secret_set_len(text, len);
    return pjwt_ok(pjwt_json_object(pjwt_secret_bytes(text), len, &payload)) ? payload : NULL;
}

static void
by_token(const struct pjwt_config *config, const struct pjwt_secret *typed, char *user,
         size_t size)
{
    PJWT_AUTO(json) json_t *payload = payload_of(typed);
    const char *iss = json_string_value(json_object_get(payload, "iss"));
    const struct pjwt_issuer *issuer =
        iss == NULL ? NULL : pjwt_config_issuer_by_iss(config, iss);

    char name[PJWT_USER_MAX] = "";
    struct pjwt_report report = {0};

    if (issuer != NULL && pjwt_ok(pjwt_whose(config, issuer, payload, NULL, name, &report))) {
        pjwt_report_name(user, size, name);
    }
}

/* What an encrypted token holds, owned by the caller; NULL when it is none of ours. */
static struct pjwt_secret *
opened(const struct pjwt_config *config, const char *name, const struct pjwt_secret *typed)
{
    const struct pjwt_service *service = pjwt_config_service(config, name);
    struct pjwt_secret *inner = NULL;
    struct pjwt_report report = {0};
    const char *set = NULL;

    if (service == NULL ||
        !pjwt_ok(pjwt_decrypt(config, service, typed, &inner, &set, &report))) {
        return NULL;
    }
    return inner;
}

void
pjwt_named_user(const struct pjwt_config *config, struct pjwt_store *store, const char *service,
                const struct pjwt_secret *typed, char *user, size_t size)
{
    PJWT_AUTO(secret) struct pjwt_secret *inner = opened(config, service, typed);

    user[0] = '\0';
    if (strncmp(pjwt_secret_bytes(typed), PJWT_TICKET_PREFIX, strlen(PJWT_TICKET_PREFIX)) ==
        0) {
        by_ticket(store, typed, user, size);
    } else {
        by_token(config, inner == NULL ? typed : inner, user, size);
    }
}
