/* Which JWK does an administrator's PEM become? */
#include "helper/cmd/key_pem.h"

#include "helper/cmd/key_sets.h"
#include "helper/cmd/say.h"
#include "lib/jose/key.h"
#include "lib/jose/pem.h"

#include <string.h>

static enum pjwt_exit
put(const struct pjwt_cmd *cmd, json_t *jwk, const char *name, const char *value)
{
    if (json_object_set_new(jwk, name, json_string(value)) != 0) {
        return pjwt_say_verdict(cmd, PJWT_SAY(NO_MEMORY), NULL);
    }
    return PJWT_EXIT_OK;
}

/* The only algorithm of the issuer that the key fits, by the rule that a login follows. */
static enum pjwt_exit
pin(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer, json_t *jwk)
{
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v = pjwt_key_from_jwk(jwk, issuer->algs, &key, &why);

    if (v.reason == PJWT_ALG_UNPINNED) {
        return pjwt_say_usage(cmd,
                              "%s: the key fits several algorithms of [issuer %s]: choose with "
                              "--alg",
                              cmd->args.operand[0], issuer->section);
    }
    /* What else is wrong with it is said when the set is vetted. */
    return pjwt_ok(v) ? put(cmd, jwk, "alg", pjwt_alg_name(pjwt_key_alg(key))) : PJWT_EXIT_OK;
}

static enum pjwt_exit
choose_alg(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer, json_t *jwk)
{
    const char *name = pjwt_flags_value(&cmd->args, "alg");

    if (name == NULL) {
        return json_object_get(jwk, "alg") != NULL ? PJWT_EXIT_OK : pin(cmd, issuer, jwk);
    }
    if (pjwt_algs_from_name(name, strlen(name)) == 0) {
        return pjwt_key_sets_no_alg(cmd, name);
    }
    return put(cmd, jwk, "alg", name);
}

static enum pjwt_exit
choose_kid(const struct pjwt_cmd *cmd, json_t *jwk)
{
    const char *kid = pjwt_flags_value(&cmd->args, "kid");
    char thumbprint[PJWT_THUMBPRINT_SIZE];
    pjwt_verdict v = PJWT_SAY(OK);

    if (kid != NULL) {
        PJWT_OR_EXIT(pjwt_key_sets_check_kid(cmd, kid));
        return put(cmd, jwk, "kid", kid);
    }
    v = pjwt_key_thumbprint(jwk, thumbprint);
    return pjwt_ok(v) ? put(cmd, jwk, "kid", thumbprint) : pjwt_say_verdict(cmd, v, NULL);
}

enum pjwt_exit
pjwt_key_pem_read(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer,
                  const struct pjwt_secret *text, json_t **jwk)
{
    PJWT_AUTO(json) json_t *made = NULL;
    const char *hint = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v =
        pjwt_pem_to_jwk(pjwt_secret_bytes(text), pjwt_secret_len(text), &made, &hint, &why);

    if (!pjwt_ok(v)) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, hint, "%s: %s", cmd->args.operand[0],
                              why.text);
    }
    PJWT_OR_EXIT(put(cmd, made, "use", "sig"));
    PJWT_OR_EXIT(choose_alg(cmd, issuer, made));
    PJWT_OR_EXIT(choose_kid(cmd, made));
    *jwk = pjwt_take(made);
    return PJWT_EXIT_OK;
}
