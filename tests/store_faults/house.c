#include "tests/store_faults/house.h"

#include "lib/store/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

const char *const house_names[HOUSE_FILES] = {"sessions.db", "sessions.db-wal",
                                              "sessions.guard"};
static char base[64];
static unsigned tests, failures;

void
house_die(const char *what)
{
    (void)printf("Bail out! %s: %s\n", what, strerror(errno));
    (void)fflush(stdout);
    _exit(99);
}

const char *
house_dir(void)
{
    static char dir[80];

    if (base[0] == '\0') {
        (void)snprintf(base, sizeof(base), "%s/pjwt-store-faults-XXXXXX",
                       access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
        if (mkdtemp(base) == NULL) {
            house_die(base);
        }
        (void)snprintf(dir, sizeof(dir), "%s/state", base);
    }
    return dir;
}

static int
remove_entry(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
    (void)st;
    (void)kind;
    (void)walk;
    return remove(path);
}

void
house_remove(void)
{
    (void)nftw(base, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

void
house_build(void)
{
    struct pjwt_why why = {""};
    bool made = false;

    (void)nftw(house_dir(), remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    if (!pjwt_ok(pjwt_store_init(house_dir(), &made, &why)) || !made) {
        house_die(why.text);
    }
}

void
house_act(struct pjwt_store *store)
{
    static const struct pjwt_actor actor = {.who = "root", .from = "pts/1", .at = STORY_NOW};

    pjwt_store_act_for(store, &actor);
}

struct pjwt_store *
house_open(void)
{
    struct pjwt_store *store = NULL;
    struct pjwt_why why = {""};

    if (!pjwt_ok(pjwt_store_open(house_dir(), &store, &why))) {
        house_die(why.text);
    }
    house_act(store);
    return store;
}

static const char *
path_of(const char *name)
{
    static char path[PATH_MAX];

    (void)snprintf(path, sizeof(path), "%s/%s", house_dir(), name);
    return path;
}

static void
read_one(const char *name, struct house_image *image)
{
    int fd = open(path_of(name), O_RDONLY | O_CLOEXEC);
    off_t size = fd < 0 ? 0 : lseek(fd, 0, SEEK_END);

    image->len = (size_t)size;
    image->bytes = malloc(image->len + 1);
    if (image->bytes == NULL || (fd >= 0 && pread(fd, image->bytes, image->len, 0) != size)) {
        house_die(name);
    }
    if (fd >= 0) {
        (void)close(fd);
    }
}

void
house_read(struct house_image image[HOUSE_FILES])
{
    for (size_t i = 0; i < HOUSE_FILES; i++) {
        read_one(house_names[i], &image[i]);
    }
}

void
house_free(struct house_image image[HOUSE_FILES])
{
    for (size_t i = 0; i < HOUSE_FILES; i++) {
        free(image[i].bytes);
        image[i] = (struct house_image){0};
    }
}

void
house_write(const struct house_image image[HOUSE_FILES])
{
    (void)unlink(path_of("sessions.db-shm"));
    for (size_t i = 0; i < HOUSE_FILES; i++) {
        int fd = open(path_of(house_names[i]), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

        if (fd < 0 || write(fd, image[i].bytes, image[i].len) != (ssize_t)image[i].len) {
            house_die(house_names[i]);
        }
        (void)close(fd);
    }
}

static void
fault(struct house_counts *counts, size_t trial, const char *words)
{
    if (counts->first.text[0] == '\0') {
        pjwt_why_set(&counts->first, "%s", words);
        counts->first_trial = trial;
    }
}

void
house_tally_add(struct house_tally *tally, const char *word)
{
    for (size_t i = 0; i < HOUSE_WORDS; i++) {
        if (tally->of[i].count == 0) {
            (void)snprintf(tally->of[i].word, sizeof(tally->of[i].word), "%s", word);
        }
        if (strcmp(tally->of[i].word, word) == 0) {
            tally->of[i].count++;
            return;
        }
    }
    house_die("too many words");
}

void
house_tally_print(const struct house_tally *tally, const char *what)
{
    for (size_t i = 0; i < HOUSE_WORDS && tally->of[i].count > 0; i++) {
        if (i == 0) {
            (void)printf("# %s:", what);
        }
        (void)printf("%s %s %zu", i == 0 ? "" : ",", tally->of[i].word, tally->of[i].count);
    }
    if (tally->of[0].count > 0) {
        (void)printf("\n");
    }
}

/* The code that stands in front of the line. */
static void
count_refusal(struct house_counts *counts, const struct pjwt_why *words)
{
    char code[sizeof(counts->codes.of[0].word)] = "";
    size_t len = strcspn(words->text, ":");

    memcpy(code, words->text, len < sizeof(code) ? len : sizeof(code) - 1);
    counts->refused++;
    house_tally_add(&counts->codes, code);
}

void
house_count(struct house_counts *counts, size_t trial, enum story_end end,
            const struct pjwt_why *words)
{
    counts->right += end == STORY_RIGHT ? 1 : 0;
    if (end == STORY_REFUSED) {
        count_refusal(counts, words);
    }
    counts->wrong += end == STORY_WRONG ? 1 : 0;
    if (end == STORY_WRONG) {
        fault(counts, trial, words->text);
    }
}

void
house_try(struct house_counts *counts, size_t trial,
          enum story_end (*work)(void *context, struct pjwt_why *words), void *context)
{
    struct pjwt_why *words =
        mmap(NULL, sizeof(*words), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t child = words == MAP_FAILED ? -1 : fork();
    int status = 0;

    if (child == 0) {
        (void)alarm(60); /* one that hangs is one that crashed */
        _exit((int)work(context, words));
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        house_die("fork");
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) <= (int)STORY_WRONG) {
        house_count(counts, trial, (enum story_end)WEXITSTATUS(status), words);
    } else {
        counts->crashed++;
        fault(counts, trial, "it crashed");
    }
    (void)munmap(words, sizeof(*words));
}

void
house_report(const char *name, const struct house_counts *counts, bool may_refuse)
{
    size_t total = counts->right + counts->refused + counts->wrong + counts->crashed;
    bool good = total > 0 && counts->wrong == 0 && counts->crashed == 0 &&
                (may_refuse || counts->refused == 0);

    tests++;
    failures += good ? 0 : 1;
    (void)printf("%s %u - %s: %zu trials, %zu right, %zu refused with a clear line, %zu wrong, "
                 "%zu crashed\n",
                 good ? "ok" : "not ok", tests, name, total, counts->right, counts->refused,
                 counts->wrong, counts->crashed);
    house_tally_print(&counts->codes, "refused");
    if (counts->first.text[0] != '\0') {
        (void)printf("# first in trial %zu: %s\n", counts->first_trial, counts->first.text);
    }
    (void)fflush(stdout);
}

void
house_skip(const char *name, const char *why)
{
    tests++;
    (void)printf("ok %u - %s # SKIP %s\n", tests, name, why);
}

int
house_finish(void)
{
    house_remove();
    (void)printf("1..%u\n", tests);
    return failures == 0 ? 0 : 1;
}
