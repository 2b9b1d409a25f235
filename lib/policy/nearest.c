/* Which known word did the writer mean? */
#include "lib/policy/nearest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define WORD_MAX 64 /* longer words are compared with nothing */
#define FAR      3  /* edits: no longer a typing error */

static int
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* Whoever shouts a word means it all the same. */
static bool
same_letter(char a, char b)
{
    return lower(a) == lower(b);
}

static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Do the two letters that end at `a` and at `b` stand in each other's place? */
static bool
swapped(const char *a, const char *b)
{
    return same_letter(a[0], b[-1]) && same_letter(a[-1], b[0]);
}

/* Levenshtein's distance, row by row; two neighbours that changed places are one edit. */
static size_t
edits(const char *a, const char *b)
{
    size_t rows[3][WORD_MAX + 1];
    size_t width = strlen(b);
    size_t i = 0;

    for (size_t j = 0; j <= width; j++) {
        rows[0][j] = j;
    }
    for (i = 1; a[i - 1] != '\0'; i++) {
        const size_t *above = rows[(i - 1) % 3];
        size_t *row = rows[i % 3];

        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t replace = above[j - 1] + (same_letter(a[i - 1], b[j - 1]) ? 0 : 1);

            row[j] = least(replace, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && swapped(a + i - 1, b + j - 1)) {
                row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1);
            }
        }
    }
    return rows[(i - 1) % 3][width];
}

/* The first letter is the one that is seldom wrong. */
static bool
nearer(const struct pjwt_nearest *nearest, const char *candidate, size_t distance)
{
    char first = nearest->word[0];

    if (nearest->best == NULL || distance != nearest->distance) {
        return nearest->best == NULL || distance < nearest->distance;
    }
    return same_letter(candidate[0], first) && !same_letter(nearest->best[0], first);
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
    if (nearer(nearest, candidate, distance)) {
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
