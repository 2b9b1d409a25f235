/* Which call fails? */
#include "tests/faults/inject.h"

static struct {
    bool armed, rest;
    unsigned nth, seen;
} plan;

void
inject_start(unsigned nth, bool rest)
{
    plan.armed = true;
    plan.rest = rest;
    plan.nth = nth;
    plan.seen = 0;
}

unsigned
inject_stop(void)
{
    plan.armed = false;
    return plan.seen;
}

bool
inject_now(void)
{
    if (!plan.armed) {
        return false;
    }
    plan.seen++;
    return plan.nth != 0 && (plan.rest ? plan.seen >= plan.nth : plan.seen == plan.nth);
}
