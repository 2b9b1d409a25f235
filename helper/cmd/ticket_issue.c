/* How does somebody get a ticket? */
#include "helper/cmd/input.h"
#include "helper/cmd/instant.h"
#include "helper/cmd/open.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "helper/world.h"
#include "lib/policy/list.h"
#include "lib/policy/nearest.h"
#include "lib/policy/options.h"
#include "lib/policy/user.h"
#include "lib/store/tickets.h"

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

static enum pjwt_exit
read_services(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
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

/* The user may be made later, so what the machine says of the name is a warning. */
static enum pjwt_exit
read_user(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
          char user[PJWT_USER_MAX])
{
    const char *name = pjwt_flags_value(&cmd->args, "user");
    struct pjwt_report report = {0};
    pjwt_verdict v = PJWT_SAY(UNSET);

    if (!pjwt_user_name_valid(name)) {
        return pjwt_say_usage(cmd, "--user: %s is no local user name", name);
    }
    v = pjwt_user_check(config, pjwt_world_users(), name, name, &report);
    if (!pjwt_ok(v)) {
        pjwt_say_warning(cmd, "logins will refuse it: %s", report.why.text);
    }
    memcpy(user, name, strlen(name) + 1);
    return PJWT_EXIT_OK;
}

/* By the rule of the config's own option. */
static enum pjwt_exit
read_expiry(const struct pjwt_cmd *cmd, const struct pjwt_config *config, int64_t *expires)
{
    const char *text = pjwt_flags_value(&cmd->args, "lifetime");
    const struct pjwt_option *rule = pjwt_option_find("tickets", "lifetime");
    const char *expected = NULL;
    long lifetime = config->ticket_lifetime;

    if (text != NULL && !rule->parse(&lifetime, text, &expected)) {
        return pjwt_say_usage(cmd, "--lifetime: %s: expected %s", text, expected);
    }
    *expires = cmd->now + lifetime;
    return PJWT_EXIT_OK;
}

static enum pjwt_exit
hand_over(const struct pjwt_cmd *cmd, const struct pjwt_ticket *row,
          const struct pjwt_secret *text)
{
    char until[PJWT_INSTANT_SIZE];
    char span[PJWT_SPAN_SIZE];

    if (!pjwt_output_secret(text)) {
        return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE, "revoke it and issue another",
                              "standard output: %m: ticket %s is made and lost", row->id);
    }
    pjwt_say_if_public(cmd);
    pjwt_say_line("ticket %s for %s at %s: good%s until %s (%s)", row->id, row->user,
                  row->services, row->one_time != 0 ? " once," : "",
                  pjwt_instant_text(row->expires, until),
                  pjwt_instant_span(row->expires - row->created, span));
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_ticket_issue_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_ticket row = {.created = cmd->now,
                              .one_time = pjwt_flags_on(&cmd->args, "one-time") ? 1 : 0};
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(read_user(cmd, config, row.user));
    PJWT_OR_EXIT(read_expiry(cmd, config, &row.expires));
    PJWT_OR_EXIT(pjwt_input_note(cmd, "note", row.note, sizeof(row.note)));
    PJWT_OR_EXIT(read_services(cmd, config, row.services));
    PJWT_OR_EXIT(pjwt_open_store(cmd, config, &store));
    v = pjwt_ticket_issue(store, &row, &text);
    if (!pjwt_ok(v)) {
        return pjwt_say_store(cmd, config, v);
    }
    return hand_over(cmd, &row, text);
}
