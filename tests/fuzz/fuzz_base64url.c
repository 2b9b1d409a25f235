/* Is there exactly one text for each value, and is that the text we take? */
#include "tests/fuzz/support/fuzz.h"

#include "lib/base/base64url.h"

#include <stdlib.h>
#include <string.h>

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* The rules as they are written: the alphabet of RFC 4648 section 5, no length of 4n + 1, and
 * no bit set that belongs to no byte (section 3.5). */
static bool
canonical(const char *text, size_t len)
{
    size_t last = 0;

    for (size_t i = 0; i < len; i++) {
        const char *digit = memchr(alphabet, text[i], 64);

        if (digit == NULL) {
            return false;
        }
        last = (size_t)(digit - alphabet);
    }
    return len % 4 == 0 || (len % 4 == 2 && last % 16 == 0) || (len % 4 == 3 && last % 4 == 0);
}

static void
check_decoding(const char *text, size_t len)
{
    size_t bytes_len = (size_t)-1;
    unsigned char *bytes = malloc(PJWT_BASE64URL_BYTES(len) + 1);
    char *again = malloc(PJWT_BASE64URL_ROOM(len) + 1);
    pjwt_verdict v = pjwt_base64url_decode(text, len, bytes, &bytes_len);

    FUZZ_MUST(pjwt_ok(v) == canonical(text, len));
    if (pjwt_ok(v)) {
        FUZZ_MUST(pjwt_base64url_encode(bytes, bytes_len, again) == len);
        FUZZ_MUST(len == 0 || memcmp(text, again, len) == 0);
    } else {
        FUZZ_MUST(bytes_len == (size_t)-1);
    }
    free(bytes);
    free(again);
}

static void
check_encoding(const uint8_t *bytes, size_t len)
{
    char *text = malloc(PJWT_BASE64URL_ROOM(len) + 1);
    size_t text_len = pjwt_base64url_encode(bytes, len, text);
    unsigned char *again = malloc(PJWT_BASE64URL_BYTES(text_len) + 1);
    size_t again_len = 0;

    FUZZ_MUST(text_len == PJWT_BASE64URL_ROOM(len));
    FUZZ_MUST(pjwt_ok(pjwt_base64url_decode(text, text_len, again, &again_len)));
    FUZZ_MUST(again_len == len && (len == 0 || memcmp(bytes, again, len) == 0));
    free(again);
    free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    check_decoding((const char *)bytes, len);
    check_encoding(bytes, len);
    return 0;
}
