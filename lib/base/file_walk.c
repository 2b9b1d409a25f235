#include "lib/base/file_walk.h"

#include "lib/base/own.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#define OTHERS_WRITE (S_IWGRP | S_IWOTH)
#define OTHERS_ANY   (S_IRWXG | S_IRWXO)

static enum pjwt_file
say(const struct pjwt_walk *walk, enum pjwt_file outcome, const char *words)
{
    pjwt_why_set(walk->why, "%.*s %s", (int)walk->next, walk->path, words);
    return outcome;
}

enum pjwt_file
pjwt_walk_failed(const struct pjwt_walk *walk)
{
    enum pjwt_file outcome = errno == ENOENT   ? PJWT_FILE_MISSING
                             : errno == ENOMEM ? PJWT_FILE_MEMORY
                                               : PJWT_FILE_UNREAD;

    if (errno == ELOOP) { /* O_NOFOLLOW met a link */
        return say(walk, PJWT_FILE_UNSAFE, "is a symbolic link: name the real path");
    }
    pjwt_why_set(walk->why, "%.*s: %m", (int)walk->next, walk->path);
    return outcome;
}

/* Who could change what stands at the descriptor? `st` is what fstat(2) said of it. */
static enum pjwt_file
check_hands(const struct pjwt_walk *walk, const struct stat *st, mode_t forbidden)
{
    if (S_ISLNK(st->st_mode)) {
        return say(walk, PJWT_FILE_UNSAFE, "is a symbolic link: name the real path");
    }
    if (st->st_uid != 0 && st->st_uid != geteuid()) {
        pjwt_why_set(walk->why, "%.*s belongs to uid %lu", (int)walk->next, walk->path,
                     (unsigned long)st->st_uid);
        return PJWT_FILE_UNSAFE;
    }
    if ((st->st_mode & forbidden) != 0) {
        pjwt_why_set(walk->why, "%.*s has mode %04o: others may %s it", (int)walk->next,
                     walk->path, (unsigned)(st->st_mode & 07777),
                     (st->st_mode & OTHERS_WRITE) != 0 ? "change" : "read");
        return PJWT_FILE_UNSAFE;
    }
    return PJWT_FILE_OK;
}

/* A directory on the way. In a sticky one only the owner of an entry can replace it, and the
 * next step looks at that owner. */
static enum pjwt_file
check_way(const struct pjwt_walk *walk, const struct stat *st)
{
    enum pjwt_file outcome =
        check_hands(walk, st, (st->st_mode & S_ISVTX) != 0 ? 0 : OTHERS_WRITE);

    if (outcome == PJWT_FILE_OK && !S_ISDIR(st->st_mode)) {
        return say(walk, PJWT_FILE_UNREAD, "is not a directory");
    }
    return outcome;
}

static enum pjwt_file
check_end(const struct pjwt_walk *walk, enum pjwt_file_kind kind, const struct stat *st)
{
    bool secret = kind == PJWT_FILE_SECRET || kind == PJWT_FILE_SECRET_DIR;
    bool dir = kind == PJWT_FILE_DIR || kind == PJWT_FILE_SECRET_DIR;

    if (!S_ISLNK(st->st_mode) && !(dir ? S_ISDIR(st->st_mode) : S_ISREG(st->st_mode))) {
        return say(walk, PJWT_FILE_UNREAD,
                   dir ? "is not a directory" : "is not a regular file");
    }
    return check_hands(walk, st, secret ? OTHERS_ANY : OTHERS_WRITE);
}

/* Cuts the next component out of the path; at the end of it `name` stays as it is. */
static enum pjwt_file
next_name(struct pjwt_walk *walk, bool *last)
{
    const char *start = walk->path + walk->next;
    size_t len = 0;

    start += strspn(start, "/");
    len = strcspn(start, "/");
    if (len > NAME_MAX) {
        return say(walk, PJWT_FILE_UNREAD, "is followed by a name that is too long");
    }
    if (len > 0) {
        memcpy(walk->name, start, len);
        walk->name[len] = '\0';
    }
    walk->next = (size_t)(start - walk->path) + len;
    *last = start[len + strspn(start + len, "/")] == '\0';
    return PJWT_FILE_OK;
}

