/* Can an issuer's keys prove something, and only what they should? Judged by the calls that a
 * login makes. */
#include "helper/cmd/decrypt_keys.h"
#include "helper/cmd/key_sets.h"
#include "helper/lint/config_lines.h"
#include "lib/jose/keyset.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OLD (365L * 24 * 3600) /* seconds */

struct subject {
    struct pjwt_lint *lint;
    const struct pjwt_issuer *issuer;
    const char *path;
    const json_t *set;
};

/* Is there another key of that kid further up? Told once, at the later one. */
static bool
is_repeated(const json_t *set, const char *kid, size_t index)
{
    size_t first = index;

    return kid != NULL && pjwt_keyset_find(set, kid, &first) != NULL && first < index;
}

static const struct {
    enum pjwt_reason reason;
    enum pjwt_finding finding;
} by_reason[] = {
    {PJWT_KEY_WEAK, PJWT_FINDING_KEY_WEAK},
    {PJWT_KEY_BAD, PJWT_FINDING_KEY_MALFORMED},
    {PJWT_KEY_PRIVATE, PJWT_FINDING_KEY_PRIVATE},
    {PJWT_KEY_MIXED, PJWT_FINDING_KEY_MIXED},
    {PJWT_ALG_REFUSED, PJWT_FINDING_KEY_UNREACHABLE},
    {PJWT_ALG_UNPINNED, PJWT_FINDING_KEY_UNPINNED},
    {PJWT_KEY_UNUSABLE, PJWT_FINDING_KEY_SKIPPED},
};

static void
say_key(const struct subject *s, pjwt_verdict v, size_t index, const json_t *jwk,
        const char *words)
{
    const char *kid = pjwt_key_sets_kid(jwk);
    const char *colon = *words == '\0' ? "" : ": ";

    for (size_t i = 0; i < sizeof(by_reason) / sizeof(by_reason[0]); i++) {
        if (by_reason[i].reason == v.reason) {
            pjwt_lint_add(s->lint, by_reason[i].finding, s->path, 0,
                          "[issuer %s] key %zu (kid %.64s)%s%s", s->issuer->section, index + 1,
                          kid == NULL ? "none" : kid, colon, words);
            return;
        }
    }
    s->lint->short_of_memory = s->lint->short_of_memory || v.reason == PJWT_NO_MEMORY;
}

/* Returns whether a login can use the key. */
static bool
check_key(const struct subject *s, size_t index)
{
    const json_t *jwk = json_array_get(json_object_get(s->set, "keys"), index);
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    const char *kid = pjwt_key_sets_kid(jwk);
    struct pjwt_why why = {""};
    pjwt_verdict v = pjwt_key_from_jwk(jwk, s->issuer->algs, &key, &why);

    if (!pjwt_ok(v)) {
        say_key(s, v, index, jwk, why.text);
    }
    if (is_repeated(s->set, kid, index)) {
        pjwt_lint_add(s->lint, PJWT_FINDING_KID_DUPLICATE, s->path, 0, "[issuer %s] kid %.64s",
                      s->issuer->section, kid);
        return false;
    }
    return pjwt_ok(v);
}

static void
check_age(const struct subject *s)
{
    struct stat st;

    if (stat(s->path, &st) == 0 && s->lint->cmd->now - st.st_mtime > OLD) {
        pjwt_lint_add(s->lint, PJWT_FINDING_KEYS_OLD, s->path, 0, NULL);
    }
}

static void
check_set(struct pjwt_lint *lint, const struct pjwt_issuer *issuer)
{
    PJWT_KEY_SET_SCOPE struct pjwt_key_set set = {0};
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(NO_MEMORY);
    size_t usable = 0;

    set.path = pjwt_config_path(lint->config->keys_dir, issuer->keys);
    if (set.path != NULL) {
        v = pjwt_keyset_load(set.path, issuer->hmac, &set.set, &why);
    }
    if (!pjwt_ok(v)) {
        lint->short_of_memory = lint->short_of_memory || v.reason == PJWT_NO_MEMORY;
        pjwt_lint_add(lint, PJWT_FINDING_KEYS_UNREAD,
                      set.path == NULL ? lint->config->keys_dir : set.path, 0,
                      "[issuer %s] %s: %s", issuer->section, pjwt_text(v), why.text);
        return;
    }
    struct subject s = {lint, issuer, set.path, set.set};
    for (size_t i = 0; i < json_array_size(json_object_get(set.set, "keys")); i++) {
        usable += check_key(&s, i) ? 1 : 0;
    }
    if (usable == 0) {
        pjwt_lint_add(lint, PJWT_FINDING_KEYS_NONE, set.path, 0, "[issuer %s]",
                      issuer->section);
    }
    check_age(&s);
}

static void
check_decrypt(struct pjwt_lint *lint, const struct pjwt_issuer *issuer)
{
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(OK);

    if (issuer->decrypt != NULL) {
        v = pjwt_decrypt_keys_count(lint->config, issuer, &why);
    }
    if (v.reason == PJWT_NO_MEMORY) {
        lint->short_of_memory = true;
    } else if (v.reason == PJWT_KEYS_UNREAD && access(lint->config->private_dir, X_OK) != 0) {
        return; /* files.c says that it could not look there */
    } else if (!pjwt_ok(v)) {
        pjwt_config_lines_add(lint, PJWT_FINDING_DECRYPT_NONE, "issuer", issuer->section,
                              "decrypt", why.text);
    }
}

void
pjwt_lint_keys(struct pjwt_lint *lint)
{
    for (size_t i = 0; lint->config != NULL && i < lint->config->issuers; i++) {
        check_set(lint, &lint->config->issuer[i]);
        check_decrypt(lint, &lint->config->issuer[i]);
    }
}
