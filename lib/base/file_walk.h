/* Which directories lead to this file, and may each be believed? For file.c alone. */
#ifndef PJWT_BASE_FILE_WALK_H
#define PJWT_BASE_FILE_WALK_H

#include "lib/base/file.h"

#include <limits.h>
#include <sys/stat.h>

struct pjwt_walk {
    const char *path;        /* borrowed, absolute */
    int dir;                 /* where `name` lies; owned, may be an O_PATH descriptor */
    char name[NAME_MAX + 1]; /* the last component; "." for the root directory */
    size_t next;             /* the offset of what is left of `path` */
    struct pjwt_why *why;    /* borrowed */
};

#define PJWT_WALK_SCOPE __attribute__((cleanup(pjwt_walk_end)))

/* Walks to the directory that holds the last component of `path`; with `make`, missing ones are
 * made with mode 0755. Call pjwt_walk_end() whatever the outcome. */
enum pjwt_file pjwt_walk_to(struct pjwt_walk *walk, const char *path, bool make,
                            struct pjwt_why *why);
void pjwt_walk_end(struct pjwt_walk *walk);

/* Stands where such a walk would, in the directory `dir` (borrowed: do not end this one). */
enum pjwt_file pjwt_walk_in(struct pjwt_walk *walk, int dir, const char *path,
                            struct pjwt_why *why);

/* Makes the directory walk->name with exactly `mode`; `*made` says whether it was not there. */
enum pjwt_file pjwt_walk_mkdir(const struct pjwt_walk *walk, mode_t mode, bool *made);

/* Opens walk->name with `flags`, checks it as `kind` and sets `*st`. */
enum pjwt_file pjwt_walk_open(const struct pjwt_walk *walk, enum pjwt_file_kind kind, int flags,
                              int *fd, struct stat *st);

/* Checks walk->name as `kind`, without opening it. */
enum pjwt_file pjwt_walk_check(const struct pjwt_walk *walk, enum pjwt_file_kind kind);

/* What errno means for the component that the walk stands at. */
enum pjwt_file pjwt_walk_failed(const struct pjwt_walk *walk);

/* Makes what changed in the directory `dir` (borrowed) durable; false with errno set. */
bool pjwt_walk_sync(int dir);

#endif
