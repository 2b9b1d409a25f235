/* Is what parses a compact JWS by the letter, and does only the signed text verify? */
#include "tests/fuzz/support/fuzz.h"

#include "lib/base/base64url.h"
#include "lib/jose/jws_inside.h"
#include "lib/jose/key.h"
#include "lib/jose/verified.h"

#include <stdlib.h>
#include <string.h>

/* The one token that the key below has signed. */
static const char header[] = "{\"alg\":\"Ed25519\",\"kid\":\"a\",\"typ\":\"at+jwt\"}";
static const char payload[] = "{\"iss\":\"https://idp\",\"sub\":\"alice\",\"jti\":\"1\"}";

static const struct pjwt_secret *
the_signed_one(void)
{
    static struct pjwt_secret *token = NULL;

    if (token == NULL) {
        token = fuzz_signed(header, strlen(header), payload, strlen(payload));
    }
    return token;
}

static const struct pjwt_key *
verifier(void)
{
    static struct pjwt_key *key = NULL;
    PJWT_AUTO(json) json_t *jwk = NULL;
    struct pjwt_why why = {""};

    if (key == NULL) {
        jwk = json_loads("{" FUZZ_ED25519 ",\"kid\":\"a\"}", 0, NULL);
        FUZZ_MUST(pjwt_ok(pjwt_key_from_jwk(jwk, ~0U, &key, &why)));
    }
    return key;
}

static bool
is_signed(const struct pjwt_secret *typed)
{
    const struct pjwt_secret *token = the_signed_one();

    return pjwt_secret_len(typed) == pjwt_secret_len(token) &&
           memcmp(pjwt_secret_bytes(typed), pjwt_secret_bytes(token), pjwt_secret_len(token)) ==
               0;
}

static bool
is_short_string(const json_t *object, const char *name, size_t max)
{
    const json_t *value = json_object_get(object, name);

    return value == NULL || (json_is_string(value) && json_string_length(value) >= 1 &&
                             json_string_length(value) <= max);
}

static void
check_parsed(const struct pjwt_secret *typed, const struct pjwt_jws *jws)
{
    static const char *const refused[] = {"jwk", "jku", "x5u", "x5c", "crit",
                                          "b64", "zip", "cty", "enc", "epk"};
    const char *text = pjwt_secret_bytes(typed);
    size_t dots = 0;

    for (size_t i = 0; i < pjwt_secret_len(typed); i++) {
        dots += text[i] == '.';
    }
    FUZZ_MUST(dots == 2);
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        FUZZ_MUST(json_object_get(jws->header, refused[i]) == NULL);
    }
    FUZZ_MUST(is_short_string(jws->header, "kid", 256));
    FUZZ_MUST(is_short_string(jws->header, "typ", 64));
    FUZZ_MUST(json_is_string(json_object_get(jws->header, "alg")));
    FUZZ_MUST(pjwt_jws_algs(jws) != 0 && pjwt_jws_algs(jws) < PJWT_ALG_BIT(PJWT_ALG_COUNT));
    FUZZ_MUST(json_is_object(jws->payload));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    PJWT_AUTO(secret) struct pjwt_secret *typed = pjwt_secret_copy(bytes, len);
    PJWT_AUTO(jws) struct pjwt_jws *jws = NULL;
    PJWT_AUTO(verified) struct pjwt_verified *proof = NULL;
    struct pjwt_report report = {0};

    if (typed == NULL) {
        return -1; /* longer than any credential */
    }
    if (!pjwt_ok(pjwt_jws_parse(typed, &jws, &report))) {
        FUZZ_MUST(jws == NULL && !is_signed(typed));
        return 0;
    }
    check_parsed(typed, jws);
    FUZZ_MUST(pjwt_ok(pjwt_jws_verify(jws, verifier(), &proof, &report)) == is_signed(typed));
    FUZZ_MUST((proof != NULL) == is_signed(typed));
    return 0;
}
