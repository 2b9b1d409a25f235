#include "tests/unit/support/clocks.h"

#include "lib/store/change.h"

struct pjwt_why clocks_why;

struct pjwt_clock
clocks_at(int64_t now, int64_t up, const char *boot)
{
    struct pjwt_clock clock = {.now = now, .up = up};

    scratch_set_text(clock.boot, sizeof(clock.boot), boot);
    return clock;
}

int64_t
clocks_login(struct scratch *s, int64_t now, int64_t up, const char *boot)
{
    PJWT_CHANGE_SCOPE struct pjwt_change change = {0};
    const struct pjwt_clock clock = clocks_at(now, up, boot);
    int64_t mark = 0;

    assert_reason(pjwt_change_begin(&change, s->store), OK);
    assert_reason(pjwt_clock_advance(s->store, &clock, &mark, NULL), OK);
    assert_reason(pjwt_change_commit(&change), OK);
    return mark;
}

pjwt_verdict
clocks_check(struct scratch *s, int64_t now, int64_t up, const char *boot)
{
    const struct pjwt_clock clock = clocks_at(now, up, boot);

    return pjwt_clock_check(s->store, &clock, &clocks_why);
}
