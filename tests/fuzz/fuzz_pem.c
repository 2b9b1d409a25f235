/* Is a PEM block turned into a key set's member only when it stands alone, holds a public key
 * and gives back that key? */
#include "tests/fuzz/support/fuzz.h"

#include "lib/jose/key.h"
#include "lib/jose/pem.h"

#include <stdlib.h>
#include <string.h>

#define BEGIN "-----BEGIN PUBLIC KEY-----"

static size_t
count(const char *text, const char *word)
{
    size_t hits = 0;

    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        hits++;
    }
    return hits;
}

/* What could sign must not come out of it, and what does come out is a key by the same rules as
 * any other, or is refused by them with a reason. */
static void
check_jwk(const json_t *jwk)
{
    static const char *const secrets[] = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"};
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    struct pjwt_why why = {""};

    FUZZ_MUST(json_is_string(json_object_get(jwk, "kty")));
    for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
        FUZZ_MUST(json_object_get(jwk, secrets[i]) == NULL);
    }
    FUZZ_MUST(pjwt_ok(pjwt_key_from_jwk(jwk, ~PJWT_ALGS_HMAC, &key, &why)) == (key != NULL));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    PJWT_AUTO(text) char *text = malloc(len + 1);
    PJWT_AUTO(json) json_t *jwk = NULL;
    const char *hint = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict verdict;

    FUZZ_MUST(text != NULL);
    memcpy(text, bytes, len);
    text[len] = '\0';
    verdict = pjwt_pem_to_jwk(text, len, &jwk, &hint, &why);
    FUZZ_MUST(verdict.reason != PJWT_UNSET);
    FUZZ_MUST(pjwt_ok(verdict) == (jwk != NULL));
    if (jwk != NULL) {
        FUZZ_MUST(pjwt_pem_looks_like(text) && strlen(text) == len && hint == NULL);
        FUZZ_MUST(count(text, "-----BEGIN ") == 1 && count(text, BEGIN) == 1);
        check_jwk(jwk);
    }
    return 0;
}
