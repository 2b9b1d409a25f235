/* Is damage ever silent? Bits, bursts, zeroed pages and cut ends, in the session file and in
 * its log, whether a process has them open or not. */
#include "tests/store_faults/faults.h"
#include "tests/store_faults/house.h"

#include "lib/store/connect.h"
#include "lib/store/db.h"
#include "lib/store/tickets.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PAGE    4096
#define HEADER  32 /* of the log */
#define FRAME   (24 + PAGE)
#define SALT    8 /* bytes: in the log's header, and in that of each frame that belongs to it */
#define IN_FILE 300 /* operations, where all is in the file */
#define IN_LOG  48  /* where as many again stay in the log */

/* Each changes the copy; false when nothing changed, and another try is due. */
static bool
flip(struct house_image *image, uint64_t *random)
{
    size_t bit = story_below(random, 8 * image->len);

    image->bytes[bit / 8] ^= (unsigned char)(1U << bit % 8);
    return true;
}

static bool
burst(struct house_image *image, uint64_t *random)
{
    size_t len = 2 + story_below(random, 63);
    size_t at = story_below(random, image->len - len);
    bool changed = false;

    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)story_random(random);

        changed = changed || image->bytes[at + i] != byte;
        image->bytes[at + i] = byte;
    }
    return changed;
}

static bool
zero_page(struct house_image *image, uint64_t *random)
{
    unsigned char *page = image->bytes + PAGE * story_below(random, image->len / PAGE);
    bool changed = false;

    for (size_t i = 0; i < PAGE; i++) {
        changed = changed || page[i] != 0;
    }
    memset(page, 0, PAGE);
    return changed;
}

static bool
cut(struct house_image *image, uint64_t *random)
{
    image->len = story_below(random, image->len);
    return true;
}

static const struct kind {
    const char *name;
    bool (*change)(struct house_image *image, uint64_t *random);
} kinds[] = {
    {"one bit", flip}, {"a burst", burst}, {"a zeroed page", zero_page}, {"a cut end", cut}};

struct trial {
    const struct story *story;
    const struct house_image *whole;
    size_t file;
    size_t counts; /* bytes of it: what stands behind them in a log is of an emptied one */
    const struct kind *kind;
    bool late; /* near the end alone */
    bool open; /* another connection has the store open meanwhile */
    uint64_t random;
};

/* In place: a process that has the file open sees it. */
static void
overwrite(const char *name, const struct house_image *image)
{
    char path[PATH_MAX];
    int fd = -1;

    (void)snprintf(path, sizeof(path), "%s/%s", house_dir(), name);
    fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0 || pwrite(fd, image->bytes, image->len, 0) != (ssize_t)image->len ||
        ftruncate(fd, (off_t)image->len) != 0) {
        house_die(path);
    }
    /* Left open: closing it would drop SQLite's locks. */
}

/* Whoever can still write must not make things worse. */
static void
go_on(uint64_t *random)
{
    struct pjwt_store *store = NULL;
    struct pjwt_why why = {""};
    struct story *scrap = calloc(1, sizeof(*scrap));

    if (scrap != NULL && pjwt_ok(pjwt_store_open(house_dir(), &store, &why))) {
        scrap->base = 10 * STORY_FACTS;
        for (size_t i = 0; i < 4 && story_step(scrap, store, random); i++) {
        }
        (void)sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                        NULL);
    }
    pjwt_store_close(store);
    free(scrap);
}

static void
spoil(const struct trial *trial, uint64_t *random)
{
    const struct house_image *whole = &trial->whole[trial->file];
    struct house_image image = {.bytes = malloc(whole->len), .len = 0};
    /* The pages that count stand mostly at the log's end. */
    size_t start = trial->late ? trial->counts - trial->counts / 12 : 0;
    size_t len = trial->counts - start;
    bool changed = false;

    if (image.bytes == NULL) {
        house_die("memory");
    }
    do {
        struct house_image view = {.bytes = image.bytes + start, .len = len};

        memcpy(image.bytes, whole->bytes, whole->len);
        changed = trial->kind->change(&view, random);
        image.len = view.len < len ? start + view.len : whole->len;
    } while (!changed);
    overwrite(house_names[trial->file], &image);
    free(image.bytes);
}

