/* What has happened to a file before somebody logs in? */
#include "tests/pam/text.h"
#include "tests/pam/verbs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool
make_link(const char *path)
{
    PJWT_AUTO(text) char *moved = text_format("%s.moved", path);

    return rename(path, moved) == 0 && symlink(moved, path) == 0;
}

static bool
make_dir(const char *path)
{
    PJWT_AUTO(text) char *moved = text_format("%s.moved", path);

    return rename(path, moved) == 0 && mkdir(path, 0700) == 0;
}

/* One byte at an offset becomes another, as a bad disk would do it. */
static bool
damage(const char *path, const char *offset)
{
    PJWT_AUTO(fd) int fd = open(path, O_RDWR | O_CLOEXEC);
    unsigned char byte = 0;
    off_t at = (off_t)atoll(offset);

    if (fd < 0 || pread(fd, &byte, 1, at) != 1) {
        return false;
    }
    byte ^= 0xff;
    return pwrite(fd, &byte, 1, at) == 1;
}

static bool
put(const char *path, const char *text)
{
    struct stat st = {0};

    if (stat(path, &st) != 0) {
        st.st_mode = 0644;
    }
    house_put(path, text, st.st_mode & 07777);
    return true;
}

static bool
change(const char *path, char *word)
{
    char *value = NULL;

    if (strcmp(word, "missing") == 0) {
        return unlink(path) == 0 || rmdir(path) == 0;
    }
    if (strcmp(word, "made") == 0) {
        return mkdir(path, 0700) == 0;
    }
    if (strcmp(word, "empty") == 0) {
        return put(path, "");
    }
    if (strcmp(word, "link") == 0) {
        return make_link(path);
    }
    if (strcmp(word, "dir") == 0) {
        return make_dir(path);
    }
    if ((value = text_after(word, "mode")) != NULL) {
        return chmod(path, (mode_t)strtoul(value, NULL, 8)) == 0;
    }
    if ((value = text_after(word, "owner")) != NULL) {
        return chown(path, (uid_t)strtoul(value, NULL, 10), (gid_t)-1) == 0;
    }
    if ((value = text_after(word, "size")) != NULL) {
        return truncate(path, (off_t)atoll(value)) == 0;
    }
    if ((value = text_after(word, "damage")) != NULL) {
        return damage(path, value);
    }
    return false;
}

/* Adds a line to what there is, or begins with it. */
static void
add_line(const char *path, const char *line)
{
    PJWT_AUTO(text) char *old = NULL;
    PJWT_AUTO(text) char *text = NULL;
    FILE *file = fopen(path, "re");
    size_t len = 0;

    if (file != NULL && getdelim(&old, &len, '\0', file) < 0) {
        pjwt_drop_text(&old);
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    text = text_format("%s%s\n", old == NULL ? "" : old, line);
    (void)put(path, text);
}

/* [file] THING missing|empty|made|link|dir|mode=0666|owner=65534|size=N|damage=OFFSET, or
 * [file] THING text=WORDS, or [file] THING line=WORDS, which adds a line */
void
verb_file(struct scene *scene, char *text)
{
    char *name = text_word(&text);
    PJWT_AUTO(text) char *path = name == NULL ? NULL : house_path(scene->house, name);
    char *word = NULL;

    if (name != NULL && strcmp(name, "none") == 0) {
        return;
    }
    if (path == NULL) {
        scene_wrong(scene, "[file] no such thing: %s", name == NULL ? "" : name);
        return;
    }
    if ((word = text_after(text, "text")) != NULL) {
        (void)put(path, word);
        return;
    }
    if ((word = text_after(text, "line")) != NULL) {
        add_line(path, word);
        return;
    }
    while ((word = text_word(&text)) != NULL) {
        if (!change(path, word)) {
            scene_wrong(scene, "[file] %s %s: %s", name, word, strerror(errno));
        }
    }
}
