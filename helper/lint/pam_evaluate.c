/* What does a stack decide? The rules are libpam's: an impression, positive or negative, that
 * each answer may change; a substack decides for itself alone. */
#include "helper/lint/pam_stack.h"

#include <security/_pam_types.h>

#define MUST_FAIL PAM_PERM_DENIED

enum impression { NONE, POSITIVE, NEGATIVE };

struct state {
    enum impression impression;
    int status;
};

struct run {
    const struct pjwt_pam_stack *stack;
    struct state now;
    struct state before[PJWT_PAM_DEPTH + 1]; /* at the start of the substack of that level */
    size_t at;
};

static bool
goes_on(const struct run *r, int level)
{
    return r->at + 1 < r->stack->count && r->stack->handler[r->at + 1].level >= level;
}

/* A decision: what is left of this substack, or of the whole, is passed over. */
static void
leave(struct run *r, int level)
{
    while (goes_on(r, level)) {
        r->at++;
    }
}

/* A substack counts as one line. Too few lines left is an error, and fails. */
static void
jump(struct run *r, int level, int lines)
{
    while (lines > 0 && goes_on(r, level)) {
        do {
            r->at++;
        } while (goes_on(r, level + 1));
        lines--;
    }
    if (lines > 0) {
        r->now = (struct state){NEGATIVE, MUST_FAIL};
    }
}

static void
take_good(struct run *r, int answer, bool done, int level)
{
    if (r->now.impression == NONE ||
        (r->now.impression == POSITIVE && r->now.status == PAM_SUCCESS)) {
        r->now = (struct state){POSITIVE, answer};
    }
    if (done && r->now.impression == POSITIVE) {
        leave(r, level);
    }
}

static void
take_bad(struct run *r, int answer, bool die, int level)
{
    if (r->now.impression != NEGATIVE) {
        r->now = (struct state){NEGATIVE, answer == PAM_IGNORE ? MUST_FAIL : answer};
    }
    if (die) {
        leave(r, level);
    }
}

static void
take(struct run *r, const struct pjwt_pam_handler *h, int answer)
{
    int action = PJWT_PAM_BAD;

    if (h->kind == PJWT_PAM_FAILS) {
        answer = MUST_FAIL;
    }
    if (answer >= 0 && answer < PJWT_PAM_CODES) {
        action = h->action[answer];
    } else {
        answer = MUST_FAIL;
    }
    switch (action) {
    case PJWT_PAM_OK:
    case PJWT_PAM_DONE:
        take_good(r, answer, action == PJWT_PAM_DONE, h->level);
        return;
    case PJWT_PAM_BAD:
    case PJWT_PAM_DIE:
        take_bad(r, answer, action == PJWT_PAM_DIE, h->level);
        return;
    case PJWT_PAM_RESET:
        r->now = r->before[h->level];
        return;
    case PJWT_PAM_IGNORES:
        return;
    default:
        jump(r, h->level, action);
    }
}

int
pjwt_pam_stack_evaluate(const struct pjwt_pam_stack *stack, const int *answer, bool *called)
{
    struct run r = {.stack = stack, .now = {NONE, MUST_FAIL}, .before = {{NONE, MUST_FAIL}}};
    int level = 0;

    for (size_t i = 0; called != NULL && i < stack->count; i++) {
        called[i] = false;
    }
    for (; r.at < stack->count; r.at++) {
        const struct pjwt_pam_handler *h = &stack->handler[r.at];

        if (level < h->level) {
            r.before[h->level] = r.now;
        }
        level = h->level;
        if (h->kind != PJWT_PAM_SUBSTACK) {
            if (called != NULL) {
                called[r.at] = true;
            }
            take(&r, h, answer[r.at]);
        }
    }
    return r.now.status == PAM_SUCCESS && r.now.impression != POSITIVE ? MUST_FAIL
                                                                       : r.now.status;
}
