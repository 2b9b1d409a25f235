/* Does any pam.d file stay within its bounds, and pass only on a success? */
#include "tests/fuzz/support/fuzz.h"

#include "helper/lint/pam_reach.h"
#include "lib/base/own.h"

#include <string.h>

struct input {
    const uint8_t *bytes;
    size_t len;
};

/* IT is this file: what includes it includes itself. Others are not there, or most inputs would
 * only test how much may be included. */
static enum pjwt_pam_found
read_input(void *context, const char *name, char **text, char **path)
{
    const struct input *input = context;

    if (strcmp(name, "fuzzed") != 0 && strcmp(name, "IT") != 0) {
        return PJWT_PAM_MISSING;
    }
    *text = calloc(1, input->len + 1);
    *path = strdup(name);
    FUZZ_MUST(*text != NULL && *path != NULL);
    memcpy(*text, input->bytes, input->len);
    return PJWT_PAM_THERE;
}

static void
check_handler(const struct pjwt_pam_handler *h)
{
    FUZZ_MUST(h->level >= 0 && h->level < PJWT_PAM_DEPTH);
    FUZZ_MUST(h->kind == PJWT_PAM_FAILS || h->module != NULL);
    FUZZ_MUST(h->args != NULL && h->file != NULL && h->line > 0);
    for (int i = 0; h->kind == PJWT_PAM_MODULE && i < PJWT_PAM_CODES; i++) {
        FUZZ_MUST(h->action[i] >= PJWT_PAM_RESET);
    }
}

/* With no success among the answers there is none at the end. */
static void
check_stack(const struct pjwt_pam_stack *stack, const struct input *input)
{
    int answer[PJWT_PAM_LINES];
    int result = 0;

    FUZZ_MUST(stack->count <= PJWT_PAM_LINES);
    for (size_t i = 0; i < stack->count; i++) {
        check_handler(&stack->handler[i]);
        answer[i] = 1 + input->bytes[i % input->len] % (PJWT_PAM_CODES - 1);
    }
    result = pjwt_pam_stack_evaluate(stack, answer, NULL);
    FUZZ_MUST(result > 0 && result < PJWT_PAM_CODES);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    PJWT_PAM_SERVICE_SCOPE struct pjwt_pam_service service = {.incomplete = false};
    struct input input = {bytes, len};

    if (len == 0 || len > 1024) {
        return 0;
    }
    FUZZ_MUST(pjwt_pam_service_read(read_input, &input, "fuzzed", &service) == PJWT_PAM_THERE);
    FUZZ_MUST(!service.short_of_memory);
    FUZZ_MUST(service.files.count <= PJWT_PAM_FILES && service.faults <= PJWT_PAM_FAULTS);
    for (int i = 0; i < PJWT_PAM_PHASES; i++) {
        check_stack(&service.phase[i], &input);
    }
    return 0;
}
