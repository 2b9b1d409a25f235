/* Is this one strict JSON object? */
#include "lib/base/json.h"

pjwt_verdict
pjwt_json_object(const char *text, size_t len, json_t **object)
{
    PJWT_AUTO(json) json_t *parsed = NULL;
    json_error_t error;

    PJWT_TRY(pjwt_json_scan(text, len, NULL, NULL, NULL));
    /* RFC 7515 section 4: "Header Parameter names within the JOSE Header MUST be unique"; we
     * ask the same of everything, at every level. NUL in a string is refused unless
     * JSON_ALLOW_NUL, bytes behind the object unless JSON_DISABLE_EOF_CHECK. */
    parsed = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
    if (parsed == NULL && json_error_code(&error) == json_error_out_of_memory) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (!json_is_object(parsed)) {
        return PJWT_SAY(JSON);
    }
    *object = pjwt_take(parsed);
    return PJWT_SAY(OK);
}

bool
pjwt_json_string(const json_t *object, const char *name, const char **value)
{
    const json_t *member = json_object_get(object, name);

    *value = json_string_value(member);
    return member == NULL || *value != NULL;
}
