/* What is this public key? */
#include "helper/cmd/decrypt_keys.h"
#include "helper/cmd/key_sets.h"
#include "helper/cmd/open.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "lib/jose/keyset.h"

#include <string.h>

/* The key of one issuer: one that signs, or the public half of one that decrypts. `*jwk` is
 * owned by the caller, NULL when there is none. */
static enum pjwt_exit
find_of(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
        const struct pjwt_issuer *issuer, const char *kid, json_t **jwk)
{
    PJWT_KEY_SET_SCOPE struct pjwt_key_set set = {0};

    PJWT_OR_EXIT(pjwt_key_sets_load(cmd, config, issuer, false, &set));
    *jwk = json_incref(pjwt_keyset_find(set.set, kid, NULL));
    return *jwk != NULL ? PJWT_EXIT_OK : pjwt_decrypt_keys_show(cmd, config, issuer, kid, jwk);
}

/* Looks at every issuer, or the one of --issuer. `*jwk` is owned by the caller, NULL when there
 * is none; two of that name need --issuer. */
static enum pjwt_exit
find(const struct pjwt_cmd *cmd, const struct pjwt_config *config, json_t **jwk)
{
    const char *only = pjwt_flags_value(&cmd->args, "issuer");
    const char *kid = cmd->args.operand[0];
    const char *owner = NULL;

    for (size_t i = 0; i < config->issuers; i++) {
        PJWT_AUTO(json) json_t *found = NULL;
        const char *section = config->issuer[i].section;

        if (only != NULL && strcmp(only, section) != 0) {
            continue;
        }
        PJWT_OR_EXIT(find_of(cmd, config, &config->issuer[i], kid, &found));
        if (found != NULL && *jwk != NULL) {
            return pjwt_say_usage(cmd, "%s and %s have a key %s: add --issuer", owner, section,
                                  kid);
        }
        if (found != NULL && config->issuer[i].hmac) {
            (void)json_object_del(found, "k"); /* the rest is no secret */
        }
        if (found != NULL) {
            *jwk = pjwt_take(found);
            owner = section;
        }
    }
    return PJWT_EXIT_OK;
}

/* Private parameters where public keys belong: a mistake that must not reach a screen. */
static bool
holds_secret(const json_t *jwk)
{
    static const char *const names[] = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (json_object_get(jwk, names[i]) != NULL) {
            return true;
        }
    }
    return false;
}

enum pjwt_exit
pjwt_key_show_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(json) json_t *jwk = NULL;
    const char *only = pjwt_flags_value(&cmd->args, "issuer");
    const struct pjwt_issuer *issuer = NULL;

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(only == NULL ? PJWT_EXIT_OK : pjwt_open_issuer(cmd, config, only, &issuer));
    PJWT_OR_EXIT(find(cmd, config, &jwk));
    if (jwk == NULL) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, "`pamjwt key list` shows those there are",
                              "no key %s%s%s: %s", cmd->args.operand[0],
                              only == NULL ? "" : " of issuer ", only == NULL ? "" : only,
                              config->keys_dir);
    }
    if (holds_secret(jwk)) {
        return pjwt_say_verdict(cmd, PJWT_SAY(KEY_PRIVATE), NULL);
    }
    pjwt_output_json(jwk, !pjwt_flags_on(&cmd->args, "json"));
    return PJWT_EXIT_OK;
}
