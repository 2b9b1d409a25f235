#include "lib/base/json_walk.h"

static bool
member(struct pjwt_json_text *s, unsigned depth, pjwt_json_item_fn *item, void *context)
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
element(struct pjwt_json_text *s, unsigned depth, pjwt_json_item_fn *item, void *context)
{
    pjwt_json_text_space(s);
    return item(context, s, (struct pjwt_json_span){NULL, 0}, depth);
}

/* How the two kinds of container differ. */
struct kind {
    bool (*item)(struct pjwt_json_text *s, unsigned depth, pjwt_json_item_fn *item,
                 void *context);
    size_t most;
    char open;
    char close;
};

static const struct kind object = {member, PJWT_JSON_MEMBERS, '{', '}'};
static const struct kind array = {element, PJWT_JSON_ELEMENTS, '[', ']'};

static bool
walk(const struct kind *kind, struct pjwt_json_text *s, unsigned depth, pjwt_json_item_fn *item,
     void *context)
{
    if (depth > PJWT_JSON_DEPTH || !pjwt_json_text_take(s, kind->open)) {
        return false;
    }
    pjwt_json_text_space(s);
    if (pjwt_json_text_take(s, kind->close)) {
        return true;
    }
    for (size_t n = 0; n < kind->most; n++) {
        if (!kind->item(s, depth, item, context)) {
            return false;
        }
        pjwt_json_text_space(s);
        if (pjwt_json_text_take(s, kind->close)) {
            return true;
        }
        if (!pjwt_json_text_take(s, ',')) {
            return false;
        }
    }
    return false;
}

bool
pjwt_json_walk_object(struct pjwt_json_text *s, unsigned depth, pjwt_json_item_fn *item,
                      void *context)
{
    return walk(&object, s, depth, item, context);
}

bool
pjwt_json_walk_array(struct pjwt_json_text *s, unsigned depth, pjwt_json_item_fn *item,
                     void *context)
{
    return walk(&array, s, depth, item, context);
}

static bool
skip(void *context, struct pjwt_json_text *s, struct pjwt_json_span name, unsigned depth)
{
    (void)context;
    (void)name;
    return pjwt_json_walk_value(s, depth + 1);
}

/* Recursion ends at PJWT_JSON_DEPTH. */
bool
pjwt_json_walk_value(struct pjwt_json_text *s, unsigned depth)
{
    if (s->at < s->end && *s->at == '{') {
        return walk(&object, s, depth, skip, NULL);
    }
    if (s->at < s->end && *s->at == '[') {
        return walk(&array, s, depth, skip, NULL);
    }
    return pjwt_json_text_scalar(s);
}
