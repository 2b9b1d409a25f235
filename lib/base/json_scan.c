/* Is this text well-formed JSON, and where in it stands what is sought? Nothing is allocated.
 */
#include "lib/base/json_walk.h"

#include <string.h>

/* The first character tells most names apart: they are asked for each member of each key. */
static bool
same(struct pjwt_json_span span, const char *name)
{
    return span.len > 0 && span.at[0] == name[0] && span.len == strlen(name) &&
           memcmp(span.at, name, span.len) == 0;
}

struct listing {
    const char *name;
    const char *picked; /* which member of each element; NULL: none */
    pjwt_json_named_fn *each;
    void *context;
    bool found;
};

struct picking {
    const char *name;
    struct pjwt_json_span value;
};

static bool
pick_member(void *context, struct pjwt_json_text *s, struct pjwt_json_span name, unsigned depth)
{
    struct picking *picking = context;
    const char *start = s->at;

    if (!pjwt_json_walk_value(s, depth + 1)) {
        return false;
    }
    if (picking->value.at == NULL && same(name, picking->name)) {
        picking->value = (struct pjwt_json_span){start, (size_t)(s->at - start)};
    }
    return true;
}

static bool
list_element(void *context, struct pjwt_json_text *s, struct pjwt_json_span name,
             unsigned depth)
{
    struct listing *listing = context;
    struct picking picking = {.name = listing->picked};
    const char *start = s->at;
    bool object = listing->picked != NULL && s->at < s->end && *s->at == '{';

    (void)name;
    return (object ? pjwt_json_walk_object(s, depth + 1, pick_member, &picking)
                   : pjwt_json_walk_value(s, depth + 1)) &&
           listing->each(listing->context,
                         (struct pjwt_json_span){start, (size_t)(s->at - start)},
                         picking.value);
}

static bool
list_member(void *context, struct pjwt_json_text *s, struct pjwt_json_span name, unsigned depth)
{
    struct listing *listing = context;

    if (!same(name, listing->name)) {
        return pjwt_json_walk_value(s, depth + 1);
    }
    if (listing->found) {
        return false; /* which of the two is meant? */
    }
    listing->found = true;
    return pjwt_json_walk_array(s, depth + 1, list_element, listing);
}

/* All of it, and nothing behind it. */
static pjwt_verdict
ended(struct pjwt_json_text *s, bool good)
{
    pjwt_json_text_space(s);
    return good && s->at == s->end ? PJWT_SAY(OK) : PJWT_SAY(JSON);
}

pjwt_verdict
pjwt_json_scan_named(const char *text, size_t len, const char *member, const char *name,
                     pjwt_json_named_fn *each, void *context)
{
    struct pjwt_json_text s = {text, text + len};
    struct listing listing = {member, name, each, context, false};

    pjwt_json_text_space(&s);
    return ended(&s, pjwt_json_walk_object(&s, 1, list_member, &listing) && listing.found);
}

struct plain {
    pjwt_json_each_fn *each;
    void *context;
};

static bool
element_alone(void *context, struct pjwt_json_span element, struct pjwt_json_span value)
{
    const struct plain *plain = context;

    (void)value;
    return plain->each(plain->context, element);
}

pjwt_verdict
pjwt_json_scan(const char *text, size_t len, const char *name, pjwt_json_each_fn *each,
               void *context)
{
    struct pjwt_json_text s = {text, text + len};
    struct plain plain = {each, context};

    if (name != NULL) {
        return pjwt_json_scan_named(text, len, name, NULL, element_alone, &plain);
    }
    pjwt_json_text_space(&s);
    return ended(&s, pjwt_json_walk_value(&s, 1));
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

    if (!pjwt_json_walk_value(s, depth + 1)) {
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

    (void)pjwt_json_walk_object(&s, 1, seek_member, &sought);
    return sought.found;
}
