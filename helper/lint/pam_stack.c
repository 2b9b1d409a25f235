/* Which lines make up a service's stacks? */
#include "helper/lint/pam_stack.h"

#include "lib/policy/list.h"

#include <stdio.h>
#include <string.h>

struct builder {
    struct pjwt_pam_service *service;
    pjwt_pam_read_fn *reader;
    void *context;
    const char *file; /* being read */
    long line;
};

/* Of which phase lines are taken, and on which level they stand. */
struct place {
    int phase; /* -1: all */
    int level;
    int depth;
};

static void
add_fault(struct builder *b, const char *words, const char *name)
{
    struct pjwt_pam_service *s = b->service;
    struct pjwt_pam_fault *grown = NULL;

    if (s->faults == PJWT_PAM_FAULTS) {
        return;
    }
    grown = reallocarray(s->fault, s->faults + 1, sizeof(*grown));
    if (grown == NULL) {
        s->short_of_memory = true;
        return;
    }
    s->fault = grown;
    grown += s->faults;
    *grown = (struct pjwt_pam_fault){.file = b->file, .line = b->line};
    if (asprintf(&grown->words, "%s%s", words, name) < 0) {
        s->short_of_memory = true;
        return;
    }
    s->faults++;
}

static void
add_handler(struct builder *b, const struct pjwt_pam_line *said, enum pjwt_pam_phase phase,
            enum pjwt_pam_kind kind, int level)
{
    struct pjwt_pam_stack *stack = &b->service->phase[phase];
    struct pjwt_pam_handler *h = NULL;

    if (stack->count == PJWT_PAM_LINES) {
        b->service->incomplete = true;
        return;
    }
    h = stack->handler;
    if ((stack->count & (stack->count - 1)) == 0) { /* full: it grows by doubling */
        h = reallocarray(h, stack->count == 0 ? 1 : 2 * stack->count, sizeof(*h));
    }
    if (h == NULL) {
        b->service->short_of_memory = true;
        return;
    }
    stack->handler = h;
    h += stack->count++;
    *h = (struct pjwt_pam_handler){
        .kind = kind, .level = level, .quiet = said->quiet, .file = b->file, .line = b->line};
    memcpy(h->action, said->action, sizeof(h->action));
    h->module = said->target == NULL ? NULL : strdup(said->target);
    h->args = strdup(said->args == NULL ? "" : said->args);
    b->service->short_of_memory = b->service->short_of_memory || h->args == NULL ||
                                  (said->target != NULL && h->module == NULL);
}

/* What libpam puts in the place of a file that it cannot include: a line that fails. */
static void
add_failure(struct builder *b, struct pjwt_pam_line *said, struct place at)
{
    for (int i = 0; i < PJWT_PAM_CODES; i++) {
        said->action[i] = PJWT_PAM_BAD;
    }
    for (int i = 0; i < PJWT_PAM_PHASES; i++) {
        if (at.phase < 0 || at.phase == i) {
            add_handler(b, said, (enum pjwt_pam_phase)i, PJWT_PAM_FAILS, at.level);
        }
    }
}

static void read_file(struct builder *b, char *text, const char *path, struct place at);

/* The file that the line names, in the place of the line. When it cannot be, what fails stands
 * on the line's own level. */
static void
include(struct builder *b, struct pjwt_pam_line *said, struct place at, int level)
{
    PJWT_AUTO(text) char *text = NULL;
    PJWT_AUTO(text) char *path = NULL;
    struct builder inner = *b;
    enum pjwt_pam_found found = PJWT_PAM_MISSING;

    at.depth++;
    if (at.depth < PJWT_PAM_DEPTH && b->service->files.count < PJWT_PAM_FILES) {
        found = b->reader(b->context, said->target, &text, &path);
    }
    if (found == PJWT_PAM_THERE) {
        read_file(&inner, text, path, at);
        return;
    }
    b->service->broken = b->service->broken || said->kind == PJWT_PAM_AT_INCLUDE;
    b->service->incomplete = b->service->incomplete || found == PJWT_PAM_UNREADABLE ||
                             b->service->files.count >= PJWT_PAM_FILES;
    add_fault(b, "cannot be included: ", said->target);
    at.level = level;
    add_failure(b, said, at);
}

static void
take_line(struct builder *b, struct pjwt_pam_line *said, struct place at)
{
    if (said->fault != NULL) {
        add_fault(b, said->fault, "");
    }
    if (said->kind == PJWT_PAM_AT_INCLUDE) {
        include(b, said, at, at.level);
        return;
    }
    if (at.phase >= 0 && at.phase != (int)said->phase) {
        return;
    }
    if (said->kind == PJWT_PAM_SUBSTACK || said->kind == PJWT_PAM_INCLUDE) {
        int level = at.level;

        at.phase = (int)said->phase;
        if (said->kind == PJWT_PAM_SUBSTACK) {
            add_handler(b, said, said->phase, PJWT_PAM_SUBSTACK, at.level);
            at.level++;
        }
        include(b, said, at, level);
        return;
    }
    add_handler(b, said, said->phase, said->kind, at.level);
}

static void
read_file(struct builder *b, char *text, const char *path, struct place at)
{
    struct pjwt_list *files = &b->service->files;
    struct pjwt_pam_line said;
    long next = 1;
    char *line = NULL;

    if (!pjwt_list_add(files, path, strlen(path))) {
        b->service->short_of_memory = true;
        return;
    }
    b->file = files->item[files->count - 1];
    while (!b->service->short_of_memory && pjwt_pam_next_line(&text, &next, &b->line, &line)) {
        pjwt_pam_line_read(line, &said);
        take_line(b, &said, at);
    }
}

enum pjwt_pam_found
pjwt_pam_service_read(pjwt_pam_read_fn *reader, void *context, const char *name,
                      struct pjwt_pam_service *service)
{
    PJWT_AUTO(text) char *text = NULL;
    PJWT_AUTO(text) char *path = NULL;
    struct builder b = {.service = service, .reader = reader, .context = context};
    enum pjwt_pam_found found = PJWT_PAM_MISSING;

    *service = (struct pjwt_pam_service){.incomplete = false};
    found = reader(context, name, &text, &path);
    if (found == PJWT_PAM_THERE) {
        read_file(&b, text, path, (struct place){.phase = -1});
    }
    return found;
}

void
pjwt_pam_service_clear(struct pjwt_pam_service *service)
{
    for (int i = 0; i < PJWT_PAM_PHASES; i++) {
        for (size_t j = 0; j < service->phase[i].count; j++) {
            free(service->phase[i].handler[j].module);
            free(service->phase[i].handler[j].args);
        }
        free(service->phase[i].handler);
    }
    for (size_t i = 0; i < service->faults; i++) {
        free(service->fault[i].words);
    }
    free(service->fault);
    pjwt_list_clear(&service->files);
    *service = (struct pjwt_pam_service){.incomplete = false};
}
