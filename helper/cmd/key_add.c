/* May these keys of an issuer be installed? */
#include "helper/cmd/input.h"
#include "helper/cmd/key_pem.h"
#include "helper/cmd/key_sets.h"
#include "helper/cmd/open.h"
#include "helper/cmd/say.h"
#include "lib/jose/keyset.h"
#include "lib/jose/pem.h"

#include <stdio.h>
#include <string.h>

#define INPUT_MAX 1048575 /* bytes; 1024 keys, the most of a set, are smaller */

/* One JWK becomes a set of one. `*set` is owned by the caller. */
static enum pjwt_exit
as_set(const struct pjwt_cmd *cmd, json_t *object, json_t **set)
{
    if (json_is_array(json_object_get(object, "keys"))) {
        *set = json_incref(object);
        return PJWT_EXIT_OK;
    }
    if (json_object_get(object, "kty") == NULL) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED,
                              json_object_get(object, "jwks_uri") == NULL
                                  ? NULL
                                  : "it is the discovery document: fetch the set that its "
                                    "jwks_uri names",
                              "%s: neither a JWKS (keys) nor a JWK (kty)",
                              cmd->args.operand[0]);
    }
    *set = json_pack("{s:[O]}", "keys", object);
    return *set != NULL ? PJWT_EXIT_OK : pjwt_say_verdict(cmd, PJWT_SAY(NO_MEMORY), NULL);
}

static enum pjwt_exit
read_json(const struct pjwt_cmd *cmd, const struct pjwt_secret *text, json_t **object)
{
    bool of_ssh = pjwt_secret_len(text) > 4 && memcmp(pjwt_secret_bytes(text), "ssh-", 4) == 0;
    pjwt_verdict v = PJWT_SAY(UNSET);

    if (pjwt_flags_value(&cmd->args, "alg") != NULL ||
        pjwt_flags_value(&cmd->args, "kid") != NULL) {
        return pjwt_say_usage(cmd, "--alg and --kid are for PEM: a JWK says them itself");
    }
    v = pjwt_json_object(pjwt_secret_bytes(text), pjwt_secret_len(text), object);
    return pjwt_ok(v)
               ? PJWT_EXIT_OK
               : pjwt_say_error(
                     cmd, pjwt_say_status(v),
                     of_ssh ? "of an RSA or ECDSA ssh key: ssh-keygen -e -m PKCS8 -f KEY.pub"
                            : NULL,
                     "%s: neither one strict JSON object nor PEM", cmd->args.operand[0]);
}

/* `curl -s URL | pamjwt key add -` with a URL that failed. */
static enum pjwt_exit
check_filled(const struct pjwt_cmd *cmd, const struct pjwt_secret *text)
{
    const char *bytes = pjwt_secret_bytes(text);
    bool from_stdin = strcmp(cmd->args.operand[0], "-") == 0;

    if (bytes[strspn(bytes, " \t\r\n")] != '\0' || strlen(bytes) != pjwt_secret_len(text)) {
        return PJWT_EXIT_OK;
    }
    return pjwt_say_error(
        cmd, PJWT_EXIT_REFUSED,
        from_stdin ? "did the command before the pipe fail? `curl -fsS` says why" : NULL,
        "%s is empty", from_stdin ? "standard input" : cmd->args.operand[0]);
}

static enum pjwt_exit
read_set(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer, json_t **set)
{
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    PJWT_AUTO(json) json_t *object = NULL;

    PJWT_OR_EXIT(pjwt_input_read(cmd, cmd->args.operand[0], INPUT_MAX, &text));
    PJWT_OR_EXIT(check_filled(cmd, text));
    PJWT_OR_EXIT(pjwt_pem_looks_like(pjwt_secret_bytes(text))
                     ? pjwt_key_pem_read(cmd, issuer, text, &object)
                     : read_json(cmd, text, &object));
    return as_set(cmd, object, set);
}

