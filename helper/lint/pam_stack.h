/* Which lines make up a service's stacks, and what do they decide? Lines of included files
 * stand where they are included; evaluated as libpam does. */
#ifndef PJWT_LINT_PAM_STACK_H
#define PJWT_LINT_PAM_STACK_H

#include "helper/lint/pam_line.h"
#include "lib/policy/config.h"

#define PJWT_PAM_FILE_BYTES 65536 /* of one pam.d file */
#define PJWT_PAM_DEPTH      16    /* of files that include files; PAM_SUBSTACK_MAX_LEVEL */
#define PJWT_PAM_LINES      512   /* of one stack */
#define PJWT_PAM_FILES      128   /* read for one service */
#define PJWT_PAM_FAULTS     256   /* kept of one service */

struct pjwt_pam_handler {
    enum pjwt_pam_kind kind; /* MODULE, SUBSTACK (where one begins) or FAILS */
    int level;               /* of substacks */
    bool quiet;
    int action[PJWT_PAM_CODES];
    char *module;     /* owned; NULL: none */
    char *args;       /* owned */
    const char *file; /* borrowed from the service's files */
    long line;
};

struct pjwt_pam_stack {
    struct pjwt_pam_handler *handler;
    size_t count;
};

/* A line that libpam cannot use, or a file that it does not find. */
struct pjwt_pam_fault {
    const char *file; /* borrowed from the service's files */
    long line;
    char *words; /* owned */
};

struct pjwt_pam_service {
    struct pjwt_pam_stack phase[PJWT_PAM_PHASES];
    struct pjwt_list files; /* in the order in which they were read; the service's own first */
    struct pjwt_pam_fault *fault;
    size_t faults;
    bool broken;     /* an @include of nothing: libpam refuses all of the service */
    bool incomplete; /* a file could not be read, or a bound was met: nothing can be said */
    bool short_of_memory;
};

enum pjwt_pam_found { PJWT_PAM_THERE, PJWT_PAM_MISSING, PJWT_PAM_UNREADABLE };

/* Reads the pam.d file `name`: its text (NUL-terminated, at most PJWT_PAM_FILE_BYTES) and its
 * path, both owned by the caller. */
typedef enum pjwt_pam_found pjwt_pam_read_fn(void *context, const char *name, char **text,
                                             char **path);

/* Builds the stacks of service `name`. Clear it whatever the outcome. */
enum pjwt_pam_found pjwt_pam_service_read(pjwt_pam_read_fn *reader, void *context,
                                          const char *name, struct pjwt_pam_service *service);
void pjwt_pam_service_clear(struct pjwt_pam_service *service);
#define PJWT_PAM_SERVICE_SCOPE __attribute__((cleanup(pjwt_pam_service_clear)))

/* What the stack returns when its modules answer `answer` (one for each handler); `called` (as
 * many, may be NULL) tells which of them were asked. */
int pjwt_pam_stack_evaluate(const struct pjwt_pam_stack *stack, const int *answer,
                            bool *called);

#endif
