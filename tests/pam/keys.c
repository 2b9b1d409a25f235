#include "tests/pam/keys.h"

#include "tests/pam/text.h"

#include <string.h>

static struct test_key keys[] = {
    {"ed25519-a", PJWT_ALG_ED25519, true, NULL, NULL, NULL},
    {"es256-a", PJWT_ALG_ES256, true, NULL, NULL, NULL},
    {"rs256-a", PJWT_ALG_RS256, true, NULL, NULL, NULL},
    {"es256-stranger", PJWT_ALG_ES256, false, NULL, NULL, NULL},
    {"ed25519-stranger", PJWT_ALG_ED25519, false, NULL, NULL, NULL},
};

#define KEYS (sizeof(keys) / sizeof(keys[0]))

static void
make(struct test_key *key)
{
    struct pjwt_why why = {""};
    pjwt_verdict v =
        pjwt_key_generate(key->alg, key->name, &key->public_jwk, &key->private_jwk);

    if (pjwt_ok(v)) {
        v = pjwt_key_from_private_jwk(key->private_jwk, &key->signer, &why);
    }
    if (!pjwt_ok(v)) {
        text_die("no key %s: %s %s", key->name, pjwt_code(v), why.text);
    }
}

void
keys_make(void)
{
    for (size_t i = 0; i < KEYS; i++) {
        make(&keys[i]);
    }
}

void
keys_drop(void)
{
    for (size_t i = 0; i < KEYS; i++) {
        json_decref(keys[i].public_jwk);
        json_decref(keys[i].private_jwk);
        pjwt_key_free(keys[i].signer);
        keys[i].public_jwk = keys[i].private_jwk = NULL;
        keys[i].signer = NULL;
    }
}

const struct test_key *
keys_get(const char *name)
{
    for (size_t i = 0; i < KEYS; i++) {
        if (strcmp(keys[i].name, name) == 0) {
            return &keys[i];
        }
    }
    return NULL;
}

json_t *
keys_published(void)
{
    json_t *array = json_array();

    for (size_t i = 0; i < KEYS; i++) {
        if (keys[i].published) {
            (void)json_array_append_new(array, json_deep_copy(keys[i].public_jwk));
        }
    }
    return json_pack("{s:o}", "keys", array);
}
