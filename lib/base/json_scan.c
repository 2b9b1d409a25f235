/* Is this text well-formed JSON within the caps? RFC 8259, RFC 3629; nothing is allocated. */
#include "lib/base/json_text.h"

#include <string.h>

/* Consumes the value of a member or element that stands in a container of that depth. */
typedef bool item_fn(void *context, struct pjwt_json_text *s, struct pjwt_json_span name,
                     unsigned depth);

static bool value(struct pjwt_json_text *s, unsigned depth);

static bool
member(struct pjwt_json_text *s, unsigned depth, item_fn *item, void *context)
{
    struct pjwt_json_span name;

    pjwt_json_text_space(s);
    if (!pjwt_json_text_string(s, &name)) {
        return false;
    }
    pjwt_json_text_space(s);
    if (!pjwt_json_text_take(s, ':')) {
        return false;
    }
    pjwt_json_text_space(s);
    return item(context, s, name, depth);
}

static bool
object(struct pjwt_json_text *s, unsigned depth, item_fn *item, void *context)
{
    if (depth > PJWT_JSON_DEPTH || !pjwt_json_text_take(s, '{')) {
        return false;
    }
    pjwt_json_text_space(s);
    if (pjwt_json_text_take(s, '}')) {
        return true;
    }
    for (size_t n = 0; n < PJWT_JSON_MEMBERS; n++) {
        if (!member(s, depth, item, context)) {
            return false;
        }
        pjwt_json_text_space(s);
        if (pjwt_json_text_take(s, '}')) {
            return true;
        }
        if (!pjwt_json_text_take(s, ',')) {
            return false;
        }
    }
    return false;
}

static bool
array(struct pjwt_json_text *s, unsigned depth, item_fn *item, void *context)
{
    if (depth > PJWT_JSON_DEPTH || !pjwt_json_text_take(s, '[')) {
        return false;
    }
    pjwt_json_text_space(s);
    if (pjwt_json_text_take(s, ']')) {
        return true;
    }
    for (size_t n = 0; n < PJWT_JSON_ELEMENTS; n++) {
        pjwt_json_text_space(s);
        if (!item(context, s, (struct pjwt_json_span){NULL, 0}, depth)) {
            return false;
        }
        pjwt_json_text_space(s);
        if (pjwt_json_text_take(s, ']')) {
            return true;
        }
        if (!pjwt_json_text_take(s, ',')) {
            return false;
        }
    }
    return false;
}

static bool
skip(void *context, struct pjwt_json_text *s, struct pjwt_json_span name, unsigned depth)
{
    (void)context;
    (void)name;
    return value(s, depth + 1);
}

/* Recursion ends at PJWT_JSON_DEPTH. A container that stands here has that depth. */
static bool
value(struct pjwt_json_text *s, unsigned depth)
{
    if (s->at < s->end && *s->at == '{') {
        return object(s, depth, skip, NULL);
    }
    if (s->at < s->end && *s->at == '[') {
        return array(s, depth, skip, NULL);
    }
    return pjwt_json_text_scalar(s);
}

static bool
same(struct pjwt_json_span span, const char *name)
{
    return span.len == strlen(name) && memcmp(span.at, name, span.len) == 0;
}

struct listing {
    const char *name;
    pjwt_json_each_fn *each;
    void *context;
    bool found;
};

static bool
list_element(void *context, struct pjwt_json_text *s, struct pjwt_json_span name,
             unsigned depth)
{
    struct listing *listing = context;
    const char *start = s->at;

    (void)name;
    return value(s, depth + 1) &&
           listing->each(listing->context,
                         (struct pjwt_json_span){start, (size_t)(s->at - start)});
}

static bool
list_member(void *context, struct pjwt_json_text *s, struct pjwt_json_span name, unsigned depth)
{
    struct listing *listing = context;

    if (!same(name, listing->name)) {
        return value(s, depth + 1);
    }
    if (listing->found) {
        return false; /* which of the two is meant? */
    }
    listing->found = true;
    return array(s, depth + 1, list_element, listing);
}

pjwt_verdict
pjwt_json_scan(const char *text, size_t len, const char *name, pjwt_json_each_fn *each,
               void *context)
{
    struct pjwt_json_text s = {text, text + len};
    struct listing listing = {name, each, context, false};
    bool good = false;

    pjwt_json_text_space(&s);
    if (name == NULL) {
        good = value(&s, 1);
    } else {
        good = object(&s, 1, list_member, &listing) && listing.found;
    }
    pjwt_json_text_space(&s);
    return good && s.at == s.end ? PJWT_SAY(OK) : PJWT_SAY(JSON);
}

struct sought {
    const char *name;
    struct pjwt_json_span *value;
    bool found;
};

static bool
seek_member(void *context, struct pjwt_json_text *s, struct pjwt_json_span name, unsigned depth)
{
    struct sought *sought = context;
    const char *start = s->at;

    if (!value(s, depth + 1)) {
        return false;
    }
    if (!same(name, sought->name)) {
        return true;
    }
    *sought->value = (struct pjwt_json_span){start, (size_t)(s->at - start)};
    sought->found = true;
    return false; /* the rest is of no interest */
}

bool
pjwt_json_member(struct pjwt_json_span element, const char *name, struct pjwt_json_span *found)
{
    struct pjwt_json_text s = {element.at, element.at + element.len};
    struct sought sought = {name, found, false};

    (void)object(&s, 1, seek_member, &sought);
    return sought.found;
}
