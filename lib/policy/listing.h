/* How are several words told in one bounded line? */
#ifndef PJWT_POLICY_LISTING_H
#define PJWT_POLICY_LISTING_H

#include "lib/policy/config.h"

#include <stdbool.h>

/* Start with {0}. */
struct pjwt_listing {
    char text[96]; /* "a, b, ..." */
    bool full;
};

/* Adds a word (borrowed); from the first that does not fit on, "..." stands for the rest. */
void pjwt_listing_add(struct pjwt_listing *listing, const char *word);
void pjwt_listing_add_list(struct pjwt_listing *listing, const struct pjwt_list *list);

#endif
