/* How does a config value become a list of words? */
#ifndef PJWT_POLICY_LIST_H
#define PJWT_POLICY_LIST_H

#include "lib/policy/config.h"

/* Adds a copy of `len` bytes of `word` (borrowed); false, and nothing added, without memory. */
bool pjwt_list_add(struct pjwt_list *list, const char *word, size_t len) PJWT_MUST_USE;

/* Adds the elements of `text` (borrowed; commas or newlines between them, blanks around them
 * trimmed). False when an element is empty, quoted or holds a blank, and then `*expected`
 * (static) says so, or is NULL when memory ran out. An empty text has no elements. */
bool pjwt_list_split(struct pjwt_list *list, const char *text,
                     const char **expected) PJWT_MUST_USE;

/* The same with `take` in the place of the rule for words: it gets each element, trimmed and
 * not terminated, and adds what it makes of it. */
typedef bool pjwt_list_take_fn(struct pjwt_list *list, const char *text, size_t len,
                               const char **expected);
bool pjwt_list_each(struct pjwt_list *list, const char *text, pjwt_list_take_fn *take,
                    const char **expected) PJWT_MUST_USE;

/* Releases the elements; the list is empty again. */
void pjwt_list_clear(struct pjwt_list *list);

#endif
