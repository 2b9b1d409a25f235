/* Does a process that is frozen at any of its system calls hold up a revocation? (TAP)
 * usage: pam_frozen BUILD-TREE STEP: stops it at each STEPth of its calls. */
#include "tests/pam/frozen/frozen.h"

#include "tests/pam/keys.h"
#include "tests/pam/tap.h"
#include "tests/pam/text.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define CALLS  4096 /* of one process, at most */
#define LANES  8    /* at once for each kind: nearly all of them wait */
#define WAITED 1000 /* milliseconds: longer than a revocation that waits for nobody */

/* What all lanes of a kind have found, in memory that they share. */
struct found {
    size_t next;     /* call to stop at */
    size_t trials;   /* that came to their end */
    size_t lanes;    /* that did */
    int took[CALLS]; /* milliseconds of each revocation; 0: none */
    size_t wrongs;
    char wrong[256]; /* the first of them */
};

static void
note_wrong(struct found *found, size_t nth, const char *what)
{
    if (__atomic_fetch_add(&found->wrongs, 1, __ATOMIC_SEQ_CST) == 0) {
        (void)snprintf(found->wrong, sizeof(found->wrong), "call %zu: %s", nth, what);
    }
}

/* False: the process ended before its call number `nth`. */
static bool
one(const struct frozen_kind *kind, struct house *house, const char *pamjwt, size_t nth,
    struct found *found)
{
    PJWT_AUTO(text) char *wrong = NULL;
    int took = 0;

    if (!frozen_trial(kind, house, pamjwt, nth, &took, &wrong)) {
        return false;
    }
    found->took[nth] = took + 1;
    (void)__atomic_fetch_add(&found->trials, 1, __ATOMIC_SEQ_CST);
    if (wrong != NULL) {
        note_wrong(found, nth, wrong);
    }
    return true;
}

static _Noreturn void
be_lane(const struct frozen_kind *kind, const char *build, size_t step, struct found *found)
{
    PJWT_AUTO(text) char *pamjwt = text_format("%s/pamjwt", build);
    struct house house = {0};
    size_t nth = 0;

    if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) { /* so that whatever is left comes to us */
        text_die("prctl failed");
    }
    house_build(&house, build, getuid());
    do {
        nth = __atomic_fetch_add(&found->next, step, __ATOMIC_SEQ_CST);
    } while (nth < CALLS && one(kind, &house, pamjwt, nth, found));
    if (nth >= CALLS) {
        note_wrong(found, nth, "it has no end");
    }
    house_demolish(&house);
    (void)__atomic_fetch_add(&found->lanes, 1, __ATOMIC_SEQ_CST);
    _exit(0);
}

static int
by_size(const void *a, const void *b)
{
    const int *one = a;
    const int *other = b;

    return (*one > *other) - (*one < *other);
}

static void
report(const struct frozen_kind *kind, struct found *found)
{
    PJWT_AUTO(text) char *name = NULL;
    const int *took = found->took + CALLS - found->trials; /* the zeros come first */
    size_t waited = 0;

    qsort(found->took, CALLS, sizeof(found->took[0]), by_size);
    for (size_t i = 0; i < found->trials; i++) {
        waited += took[i] > WAITED ? 1 : 0;
    }
    name =
        text_format("%s, frozen at %zu of its calls: a revocation takes %d ms in the median, "
                    "%d ms at most; %zu waited",
                    kind->name, found->trials, found->trials == 0 ? 0 : took[found->trials / 2],
                    found->took[CALLS - 1], waited);
    tap_result(found->lanes == LANES && found->trials > 0 && found->wrongs == 0, name,
               found->wrong);
}

static void
try_all(const struct frozen_kind *const *kinds, size_t count, const char *build, size_t step)
{
    struct found *found = mmap(NULL, count * sizeof(*found), PROT_READ | PROT_WRITE,
                               MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (found == MAP_FAILED) {
        text_die("no memory");
    }
    for (size_t at = 0; at < count; at++) {
        found[at].next = 1;
    }
    for (size_t i = 0; i < count * LANES; i++) {
        size_t at = i / LANES;

        if (fork() == 0) {
            be_lane(kinds[at], build, step, &found[at]);
        }
    }
    while (wait(NULL) > 0 || errno == EINTR) {
    }
    for (size_t at = 0; at < count; at++) {
        report(kinds[at], &found[at]);
    }
    (void)munmap(found, count * sizeof(*found));
}

int
main(int argc, char **argv)
{
    const struct frozen_kind *kinds[16] = {NULL};
    size_t step = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
    size_t count = 0;

    if (step == 0) {
        text_die("usage: pam_frozen BUILD-TREE STEP");
    }
    for (const struct frozen_kind *kind = frozen_judges; kind->name != NULL; kind++) {
        kinds[count++] = kind;
    }
    for (const struct frozen_kind *kind = frozen_hosts; kind->name != NULL; kind++) {
        kinds[count++] = kind;
    }
    (void)umask(022);
    if (!frozen_possible()) {
        for (size_t at = 0; at < count; at++) {
            tap_skip(kinds[at]->name, "nobody may trace processes here");
        }
        return tap_end();
    }
    keys_make();
    try_all(kinds, count, argv[1], step);
    keys_drop();
    return tap_end();
}
