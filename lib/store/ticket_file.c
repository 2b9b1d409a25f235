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

static bool
write_line(int fd, const struct pjwt_secret *text)
{
    ssize_t len = (ssize_t)pjwt_secret_len(text);

    return write(fd, pjwt_secret_bytes(text), (size_t)len) == len && write(fd, "\n", 1) == 1;
}

/* Read-only before it is given away: its owner finds it finished. */
static bool
fill(int dir, const char *login, uid_t owner, const struct pjwt_secret *text)
{
    PJWT_AUTO(fd)
    int fd = openat(dir, login, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    return fd >= 0 && write_line(fd, text) && fchmod(fd, 0400) == 0 &&
           fchown(fd, owner, (gid_t)-1) == 0;
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
    (void)snprintf(made + strlen(made), sizeof(made) - strlen(made), "/%s", login);
    if (!fill(dir, login, owner, text)) {
        pjwt_why_set(why, "%s: %s", made, strerror(errno));
        if (errno != EEXIST) {
            (void)unlinkat(dir, login, 0);
        }
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
