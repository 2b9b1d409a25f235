/* How is a user kept out, and let in again? */
#include "helper/cmd/input.h"
#include "helper/cmd/instant.h"
#include "helper/cmd/logins_end.h"
#include "helper/cmd/open.h"
#include "helper/cmd/say.h"
#include "helper/cmd/who.h"
#include "lib/policy/user.h"
#include "lib/store/revocations.h"

static enum pjwt_exit
read_until(const struct pjwt_cmd *cmd, int64_t *until)
{
    const char *text = pjwt_flags_value(&cmd->args, "until");

    *until = 0;
    if (text == NULL) {
        return PJWT_EXIT_OK;
    }
    if (!pjwt_instant_parse(text, cmd->now, PJWT_INSTANT_FROM_NOW, until)) {
        return pjwt_say_usage(cmd,
                              "--until: %s is neither a span such as 2h nor a time such "
                              "as 2026-01-31T23:59:59Z",
                              text);
    }
    if (*until <= cmd->now) {
        return pjwt_say_usage(cmd, "--until: %s is not in the future", text);
    }
    return PJWT_EXIT_OK;
}

static enum pjwt_exit
check_user(const struct pjwt_cmd *cmd)
{
    const char *user = cmd->args.operand[0];

    return pjwt_user_name_valid(user) ? PJWT_EXIT_OK
                                      : pjwt_say_usage(cmd, "%s is no local user name", user);
}

enum pjwt_exit
pjwt_block_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    const char *user = cmd->args.operand[0];
    char by[PJWT_USER_MAX + 16];
    char reason[PJWT_NOTE_MAX];
    char text[PJWT_INSTANT_SIZE];
    int64_t until = 0;
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(check_user(cmd));
    PJWT_OR_EXIT(read_until(cmd, &until));
    PJWT_OR_EXIT(pjwt_input_note(cmd, "reason", reason, sizeof(reason)));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store_to_revoke(cmd, config, &store));
    pjwt_who(by, sizeof(by));
    v = pjwt_block_add(store, user, cmd->now, until, by, reason);
    if (!pjwt_ok(v)) {
        return pjwt_say_store(cmd, config, v);
    }
    pjwt_say_unknown_user(cmd, user);
    pjwt_say_line("%s is refused, whatever the credential, until %s.", user,
                  until == 0 ? "unblocked" : pjwt_instant_text(until, text));
    return pjwt_logins_end_revoked(cmd, config, store);
}

enum pjwt_exit
pjwt_block_lift(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    const char *user = cmd->args.operand[0];
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(check_user(cmd));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store(cmd, config, &store));
    v = pjwt_block_remove(store, user);
    if (v.reason == PJWT_NOT_FOUND) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, NULL, "%s is not blocked", user);
    }
    if (!pjwt_ok(v)) {
        return pjwt_say_store(cmd, config, v);
    }
    pjwt_say_line("%s is no longer blocked. What was revoked stays revoked.", user);
    return pjwt_logins_end_revoked(cmd, config, store);
}
