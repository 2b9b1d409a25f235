/* Do our scan and jansson read the same JSON? Whatever they disagree on is listed here. */
#include "tests/fuzz/support/fuzz.h"

#include <string.h>

/* The caps of lib/base/json.h, counted on what jansson built. */
static bool
within_caps(const json_t *value, unsigned depth)
{
    const char *name = NULL;
    json_t *item = NULL;
    size_t i = 0;
    bool good = true;

    if (!json_is_object(value) && !json_is_array(value)) {
        return true;
    }
    good = depth <= PJWT_JSON_DEPTH && json_object_size(value) <= PJWT_JSON_MEMBERS &&
           json_array_size(value) <= PJWT_JSON_ELEMENTS;
    json_object_foreach((json_t *)value, name, item)
    {
        good = good && within_caps(item, depth + 1);
    }
    json_array_foreach(value, i, item) { good = good && within_caps(item, depth + 1); }
    return good;
}

static bool
has(const char *text, size_t len, const char *words)
{
    return memmem(text, len, words, strlen(words)) != NULL;
}

/* jansson alone refuses numbers that its types cannot hold, NUL written as an escape, and half
 * a surrogate pair; the scan leaves those to it. Duplicates are its part of the gate. */
static bool
jansson_alone_refuses(const json_error_t *error, const char *text, size_t len)
{
    enum json_error_code code = json_error_code(error);

    return code == json_error_duplicate_key || code == json_error_numeric_overflow ||
           code == json_error_null_character || code == json_error_null_byte_in_key ||
           has(text, len, "\\ud") || has(text, len, "\\uD");
}

struct elements {
    const json_t *array; /* as jansson sees it */
    size_t seen;
};

/* An element found by the scan is the one that jansson found at that place, and so is its kid,
 * unless that member's name is written with escapes. */
static bool
compare_element(void *context, struct pjwt_json_span element)
{
    struct elements *elements = context;
    PJWT_AUTO(json) json_t *value = json_loadb(element.at, element.len, JSON_DECODE_ANY, NULL);
    PJWT_AUTO(json) json_t *kid = NULL;
    const json_t *expected = json_array_get(elements->array, elements->seen++);
    struct pjwt_json_span raw = {NULL, 0};

    if (elements->array == NULL) {
        return true;
    }
    FUZZ_MUST(value != NULL && json_equal(value, expected));
    if (element.at[0] != '{') {
        return true;
    }
    if (pjwt_json_member(element, "kid", &raw)) {
        kid = json_loadb(raw.at, raw.len, JSON_DECODE_ANY, NULL);
        FUZZ_MUST(kid != NULL && json_equal(kid, json_object_get(expected, "kid")));
    } else {
        FUZZ_MUST(json_object_get(expected, "kid") == NULL ||
                  has(element.at, element.len, "\\u"));
    }
    return true;
}

static void
check_elements(const char *text, size_t len, const json_t *parsed)
{
    struct elements elements = {json_object_get(parsed, "keys"), 0};
    pjwt_verdict v = pjwt_json_scan(text, len, "keys", compare_element, &elements);

    if (parsed != NULL && pjwt_ok(v)) {
        FUZZ_MUST(elements.array == NULL || elements.seen == json_array_size(elements.array));
    }
    if (parsed != NULL && !pjwt_ok(v)) {
        FUZZ_MUST(!json_is_array(elements.array) || !within_caps(parsed, 1) ||
                  has(text, len, "\\u"));
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    const char *text = (const char *)bytes;
    json_error_t error = {0};
    PJWT_AUTO(json)
    json_t *parsed = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    PJWT_AUTO(json) json_t *gate = NULL;
    bool scanned = pjwt_ok(pjwt_json_scan(text, len, NULL, NULL, NULL));
    bool passed = pjwt_ok(pjwt_json_object(text, len, &gate));

    /* jansson passes over a NUL behind a number, and over what follows it at the end. */
    if (len > 0 && memchr(text, '\0', len) != NULL) {
        FUZZ_MUST(!scanned && !passed);
        return 0;
    }
    if (parsed != NULL) {
        FUZZ_MUST(scanned == within_caps(parsed, 1));
        FUZZ_MUST(passed == (scanned && json_is_object(parsed)));
        FUZZ_MUST(!passed || json_equal(parsed, gate));
    } else {
        FUZZ_MUST(!passed);
        FUZZ_MUST(!scanned || jansson_alone_refuses(&error, text, len));
    }
    check_elements(text, len, parsed);
    return 0;
}
