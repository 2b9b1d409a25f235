/* What does a case file say? Lines `[name] words`, in the order in which they happen. */
#ifndef PJWT_TEST_SCRIPT_H
#define PJWT_TEST_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#define SCRIPT_LINES 64

struct script_line {
    int number; /* in the file */
    char *name; /* owned */
    char *text; /* owned; what stands behind the bracket, trimmed */
};

struct script {
    char *title; /* the first comment; owned */
    size_t count;
    struct script_line line[SCRIPT_LINES];
};

/* Reads a file; false and `*error` (owned by the caller) when it is no case. */
bool script_read(const char *path, struct script *script, char **error);

/*
 * The passing control that `[control] [name] text` of `script` (its `n`-th, from 0) describes:
 * the same case with the first block of [name] lines replaced by that one, or with it in front
 * when there is none. False when there is no n-th.
 */
bool script_control(const struct script *script, size_t n, struct script *control);

void script_drop(struct script *script);

#endif
