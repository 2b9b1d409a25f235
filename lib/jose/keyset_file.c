/* How do the commands read and write a key set's file? */
#include "lib/jose/keyset_file.h"

#include "lib/base/secret.h"
#include "lib/jose/keyset.h"

#include <string.h>

#define DUMP_FLAGS JSON_INDENT(2)

pjwt_verdict
pjwt_keyset_file_verdict(enum pjwt_file outcome)
{
    switch (outcome) {
    case PJWT_FILE_OK:
        return PJWT_SAY(OK);
    case PJWT_FILE_UNSAFE:
        return PJWT_SAY(KEYS_UNSAFE);
    case PJWT_FILE_LONG:
        return PJWT_SAY(KEYS_BAD);
    case PJWT_FILE_MEMORY:
        return PJWT_SAY(NO_MEMORY);
    case PJWT_FILE_MISSING:
    case PJWT_FILE_UNREAD:
        break;
    }
    return PJWT_SAY(KEYS_UNREAD);
}

static pjwt_verdict
empty_set(json_t **set)
{
    *set = json_pack("{s:[]}", "keys");
    return *set != NULL ? PJWT_SAY(OK) : PJWT_SAY(NO_MEMORY);
}

static bool
holds_objects(const json_t *array)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (!json_is_object(json_array_get(array, i))) {
            return false;
        }
    }
    return json_is_array(array);
}

static pjwt_verdict
parse_set(const char *text, size_t len, json_t **set, struct pjwt_why *why)
{
    PJWT_AUTO(json) json_t *parsed = NULL;
    pjwt_verdict verdict = pjwt_json_object(text, len, &parsed);

    if (verdict.reason == PJWT_NO_MEMORY) {
        return verdict;
    }
    if (!pjwt_ok(verdict) || !holds_objects(json_object_get(parsed, "keys"))) {
        pjwt_why_set(why, "no strict JSON object with an array of keys");
        return PJWT_SAY(KEYS_BAD);
    }
    *set = pjwt_take(parsed);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_keyset_load(const char *path, bool secret, json_t **set, struct pjwt_why *why)
{
    PJWT_AUTO(secret_text) char *text = NULL;
    size_t len = 0;
    enum pjwt_file outcome = pjwt_file_read(path, secret ? PJWT_FILE_SECRET : PJWT_FILE_PUBLIC,
                                            PJWT_KEYSET_BYTES, &text, &len, why);

    if (outcome == PJWT_FILE_MISSING) {
        return empty_set(set);
    }
    PJWT_TRY(pjwt_keyset_file_verdict(outcome));
    return parse_set(text, len, set, why);
}

/* The set's text with a newline behind it; NUL-terminated, owned by the caller and wiped. */
static char *
dump(const json_t *set, size_t len)
{
    PJWT_AUTO(secret_text) char *text = calloc(1, len + 2);

    if (text == NULL || json_dumpb(set, text, len, DUMP_FLAGS) != len) {
        return NULL;
    }
    text[len] = '\n';
    return pjwt_take(text);
}

pjwt_verdict
pjwt_keyset_store(const char *path, bool secret, const json_t *set, struct pjwt_why *why)
{
    size_t len = json_dumpb(set, NULL, 0, DUMP_FLAGS);
    PJWT_AUTO(secret_text) char *text = NULL;

    if (len + 1 > PJWT_KEYSET_BYTES) {
        pjwt_why_set(why, "the set would be larger than %d bytes", PJWT_KEYSET_BYTES);
        return PJWT_SAY(KEYS_UNREAD); /* as every reader would find it */
    }
    text = len > 0 ? dump(set, len) : NULL;
    if (text == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    return pjwt_keyset_file_verdict(
        pjwt_file_replace(path, text, len + 1, secret ? 0600 : 0644, why));
}
