/* How does a token become a ticket? */
#include "helper/cmd/input.h"
#include "helper/cmd/open.h"
#include "helper/cmd/say.h"
#include "helper/cmd/ticket_given.h"
#include "helper/cmd/ticket_out.h"
#include "helper/world.h"
#include "lib/exchange.h"
#include "lib/policy/list.h"
#include "lib/policy/user.h"

#define LIST_SCOPE __attribute__((cleanup(pjwt_list_clear)))

/* A token's holder asks for no more than the administrator gives by default. */
static enum pjwt_exit
check_lifetime(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
               const struct pjwt_ticket *row)
{
    if (row->expires - row->created <= config->ticket_lifetime) {
        return PJWT_EXIT_OK;
    }
    return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, "an administrator may issue one",
                          "--lifetime: longer than the %lds of `lifetime` in [tickets]",
                          config->ticket_lifetime);
}

/* The reason of a login, or of one of the services. */
static enum pjwt_exit
say_refused(const struct pjwt_cmd *cmd, const struct pjwt_config *config, pjwt_verdict v,
            const char *asked, const struct pjwt_why *why)
{
    struct pjwt_why at = {""};

    if (pjwt_class_of(v) == PJWT_CLASS_STORE) {
        return pjwt_say_store(cmd, config, v);
    }
    pjwt_why_set(&at, "%s%s%s%s%s", pjwt_code(v), asked == NULL ? "" : " at ",
                 asked == NULL ? "" : asked, why->text[0] == '\0' ? "" : ": ", why->text);
    return pjwt_say_verdict(cmd, v, &at);
}

static enum pjwt_exit
exchange(const struct pjwt_cmd *cmd, const struct pjwt_config *config, struct pjwt_store *store,
         const struct pjwt_secret *typed, struct pjwt_ticket *row)
{
    LIST_SCOPE struct pjwt_list services = {0};
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_exchange wanted = {.now = cmd->now,
                                   .users = pjwt_world_users(),
                                   .user = pjwt_flags_value(&cmd->args, "user"),
                                   .services = &services};
    struct pjwt_report report = {0};
    const char *asked = NULL;
    const char *expected = NULL;
    pjwt_verdict v = PJWT_SAY(NO_MEMORY);

    if (pjwt_list_split(&services, row->services, &expected)) {
        v = pjwt_exchange(config, store, &wanted, typed, row, &text, &asked, &report);
    }
    return pjwt_ok(v) ? pjwt_ticket_hand_over(cmd, row, text, store)
                      : say_refused(cmd, config, v, asked, &report.why);
}

enum pjwt_exit
pjwt_ticket_exchange_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *typed = NULL;
    const char *user = pjwt_flags_value(&cmd->args, "user");
    struct pjwt_ticket row = {0};

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    if (user != NULL && !pjwt_user_name_valid(user)) {
        return pjwt_say_usage(cmd, "--user: %s is no local user name", user);
    }
    PJWT_OR_EXIT(pjwt_ticket_times(cmd, config, &row));
    PJWT_OR_EXIT(check_lifetime(cmd, config, &row));
    PJWT_OR_EXIT(pjwt_ticket_services(cmd, config, row.services));
    PJWT_OR_EXIT(pjwt_input_credential(cmd, "-", &typed));
    PJWT_OR_EXIT(pjwt_open_store(cmd, config, &store));
    PJWT_OR_EXIT(pjwt_open_clock(cmd, store));
    return exchange(cmd, config, store, typed, &row);
}
