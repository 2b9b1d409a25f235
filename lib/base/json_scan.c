/* Is this text well-formed JSON, and where in it stands what is sought? Nothing is allocated.
 */
#include "lib/base/json_walk.h"

#include <string.h>

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
    return pjwt_json_walk_value(s, depth + 1) &&
           listing->each(listing->context,
                         (struct pjwt_json_span){start, (size_t)(s->at - start)});
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

pjwt_verdict
pjwt_json_scan(const char *text, size_t len, const char *name, pjwt_json_each_fn *each,
               void *context)
{
    struct pjwt_json_text s = {text, text + len};
    struct listing listing = {name, each, context, false};
    bool good = false;

    pjwt_json_text_space(&s);
    if (name == NULL) {
        good = pjwt_json_walk_value(&s, 1);
    } else {
        good = pjwt_json_walk_object(&s, 1, list_member, &listing) && listing.found;
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
