/* Which known word did the writer mean? */
#include "lib/policy/nearest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define WORD_MAX 64 /* longer words are compared with nothing */
#define FAR      3  /* edits: no longer a typing error */

/* Whoever shouts a word means it all the same. */
static bool
same_letter(char a, char b)
{
    return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
}

static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance, row by row. */
static size_t
edits(const char *a, const char *b)
{
    size_t row[WORD_MAX + 1];
    size_t width = strlen(b);

    for (size_t j = 0; j <= width; j++) {
        row[j] = j;
    }
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t replace = diagonal + (same_letter(a[i - 1], b[j - 1]) ? 0 : 1);

            diagonal = row[j];
            row[j] = least(replace, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[width];
}

void
pjwt_nearest_offer(struct pjwt_nearest *nearest, const char *candidate)
{
    size_t distance = FAR;

    if (strlen(nearest->word) > WORD_MAX || strlen(candidate) > WORD_MAX) {
        return;
    }
    distance = edits(nearest->word, candidate);
    if (distance >= FAR || 2 * distance > strlen(candidate)) {
        return;
    }
    if (nearest->best == NULL || distance < nearest->distance) {
        nearest->best = candidate;
        nearest->distance = distance;
    }
}

const char *
pjwt_nearest_words(const struct pjwt_nearest *nearest, char words[PJWT_NEAREST_WORDS])
{
    words[0] = '\0';
    if (nearest->best != NULL) {
        (void)snprintf(words, PJWT_NEAREST_WORDS, "; did you mean %s?", nearest->best);
    }
    return words;
}
