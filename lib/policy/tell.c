/* How is a claim's value told in one bounded line? */
#include "lib/policy/tell.h"

#include <stdio.h>
#include <string.h>

#define WORD_MAX 64 /* bytes told of one string */

static void
tell_one(const json_t *value, struct pjwt_listing *seen)
{
    char word[WORD_MAX + sizeof("...")];

    switch (json_typeof(value)) {
    case JSON_STRING:
        (void)snprintf(word, sizeof(word), "%.*s%s", WORD_MAX, json_string_value(value),
                       json_string_length(value) > WORD_MAX ? "..." : "");
        pjwt_listing_add(seen, *word == '\0' ? "empty" : word);
        return;
    case JSON_INTEGER:
        (void)snprintf(word, sizeof(word), "%lld", (long long)json_integer_value(value));
        pjwt_listing_add(seen, word);
        return;
    case JSON_TRUE:
    case JSON_FALSE:
        pjwt_listing_add(seen, json_is_true(value) ? "true" : "false");
        return;
    case JSON_REAL:
        pjwt_listing_add(seen, "a fraction");
        return;
    case JSON_NULL:
        pjwt_listing_add(seen, "null");
        return;
    default:
        pjwt_listing_add(seen, json_is_array(value) ? "an array" : "an object");
    }
}

void
pjwt_tell_value(const json_t *value, struct pjwt_listing *seen)
{
    if (value == NULL) {
        pjwt_listing_add(seen, "absent");
    } else if (!json_is_array(value)) {
        tell_one(value, seen);
    } else if (json_array_size(value) == 0) {
        pjwt_listing_add(seen, "empty");
    } else {
        for (size_t i = 0; i < json_array_size(value) && !seen->full; i++) {
            tell_one(json_array_get(value, i), seen);
        }
    }
}
