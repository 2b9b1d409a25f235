/* Is a login's own ticket good where the config says it is for? */
#include "helper/lint/config_lines.h"

#include <stdio.h>

static void
check_service(struct pjwt_lint *lint, const struct pjwt_service *of, const char *name)
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

void
pjwt_lint_login_ticket(struct pjwt_lint *lint)
{
    for (size_t i = 0; lint->config != NULL && i < lint->config->services; i++) {
        const struct pjwt_service *s = &lint->config->service[i];

        for (size_t j = 0; s->login_ticket > 0 && j < s->login_ticket_for.count; j++) {
            check_service(lint, s, s->login_ticket_for.item[j]);
        }
    }
}
