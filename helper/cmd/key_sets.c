#include "helper/cmd/key_sets.h"

#include "helper/cmd/hold.h"
#include "helper/cmd/open.h"
#include "helper/cmd/say.h"
#include "lib/base/file.h"
#include "lib/base/grant.h"
#include "lib/jose/jwk_secret.h"
#include "lib/jose/keyset.h"
#include "lib/policy/nearest.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>

void
pjwt_key_sets_clear(struct pjwt_key_set *set)
{
    pjwt_drop_text(&set->path);
    pjwt_drop_secret_set(&set->set);
}

static char *
path_of(const struct pjwt_config *config, const struct pjwt_issuer *issuer, bool secret)
{
    char name[PJWT_SECTION_MAX + sizeof(".jwks")];

    if (!secret || issuer->hmac) {
        return pjwt_config_path(config->keys_dir, issuer->keys);
    }
    (void)snprintf(name, sizeof(name), "%s.jwks", issuer->section);
    return pjwt_config_path(config->private_dir, name);
}

enum pjwt_exit
pjwt_key_sets_refused(const struct pjwt_cmd *cmd, const struct pjwt_key_set *set,
                      pjwt_verdict v, const struct pjwt_why *why)
{
    struct pjwt_why place;

    if (v.reason == PJWT_KEYS_UNSAFE && set->secret) {
        return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE,
                              "make it root's with mode 0600; if anybody could read it, make a "
                              "new key",
                              "others may read or change our keys: %s", why->text);
    }
    if (v.reason == PJWT_KEYS_BAD && set->path != NULL) { /* its words do not name the file */
        pjwt_why_set(&place, "%s: %s", set->path, why->text);
        return pjwt_say_verdict(cmd, v, &place);
    }
    return pjwt_say_verdict(cmd, v, why);
}

enum pjwt_exit
pjwt_key_sets_load(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                   const struct pjwt_issuer *issuer, bool secret, struct pjwt_key_set *set)
{
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(NO_MEMORY);

    set->secret = secret || issuer->hmac;
    set->path = path_of(config, issuer, secret);
    if (set->path != NULL) {
        v = pjwt_keyset_load(set->path, set->secret, &set->set, &why);
    }
    if (pjwt_ok(v)) {
        return PJWT_EXIT_OK;
    }
    return pjwt_key_sets_refused(cmd, set, v, &why);
}

enum pjwt_exit
pjwt_key_sets_store(const struct pjwt_cmd *cmd, const struct pjwt_key_set *set)
{
    struct pjwt_why why = {""};
    pjwt_verdict v = pjwt_keyset_store(set->path, set->secret, set->set, &why);

    return pjwt_ok(v) ? PJWT_EXIT_OK : pjwt_say_verdict(cmd, v, &why);
}

enum pjwt_exit
pjwt_key_sets_lock(const struct pjwt_cmd *cmd, const struct pjwt_config *config, int *fd)
{
    struct pjwt_why why = {""};

    /* Not keys/: whoever may open a directory can hold its lock for ever. */
    if (pjwt_file_open(config->private_dir, PJWT_FILE_SECRET_DIR, fd, &why) != PJWT_FILE_OK) {
        return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE,
                              "`pamjwt init` as root makes it; it needs mode 0700", "%s",
                              why.text);
    }
    pjwt_hold_begin();
    pjwt_open_patience();
    if (flock(*fd, LOCK_EX) != 0) {
        return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE, "try again",
                              "another command changes keys: %s", config->private_dir);
    }
    pjwt_open_patience_end();
    pjwt_file_sweep(config->private_dir);
    pjwt_file_sweep(config->keys_dir);
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_key_sets_append(const struct pjwt_cmd *cmd, struct pjwt_key_set *set, json_t *jwk)
{
    if (json_array_append(json_object_get(set->set, "keys"), jwk) != 0) {
        return pjwt_say_verdict(cmd, PJWT_SAY(NO_MEMORY), NULL);
    }
    return PJWT_EXIT_OK;
}

const char *
pjwt_key_sets_kid(const json_t *jwk)
{
    return json_string_value(json_object_get(jwk, "kid"));
}

enum pjwt_exit
pjwt_key_sets_check_kid(const struct pjwt_cmd *cmd, const char *kid)
{
    size_t len = strlen(kid);

    for (const char *c = kid; *c != '\0'; c++) {
        if (*c <= ' ' || *c > '~') {
            len = 0;
        }
    }
    if (len == 0 || len >= PJWT_KID_MAX) {
        return pjwt_say_usage(cmd, "--kid: 1 to %d printable characters, no blank",
                              PJWT_KID_MAX - 1);
    }
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_key_sets_no_alg(const struct pjwt_cmd *cmd, const char *name)
{
    struct pjwt_nearest nearest = {.word = name};
    char words[PJWT_NEAREST_WORDS];
    char known[256] = "";

    for (int alg = PJWT_ALG_NONE_KNOWN + 1; alg < PJWT_ALG_COUNT; alg++) {
        const char *candidate = pjwt_alg_name((enum pjwt_alg)alg);

        pjwt_nearest_offer(&nearest, candidate);
        (void)strncat(known, " ", sizeof(known) - strlen(known) - 1);
        (void)strncat(known, candidate, sizeof(known) - strlen(known) - 1);
    }
    return pjwt_say_usage(cmd, "--alg: %s is none of%s%s", name, known,
                          pjwt_nearest_words(&nearest, words));
}
