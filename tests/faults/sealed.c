/* Which encrypted tokens does the house have? */
#include "tests/faults/sealed.h"

#include "tests/faults/files.h"

#include "lib/jose/jwe_key.h"
#include "lib/jose/jwe_make.h"
#include "lib/jose/keyset.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

const struct sealed_kind sealed_kinds[] = {
    {"rsa", "RSA-OAEP-256", NULL, "A256GCM"},
    {"p256", "ECDH-ES+A128KW", "P-256", "A128CBC-HS256"},
    {"x25519", "ECDH-ES+A128KW", "X25519", "A128GCM"},
    {"direct", "ECDH-ES", "X25519", "A256CBC-HS512"},
    {"a256kw", "A256KW", NULL, "A256CBC-HS512"},
    {"dir", "A256GCM", NULL, "A256GCM"},
};

const size_t sealed_kinds_count = sizeof(sealed_kinds) / sizeof(sealed_kinds[0]);

static bool
seal(const json_t *jwk, const char *enc, const struct pjwt_secret *inner,
     struct pjwt_secret **token)
{
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *key = NULL;
    struct pjwt_why why = {""};

    return pjwt_ok(pjwt_jwe_key_from_jwk(jwk, PJWT_JWE_SEALS, &key, &why)) &&
           pjwt_ok(pjwt_jwe_make(key, enc, NULL, inner, token));
}

/* A character in the middle of the tag becomes another one. */
static void
break_tag(struct pjwt_secret *token)
{
    char *tag = strrchr(pjwt_secret_buffer(token), '.');

    tag[10] = tag[10] == 'A' ? 'B' : 'A';
}

static bool
make_kind(const char *dir, const struct sealed_kind *kind, const struct pjwt_secret *inner,
          json_t *keys)
{
    PJWT_AUTO(secret) struct pjwt_secret *token = NULL;
    PJWT_AUTO(json) json_t *jwk = NULL;

    if (!pjwt_ok(pjwt_jwe_key_generate(kind->alg, kind->crv, kind->name, &jwk)) ||
        json_array_append(keys, jwk) != 0 || !seal(jwk, kind->enc, inner, &token) ||
        !files_write_secret(dir, "sealed", kind->name, token)) {
        return false;
    }
    break_tag(token);
    return files_write_secret(dir, "broken", kind->name, token);
}

static bool
store_set(const char *dir, const char *name, json_t *keys)
{
    PJWT_AUTO(json) json_t *set = json_pack("{s:O}", "keys", keys);
    struct pjwt_why why = {""};
    char path[PATH_MAX];

    (void)snprintf(path, sizeof(path), "%s/private/%s", dir, name);
    return pjwt_ok(pjwt_keyset_store(path, true, set, &why));
}

static bool
make_two(const char *dir, const struct pjwt_secret *inner)
{
    PJWT_AUTO(json) json_t *keys = json_array();
    PJWT_AUTO(json) json_t *one = NULL;
    PJWT_AUTO(json) json_t *other = NULL;
    PJWT_AUTO(json) json_t *unnamed = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *token = NULL;

    if (!pjwt_ok(pjwt_jwe_key_generate("A256KW", NULL, "one", &one)) ||
        !pjwt_ok(pjwt_jwe_key_generate("ECDH-ES", "P-256", "other", &other)) ||
        json_array_append(keys, one) != 0 || json_array_append(keys, other) != 0) {
        return false;
    }
    unnamed = json_copy(one);
    return json_object_del(unnamed, "kid") == 0 && seal(unnamed, "A256GCM", inner, &token) &&
           files_write_secret(dir, "sealed", "no-kid", token) &&
           store_set(dir, SEALED_SET_TWO, keys);
}

bool
sealed_make(const char *dir, const struct pjwt_secret *token, const struct pjwt_secret *two)
{
    PJWT_AUTO(json) json_t *keys = json_array();
    char path[PATH_MAX];
    bool good = true;

    (void)snprintf(path, sizeof(path), "%s/private", dir);
    good = mkdir(path, 0700) == 0;
    for (size_t i = 0; i < sealed_kinds_count && good; i++) {
        good = make_kind(dir, &sealed_kinds[i], token, keys);
    }
    return good && store_set(dir, SEALED_SET, keys) && make_two(dir, two);
}
