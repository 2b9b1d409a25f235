/* Is this one strict JSON object? */
#include "lib/base/json.h"

#include "lib/base/json_build.h"

pjwt_verdict
pjwt_json_object(const char *text, size_t len, json_t **object)
{
    PJWT_AUTO(json) json_t *built = NULL;
    struct pjwt_json_text s = {text, text + len};

    pjwt_json_text_space(&s);
    PJWT_TRY(pjwt_json_build_object(&s, &built));
    pjwt_json_text_space(&s);
    if (s.at != s.end) {
        return PJWT_SAY(JSON);
    }
    *object = pjwt_take(built);
    return PJWT_SAY(OK);
}

bool
pjwt_json_string(const json_t *object, const char *name, const char **value)
{
    const json_t *member = json_object_get(object, name);

    *value = json_string_value(member);
    return member == NULL || *value != NULL;
}
