/* Does a key set give at most the one key that the token names, and never a key that may not
 * verify? */
#include "tests/fuzz/support/fuzz.h"

#include "lib/jose/keyset.h"

#include <string.h>

struct wanted {
    const char *header;
    struct pjwt_secret *token;
    struct pjwt_jws *jws;
};

static struct wanted wanted[] = {
    {"{\"alg\":\"Ed25519\",\"kid\":\"a\"}", NULL, NULL},
    {"{\"alg\":\"ES256\",\"kid\":\"a\"}", NULL, NULL},
    {"{\"alg\":\"RS256\",\"kid\":\"a\"}", NULL, NULL},
    {"{\"alg\":\"Ed25519\"}", NULL, NULL},
};

#define WANTED (sizeof(wanted) / sizeof(wanted[0]))

/* The tokens are made once; their signatures do not matter here. */
static const struct pjwt_jws *
token_of(size_t i)
{
    if (wanted[i].jws == NULL) {
        wanted[i].token = fuzz_signed(wanted[i].header, strlen(wanted[i].header), "{}", 2);
        wanted[i].jws = fuzz_parsed(wanted[i].token);
    }
    return wanted[i].jws;
}

static const json_t *
the_only_one(const json_t *keys, const char *kid)
{
    const json_t *found = NULL;
    const json_t *jwk = NULL;
    size_t hits = 0;
    size_t i = 0;

    json_array_foreach(keys, i, jwk)
    {
        const char *name = json_string_value(json_object_get(jwk, "kid"));

        if (name != NULL && strcmp(name, kid) == 0) {
            found = jwk;
            hits++;
        }
    }
    return hits == 1 ? found : NULL;
}

/* The rules of RFC 7517 sections 4.2 and 4.3 and our own, said once more. */
static void
check_may_verify(const json_t *jwk)
{
    const char *use = json_string_value(json_object_get(jwk, "use"));
    const json_t *ops = json_object_get(jwk, "key_ops");
    const json_t *op = NULL;
    bool verify = ops == NULL;
    size_t i = 0;

    FUZZ_MUST(json_object_get(jwk, "d") == NULL && json_object_get(jwk, "k") == NULL);
    FUZZ_MUST(json_object_get(jwk, "use") == NULL || (use != NULL && strcmp(use, "sig") == 0));
    json_array_foreach(ops, i, op)
    {
        verify = verify || (json_is_string(op) && strcmp(json_string_value(op), "verify") == 0);
    }
    FUZZ_MUST(verify);
}

static void
check_selected(const char *text, size_t len, const struct pjwt_jws *jws,
               const struct pjwt_key *key)
{
    PJWT_AUTO(json) json_t *set = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
    const json_t *keys = json_object_get(set, "keys");
    const char *kid = pjwt_jws_kid(jws);
    const json_t *jwk = NULL;

    if (kid != NULL) {
        FUZZ_MUST(pjwt_key_kid(key) != NULL && strcmp(pjwt_key_kid(key), kid) == 0);
    }
    if (set == NULL || pjwt_key_kid(key) == NULL) {
        return; /* where a kid is named, a neighbour that jansson alone refuses, such as one
                   with a member twice, is no reason against this key; where none is named, such
                   a neighbour leaves a doubt, and no key is selected at all */
    }
    jwk = the_only_one(keys, pjwt_key_kid(key));
    FUZZ_MUST(jwk != NULL);
    check_may_verify(jwk);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    PJWT_AUTO(json) json_t *set = NULL;
    struct pjwt_why why = {""};
    struct pjwt_report report = {0};

    for (size_t i = 0; i < WANTED; i++) {
        PJWT_AUTO(key) struct pjwt_key *key = NULL;
        const struct pjwt_jws *jws = token_of(i);

        fuzz_files_hold(bytes, len);
        if (pjwt_ok(pjwt_keyset_select("/keys", ~0U, jws, &key, &report))) {
            check_selected((const char *)bytes, len, jws, key);
        } else {
            FUZZ_MUST(key == NULL);
        }
    }
    if (pjwt_ok(pjwt_keyset_load("/keys", false, &set, &why))) {
        FUZZ_MUST(pjwt_keyset_vet(set, &why).reason != PJWT_UNSET);
    }
    fuzz_files_hold(NULL, 0);
    return 0;
}
