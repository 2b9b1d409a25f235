/* Which names stand for something in a case? %token, %ticket, %typed and others that its lines
 * make. */
#ifndef PJWT_TEST_VALUES_H
#define PJWT_TEST_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#define VALUES_MAX 64

struct values {
    size_t count;
    struct {
        char *name;
        char *text;
    } item[VALUES_MAX];
};

void values_set(struct values *values, const char *name, const char *text);
/* Borrowed; NULL when there is none. */
const char *values_get(const struct values *values, const char *name);
void values_clear(struct values *values);

/*
 * The text that pieces without a space between them make; owned by the caller, NULL when a name
 * is unknown. A piece is %name, %name[from:to] (to may be absent), %c*N (the character c, N
 * times), \xHH, or a character that stands for itself.
 */
char *values_expand(const struct values *values, const char *pieces);

/* Does `line` hold 16 characters in a row of anything that was minted or typed? Shorter values
 * count whole, from six characters on. */
bool values_leak(const struct values *values, const char *line);

#endif
