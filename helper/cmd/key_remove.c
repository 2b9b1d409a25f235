/* How is a key taken away? */
#include "helper/cmd/decrypt_keys.h"
#include "helper/cmd/key_sets.h"
#include "helper/cmd/open.h"
#include "helper/cmd/revoke_row.h"
#include "helper/cmd/say.h"
#include "lib/jose/keyset.h"

/* Removes every key of that kid; `*removed` counts them over all calls. */
static enum pjwt_exit
remove_from(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
            const struct pjwt_issuer *issuer, bool secret, size_t *removed)
{
    PJWT_KEY_SET_SCOPE struct pjwt_key_set set = {0};
    const char *kid = cmd->args.operand[0];
    size_t index = 0;
    size_t before = *removed;

    PJWT_OR_EXIT(pjwt_key_sets_load(cmd, config, issuer, secret, &set));
    while (pjwt_keyset_find(set.set, kid, &index) != NULL) {
        (void)json_array_remove(json_object_get(set.set, "keys"), index);
        ++*removed;
    }
    if (*removed == before) {
        return PJWT_EXIT_OK;
    }
    PJWT_OR_EXIT(pjwt_key_sets_store(cmd, &set));
    pjwt_say_line("removed %s key %s from %s",
                  issuer->hmac ? "shared" : (secret ? "private" : "public"), kid, set.path);
    return PJWT_EXIT_OK;
}

/* First of all, so that it bites whatever happens to the files. */
static enum pjwt_exit
revoke_too(const struct pjwt_cmd *cmd, const struct pjwt_config *config)
{
    const struct pjwt_issuer *issuer = NULL;
    struct pjwt_revocation row;
    char count[PJWT_REVOKE_TICKETS];
    long tickets = 0;

    PJWT_OR_EXIT(pjwt_revoke_start(cmd, PJWT_REVOKE_KEY, &row));
    PJWT_OR_EXIT(
        pjwt_open_issuer(cmd, config, pjwt_flags_value(&cmd->args, "issuer"), &issuer));
    PJWT_OR_EXIT(pjwt_revoke_issuer(cmd, issuer, &row));
    PJWT_OR_EXIT(pjwt_revoke_value(cmd, "KID", cmd->args.operand[0], PJWT_KID_MAX, &row));
    PJWT_OR_EXIT(pjwt_revoke_remember(cmd, config, &row, &tickets));
    pjwt_say_line("Every token that the key %s signed is refused from now on, and %s "
                  "that grew from them.",
                  row.value, pjwt_revoke_tickets(tickets, count));
    return PJWT_EXIT_OK;
}

static enum pjwt_exit
remove_key(const struct pjwt_cmd *cmd, const struct pjwt_config *config)
{
    int lock __attribute__((cleanup(pjwt_drop_fd))) = -1;
    const struct pjwt_issuer *issuer = NULL;
    size_t removed = 0;

    PJWT_OR_EXIT(
        pjwt_open_issuer(cmd, config, pjwt_flags_value(&cmd->args, "issuer"), &issuer));
    PJWT_OR_EXIT(pjwt_key_sets_lock(cmd, config, &lock));
    /* Public first: from then on no login accepts it, whatever happens to the rest. */
    PJWT_OR_EXIT(remove_from(cmd, config, issuer, false, &removed));
    PJWT_OR_EXIT(issuer->hmac ? PJWT_EXIT_OK
                              : remove_from(cmd, config, issuer, true, &removed));
    PJWT_OR_EXIT(pjwt_decrypt_keys_remove(cmd, config, issuer, &removed));
    if (removed == 0) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, "`pamjwt key list` shows those there are",
                              "no key %s of issuer %s: %s", cmd->args.operand[0],
                              issuer->section, config->keys_dir);
    }
    pjwt_say_line(
        "Tokens that it signed, or that are encrypted for it, are refused from now on.");
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_key_remove_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    bool revoke = pjwt_flags_on(&cmd->args, "revoke");
    enum pjwt_exit removed = PJWT_EXIT_OK;
    enum pjwt_exit ended = PJWT_EXIT_OK;

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(!revoke ? PJWT_EXIT_OK : revoke_too(cmd, config));
    removed = remove_key(cmd, config);
    /* Also those of a key whose file was gone before, or cannot be written. */
    ended = revoke ? pjwt_revoke_logins(cmd, config) : PJWT_EXIT_OK;
    return ended != PJWT_EXIT_OK ? ended : removed;
}
