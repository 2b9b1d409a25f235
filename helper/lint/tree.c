#include "helper/lint/tree.h"

#include "lib/policy/list.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

PJWT_DEFINE_DROP(dir, DIR, closedir)

static enum pjwt_tree
failed(void)
{
    return errno == ENOENT || errno == ENOTDIR ? PJWT_TREE_MISSING : PJWT_TREE_UNREADABLE;
}

enum pjwt_tree
pjwt_tree_read(const char *path, size_t max, char **text)
{
    /* Not blocking: what should be a file may be a pipe. */
    int fd __attribute__((cleanup(pjwt_drop_fd))) =
        open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    PJWT_AUTO(text) char *buffer = NULL;
    struct stat st;
    size_t len = 0;
    ssize_t got = 1;

    if (fd < 0 || fstat(fd, &st) != 0) {
        return failed();
    }
    buffer = malloc(max + 1);
    if (buffer == NULL || !S_ISREG(st.st_mode) || (uintmax_t)st.st_size > max) {
        return PJWT_TREE_UNREADABLE;
    }
    while (got > 0 && len < max) {
        got = read(fd, buffer + len, max - len);
        len += got > 0 ? (size_t)got : 0;
    }
    if (got < 0) {
        return PJWT_TREE_UNREADABLE;
    }
    buffer[len] = '\0';
    *text = pjwt_take(buffer);
    return PJWT_TREE_THERE;
}

void
pjwt_tree_check_owner(struct pjwt_lint *lint, const char *path)
{
    struct stat st;

    if (stat(path, &st) != 0) {
        return;
    }
    if (st.st_uid != 0 && st.st_uid != geteuid()) {
        pjwt_lint_add(lint, PJWT_FINDING_FILE_UNSAFE, path, 0, "it belongs to uid %lu",
                      (unsigned long)st.st_uid);
    } else if ((st.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        pjwt_lint_add(lint, PJWT_FINDING_FILE_UNSAFE, path, 0,
                      "it has mode %04o: others may change it", (unsigned)(st.st_mode & 07777));
    }
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

enum pjwt_tree
pjwt_tree_list(const char *dir, size_t max, struct pjwt_list *names)
{
    PJWT_AUTO(dir) DIR *open = opendir(dir);

    if (open == NULL) {
        return failed();
    }
    for (struct dirent *entry = NULL; (entry = readdir(open)) != NULL;) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        if (names->count == max ||
            !pjwt_list_add(names, entry->d_name, strlen(entry->d_name))) {
            return PJWT_TREE_UNREADABLE;
        }
    }
    if (names->count > 1) {
        qsort(names->item, names->count, sizeof(names->item[0]), by_name);
    }
    return PJWT_TREE_THERE;
}
