/* How does somebody get a ticket? */
#include "helper/cmd/input.h"
#include "helper/cmd/open.h"
#include "helper/cmd/say.h"
#include "helper/cmd/ticket_given.h"
#include "helper/cmd/ticket_out.h"
#include "helper/world.h"
#include "lib/policy/user.h"
#include "lib/store/tickets.h"

#include <string.h>

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

/* One spelling for one network, as the check at login reads it. */
static enum pjwt_exit
read_from(const struct pjwt_cmd *cmd, char from[PJWT_NET_MAX])
{
    const char *text = pjwt_flags_value(&cmd->args, "from");
    struct pjwt_net net = {0};

    if (text == NULL) {
        return PJWT_EXIT_OK;
    }
    if (!pjwt_net_parse(text, &net)) {
        return pjwt_say_usage(cmd,
                              "--from: %s: expected an address or a network such as "
                              "192.0.2.0/24 or 2001:db8::/32, without bits behind its prefix",
                              text);
    }
    memcpy(from, text, strlen(text) + 1);
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
    PJWT_OR_EXIT(pjwt_ticket_times(cmd, config, &row));
    PJWT_OR_EXIT(read_from(cmd, row.from));
    PJWT_OR_EXIT(pjwt_input_note(cmd, "note", row.note, sizeof(row.note)));
    PJWT_OR_EXIT(pjwt_ticket_services(cmd, config, row.services));
    PJWT_OR_EXIT(pjwt_open_store(cmd, config, &store));
    v = pjwt_ticket_issue(store, &row, &text);
    if (!pjwt_ok(v)) {
        return pjwt_say_store(cmd, config, v);
    }
    return pjwt_ticket_hand_over(cmd, &row, text, store);
}
