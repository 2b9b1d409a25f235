/* Does a revocation get through on a disk that is full to the last byte, and issuing stop
 * first? */
#include "tests/store_faults/faults.h"
#include "tests/store_faults/house.h"
#include "tests/store_faults/operations.h"

#include "lib/store/handoff.h"
#include "lib/store/revocations.h"
#include "lib/store/tickets.h"

#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#define KIND "store-full"

/* A small file system of our own at the house's place, which nobody else sees. */
static bool
mount_small(void)
{
    (void)house_dir();
    return unshare(CLONE_NEWNS) == 0 &&
           mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           (mkdir(house_dir(), 0700) == 0 || access(house_dir(), F_OK) == 0) &&
           mount("small", house_dir(), "tmpfs", 0, "size=4m,mode=0700") == 0;
}

/* Fills it, and leaves `pages` of it; 0: not one byte. */
static void
fill(size_t pages)
{
    static const char zeros[4096];
    char path[PATH_MAX];
    int fd = -1;
    off_t size = 0;

    (void)snprintf(path, sizeof(path), "%s/filler", house_dir());
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    while (fd >= 0 && write(fd, zeros, sizeof(zeros)) > 0) {
        size += (off_t)sizeof(zeros);
    }
    size -= (off_t)(pages * sizeof(zeros));
    if (fd < 0 || ftruncate(fd, size < 0 ? 0 : size) != 0 || close(fd) != 0) {
        house_die(path);
    }
}

/* Issues until it is refused, and says how. */
static pjwt_verdict
issue_on(struct story *story)
{
    struct pjwt_store *store = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v = pjwt_store_open(house_dir(), &store, &why);

    if (pjwt_ok(v)) {
        house_act(store);
    }
    for (size_t i = 0; i < 400 && pjwt_ok(v); i++) {
        PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
        struct pjwt_ticket row = {.user = "alice",
                                  .services = "sshd",
                                  .created = STORY_NOW,
                                  .expires = STORY_NOW + 3600,
                                  .renewable_until = STORY_NOW + 9000};

        v = pjwt_ticket_issue(store, &row, &text);
        if (pjwt_ok(v) && !story_full(story)) {
            struct story_fact *fact = &story->fact[story->count++];

            *fact = (struct story_fact){.kind = STORY_ISSUE, .state = STORY_ACKNOWLEDGED};
            memcpy(fact->text, pjwt_secret_bytes(text), pjwt_secret_len(text));
        }
    }
    pjwt_store_close(store);
    return v;
}

/* Every ticket but the last, and a block: one after the other. */
static pjwt_verdict
revoke_most(struct story *story, size_t most)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct pjwt_why why = {""};
    size_t count = story->count - 1;

    PJWT_TRY(pjwt_store_open_to_revoke(house_dir(), &store, &why));
    house_act(store);
    for (size_t i = 0; i < count && i < most && !story_full(story); i++) {
        char id[PJWT_TICKET_ID_LEN + 1] = "";

        memcpy(id, story->fact[i].text + 5, PJWT_TICKET_ID_LEN);
        PJWT_TRY(pjwt_revocation_ticket(store, id, STORY_NOW, "root", "full"));
        story->fact[story->count++] =
            (struct story_fact){.kind = STORY_REVOKE, .state = STORY_ACKNOWLEDGED, .of = i};
    }
    return pjwt_block_add(store, "mallory", STORY_NOW, 0, "root", "full");
}

/* One more operation, which must be refused for want of room and change nothing. */
static bool
no_room_to(struct story *story, enum story_kind kind, size_t of)
{
    PJWT_AUTO(store) struct pjwt_store *store = house_open();
    struct story_fact *fact = &story->fact[story->count];
    pjwt_verdict v = PJWT_SAY(UNSET);

    *fact = (struct story_fact){.kind = kind, .state = STORY_BEGUN, .of = of};
    v = operation_run(store, story, fact);
    story->count++;
    return v.reason == PJWT_STORE_FULL;
}

static enum story_end
one_full(void *context, struct pjwt_why *words)
{
    uint64_t random = *(uint64_t *)context;
    struct story *story = calloc(1, sizeof(*story));
    pjwt_verdict v = PJWT_SAY(UNSET);
    size_t last = 0;

    if (story == NULL || !mount_small()) {
        house_die("a small file system");
    }
    {
        struct pjwt_why why = {""};
        bool made = false;

        v = pjwt_store_init(house_dir(), &made, &why);
    }
    story->count = 0;
    if (pjwt_ok(v)) {
        fill(24 + story_below(&random, 32)); /* less than the log takes before it is emptied */
        v = issue_on(story);
    }
    if (strcmp(pjwt_code(v), KIND) != 0 || story->count < 2) {
        pjwt_why_set(words, "issuing: %s after %zu", pjwt_code(v), story->count);
        return STORY_WRONG;
    }
    fill(0);
    last = story->count - 1;
    v = revoke_most(story, 16);
    if (!pjwt_ok(v)) {
        pjwt_why_set(words, "revoking: %s", pjwt_code(v));
        return STORY_WRONG;
    }
    v = issue_on(story);
    if (strcmp(pjwt_code(v), KIND) != 0) {
        pjwt_why_set(words, "issuing after it: %s", pjwt_code(v));
        return STORY_WRONG;
    }
    if (!no_room_to(story, STORY_RENEW, last) || !no_room_to(story, STORY_EXCHANGE, 0)) {
        pjwt_why_set(words, "renewing or exchanging was not refused");
        return STORY_WRONG;
    }
    return story_check(story, house_dir(), words);
}

void
faults_full(size_t trials, uint64_t seed)
{
    static const char name[] = "a revocation on a disk that is full to the last byte";
    struct house_counts counts = {0};

    if (geteuid() != 0) {
        house_skip(name, "needs root, for a file system of its own");
        return;
    }
    (void)house_dir();
    for (size_t i = 0; i < trials; i++) {
        uint64_t random = story_random(&seed);

        house_try(&counts, i, one_full, &random);
    }
    house_report(name, &counts, false);
}
