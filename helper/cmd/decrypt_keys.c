#include "helper/cmd/decrypt_keys.h"

#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "lib/jose/jwe_key.h"
#include "lib/jose/keyset.h"

#include <string.h>

enum pjwt_exit
pjwt_decrypt_keys_load(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                       const struct pjwt_issuer *issuer, struct pjwt_key_set *set)
{
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(NO_MEMORY);

    set->secret = true;
    if (issuer->decrypt == NULL) {
        return PJWT_EXIT_OK;
    }
    set->path = pjwt_config_path(config->private_dir, issuer->decrypt);
    if (set->path != NULL) {
        v = pjwt_keyset_load(set->path, true, &set->set, &why);
    }
    return pjwt_ok(v) ? PJWT_EXIT_OK : pjwt_key_sets_refused(cmd, set, v, &why);
}

void
pjwt_decrypt_keys_clear(struct pjwt_key_set *set)
{
    pjwt_jwk_wipe_set(set->set);
    pjwt_key_sets_clear(set);
}

static bool
is_single(const json_t *set, const char *kid, size_t index)
{
    const json_t *keys = json_object_get(set, "keys");

    for (size_t i = 0; kid != NULL && i < json_array_size(keys); i++) {
        const char *other = pjwt_key_sets_kid(json_array_get(keys, i));

        if (i != index && other != NULL && strcmp(other, kid) == 0) {
            return false;
        }
    }
    return true;
}

/* As a login would find it: the same call that builds the key then. */
static pjwt_verdict
judge(const json_t *set, const json_t *jwk, size_t index, struct pjwt_why *why)
{
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *key = NULL;

    if (!is_single(set, pjwt_key_sets_kid(jwk), index)) {
        return PJWT_SAY(KID_DUPLICATE);
    }
    return pjwt_jwe_key_from_jwk(jwk, PJWT_JWE_OPENS, &key, why);
}

static const char *
member(const json_t *jwk, const char *name)
{
    return json_string_value(json_object_get(jwk, name));
}

static json_t *
row_of(const struct pjwt_issuer *issuer, const struct pjwt_key_set *set, const json_t *jwk,
       size_t index)
{
    json_t *row = json_object();
    char thumbprint[PJWT_THUMBPRINT_SIZE] = "";
    struct pjwt_why why = {""};
    pjwt_verdict v = judge(set->set, jwk, index, &why);

    if (!pjwt_ok(pjwt_jwe_key_thumbprint(jwk, thumbprint))) {
        thumbprint[0] = '\0';
    }
    pjwt_output_set(row, "issuer", issuer->section);
    pjwt_output_set(row, "kid", pjwt_key_sets_kid(jwk));
    pjwt_output_set(row, "alg", member(jwk, "alg"));
    pjwt_output_set(row, "kty", member(jwk, "kty"));
    pjwt_output_set(row, "crv", member(jwk, "crv"));
    pjwt_output_set(row, "use", "enc");
    pjwt_output_set(row, "thumbprint", thumbprint);
    pjwt_output_set(row, "file", set->path);
    (void)json_object_set_new(row, "usable", json_boolean(pjwt_ok(v)));
    pjwt_output_set(row, "state", pjwt_ok(v) ? "usable" : pjwt_code(v));
    pjwt_output_set(row, "why", pjwt_ok(v) ? NULL : why.text);
    return row;
}

enum pjwt_exit
pjwt_decrypt_keys_rows(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                       const struct pjwt_issuer *issuer, json_t *rows)
{
    PJWT_DECRYPT_SET_SCOPE struct pjwt_key_set set = {0};
    const json_t *keys = NULL;

    PJWT_OR_EXIT(pjwt_decrypt_keys_load(cmd, config, issuer, &set));
    keys = json_object_get(set.set, "keys");
    for (size_t i = 0; i < json_array_size(keys); i++) {
        (void)json_array_append_new(rows, row_of(issuer, &set, json_array_get(keys, i), i));
    }
    return PJWT_EXIT_OK;
}

pjwt_verdict
pjwt_decrypt_keys_count(const struct pjwt_config *config, const struct pjwt_issuer *issuer,
                        struct pjwt_why *why)
{
    PJWT_DECRYPT_SET_SCOPE struct pjwt_key_set set = {0};
    const json_t *keys = NULL;
    size_t usable = 0;

    set.path = pjwt_config_path(config->private_dir, issuer->decrypt);
    if (set.path == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    PJWT_TRY(pjwt_keyset_load(set.path, true, &set.set, why));
    keys = json_object_get(set.set, "keys");
    for (size_t i = 0; i < json_array_size(keys); i++) {
        usable += pjwt_ok(judge(set.set, json_array_get(keys, i), i, NULL));
    }
    pjwt_why_set(why, "%zu usable of %zu keys: %s", usable, json_array_size(keys), set.path);
    return usable > 0 ? PJWT_SAY(OK) : PJWT_SAY(NOT_FOUND);
}

enum pjwt_exit
pjwt_decrypt_keys_show(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                       const struct pjwt_issuer *issuer, const char *kid, json_t **jwk)
{
    PJWT_DECRYPT_SET_SCOPE struct pjwt_key_set set = {0};
    const json_t *found = NULL;

    *jwk = NULL;
    PJWT_OR_EXIT(pjwt_decrypt_keys_load(cmd, config, issuer, &set));
    found = pjwt_keyset_find(set.set, kid, NULL);
    if (found == NULL) {
        return PJWT_EXIT_OK;
    }
    *jwk = pjwt_jwe_key_public(found);
    return *jwk != NULL ? PJWT_EXIT_OK
                        : pjwt_say_error(cmd, PJWT_EXIT_REFUSED,
                                         "hand the issuer its copy of the secret by a safe way",
                                         "key %s is a shared secret, with no public half: %s",
                                         kid, set.path);
}

enum pjwt_exit
pjwt_decrypt_keys_remove(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                         const struct pjwt_issuer *issuer, size_t *removed)
{
    PJWT_DECRYPT_SET_SCOPE struct pjwt_key_set set = {0};
    const char *kid = cmd->args.operand[0];
    size_t before = *removed;
    size_t index = 0;

    PJWT_OR_EXIT(pjwt_decrypt_keys_load(cmd, config, issuer, &set));
    while (pjwt_keyset_find(set.set, kid, &index) != NULL) {
        (void)json_array_remove(json_object_get(set.set, "keys"), index);
        ++*removed;
    }
    if (*removed == before) {
        return PJWT_EXIT_OK;
    }
    PJWT_OR_EXIT(pjwt_key_sets_store(cmd, &set));
    pjwt_say_line("removed decryption key %s from %s", kid, set.path);
    return PJWT_EXIT_OK;
}
