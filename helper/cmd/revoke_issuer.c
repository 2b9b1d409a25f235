/* How is what an issuer signed ended: all of it, one subject's, one key's? */
#include "helper/cmd/instant.h"
#include "helper/cmd/key_sets.h"
#include "helper/cmd/open.h"
#include "helper/cmd/revoke_row.h"
#include "helper/cmd/say.h"
#include "lib/jose/keyset.h"

enum pjwt_exit
pjwt_revoke_issuer_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    struct pjwt_revocation row;
    char before[PJWT_INSTANT_SIZE];
    char count[PJWT_REVOKE_TICKETS];
    long tickets = 0;

    PJWT_OR_EXIT(pjwt_revoke_start(cmd, PJWT_REVOKE_ISSUER, &row));
    PJWT_OR_EXIT(pjwt_revoke_before(cmd, &row));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_revoke_section(cmd, config, &row));
    PJWT_OR_EXIT(pjwt_revoke_remember(cmd, config, &row, &tickets));
    pjwt_say_line("Every token that %s issued until %s is refused from now on, and %s that "
                  "grew from them.",
                  row.iss, pjwt_instant_text(row.before, before),
                  pjwt_revoke_tickets(tickets, count));
    pjwt_say_line("Its next tokens are good; take it out of %s to believe it no longer.",
                  cmd->config);
    return pjwt_revoke_logins(cmd, config);
}

enum pjwt_exit
pjwt_revoke_subject_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    struct pjwt_revocation row;
    char before[PJWT_INSTANT_SIZE];
    char count[PJWT_REVOKE_TICKETS];
    long tickets = 0;

    PJWT_OR_EXIT(pjwt_revoke_start(cmd, PJWT_REVOKE_SUBJECT, &row));
    PJWT_OR_EXIT(pjwt_revoke_before(cmd, &row));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_revoke_section(cmd, config, &row));
    PJWT_OR_EXIT(pjwt_revoke_value(cmd, "SUB", cmd->args.operand[1], PJWT_SUB_MAX, &row));
    PJWT_OR_EXIT(pjwt_revoke_remember(cmd, config, &row, &tickets));
    pjwt_say_line("Every token of issuer %s for the subject %s, issued until %s, is refused "
                  "from now on, and %s that grew from them.",
                  cmd->args.operand[0], row.value, pjwt_instant_text(row.before, before),
                  pjwt_revoke_tickets(tickets, count));
    pjwt_say_line("The issuer can still issue new ones.");
    return pjwt_revoke_logins(cmd, config);
}

/* A name that was mistyped would revoke nothing. A set that cannot be read stops nobody here.
 */
static void
say_unknown_key(const struct pjwt_cmd *cmd, const struct pjwt_config *config, const char *kid)
{
    PJWT_KEY_SET_SCOPE struct pjwt_key_set set = {0};
    const struct pjwt_issuer *issuer =
        pjwt_config_issuer_by_section(config, cmd->args.operand[0]);
    struct pjwt_why why = {""};
    size_t index = 0;

    set.path = issuer == NULL ? NULL : pjwt_config_path(config->keys_dir, issuer->keys);
    if (set.path != NULL && pjwt_ok(pjwt_keyset_load(set.path, issuer->hmac, &set.set, &why)) &&
        pjwt_keyset_find(set.set, kid, &index) == NULL) {
        pjwt_say_warning(cmd, "no key %s is in %s: is the name right?", kid, set.path);
    }
}

enum pjwt_exit
pjwt_revoke_key_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    struct pjwt_revocation row;
    char count[PJWT_REVOKE_TICKETS];
    long tickets = 0;

    PJWT_OR_EXIT(pjwt_revoke_start(cmd, PJWT_REVOKE_KEY, &row));
    PJWT_OR_EXIT(pjwt_revoke_before(cmd, &row));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_revoke_section(cmd, config, &row));
    PJWT_OR_EXIT(pjwt_revoke_value(cmd, "KID", cmd->args.operand[1], PJWT_KID_MAX, &row));
    if (pjwt_flags_on(&cmd->args, "before")) {
        pjwt_say_warning(cmd, "--before does not spare later tokens: whoever has the key can "
                              "write any date");
    }
    PJWT_OR_EXIT(pjwt_revoke_remember(cmd, config, &row, &tickets));
    say_unknown_key(cmd, config, row.value);
    pjwt_say_line("Every token of issuer %s that the key %s signed is refused from now on, "
                  "whatever its date, and %s that grew from them.",
                  cmd->args.operand[0], row.value, pjwt_revoke_tickets(tickets, count));
    return pjwt_revoke_logins(cmd, config);
}