static enum story_end
one_damage(void *context, struct pjwt_why *words)
{
    const struct trial *trial = context;
    uint64_t random = trial->random;
    struct pjwt_store *other = NULL;
    enum story_end end = STORY_RIGHT;
    enum story_end later = STORY_RIGHT;

    house_write(trial->whole);
    if (trial->open) {
        other = house_open();
    }
    spoil(trial, &random);
    end = story_check(trial->story, house_dir(), words);
    if (end == STORY_WRONG) {
        return end;
    }
    go_on(&random);
    later = story_check(trial->story, house_dir(), words);
    pjwt_store_close(other);
    return later == STORY_WRONG || later == STORY_REFUSED ? later : end;
}

static void
one_kind(struct trial *trial, size_t trials, uint64_t *seed)
{
    struct house_counts counts = {0};
    char name[96];

    for (size_t i = 0; i < trials; i++) {
        trial->random = story_random(seed);
        trial->open = i % 2 == 1;
        trial->late = trial->file == 1 && i % 4 >= 2;
        house_try(&counts, i, one_damage, trial);
    }
    (void)snprintf(name, sizeof(name), "%s in %s", trial->kind->name, house_names[trial->file]);
    house_report(name, &counts, true);
}

/* The bytes up to the last frame that belongs to this log. */
static size_t
log_in_use(const struct house_image *log)
{
    size_t at = HEADER;

    while (at + FRAME <= log->len && memcmp(log->bytes + at + 8, log->bytes + 16, SALT) == 0) {
        at += FRAME;
    }
    return at < log->len ? at : log->len;
}

/* The log is emptied now and then: so many bytes of it there must be to damage. */
static bool
log_is_long(void)
{
    struct house_image whole[HOUSE_FILES] = {0};
    bool is_long = false;

    house_read(whole);
    is_long = log_in_use(&whole[1]) > (size_t)16 * PAGE;
    house_free(whole);
    return is_long;
}

/* A store of which all stands in the file, or the end in the log. */
static void
build(struct story *story, size_t file, uint64_t *seed)
{
    size_t steps = file == 0 ? IN_FILE : 2 * (size_t)IN_LOG;
    struct pjwt_store *store = NULL;

    memset(story, 0, sizeof(*story));
    house_build();
    store = house_open();
    for (size_t i = 1; i <= steps; i++) {
        if (!story_step(story, store, seed)) {
            house_die(story->trouble);
        }
        if (i == (file == 0 ? steps : IN_LOG) && !pjwt_ok(pjwt_connect_settle(store->db))) {
            house_die("checkpoint");
        }
    }
    while (file == 1 && !log_is_long()) {
        if (!story_step(story, store, seed)) {
            house_die(story->trouble);
        }
    }
    pjwt_store_close(store);
}

static void
one_file(size_t file, size_t trials, uint64_t *seed, struct story *story)
{
    struct house_image whole[HOUSE_FILES] = {0};

    build(story, file, seed);
    house_read(whole);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        struct trial trial = {.story = story,
                              .whole = whole,
                              .file = file,
                              .counts = file == 0 ? whole[0].len : log_in_use(&whole[1]),
                              .kind = &kinds[i]};

        one_kind(&trial, trials, seed);
    }
    house_free(whole);
}

void
faults_damage(size_t trials, uint64_t seed)
{
    struct story *story = calloc(1, sizeof(*story));

    if (story == NULL) {
        house_die("memory");
    }
    for (size_t file = 0; file < 2; file++) {
        one_file(file, trials, &seed, story);
    }
    free(story);
}
