#include "helper/cmd/token_encrypt.h"

#include "helper/cmd/decrypt_keys.h"
#include "helper/cmd/input.h"
#include "helper/cmd/say.h"
#include "lib/base/json.h"
#include "lib/jose/jwe_key.h"
#include "lib/jose/jwe_make.h"
#include "lib/jose/keyset.h"

#include <string.h>

#define JWK_MAX 16384 /* bytes of a file with one key */

static enum pjwt_exit
build(const struct pjwt_cmd *cmd, const json_t *jwk, struct pjwt_jwe_key **key)
{
    struct pjwt_why why = {""};
    pjwt_verdict v = pjwt_jwe_key_from_jwk(jwk, PJWT_JWE_SEALS, key, &why);

    return pjwt_ok(v) ? PJWT_EXIT_OK : pjwt_say_verdict(cmd, v, &why);
}

static enum pjwt_exit
from_file(const struct pjwt_cmd *cmd, const char *name, struct pjwt_jwe_key **key)
{
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    PJWT_AUTO(secret_jwk) json_t *jwk = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(pjwt_input_read(cmd, name, JWK_MAX, &text));
    v = pjwt_json_object(pjwt_secret_bytes(text), pjwt_secret_len(text), &jwk);
    if (!pjwt_ok(v)) {
        return pjwt_say_error(cmd, pjwt_say_status(v), NULL, "%s: not one strict JSON object",
                              name);
    }
    return build(cmd, jwk, key);
}

static enum pjwt_exit
from_set(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
         const struct pjwt_issuer *issuer, const char *kid, struct pjwt_jwe_key **key)
{
    PJWT_DECRYPT_SET_SCOPE struct pjwt_key_set set = {0};
    const json_t *jwk = NULL;

    PJWT_OR_EXIT(pjwt_decrypt_keys_load(cmd, config, issuer, &set));
    jwk = pjwt_keyset_find(set.set, kid, NULL);
    if (jwk == NULL) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED,
                              "`pamjwt key new --alg ECDH-ES` makes one; ./FILE names a JWK",
                              "no decryption key %s of issuer %s: %s", kid, issuer->section,
                              set.path == NULL ? "its section has no decrypt" : set.path);
    }
    return build(cmd, jwk, key);
}

static enum pjwt_exit
encrypt(const struct pjwt_cmd *cmd, const struct pjwt_jwe_key *key, struct pjwt_secret **token)
{
    PJWT_AUTO(secret) struct pjwt_secret *made = NULL;
    const char *enc = pjwt_flags_value(&cmd->args, "enc");
    const char *only = pjwt_jwe_key_enc(key);
    pjwt_verdict v = pjwt_jwe_make(key, enc, NULL, *token, &made);

    if (v.reason == PJWT_ALG_UNKNOWN) {
        return pjwt_say_usage(
            cmd, "--enc: A128GCM, A256GCM, A128CBC-HS256 or A256CBC-HS512, not %s", enc);
    }
    if (v.reason == PJWT_ALG_MISMATCH) {
        return pjwt_say_usage(cmd, "--enc: that key is for %s alone", only);
    }
    if (!pjwt_ok(v)) {
        return pjwt_say_verdict(cmd, v, NULL);
    }
    pjwt_drop_secret(token);
    *token = pjwt_take(made);
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_token_encrypt(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                   const struct pjwt_issuer *issuer, struct pjwt_secret **token)
{
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *key = NULL;
    const char *to = pjwt_flags_value(&cmd->args, "encrypt-to");

    if (to == NULL) {
        return pjwt_flags_value(&cmd->args, "enc") == NULL
                   ? PJWT_EXIT_OK
                   : pjwt_say_usage(cmd, "--enc goes with --encrypt-to");
    }
    PJWT_OR_EXIT(strchr(to, '/') != NULL ? from_file(cmd, to, &key)
                                         : from_set(cmd, config, issuer, to, &key));
    return encrypt(cmd, key, token);
}
