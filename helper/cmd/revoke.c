/* How is something that was good ended: a ticket, a token, all that a user has? */
#include "helper/cmd/input.h"
#include "helper/cmd/instant.h"
#include "helper/cmd/longest.h"
#include "helper/cmd/open.h"
#include "helper/cmd/revoke_row.h"
#include "helper/cmd/say.h"
#include "helper/cmd/who.h"
#include "lib/policy/user.h"

enum pjwt_exit
pjwt_revoke_ticket_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    const char *id = cmd->args.operand[0];
    char by[PJWT_USER_MAX + 16];
    char reason[PJWT_NOTE_MAX];
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_who(by, sizeof(by));
    PJWT_OR_EXIT(pjwt_input_note(cmd, "reason", reason, sizeof(reason)));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store_to_revoke(cmd, config, &store));
    v = pjwt_revocation_ticket(store, id, cmd->now, by, reason);
    if (!pjwt_ok(v)) {
        return pjwt_say_ticket(cmd, v, id);
    }
    pjwt_say_line("Ticket %s is refused from now on.", id);
    return pjwt_revoke_logins(cmd, config);
}

enum pjwt_exit
pjwt_revoke_jti_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    struct pjwt_revocation row;
    char count[PJWT_REVOKE_TICKETS];
    long tickets = 0;

    PJWT_OR_EXIT(pjwt_revoke_start(cmd, PJWT_REVOKE_JTI, &row));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_revoke_section(cmd, config, &row));
    PJWT_OR_EXIT(pjwt_revoke_value(cmd, "JTI", cmd->args.operand[1], PJWT_JTI_MAX, &row));
    PJWT_OR_EXIT(pjwt_revoke_remember(cmd, config, &row, &tickets));
    pjwt_say_line("The token %s of issuer %s is refused from now on, and %s that grew from it.",
                  row.value, cmd->args.operand[0], pjwt_revoke_tickets(tickets, count));
    pjwt_say_line("Its issuer can still issue others; `pamjwt revoke user NAME` ends what a "
                  "user has, `pamjwt block NAME` refuses new ones too.");
    return pjwt_revoke_logins(cmd, config);
}

enum pjwt_exit
pjwt_revoke_user_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    const char *user = cmd->args.operand[0];
    struct pjwt_revocation row;
    char before[PJWT_INSTANT_SIZE];
    char count[PJWT_REVOKE_TICKETS];
    long tickets = 0;

    if (!pjwt_user_name_valid(user)) {
        return pjwt_say_usage(cmd, "%s is no local user name", user);
    }
    PJWT_OR_EXIT(pjwt_revoke_start(cmd, PJWT_REVOKE_USER, &row));
    PJWT_OR_EXIT(pjwt_revoke_before(cmd, &row));
    PJWT_OR_EXIT(pjwt_revoke_value(cmd, "USER", user, PJWT_USER_MAX, &row));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_revoke_remember(cmd, config, &row, &tickets));
    pjwt_say_unknown_user(cmd, user);
    pjwt_say_line("All that was issued for %s until %s is refused from now on: every token, "
                  "and %s.",
                  user, pjwt_instant_text(row.before, before),
                  pjwt_revoke_tickets(tickets, count));
    pjwt_say_line("The issuer can still issue new tokens; `pamjwt block %s` refuses those too.",
                  user);
    return pjwt_revoke_logins(cmd, config);
}
