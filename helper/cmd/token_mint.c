/* How is a token signed with a key of our own? */
#include "helper/cmd/claims_given.h"
#include "helper/cmd/key_sets.h"
#include "helper/cmd/open.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "helper/cmd/token_encrypt.h"
#include "lib/jose/keyset.h"
#include "lib/jose/sign.h"

#include <string.h>

/* The key of --kid, else the newest: `key new` appends. */
static enum pjwt_exit
choose_key(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer,
           const struct pjwt_key_set *set, struct pjwt_key **key)
{
    const char *kid = pjwt_flags_value(&cmd->args, "kid");
    const json_t *keys = json_object_get(set->set, "keys");
    size_t count = json_array_size(keys);
    struct pjwt_why why = {""};
    const json_t *jwk = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    if (kid != NULL) {
        jwk = pjwt_keyset_find(set->set, kid, NULL);
    } else if (count > 0) {
        jwk = json_array_get(keys, count - 1);
    }
    if (jwk == NULL) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, "`pamjwt key new` makes one",
                              "no private key%s%s of issuer %s: %s", kid == NULL ? "" : " ",
                              kid == NULL ? "" : kid, issuer->section, set->path);
    }
    v = pjwt_key_from_private_jwk(jwk, key, &why);
    return pjwt_ok(v) ? PJWT_EXIT_OK : pjwt_say_verdict(cmd, v, &why);
}

static json_t *
header_of(const struct pjwt_issuer *issuer, const struct pjwt_key *key)
{
    const char *typ = issuer->type.count > 0 ? issuer->type.item[0] : "none";
    json_t *header = json_pack("{s:s}", "alg", pjwt_alg_name(pjwt_key_alg(key)));

    if (strcmp(typ, "none") != 0) {
        (void)json_object_set_new(header, "typ", json_string(typ));
    }
    if (pjwt_key_kid(key) != NULL) {
        (void)json_object_set_new(header, "kid", json_string(pjwt_key_kid(key)));
    }
    return header;
}

/* A private key alone opens nothing: its public half must be where logins look. */
static enum pjwt_exit
warn_unknown(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
             const struct pjwt_issuer *issuer, const struct pjwt_key *key)
{
    PJWT_KEY_SET_SCOPE struct pjwt_key_set public_set = {0};
    const char *kid = pjwt_key_kid(key);

    PJWT_OR_EXIT(pjwt_key_sets_load(cmd, config, issuer, false, &public_set));
    if (kid != NULL && pjwt_keyset_find(public_set.set, kid, NULL) == NULL) {
        pjwt_say_warning(cmd, "logins will refuse it: %s has no key %s", public_set.path, kid);
    }
    return PJWT_EXIT_OK;
}

static enum pjwt_exit
sign(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
     const struct pjwt_issuer *issuer, const struct pjwt_key *key, const json_t *payload)
{
    PJWT_AUTO(json) json_t *header = header_of(issuer, key);
    PJWT_AUTO(secret) struct pjwt_secret *token = NULL;
    pjwt_verdict v = pjwt_jws_sign(key, header, payload, &token);

    if (!pjwt_ok(v)) {
        return pjwt_say_verdict(cmd, v, NULL);
    }
    PJWT_OR_EXIT(pjwt_token_encrypt(cmd, config, issuer, &token));
    if (!pjwt_output_secret(token)) {
        return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE, NULL, "standard output: %m");
    }
    pjwt_say_if_public(cmd);
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_token_mint_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_KEY_SET_SCOPE struct pjwt_key_set private_set = {0};
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    PJWT_AUTO(json) json_t *payload = NULL;
    const struct pjwt_issuer *issuer = NULL;

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(
        pjwt_open_issuer(cmd, config, pjwt_flags_value(&cmd->args, "issuer"), &issuer));
    PJWT_OR_EXIT(pjwt_key_sets_load(cmd, config, issuer, true, &private_set));
    PJWT_OR_EXIT(choose_key(cmd, issuer, &private_set, &key));
    PJWT_OR_EXIT(warn_unknown(cmd, config, issuer, key));
    PJWT_OR_EXIT(pjwt_claims_given(cmd, issuer, &payload));
    return sign(cmd, config, issuer, key, payload);
}
