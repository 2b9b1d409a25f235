#include "helper/cmd/advice.h"

#include "helper/cmd/advice_rows.h"

#include <stddef.h>

static const struct advice {
    const char *cause;
    const char *cure;
} advice[] = {
#define X(name, cause, cure) [PJWT_##name] = {cause, cure},
    PJWT_ADVICE(X)
#undef X
};

/* Until a new reason has its row: better two vague words than none. */
static const struct advice unknown = {"this program has no words for it",
                                      "look it up in pam_jwt(8)"};

static const struct advice *
row(pjwt_verdict v)
{
    size_t i = (size_t)v.reason;

    return i < sizeof(advice) / sizeof(advice[0]) && advice[i].cause != NULL ? &advice[i]
                                                                             : &unknown;
}

const char *
pjwt_cause(pjwt_verdict v)
{
    return row(v)->cause;
}

const char *
pjwt_advice(pjwt_verdict v)
{
    return row(v)->cure;
}
