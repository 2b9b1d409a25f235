/* How are several words told in one bounded line? */
#include "lib/policy/listing.h"

#include <string.h>

#define REST "..."

void
pjwt_listing_add(struct pjwt_listing *listing, const char *word)
{
    size_t len = strlen(listing->text);
    char *end = listing->text + len;

    if (listing->full) {
        return;
    }
    listing->full = len + strlen(word) + sizeof(", , " REST) > sizeof(listing->text);
    if (len > 0) {
        end = stpcpy(end, ", ");
    }
    (void)stpcpy(end, listing->full ? REST : word);
}

void
pjwt_listing_add_list(struct pjwt_listing *listing, const struct pjwt_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        pjwt_listing_add(listing, list->item[i]);
    }
}
