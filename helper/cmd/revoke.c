/* How is something that was good ended? */
#include "helper/cmd/input.h"
#include "helper/cmd/instant.h"
#include "helper/cmd/longest.h"
#include "helper/cmd/open.h"
#include "helper/cmd/say.h"
#include "helper/cmd/who.h"
#include "lib/policy/user.h"
#include "lib/store/revocations.h"

#include <string.h>

/* Every revocation starts here: who, why, until when. */
static enum pjwt_exit
start_row(const struct pjwt_cmd *cmd, enum pjwt_revoke kind, struct pjwt_revocation *row)
{
    *row = (struct pjwt_revocation){
        .kind = kind, .created = cmd->now, .expires = cmd->now + PJWT_LONGEST};
    pjwt_who(row->by, sizeof(row->by));
    return pjwt_input_note(cmd, "reason", row->why, sizeof(row->why));
}

static enum pjwt_exit
set_text(const struct pjwt_cmd *cmd, const char *what, char *field, size_t size,
         const char *value)
{
    size_t len = strlen(value);

    if (len == 0 || len >= size) { /* no credential that we accept has one like it */
        return pjwt_say_usage(cmd, "%s: 1 to %zu bytes", what, size - 1);
    }
    memcpy(field, value, len + 1);
    return PJWT_EXIT_OK;
}

static enum pjwt_exit
remember(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
         const struct pjwt_revocation *row, long *tickets)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(pjwt_open_store_to_revoke(cmd, config, &store));
    v = pjwt_revocation_add(store, row, tickets);
    return pjwt_ok(v) ? PJWT_EXIT_OK : pjwt_say_store(cmd, config, v);
}

enum pjwt_exit
pjwt_revoke_ticket_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    const char *id = cmd->args.operand[0];
    char by[PJWT_USER_MAX + 16];
    char reason[PJWT_NOTE_MAX];
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_who(by, sizeof(by));
    PJWT_OR_EXIT(pjwt_input_note(cmd, "reason", reason, sizeof(reason)));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store_to_revoke(cmd, config, &store));
    v = pjwt_revocation_ticket(store, id, cmd->now, by, reason);
    if (!pjwt_ok(v)) {
        pjwt_why_set(&why, "ticket %.64s", id);
        return pjwt_say_verdict(cmd, v, &why);
    }
    pjwt_say_line("Ticket %s is refused from now on.", id);
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_revoke_jti_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    const struct pjwt_issuer *issuer = NULL;
    struct pjwt_revocation row;

    PJWT_OR_EXIT(start_row(cmd, PJWT_REVOKE_JTI, &row));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_issuer(cmd, config, cmd->args.operand[0], &issuer));
    PJWT_OR_EXIT(set_text(cmd, "iss", row.iss, sizeof(row.iss), issuer->iss));
    PJWT_OR_EXIT(set_text(cmd, "JTI", row.value, PJWT_JTI_MAX, cmd->args.operand[1]));
    PJWT_OR_EXIT(remember(cmd, config, &row, NULL));
    pjwt_say_line("The token %s of issuer %s is refused from now on.", row.value,
                  issuer->section);
    pjwt_say_line("Its issuer can still issue others; `pamjwt revoke user NAME` ends what a "
                  "user has, `pamjwt block NAME` refuses new ones too.");
    return PJWT_EXIT_OK;
}

/* When, if not now? What has not been issued yet is for `block` to refuse. */
static enum pjwt_exit
read_before(const struct pjwt_cmd *cmd, int64_t *before)
{
    const char *text = pjwt_flags_value(&cmd->args, "before");

    *before = cmd->now;
    if (text == NULL) {
        return PJWT_EXIT_OK;
    }
    if (!pjwt_instant_parse(text, cmd->now, PJWT_INSTANT_AGO, before) || *before <= 0) {
        return pjwt_say_usage(cmd,
                              "--before: %s is neither a span such as 2h nor a time such "
                              "as 2026-01-31T23:59:59Z",
                              text);
    }
    if (*before > cmd->now) {
        return pjwt_say_usage(cmd,
                              "--before: %s is in the future; `pamjwt block` refuses what "
                              "will be issued",
                              text);
    }
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_revoke_user_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    const char *user = cmd->args.operand[0];
    struct pjwt_revocation row;
    char before[PJWT_INSTANT_SIZE];
    long tickets = 0;

    if (!pjwt_user_name_valid(user)) {
        return pjwt_say_usage(cmd, "%s is no local user name", user);
    }
    PJWT_OR_EXIT(start_row(cmd, PJWT_REVOKE_USER, &row));
    PJWT_OR_EXIT(read_before(cmd, &row.before));
    PJWT_OR_EXIT(set_text(cmd, "USER", row.value, PJWT_USER_MAX, user));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(remember(cmd, config, &row, &tickets));
    pjwt_say_unknown_user(cmd, user);
    pjwt_say_line(
        "All that was issued for %s until %s is refused from now on: every token, and "
        "%ld ticket%s.",
        user, pjwt_instant_text(row.before, before), tickets, tickets == 1 ? "" : "s");
    pjwt_say_line("The issuer can still issue new tokens; `pamjwt block %s` refuses those too.",
                  user);
    return PJWT_EXIT_OK;
}
