/* Does a login get the ticket of its own that the config speaks of, and is it good where that
 * says? */
#include "helper/lint/config_lines.h"
#include "lib/store/tickets.h"

#include <stdio.h>
#include <string.h>

static void
check_there(struct pjwt_lint *lint, const struct pjwt_service *of, const char *name)
{
    const struct pjwt_service *there = pjwt_config_service(lint->config, name);
    char words[160];

    if (there != NULL && there->ticket) {
        return;
    }
    (void)snprintf(words, sizeof(words),
                   there == NULL ? "%s has no [service] section" : "%s does not accept tickets",
                   name);
    pjwt_config_lines_add(lint, PJWT_FINDING_TICKET_FOR, "service", of->names.item[0],
                          "login_ticket_for", words);
}

/* With a comma between two, as a ticket keeps them. */
static bool
fits_a_ticket(const struct pjwt_list *names)
{
    size_t len = 0;

    for (size_t i = 0; i < names->count; i++) {
        len += strlen(names->item[i]) + 1;
    }
    return len <= PJWT_SERVICES_MAX;
}

/* What keeps every login of this service from having one? NULL: nothing. */
static const char *
why_none(const struct pjwt_service *service)
{
    if (service->login_ticket == 0) {
        return "login_ticket is 0s";
    }
    if (!service->jwt) {
        return "only a login by token gets one, and this service does not accept tokens";
    }
    return fits_a_ticket(&service->login_ticket_for) ? NULL : "the list is too long";
}

static void
check_service(struct pjwt_lint *lint, const struct pjwt_service *service)
{
    const char *why = why_none(service);

    if (why != NULL) {
        pjwt_config_lines_add(lint, PJWT_FINDING_TICKET_NONE, "service", service->names.item[0],
                              "login_ticket_for", why);
        return;
    }
    for (size_t i = 0; i < service->login_ticket_for.count; i++) {
        check_there(lint, service, service->login_ticket_for.item[i]);
    }
}

void
pjwt_lint_login_ticket(struct pjwt_lint *lint)
{
    for (size_t i = 0; lint->config != NULL && i < lint->config->services; i++) {
        if (lint->config->service[i].login_ticket_for.count > 0) {
            check_service(lint, &lint->config->service[i]);
        }
    }
}
