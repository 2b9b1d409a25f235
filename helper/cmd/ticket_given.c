/* What does the command line ask of a ticket? */
#include "helper/cmd/ticket_given.h"

#include "helper/cmd/say.h"
#include "lib/policy/list.h"
#include "lib/policy/nearest.h"
#include "lib/policy/options.h"

#include <stdio.h>
#include <string.h>

#define LIST_SCOPE __attribute__((cleanup(pjwt_list_clear)))

static enum pjwt_exit
say_no_service(const struct pjwt_cmd *cmd, const struct pjwt_config *config, const char *name)
{
    struct pjwt_nearest nearest = {.word = name};
    char words[PJWT_NEAREST_WORDS];

    for (size_t i = 0; i < config->services; i++) {
        for (size_t j = 0; j < config->service[i].names.count; j++) {
            pjwt_nearest_offer(&nearest, config->service[i].names.item[j]);
        }
    }
    return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, "add a [service NAME] section for it",
                          "no section names service %s: %s%s", name, cmd->config,
                          pjwt_nearest_words(&nearest, words));
}

static enum pjwt_exit
check_service(const struct pjwt_cmd *cmd, const struct pjwt_config *config, const char *name)
{
    const struct pjwt_service *service = pjwt_config_service(config, name);

    if (service == NULL) {
        return say_no_service(cmd, config, name);
    }
    if (!service->ticket) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, "add ticket to its accept",
                              "service %s does not accept tickets: %s:%ld", name, service->file,
                              service->line);
    }
    return PJWT_EXIT_OK;
}

/* Adds one name to the row's list, with commas between. */
static enum pjwt_exit
add_service(const struct pjwt_cmd *cmd, const struct pjwt_list *list, size_t place,
            char services[PJWT_SERVICES_MAX])
{
    const char *name = list->item[place];
    size_t used = strlen(services);
    size_t room = PJWT_SERVICES_MAX - used;

    for (size_t i = 0; i < place; i++) {
        if (strcmp(list->item[i], name) == 0) {
            return pjwt_say_usage(cmd, "--service: %s is named twice", name);
        }
    }
    if (strlen(name) + 2 > room) {
        return pjwt_say_usage(cmd, "--service: the names are too long together");
    }
    (void)snprintf(services + used, room, "%s%s", place == 0 ? "" : ",", name);
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_ticket_services(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                     char services[PJWT_SERVICES_MAX])
{
    LIST_SCOPE struct pjwt_list list = {0};
    const char *expected = NULL;

    if (!pjwt_list_split(&list, pjwt_flags_value(&cmd->args, "service"), &expected) ||
        list.count == 0) {
        return pjwt_say_usage(cmd, "--service: expected %s",
                              expected == NULL ? "at least one service" : expected);
    }
    for (size_t i = 0; i < list.count; i++) {
        PJWT_OR_EXIT(check_service(cmd, config, list.item[i]));
        PJWT_OR_EXIT(add_service(cmd, &list, i, services));
    }
    return PJWT_EXIT_OK;
}

/* By the rule of the config's own option. */
static enum pjwt_exit
read_span(const struct pjwt_cmd *cmd, const char *name, long *seconds)
{
    const char *text = pjwt_flags_value(&cmd->args, name);
    const struct pjwt_option *rule = pjwt_option_find("tickets", name);
    const char *expected = NULL;

    if (text != NULL && !rule->parse(seconds, text, &expected)) {
        return pjwt_say_usage(cmd, "--%s: %s: expected %s", name, text, expected);
    }
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_ticket_times(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                  struct pjwt_ticket *row)
{
    long lifetime = config->ticket_lifetime;
    long idle = config->ticket_idle;

    PJWT_OR_EXIT(read_span(cmd, "lifetime", &lifetime));
    PJWT_OR_EXIT(read_span(cmd, "idle", &idle));
    row->created = cmd->now;
    row->expires = cmd->now + lifetime;
    row->idle = idle;
    row->renewable_until =
        config->ticket_renewable == 0 ? 0 : cmd->now + config->ticket_renewable;
    return PJWT_EXIT_OK;
}
