#include "lib/base/verdict.h"

#include <stddef.h>
#include <string.h>

static const struct {
    enum pjwt_class class;
    const char *code;
    const char *text;
} reasons[] = {
#define X(name, cls, str, msg) [PJWT_##name] = {PJWT_CLASS_##cls, str, msg},
    PJWT_REASONS(X)
#undef X
};

static const size_t reason_count = sizeof(reasons) / sizeof(reasons[0]);

static size_t
row(pjwt_verdict v)
{
    size_t i = (size_t)v.reason;

    return i < reason_count ? i : PJWT_UNSET;
}

enum pjwt_class
pjwt_class_of(pjwt_verdict v)
{
    return reasons[row(v)].class;
}

const char *
pjwt_code(pjwt_verdict v)
{
    return reasons[row(v)].code;
}

const char *
pjwt_text(pjwt_verdict v)
{
    return reasons[row(v)].text;
}

pjwt_verdict
pjwt_verdict_from_code(const char *code)
{
    for (size_t i = 0; i < reason_count; i++) {
        if (strcmp(reasons[i].code, code) == 0) {
            return (pjwt_verdict){(enum pjwt_reason)i};
        }
    }
    return PJWT_SAY(UNSET);
}
