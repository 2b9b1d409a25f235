/* How does this machine get a key that tokens can be encrypted for? */
#include "helper/cmd/decrypt_keys.h"
#include "helper/cmd/open.h"
#include "helper/cmd/say.h"
#include "lib/jose/jwe_key.h"
#include "lib/jose/keyset.h"

#include <stdio.h>
#include <string.h>

bool
pjwt_decrypt_keys_wanted(const struct pjwt_cmd *cmd)
{
    const char *alg = pjwt_flags_value(&cmd->args, "alg");

    return pjwt_flags_value(&cmd->args, "crv") != NULL ||
           (alg != NULL && pjwt_jwe_key_alg_known(alg));
}

/* The kid must be single over the sets of all issuers, as a token's kid is looked up there. */
static enum pjwt_exit
check_new(const struct pjwt_cmd *cmd, const struct pjwt_config *config, const char *kid)
{
    for (size_t i = 0; i < config->issuers; i++) {
        PJWT_DECRYPT_SET_SCOPE struct pjwt_key_set set = {0};

        PJWT_OR_EXIT(pjwt_decrypt_keys_load(cmd, config, &config->issuer[i], &set));
        if (pjwt_keyset_find(set.set, kid, NULL) != NULL) {
            return pjwt_say_error(cmd, PJWT_EXIT_REFUSED,
                                  "give it another --kid, or `pamjwt key remove` the old one",
                                  "there is a key %s already: %s", kid, set.path);
        }
    }
    return PJWT_EXIT_OK;
}

static enum pjwt_exit
generate(const struct pjwt_cmd *cmd, json_t **jwk)
{
    const char *alg = pjwt_flags_value(&cmd->args, "alg");
    const char *crv = pjwt_flags_value(&cmd->args, "crv");
    pjwt_verdict v = pjwt_jwe_key_generate(alg == NULL ? "ECDH-ES" : alg, crv,
                                           pjwt_flags_value(&cmd->args, "kid"), jwk);

    if (v.reason == PJWT_ALG_UNKNOWN) {
        return pjwt_say_usage(cmd, "--crv: P-256, P-384 or X25519, with ECDH-ES and its kin");
    }
    return pjwt_ok(v) ? PJWT_EXIT_OK : pjwt_say_verdict(cmd, v, NULL);
}

static enum pjwt_exit
make_key(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
         const struct pjwt_issuer *issuer)
{
    PJWT_DECRYPT_SET_SCOPE struct pjwt_key_set set = {0};
    PJWT_AUTO(secret_jwk) json_t *jwk = NULL;

    PJWT_OR_EXIT(generate(cmd, &jwk));
    PJWT_OR_EXIT(check_new(cmd, config, pjwt_key_sets_kid(jwk)));
    PJWT_OR_EXIT(pjwt_decrypt_keys_load(cmd, config, issuer, &set));
    PJWT_OR_EXIT(pjwt_key_sets_append(cmd, &set, jwk));
    PJWT_OR_EXIT(pjwt_key_sets_store(cmd, &set));
    (void)printf("%s\n", pjwt_key_sets_kid(jwk));
    pjwt_say_line("%s key for tokens that [issuer %s] encrypts: %s",
                  json_string_value(json_object_get(jwk, "alg")), issuer->section, set.path);
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_decrypt_keys_new(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    int lock __attribute__((cleanup(pjwt_drop_fd))) = -1;
    const char *kid = pjwt_flags_value(&cmd->args, "kid");
    const struct pjwt_issuer *issuer = NULL;

    PJWT_OR_EXIT(kid == NULL ? PJWT_EXIT_OK : pjwt_key_sets_check_kid(cmd, kid));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(
        pjwt_open_issuer(cmd, config, pjwt_flags_value(&cmd->args, "issuer"), &issuer));
    if (issuer->decrypt == NULL) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED,
                              "add a line such as `decrypt = decrypt.jwks` to the section",
                              "[issuer %s] has no decrypt, the file of such keys: %s:%ld",
                              issuer->section, issuer->file, issuer->line);
    }
    PJWT_OR_EXIT(pjwt_key_sets_lock(cmd, config, &lock));
    return make_key(cmd, config, issuer);
}
