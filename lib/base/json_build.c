#include "lib/base/json_build.h"

#include "lib/base/json_unescape.h"
#include "lib/base/secret.h"

#include <string.h>

#define NAME_ROOM    64 /* bytes of a member's name that is kept on the stack, with its NUL */
#define DIGITS_PLAIN 18 /* what certainly fits the 64 bits of an integer */

struct builder {
    json_t *container; /* borrowed: what is being filled */
    bool *starved;     /* an allocation failed */
};

static bool build_value(struct pjwt_json_text *s, unsigned depth, bool *starved,
                        json_t **value);

/* A number that its type cannot hold is for jansson to refuse. Strings are not shown to it: its
 * reader writes past the end of one that it has no memory to hold. */
static bool
ask_jansson(const char *at, const char *end, bool *starved, json_t **value)
{
    json_error_t error;

    *value = json_loadb(at, (size_t)(end - at), JSON_DECODE_ANY, &error);
    *starved |= *value == NULL && json_error_code(&error) == json_error_out_of_memory;
    return *value != NULL;
}

static bool
keep(json_t *made, bool *starved, json_t **value)
{
    *starved |= made == NULL;
    *value = made;
    return made != NULL;
}

static bool
has_escape(struct pjwt_json_span span)
{
    return memchr(span.at, '\\', span.len) != NULL;
}

/* What a string stands for, with a NUL behind it; owned by the caller, who wipes it. */
static bool
decode(struct pjwt_json_span span, bool *starved, char **text, size_t *len)
{
    PJWT_AUTO(secret_text) char *made = calloc(1, span.len + 1);

    *starved |= made == NULL;
    if (made == NULL || !pjwt_json_unescape(span, made, len)) {
        return false;
    }
    *text = pjwt_take(made);
    return true;
}

static bool
build_string(struct pjwt_json_text *s, bool *starved, json_t **value)
{
    PJWT_AUTO(secret_text) char *text = NULL;
    struct pjwt_json_span span;
    size_t len = 0;

    if (!pjwt_json_text_string(s, &span)) {
        return false;
    }
    if (!has_escape(span)) {
        return keep(json_stringn_nocheck(span.at, span.len), starved, value);
    }
    return decode(span, starved, &text, &len) &&
           keep(json_stringn_nocheck(text, len), starved, value);
}

static bool
build_other(struct pjwt_json_text *s, bool *starved, json_t **value)
{
    const char *start = s->at;
    json_int_t number = 0;
    const char *c = start;

    if (!pjwt_json_text_scalar(s)) {
        return false;
    }
    while (c < s->at && c - start < DIGITS_PLAIN && *c >= '0' && *c <= '9') {
        number = 10 * number + (*c++ - '0');
    }
    return c == s->at ? keep(json_integer(number), starved, value)
                      : ask_jansson(start, s->at, starved, value);
}

/* RFC 7515 section 4: "Header Parameter names within the JOSE Header MUST be unique"; we ask
 * the same of everything, at every level. */
static bool
set_once(const struct builder *b, const char *name, json_t *value)
{
    size_t before = json_object_size(b->container);

    if (json_object_set_new_nocheck(b->container, name, value) != 0) {
        *b->starved = true;
        return false;
    }
    return json_object_size(b->container) == before + 1;
}

/* A name that is long, or written with escapes. */
static bool
set_odd_name(const struct builder *b, struct pjwt_json_span name, json_t *value)
{
    PJWT_AUTO(secret_text) char *text = NULL;
    size_t len = 0;

    if (!decode(name, b->starved, &text, &len)) {
        json_decref(value);
        return false;
    }
    return set_once(b, text, value);
}

static bool
put_member(void *context, struct pjwt_json_text *s, struct pjwt_json_span name, unsigned depth)
{
    struct builder *b = context;
    char key[NAME_ROOM];
    json_t *value = NULL;

    if (!build_value(s, depth + 1, b->starved, &value)) {
        return false;
    }
    if (name.len >= sizeof(key) || has_escape(name)) {
        return set_odd_name(b, name, value);
    }
    memcpy(key, name.at, name.len);
    key[name.len] = '\0';
    return set_once(b, key, value);
}

static bool
put_element(void *context, struct pjwt_json_text *s, struct pjwt_json_span name, unsigned depth)
{
    struct builder *b = context;
    json_t *value = NULL;

    (void)name;
    if (!build_value(s, depth + 1, b->starved, &value)) {
        return false;
    }
    if (json_array_append_new(b->container, value) != 0) {
        *b->starved = true;
        return false;
    }
    return true;
}

static bool
build_object(struct pjwt_json_text *s, unsigned depth, bool *starved, json_t **value)
{
    PJWT_AUTO(json) json_t *made = json_object();
    struct builder b = {made, starved};

    if (made == NULL) {
        *starved = true;
        return false;
    }
    if (!pjwt_json_walk_object(s, depth, put_member, &b)) {
        return false;
    }
    *value = pjwt_take(made);
    return true;
}

static bool
build_array(struct pjwt_json_text *s, unsigned depth, bool *starved, json_t **value)
{
    PJWT_AUTO(json) json_t *made = json_array();
    struct builder b = {made, starved};

    if (made == NULL) {
        *starved = true;
        return false;
    }
    if (!pjwt_json_walk_array(s, depth, put_element, &b)) {
        return false;
    }
    *value = pjwt_take(made);
    return true;
}

/* Recursion ends where the walk says so, at PJWT_JSON_DEPTH. */
static bool
build_value(struct pjwt_json_text *s, unsigned depth, bool *starved, json_t **value)
{
    switch (s->at < s->end ? *s->at : '\0') {
    case '{':
        return build_object(s, depth, starved, value);
    case '[':
        return build_array(s, depth, starved, value);
    case '"':
        return build_string(s, starved, value);
    default:
        return build_other(s, starved, value);
    }
}

pjwt_verdict
pjwt_json_build_object(struct pjwt_json_text *s, json_t **object)
{
    bool starved = false;

    if (!build_object(s, 1, &starved, object)) {
        return starved ? PJWT_SAY(NO_MEMORY) : PJWT_SAY(JSON);
    }
    return PJWT_SAY(OK);
}