/* From the directory that holds walk->name into walk->name. */
static enum pjwt_file
step_down(struct pjwt_walk *walk, bool make)
{
    int below __attribute__((cleanup(pjwt_drop_fd))) = -1;
    enum pjwt_file outcome = PJWT_FILE_OK;
    struct stat st;

    if (make) {
        bool made = false;

        outcome = pjwt_walk_mkdir(walk, 0755, &made);
        if (outcome != PJWT_FILE_OK) {
            return outcome;
        }
    }
    /* O_PATH: to pass through needs no permission to list, and has no effect on a device. */
    below = openat(walk->dir, walk->name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (below < 0 || fstat(below, &st) != 0) {
        return pjwt_walk_failed(walk);
    }
    outcome = check_way(walk, &st);
    if (outcome == PJWT_FILE_OK) {
        pjwt_drop_fd(&walk->dir);
        walk->dir = pjwt_take_fd(below);
    }
    return outcome;
}

static enum pjwt_file
start_at_root(struct pjwt_walk *walk)
{
    struct stat st;

    if (walk->path[0] != '/' || strlen(walk->path) >= PATH_MAX) {
        walk->next = strnlen(walk->path, PATH_MAX);
        return say(walk, PJWT_FILE_UNREAD, "is not an absolute path of sane length");
    }
    walk->next = 1;
    walk->dir = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (walk->dir < 0 || fstat(walk->dir, &st) != 0) {
        return pjwt_walk_failed(walk);
    }
    return check_way(walk, &st);
}

enum pjwt_file
pjwt_walk_to(struct pjwt_walk *walk, const char *path, bool make, struct pjwt_why *why)
{
    enum pjwt_file outcome = PJWT_FILE_OK;
    bool last = false;

    *walk = (struct pjwt_walk){.path = path, .dir = -1, .name = ".", .why = why};
    outcome = start_at_root(walk);
    if (outcome == PJWT_FILE_OK) {
        outcome = next_name(walk, &last);
    }
    while (outcome == PJWT_FILE_OK && !last) {
        outcome = step_down(walk, make);
        if (outcome == PJWT_FILE_OK) {
            outcome = next_name(walk, &last);
        }
    }
    return outcome;
}

enum pjwt_file
pjwt_walk_in(struct pjwt_walk *walk, int dir, const char *path, struct pjwt_why *why)
{
    const char *slash = strrchr(path, '/');
    bool last = false;

    *walk = (struct pjwt_walk){.path = path, .dir = dir, .name = ".", .why = why};
    walk->next = slash == NULL ? 0 : (size_t)(slash - path);
    return next_name(walk, &last);
}

void
pjwt_walk_end(struct pjwt_walk *walk)
{
    pjwt_drop_fd(&walk->dir);
}

enum pjwt_file
pjwt_walk_open(const struct pjwt_walk *walk, enum pjwt_file_kind kind, int flags, int *fd,
               struct stat *st)
{
    int opened __attribute__((cleanup(pjwt_drop_fd))) =
        openat(walk->dir, walk->name, flags | O_NOFOLLOW | O_CLOEXEC);
    enum pjwt_file outcome = PJWT_FILE_OK;

    if (opened < 0 || fstat(opened, st) != 0) {
        return pjwt_walk_failed(walk);
    }
    outcome = check_end(walk, kind, st);
    if (outcome == PJWT_FILE_OK) {
        *fd = pjwt_take_fd(opened);
    }
    return outcome;
}

enum pjwt_file
pjwt_walk_check(const struct pjwt_walk *walk, enum pjwt_file_kind kind)
{
    struct stat st;

    if (fstatat(walk->dir, walk->name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
        return pjwt_walk_failed(walk);
    }
    return check_end(walk, kind, &st);
}

bool
pjwt_walk_sync(int dir)
{
    int readable __attribute__((cleanup(pjwt_drop_fd))) =
        openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    return readable >= 0 && fsync(readable) == 0;
}

enum pjwt_file
pjwt_walk_mkdir(const struct pjwt_walk *walk, mode_t mode, bool *made)
{
    int fd __attribute__((cleanup(pjwt_drop_fd))) = -1;

    *made = false;
    if (mkdirat(walk->dir, walk->name, 0700) != 0) {
        return errno == EEXIST ? PJWT_FILE_OK : pjwt_walk_failed(walk);
    }
    /* The umask may have left us no permission to open it. Nobody else can put a link in its
     * place: the directory around it was checked. */
    if (fchmodat(walk->dir, walk->name, mode, 0) != 0) {
        return pjwt_walk_failed(walk);
    }
    fd = openat(walk->dir, walk->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0 || !pjwt_walk_sync(walk->dir)) {
        return pjwt_walk_failed(walk);
    }
    *made = true;
    return PJWT_FILE_OK;
}