static enum pjwt_exit
vet(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer, const json_t *set)
{
    struct pjwt_why why = {""};
    pjwt_verdict v =
        issuer->hmac ? pjwt_keyset_vet_hmac(set, &why) : pjwt_keyset_vet(set, &why);

    if (!pjwt_ok(v)) {
        (void)pjwt_say_verdict(cmd, v, &why);
        return PJWT_EXIT_REFUSED; /* it is the set in hand that is refused */
    }
    if (json_array_size(json_object_get(set, "keys")) == 0) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, NULL, "%s: a set without a key",
                              cmd->args.operand[0]);
    }
    return PJWT_EXIT_OK;
}

/* A key without a kid is known by its thumbprint: twice the same would make it useless. */
static bool
has_thumbprint(const json_t *set, const json_t *jwk)
{
    char wanted[PJWT_THUMBPRINT_SIZE];
    char found[PJWT_THUMBPRINT_SIZE];
    const json_t *keys = json_object_get(set, "keys");

    if (!pjwt_ok(pjwt_key_thumbprint(jwk, wanted))) {
        return false;
    }
    for (size_t i = 0; i < json_array_size(keys); i++) {
        const json_t *one = json_array_get(keys, i);

        if (pjwt_key_sets_kid(one) == NULL && pjwt_ok(pjwt_key_thumbprint(one, found)) &&
            strcmp(found, wanted) == 0) {
            return true;
        }
    }
    return false;
}

static enum pjwt_exit
merge_one(const struct pjwt_cmd *cmd, struct pjwt_key_set *old, json_t *jwk)
{
    const char *kid = pjwt_key_sets_kid(jwk);
    bool there = kid != NULL ? pjwt_keyset_find(old->set, kid, NULL) != NULL
                             : has_thumbprint(old->set, jwk);

    if (there) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED,
                              "nothing was added; `pamjwt key remove` the old one first",
                              "there is a key %s already: %s",
                              kid == NULL ? "like that without a kid" : kid, old->path);
    }
    return pjwt_key_sets_append(cmd, old, jwk);
}

static enum pjwt_exit
merge(const struct pjwt_cmd *cmd, struct pjwt_key_set *old, const json_t *set)
{
    const json_t *keys = json_object_get(set, "keys");

    for (size_t i = 0; i < json_array_size(keys); i++) {
        PJWT_OR_EXIT(merge_one(cmd, old, json_array_get(keys, i)));
    }
    return PJWT_EXIT_OK;
}

/* The kids on stdout; on stderr, which of them no login will use. */
static void
tell(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer, const json_t *set)
{
    const json_t *keys = json_object_get(set, "keys");

    for (size_t i = 0; i < json_array_size(keys); i++) {
        PJWT_AUTO(key) struct pjwt_key *key = NULL;
        const json_t *jwk = json_array_get(keys, i);
        const char *kid = pjwt_key_sets_kid(jwk) == NULL ? "-" : pjwt_key_sets_kid(jwk);
        struct pjwt_why why = {""};
        pjwt_verdict v = pjwt_key_from_jwk(jwk, issuer->algs, &key, &why);

        (void)printf("%s\n", kid);
        if (!pjwt_ok(v)) {
            pjwt_say_warning(cmd, "no login will use key %s: %s%s%s", kid, pjwt_text(v),
                             why.text[0] == '\0' ? "" : ": ", why.text);
        }
    }
}

enum pjwt_exit
pjwt_key_add_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(json) json_t *set = NULL;
    PJWT_KEY_SET_SCOPE struct pjwt_key_set old = {0};
    int lock __attribute__((cleanup(pjwt_drop_fd))) = -1;
    const struct pjwt_issuer *issuer = NULL;

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(
        pjwt_open_issuer(cmd, config, pjwt_flags_value(&cmd->args, "issuer"), &issuer));
    PJWT_OR_EXIT(read_set(cmd, issuer, &set));
    PJWT_OR_EXIT(vet(cmd, issuer, set));
    PJWT_OR_EXIT(pjwt_key_sets_lock(cmd, config, &lock));
    PJWT_OR_EXIT(pjwt_key_sets_load(cmd, config, issuer, false, &old));
    PJWT_OR_EXIT(merge(cmd, &old, set));
    PJWT_OR_EXIT(pjwt_key_sets_store(cmd, &old));
    tell(cmd, issuer, set);
    return PJWT_EXIT_OK;
}
