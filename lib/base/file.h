/* May this file be believed? Opened by walking its path, checked on the descriptor that is
 * read. */
#ifndef PJWT_BASE_FILE_H
#define PJWT_BASE_FILE_H

#include "lib/base/why.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* The outcome; the caller turns it into the verdict of its own subject (config, keys, store).
 */
enum pjwt_file {
    PJWT_FILE_OK,
    PJWT_FILE_MISSING,
    PJWT_FILE_UNSAFE, /* somebody else could have changed (or, for a secret, read) it */
    PJWT_FILE_UNREAD, /* no permission, an I/O error, not a regular file */
    PJWT_FILE_LONG,   /* larger than the caller's cap */
    PJWT_FILE_MEMORY
};

enum pjwt_file_kind {
    PJWT_FILE_PUBLIC,    /* regular, not writable by group or others */
    PJWT_FILE_SECRET,    /* regular, no permission for group or others */
    PJWT_FILE_DIR,       /* directory, not writable by group or others */
    PJWT_FILE_SECRET_DIR /* directory, no permission for group or others */
};

/*
 * Opens `path` (absolute, borrowed) read-only and close-on-exec, one component at a time with
 * O_NOFOLLOW. Every component must be owned by root or by the effective uid and not be writable
 * by group or others; a directory with the sticky bit may be (only the owner of an entry can
 * replace it there). `*fd` is owned by the caller. `why` names the component and what is wrong
 * with it.
 */
enum pjwt_file pjwt_file_open(const char *path, enum pjwt_file_kind kind, int *fd,
                              struct pjwt_why *why);

/* As above without opening the file for reading, for one that SQLite opens: closing any real
 * descriptor of such a file drops the locks of this whole process (fcntl(2)). */
enum pjwt_file pjwt_file_check(const char *path, enum pjwt_file_kind kind,
                               struct pjwt_why *why);

/* Both as above, for an entry of a directory that was opened so: `dir` (borrowed). `path` leads
 * to the entry itself, and only its last component is looked at again. */
enum pjwt_file pjwt_file_open_in(int dir, const char *path, enum pjwt_file_kind kind, int *fd,
                                 struct pjwt_why *why);
enum pjwt_file pjwt_file_check_in(int dir, const char *path, enum pjwt_file_kind kind,
                                  struct pjwt_why *why);

/* Opens and reads all of it: at most `max` bytes. `*bytes` is NUL-terminated and owned by the
 * caller (pjwt_drop_text, or pjwt_drop_secret_text for a secret); `*len` does not count the
 * NUL. */
enum pjwt_file pjwt_file_read(const char *path, enum pjwt_file_kind kind, size_t max,
                              char **bytes, size_t *len, struct pjwt_why *why);

/*
 * Puts `len` bytes in the place of `path`, whole or not at all: a new file of that `mode` in
 * the same directory (which must pass the checks above), synced, renamed, the directory synced.
 */
enum pjwt_file pjwt_file_replace(const char *path, const void *bytes, size_t len, mode_t mode,
                                 struct pjwt_why *why);

/* The name of that new file, in front of its random digits. */
#define PJWT_FILE_NEW        ".new-"
#define PJWT_FILE_NEW_DIGITS 16

/* Removes what one that was killed left in the directory `path`; it may be a secret. To be
 * called by who holds the lock of all that replace files there. Failing harms nobody. */
void pjwt_file_sweep(const char *path);

/* Opens `path` for reading and writing: a file of ours of mode 0600, made empty where there is
 * none. The directory must be there. Nothing is synced. `*fd` is owned by the caller. */
enum pjwt_file pjwt_file_open_own(const char *path, int *fd, struct pjwt_why *why);

/* Makes the directory `path` with `mode` (exactly, whatever the umask) unless it exists; then
 * checks it as `kind`. Parents that are missing are made with mode 0755. `*made` (may be NULL)
 * tells. */
enum pjwt_file pjwt_file_make_dir(const char *path, enum pjwt_file_kind kind, mode_t mode,
                                  bool *made, struct pjwt_why *why);

#endif
