#include "lib/store/guard_file.h"

#include "lib/base/file.h"
#include "lib/store/checksum.h"
#include "lib/store/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define APART     4096 /* each in a sector of its own, which a power cut does not tear */
#define SLOT      64
#define STORE_AT  8
#define NUMBER_AT (STORE_AT + PJWT_GUARD_ID)
#define SUM_AT    (SLOT - 8)

static const char mark[STORE_AT] = {'P', 'J', 'W', 'T', 'G', 'R', 'D', '1'};

pjwt_verdict
pjwt_guard_open(int dir, int *fd, struct pjwt_why *why)
{
    *fd = openat(dir, PJWT_GUARD_FILE, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (*fd >= 0) {
        return PJWT_SAY(OK);
    }
    pjwt_why_set(why, "%s: %m", PJWT_GUARD_FILE);
    return errno == ENOENT ? PJWT_SAY(STORE_BEHIND) : PJWT_SAY(STORE_UNREAD);
}

static void
fill(unsigned char slot[SLOT], const struct pjwt_guard *guard)
{
    memset(slot, 0, SLOT);
    memcpy(slot, mark, sizeof(mark));
    memcpy(slot + STORE_AT, guard->store, PJWT_GUARD_ID);
    pjwt_put_64(slot + NUMBER_AT, (uint64_t)guard->number);
    pjwt_put_64(slot + SUM_AT, pjwt_checksum(slot, SUM_AT));
}

/* Takes over what the slot says, when it is whole and newer than `*guard`. */
static bool
take(const unsigned char slot[SLOT], struct pjwt_guard *guard)
{
    int64_t number = (int64_t)pjwt_get_64(slot + NUMBER_AT);

    if (memcmp(slot, mark, sizeof(mark)) != 0 ||
        pjwt_get_64(slot + SUM_AT) != pjwt_checksum(slot, SUM_AT) || number < 0) {
        return false;
    }
    if (number > guard->number) {
        memcpy(guard->store, slot + STORE_AT, PJWT_GUARD_ID);
        guard->number = number;
    }
    return true;
}

pjwt_verdict
pjwt_guard_read(int fd, struct pjwt_guard *guard, struct pjwt_why *why)
{
    struct pjwt_guard read = {.number = -1};
    bool whole = false;

    for (int i = 0; i < 2; i++) {
        unsigned char slot[SLOT];
        ssize_t len = pread(fd, slot, sizeof(slot), (off_t)i * APART);

        if (len < 0) {
            pjwt_why_set(why, "%s: %m", PJWT_GUARD_FILE);
            return PJWT_SAY(STORE_UNREAD);
        }
        whole = (len == SLOT && take(slot, &read)) || whole;
    }
    if (!whole) {
        pjwt_why_set(why, "%s is damaged", PJWT_GUARD_FILE);
        return PJWT_SAY(STORE_BEHIND);
    }
    *guard = read;
    return PJWT_SAY(OK);
}

/* Its bytes are there since it was made, so this needs no room. */
pjwt_verdict
pjwt_guard_write(int fd, const struct pjwt_guard *guard, bool durable)
{
    unsigned char slot[SLOT];

    fill(slot, guard);
    if (pwrite(fd, slot, sizeof(slot), (guard->number & 1) * APART) != SLOT ||
        (durable && fdatasync(fd) != 0)) {
        return errno == ENOSPC || errno == EDQUOT ? PJWT_SAY(STORE_FULL)
                                                  : PJWT_SAY(STORE_UNREAD);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_guard_make(const char *dir, const struct pjwt_guard *guard, struct pjwt_why *why)
{
    unsigned char bytes[2 * APART] = {0};
    char path[PATH_MAX];

    fill(bytes, guard);
    fill(bytes + APART, guard);
    PJWT_TRY(pjwt_files_join(dir, PJWT_GUARD_FILE, path, why));
    return pjwt_files_verdict(pjwt_file_replace(path, bytes, sizeof(bytes), 0600, why));
}
