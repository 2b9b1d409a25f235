/* Which value does this JSON Pointer name? RFC 6901. */
#include "lib/policy/pointer.h"

#include <string.h>

#define INDEX_DIGITS 4 /* an array we accept has at most 1024 elements */

bool
pjwt_pointer_valid(const char *pointer)
{
    if (*pointer != '/' || strlen(pointer) > PJWT_POINTER_MAX) {
        return false;
    }
    for (const char *c = pointer; *c != '\0'; c++) {
        /* RFC 6901 section 3: escaped = "~" ( "0" / "1" ) */
        if (*c == '~' && c[1] != '0' && c[1] != '1') {
            return false;
        }
    }
    return true;
}

/* Copies one reference token, unescaped, and returns where it ends. RFC 6901 section 4: one
 * pass, so that "~01" becomes "~1" and not "/". */
static const char *
take_token(const char *at, char token[PJWT_POINTER_MAX + 1])
{
    size_t len = 0;

    for (; *at != '/' && *at != '\0'; at++) {
        if (*at == '~') {
            at++;
            token[len++] = *at == '0' ? '~' : '/';
        } else {
            token[len++] = *at;
        }
    }
    token[len] = '\0';
    return at;
}

/* RFC 6901 section 4: array-index = "0" / ( "1"-"9" *DIGIT ); "-" names no element here. */
static const json_t *
element(const json_t *array, const char *token)
{
    size_t digits = strspn(token, "0123456789");
    size_t index = 0;

    if (digits == 0 || digits > INDEX_DIGITS || token[digits] != '\0' ||
        (token[0] == '0' && digits > 1)) {
        return NULL;
    }
    for (size_t i = 0; i < digits; i++) {
        index = 10 * index + (size_t)(token[i] - '0');
    }
    return json_array_get(array, index);
}

const json_t *
pjwt_pointer_get(const json_t *root, const char *pointer)
{
    const json_t *value = root;
    char token[PJWT_POINTER_MAX + 1] = "";

    if (!pjwt_pointer_valid(pointer)) {
        return NULL;
    }
    while (value != NULL && *pointer == '/') {
        pointer = take_token(pointer + 1, token);
        value = json_is_array(value) ? element(value, token) : json_object_get(value, token);
    }
    return value;
}
