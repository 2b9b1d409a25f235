/* What exactly was wrong? One bounded line of words beside a verdict: a place in a file, a
 * name, a number; never a secret and never more of a token than a name it carries. */
#ifndef PJWT_BASE_WHY_H
#define PJWT_BASE_WHY_H

#define PJWT_WHY_MAX 256 /* bytes, with the NUL */

struct pjwt_why {
    char text[PJWT_WHY_MAX];
};

/* Formats into `why` (NULL is allowed: nothing happens); control bytes and bytes above 126
 * become
 * '?', what does not fit is cut. */
void pjwt_why_set(struct pjwt_why *why, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void pjwt_why_clear(struct pjwt_why *why);

#endif
