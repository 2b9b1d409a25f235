/* How are several words told in one bounded line? */
#include "lib/policy/listing.h"

#include <stdio.h>
#include <string.h>

#define REST "..."

void
pjwt_listing_add(struct pjwt_listing *listing, const char *word)
{
    size_t len = strlen(listing->text);
    const char *comma = len > 0 ? ", " : "";

    if (listing->full) {
        return;
    }
    listing->full =
        len + strlen(comma) + strlen(word) + sizeof(", " REST) > sizeof(listing->text);
    (void)snprintf(listing->text + len, sizeof(listing->text) - len, "%s%s", comma,
                   listing->full ? REST : word);
}

void
pjwt_listing_add_list(struct pjwt_listing *listing, const struct pjwt_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        pjwt_listing_add(listing, list->item[i]);
    }
}
