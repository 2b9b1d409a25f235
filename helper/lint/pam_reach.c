#include "helper/lint/pam_reach.h"

#include "helper/lint/pam_known.h"

#include <security/_pam_types.h>
#include <string.h>

#define CONDITIONS_MAX 12 /* 4096 cases */

struct cases {
    int answer[PJWT_PAM_LINES];
    bool called[PJWT_PAM_LINES];
    bool ours[PJWT_PAM_LINES];
    size_t condition[CONDITIONS_MAX]; /* the handlers that may answer either way */
    size_t conditions;
};

static enum pjwt_pam_class
class_of(const struct pjwt_pam_handler *h, enum pjwt_pam_phase phase)
{
    return h->module == NULL || h->kind != PJWT_PAM_MODULE
               ? PJWT_PAM_DENIES
               : pjwt_pam_class_of(h->module, phase);
}

static void
may_be_either(struct cases *c, size_t index)
{
    c->answer[index] = PAM_SUCCESS;
    if (c->conditions < CONDITIONS_MAX) {
        c->condition[c->conditions++] = index;
    }
}

static void
fill(struct cases *c, const struct pjwt_pam_stack *stack, const struct pjwt_pam_question *q)
{
    for (size_t i = 0; i < stack->count; i++) {
        c->answer[i] = PAM_AUTH_ERR;
        switch (class_of(&stack->handler[i], q->phase)) {
        case PJWT_PAM_OURS:
            c->answer[i] = q->ours;
            c->ours[i] = true;
            break;
        case PJWT_PAM_PASSES:
            c->answer[i] = PAM_SUCCESS;
            break;
        case PJWT_PAM_ABSTAINS:
            c->answer[i] = PAM_IGNORE;
            break;
        case PJWT_PAM_CHECKS:
            c->answer[i] = q->credentials ? PAM_SUCCESS : PAM_AUTH_ERR;
            break;
        case PJWT_PAM_DEPENDS:
            may_be_either(c, i);
            break;
        case PJWT_PAM_UNKNOWN:
            if (q->unknown_pass) {
                may_be_either(c, i);
            }
            break;
        case PJWT_PAM_DENIES:
        case PJWT_PAM_ROOT:
            break;
        }
    }
}

static bool
asked_ours(const struct cases *c, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (c->called[i] && c->ours[i]) {
            return true;
        }
    }
    return false;
}

struct pjwt_pam_reach
pjwt_pam_reach(const struct pjwt_pam_stack *stack, const struct pjwt_pam_question *question)
{
    struct pjwt_pam_reach reach = {false, false};
    struct cases c = {.conditions = 0};

    fill(&c, stack, question);
    for (unsigned which = 0; which < 1u << c.conditions; which++) {
        for (size_t i = 0; i < c.conditions; i++) {
            c.answer[c.condition[i]] = (which >> i & 1) != 0 ? PAM_AUTH_ERR : PAM_SUCCESS;
        }
        if (pjwt_pam_stack_evaluate(stack, c.answer, c.called) == PAM_SUCCESS) {
            if (asked_ours(&c, stack->count)) {
                reach.called = true;
            } else {
                reach.skipped = true;
            }
        }
    }
    return reach;
}

const struct pjwt_pam_handler *
pjwt_pam_ours(const struct pjwt_pam_stack *stack, enum pjwt_pam_phase phase)
{
    for (size_t i = 0; i < stack->count; i++) {
        if (class_of(&stack->handler[i], phase) == PJWT_PAM_OURS) {
            return &stack->handler[i];
        }
    }
    return NULL;
}
