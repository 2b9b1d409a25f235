/* Which logins were refused lately, and why? */
#include "lib/store/refusals.h"

#include "lib/base/own.h"
#include "lib/base/quoted.h"
#include "lib/store/refusals_text.h"

#include <stdio.h>
#include <string.h>
#include <sys/file.h>

#define LANES 8  /* four for what proved authentic, four for the rest */
#define DEPTH 32 /* slots in each */
#define SLOTS (LANES * DEPTH)
#define MAGIC "pam_jwt refusals 1"

/* The first slot: how many were kept in all, and in each lane. */
struct head {
    unsigned long all;
    unsigned long lane[LANES];
};

static char *
path_in(const char *run)
{
    char *path = NULL;

    return asprintf(&path, "%s/%s", run, PJWT_REFUSALS_FILE) < 0 ? NULL : path;
}

/* FNV-1a. No secret: it only shares out the room. */
static unsigned
lane_of(const struct pjwt_refusal *refusal)
{
    uint32_t hash = 2166136261u;

    for (const char *c = refusal->user; *c != '\0'; c++) {
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    }
    return (hash >> 16) % (LANES / 2) + (refusal->authentic ? 0 : LANES / 2);
}

/* What cannot be understood starts anew. */
static void
read_head(int fd, struct head *head)
{
    char slot[PJWT_REFUSALS_SLOT + 1] = "";
    const char *at = slot + strlen(MAGIC);

    *head = (struct head){0};
    if (pread(fd, slot, PJWT_REFUSALS_SLOT, 0) != PJWT_REFUSALS_SLOT ||
        strncmp(slot, MAGIC, strlen(MAGIC)) != 0) {
        return;
    }
    for (size_t i = 0; i <= LANES; i++) {
        char *end = NULL;
        unsigned long number = strtoul(at, &end, 10);

        *(i == 0 ? &head->all : &head->lane[i - 1]) = number;
        at = end;
    }
}

static bool
put_slot(int fd, size_t place, const char slot[PJWT_REFUSALS_SLOT])
{
    return pwrite(fd, slot, PJWT_REFUSALS_SLOT, (off_t)(place * PJWT_REFUSALS_SLOT)) ==
           PJWT_REFUSALS_SLOT;
}

static void
write_head(int fd, const struct head *head)
{
    char slot[PJWT_REFUSALS_SLOT];
    int used = snprintf(slot, sizeof(slot), "%s %lu", MAGIC, head->all);

    for (size_t i = 0; i < LANES; i++) {
        used += snprintf(slot + used, sizeof(slot) - (size_t)used, " %lu", head->lane[i]);
    }
    memset(slot + used, ' ', sizeof(slot) - (size_t)used);
    slot[sizeof(slot) - 1] = '\n';
    (void)put_slot(fd, 0, slot);
}

/* The record first: a head that was not written only lets the next one take its place. */
static void
append(int fd, const struct pjwt_refusal *refusal)
{
    char slot[PJWT_REFUSALS_SLOT];
    unsigned lane = lane_of(refusal);
    struct head head;

    read_head(fd, &head);
    pjwt_refusals_write(refusal, head.all, slot);
    if (put_slot(fd, 1 + lane * DEPTH + head.lane[lane] % DEPTH, slot)) {
        head.all++;
        head.lane[lane]++;
        write_head(fd, &head);
    }
}

void
pjwt_refusals_keep(const char *run, const struct pjwt_refusal *refusal)
{
    PJWT_AUTO(text) char *path = path_in(run);
    int fd __attribute__((cleanup(pjwt_drop_fd))) = -1;
    enum pjwt_file outcome = PJWT_FILE_MEMORY;

    if (path != NULL) {
        outcome = pjwt_file_open_own(path, &fd, NULL);
    }
    if (outcome == PJWT_FILE_MISSING &&
        pjwt_file_make_dir(run, PJWT_FILE_DIR, 0711, NULL, NULL) == PJWT_FILE_OK) {
        outcome = pjwt_file_open_own(path, &fd, NULL);
    }
    /* Whoever else is writing may be stopped: nobody waits for it. */
    if (outcome == PJWT_FILE_OK && flock(fd, LOCK_EX | LOCK_NB) == 0) {
        append(fd, refusal);
    }
}

static int
newest_first(const void *a, const void *b)
{
    const struct pjwt_refusals_record *x = a;
    const struct pjwt_refusals_record *y = b;

    if (x->refusal.at != y->refusal.at) {
        return x->refusal.at > y->refusal.at ? -1 : 1;
    }
    return x->number > y->number ? -1 : x->number < y->number;
}

enum pjwt_file
pjwt_refusals_read(const char *run, pjwt_refusals_fn *each, void *context, struct pjwt_why *why)
{
    struct pjwt_refusals_record record[SLOTS];
    PJWT_AUTO(text) char *path = path_in(run);
    PJWT_AUTO(text) char *text = NULL;
    enum pjwt_file outcome = PJWT_FILE_MEMORY;
    size_t len = 0;
    size_t count = 0;

    if (path != NULL) {
        outcome = pjwt_file_read(path, PJWT_FILE_SECRET,
                                 (size_t)(1 + SLOTS) * PJWT_REFUSALS_SLOT, &text, &len, why);
    }
    if (outcome != PJWT_FILE_OK) {
        return outcome;
    }
    for (size_t i = 1; (i + 1) * PJWT_REFUSALS_SLOT <= len; i++) {
        count += pjwt_refusals_parse(text + i * PJWT_REFUSALS_SLOT, &record[count]);
    }
    qsort(record, count, sizeof(record[0]), newest_first);
    for (size_t i = 0; i < count && each(context, &record[i].refusal); i++) {
    }
    return PJWT_FILE_OK;
}
