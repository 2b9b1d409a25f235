/* In which file does a login find its own ticket? */
#include "lib/store/ticket_file.h"

#include "lib/base/file.h"
#include "lib/base/own.h"
#include "lib/store/logins.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool
dir_of(const char *run, char path[PJWT_TICKET_FILE_MAX])
{
    int n = snprintf(path, PJWT_TICKET_FILE_MAX, "%s/" PJWT_TICKET_DIR, run);

    return n > 0 && n < PJWT_TICKET_FILE_MAX - PJWT_LOGIN_ID_LEN - 1;
}

/* Leaves errno, which says why. */
static void
drop_entry(int dir, const char *login)
{
    int saved = errno;

    (void)unlinkat(dir, login, 0);
    errno = saved;
}

/* Root's own, all the way: nobody can have put a file or a link there. */
static int
open_dir(const char *run, bool make, struct pjwt_why *why)
{
    char path[PJWT_TICKET_FILE_MAX];
    int fd = -1;

    if (!dir_of(run, path)) {
        pjwt_why_set(why, "the path of the run directory is too long");
        return -1;
    }
    if (make && (pjwt_file_make_dir(run, PJWT_FILE_DIR, 0711, NULL, why) != PJWT_FILE_OK ||
                 pjwt_file_make_dir(path, PJWT_FILE_DIR, 0711, NULL, why) != PJWT_FILE_OK)) {
        return -1;
    }
    return pjwt_file_open(path, PJWT_FILE_DIR, &fd, why) == PJWT_FILE_OK ? fd : -1;
}

/* A file that its owner cannot come to is none. What stands above `dir` (borrowed, absolute)
 * was checked: it is root's own, and no link. */
static bool
can_be_reached(const char *dir, uid_t owner, struct pjwt_why *why)
{
    char path[PJWT_TICKET_FILE_MAX];
    struct stat st;

    (void)snprintf(path, sizeof(path), "%s", dir);
    for (char *end = path + strlen(path); end > path; end = strrchr(path, '/')) {
        *end = '\0';
        if (fstatat(AT_FDCWD, path, &st, 0) != 0 ||
            (st.st_mode & (st.st_uid == owner ? S_IXUSR : S_IXOTH)) == 0) {
            pjwt_why_set(why, "%s: the user may not pass through it", path);
            return false;
        }
    }
    return true;
}

static bool
write_line(int fd, const struct pjwt_secret *text)
{
    ssize_t len = (ssize_t)pjwt_secret_len(text);

    return write(fd, pjwt_secret_bytes(text), (size_t)len) == len && write(fd, "\n", 1) == 1;
}

/* Read-only before it is given away: its owner finds it finished. Errno says what failed. */
static bool
fill(int dir, const char *login, uid_t owner, const struct pjwt_secret *text)
{
    PJWT_AUTO(fd)
    int fd = openat(dir, login, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0) {
        return false; /* and what is there is not ours to remove */
    }
    errno = EIO; /* of a write that was cut short */
    if (write_line(fd, text) && fchmod(fd, 0400) == 0 && fchown(fd, owner, (gid_t)-1) == 0) {
        return true;
    }
    drop_entry(dir, login);
    return false;
}

bool
pjwt_ticket_file_put(const char *run, const char *login, uid_t owner,
                     const struct pjwt_secret *text, char path[PJWT_TICKET_FILE_MAX],
                     struct pjwt_why *why)
{
    PJWT_AUTO(fd) int dir = -1;
    char made[PJWT_TICKET_FILE_MAX];

    if (!pjwt_login_id_valid(login)) {
        return false;
    }
    dir = open_dir(run, true, why);
    if (dir < 0) {
        return false;
    }
    (void)dir_of(run, made); /* or there were no directory */
    if (!can_be_reached(made, owner, why)) {
        return false;
    }
    (void)snprintf(made + strlen(made), sizeof(made) - strlen(made), "/%s", login);
    if (!fill(dir, login, owner, text)) {
        pjwt_why_set(why, "%s: %m", made);
        return false;
    }
    memcpy(path, made, sizeof(made));
    return true;
}

void
pjwt_ticket_file_remove(const char *run, const char *login)
{
    struct pjwt_why unused = {""};
    PJWT_AUTO(fd) int dir = pjwt_login_id_valid(login) ? open_dir(run, false, &unused) : -1;

    if (dir >= 0) {
        (void)unlinkat(dir, login, 0);
    }
}

static void
drop_dir(DIR **dir)
{
    if (*dir != NULL) {
        (void)closedir(*dir);
    }
}

void
pjwt_ticket_file_sweep(const char *run, size_t most, pjwt_ticket_file_wanted_fn *wanted,
                       void *context)
{
    struct pjwt_why unused = {""};
    PJWT_AUTO(fd) int fd = open_dir(run, false, &unused);
    DIR *dir __attribute__((cleanup(drop_dir))) = fd < 0 ? NULL : fdopendir(fd);
    const struct dirent *entry = NULL;

    if (dir == NULL) {
        return;
    }
    (void)pjwt_take_fd(fd); /* the stream's now */
    while (most > 0 && (entry = readdir(dir)) != NULL) {
        if (pjwt_login_id_valid(entry->d_name)) {
            most--;
            if (!wanted(context, entry->d_name)) {
                (void)unlinkat(dirfd(dir), entry->d_name, 0);
            }
        }
    }
}
