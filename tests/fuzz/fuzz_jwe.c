/* Is what parses an encrypted token by the letter, and does only what was sealed open? */
#include "tests/fuzz/support/fuzz.h"
#include "tests/fuzz/support/seal.h"

#include "lib/jose/jwe_inside.h"
#include "lib/jose/jwe_make.h"

#include <string.h>

/* An input is a token of its own, or places and characters for a token that was sealed. */
static struct pjwt_secret *sealed[SEAL_KEYS];

/* Made once, never released. */
static void
seal_all(void)
{
    PJWT_AUTO(secret) struct pjwt_secret *inner = pjwt_secret_copy("eyJ9.e30.AA", 11);

    for (size_t i = 0; i < SEAL_KEYS && sealed[i] == NULL; i++) {
        const char *only = pjwt_jwe_key_enc(seal_key(i));
        const char *enc = only != NULL ? only : pjwt_content_at(i % 4)->name;

        FUZZ_MUST(pjwt_ok(pjwt_jwe_make(seal_key(i), enc, NULL, inner, &sealed[i])));
    }
}

static void
check_parsed(const struct pjwt_secret *typed, const struct pjwt_jwe *jwe)
{
    static const char *const refused[] = {"jwk", "jku", "x5u", "x5c", "crit", "zip", "b64"};
    size_t dots = 0;

    for (size_t i = 0; i < pjwt_secret_len(typed); i++) {
        dots += pjwt_secret_bytes(typed)[i] == '.';
    }
    FUZZ_MUST(dots == 4);
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        FUZZ_MUST(json_object_get(jwe->header, refused[i]) == NULL);
    }
    FUZZ_MUST(jwe->params.alg != PJWT_JWE_NONE_KNOWN && jwe->params.content != NULL);
}

static void
try_one(const struct pjwt_secret *typed)
{
    PJWT_AUTO(jwe) struct pjwt_jwe *jwe = NULL;
    struct pjwt_report report = {0};
    bool parsed = pjwt_ok(pjwt_jwe_parse(typed, &jwe, &report));

    FUZZ_MUST(parsed == (jwe != NULL));
    if (parsed) {
        check_parsed(typed, jwe);
    }
    for (size_t i = 0; i < SEAL_KEYS; i++) {
        PJWT_AUTO(secret) struct pjwt_secret *inner = NULL;
        bool same = pjwt_secret_len(typed) == pjwt_secret_len(sealed[i]) &&
                    memcmp(pjwt_secret_bytes(typed), pjwt_secret_bytes(sealed[i]),
                           pjwt_secret_len(typed)) == 0;
        bool opened = parsed && pjwt_ok(pjwt_jwe_decrypt(jwe, seal_key(i), &inner, &report));

        FUZZ_MUST(opened == same && (inner != NULL) == same);
    }
}

/* Three bytes each: the place, and what stands there now. */
static void
edit(const uint8_t *bytes, size_t len, size_t which)
{
    PJWT_AUTO(secret)
    struct pjwt_secret *typed =
        pjwt_secret_copy(pjwt_secret_bytes(sealed[which]), pjwt_secret_len(sealed[which]));

    FUZZ_MUST(typed != NULL);
    for (size_t i = 0; i + 2 < len; i += 3) {
        size_t at = ((size_t)bytes[i] << 8 | bytes[i + 1]) % pjwt_secret_len(typed);

        pjwt_secret_buffer(typed)[at] = (char)bytes[i + 2];
    }
    try_one(typed);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    PJWT_AUTO(secret) struct pjwt_secret *typed = pjwt_secret_copy(bytes, len);

    seal_all();
    if (typed == NULL) {
        return -1; /* longer than any credential */
    }
    try_one(typed);
    if (len > 0) {
        edit(bytes + 1, len - 1, bytes[0] % SEAL_KEYS);
    }
    return 0;
}
