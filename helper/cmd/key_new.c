/* How does this machine get a key pair of its own? */
#include "helper/cmd/decrypt_keys.h"
#include "helper/cmd/key_sets.h"
#include "helper/cmd/open.h"
#include "helper/cmd/say.h"
#include "lib/jose/jwk_secret.h"
#include "lib/jose/keyset.h"

#include <stdio.h>
#include <string.h>

/* Ed25519, or the first that an issuer of shared secrets lists. */
static enum pjwt_alg
usual_alg(const struct pjwt_issuer *issuer)
{
    const char *first = issuer->algorithms.item[0];

    return issuer->hmac ? pjwt_alg_from_name(first, strlen(first)) : PJWT_ALG_ED25519;
}

/* A key whose algorithm the issuer's section does not list could sign, and never log in. */
static enum pjwt_exit
choose_alg(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer, enum pjwt_alg *alg)
{
    const char *name = pjwt_flags_value(&cmd->args, "alg");

    *alg = name == NULL ? usual_alg(issuer) : pjwt_alg_from_name(name, strlen(name));
    if (*alg == PJWT_ALG_NONE_KNOWN) {
        return pjwt_key_sets_no_alg(cmd, name);
    }
    if ((issuer->algs & PJWT_ALG_BIT(*alg)) == 0) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, "name one of them with --alg",
                              "the algorithms of [issuer %s] do not list %s: %s:%ld",
                              issuer->section, pjwt_alg_name(*alg), issuer->file, issuer->line);
    }
    return PJWT_EXIT_OK;
}

static enum pjwt_exit
check_new(const struct pjwt_cmd *cmd, const struct pjwt_key_set *set, const char *kid)
{
    if (kid != NULL && pjwt_keyset_find(set->set, kid, NULL) != NULL) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED,
                              "give it another --kid, or `pamjwt key remove` the old one",
                              "there is a key %s already: %s", kid, set->path);
    }
    return PJWT_EXIT_OK;
}

/* Without `public_set` there is the private one alone. Public first: a key that signs before it
 * is known would make tokens that nobody accepts. */
static enum pjwt_exit
install(const struct pjwt_cmd *cmd, struct pjwt_key_set *public_set, json_t *public_jwk,
        struct pjwt_key_set *private_set, json_t *private_jwk)
{
    const char *kid = pjwt_key_sets_kid(public_jwk);

    PJWT_OR_EXIT(check_new(cmd, private_set, kid));
    if (public_set->path == NULL) { /* a shared secret has no public half */
        PJWT_OR_EXIT(pjwt_key_sets_append(cmd, private_set, private_jwk));
        return pjwt_key_sets_store(cmd, private_set);
    }
    PJWT_OR_EXIT(check_new(cmd, public_set, kid));
    PJWT_OR_EXIT(pjwt_key_sets_append(cmd, public_set, public_jwk));
    PJWT_OR_EXIT(pjwt_key_sets_append(cmd, private_set, private_jwk));
    PJWT_OR_EXIT(pjwt_key_sets_store(cmd, public_set));
    return pjwt_key_sets_store(cmd, private_set);
}

static enum pjwt_exit
make_key(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer, enum pjwt_alg alg,
         struct pjwt_key_set *public_set, struct pjwt_key_set *private_set)
{
    PJWT_AUTO(json) json_t *public_jwk = NULL;
    PJWT_AUTO(secret_jwk) json_t *private_jwk = NULL;
    pjwt_verdict v =
        pjwt_key_generate(alg, pjwt_flags_value(&cmd->args, "kid"), &public_jwk, &private_jwk);

    if (!pjwt_ok(v)) {
        return pjwt_say_verdict(cmd, v, NULL);
    }
    PJWT_OR_EXIT(install(cmd, public_set, public_jwk, private_set, private_jwk));
    (void)printf("%s\n", pjwt_key_sets_kid(public_jwk));
    if (issuer->hmac) {
        pjwt_say_line("%s key of [issuer %s]: shared secret in %s", pjwt_alg_name(alg),
                      issuer->section, private_set->path);
        return PJWT_EXIT_OK;
    }
    pjwt_say_line("%s key of [issuer %s]: public in %s, private in %s", pjwt_alg_name(alg),
                  issuer->section, public_set->path, private_set->path);
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_key_new_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_KEY_SET_SCOPE struct pjwt_key_set public_set = {0};
    PJWT_KEY_SET_SCOPE struct pjwt_key_set private_set = {0};
    int lock __attribute__((cleanup(pjwt_drop_fd))) = -1;
    const char *kid = pjwt_flags_value(&cmd->args, "kid");
    const struct pjwt_issuer *issuer = NULL;
    enum pjwt_alg alg = PJWT_ALG_NONE_KNOWN;

    if (pjwt_decrypt_keys_wanted(cmd)) {
        return pjwt_decrypt_keys_new(cmd);
    }
    PJWT_OR_EXIT(kid == NULL ? PJWT_EXIT_OK : pjwt_key_sets_check_kid(cmd, kid));
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(
        pjwt_open_issuer(cmd, config, pjwt_flags_value(&cmd->args, "issuer"), &issuer));
    PJWT_OR_EXIT(choose_alg(cmd, issuer, &alg));
    PJWT_OR_EXIT(pjwt_key_sets_lock(cmd, config, &lock));
    PJWT_OR_EXIT(issuer->hmac ? PJWT_EXIT_OK
                              : pjwt_key_sets_load(cmd, config, issuer, false, &public_set));
    PJWT_OR_EXIT(pjwt_key_sets_load(cmd, config, issuer, true, &private_set));
    return make_key(cmd, issuer, alg, &public_set, &private_set);
}
