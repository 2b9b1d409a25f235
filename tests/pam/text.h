/* How is text put together in a test? Without memory a test cannot go on, so these never return
 * NULL. */
#ifndef PJWT_TEST_TEXT_H
#define PJWT_TEST_TEXT_H

#include "lib/base/own.h"

#include <stddef.h>

/* Owned by the caller (PJWT_AUTO(text)). */
char *text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *text_copy(const char *bytes, size_t len);

/* Adds to the end of `*text` (owned by the caller; NULL is empty). */
void text_add(char **text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds `c`, `times` times. */
void text_repeat(char **text, char c, size_t times);

/* Prints the words and ends the run: a test that cannot be set up proves nothing. */
void text_die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

/* Takes the next word from `*rest`, which moves behind it: a NUL-terminated span of `*rest`, or
 * NULL. */
char *text_word(char **rest);

/* The value of `word` when it is NAME=value, else NULL. */
char *text_after(char *word, const char *name);

#endif
