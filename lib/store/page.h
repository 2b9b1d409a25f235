/* Is this page whole, and in its own place? The last bytes of every page of the session file,
 * which SQLite leaves to us, hold its number and a checksum over all that stands before it. */
#ifndef PJWT_STORE_PAGE_H
#define PJWT_STORE_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#define PJWT_PAGE_SIZE     4096
#define PJWT_PAGE_RESERVED 16 /* 8 of the number, 8 of the checksum */

/* Offsets in the first page (sqlite.org/fileformat2.html, 1.3). */
#define PJWT_PAGE_RESERVED_AT    20
#define PJWT_PAGE_VERSION_AT     60
#define PJWT_PAGE_APPLICATION_AT 68
#define PJWT_PAGE_HEADER         100

/* Fills the reserved bytes. Pages count from 1. */
void pjwt_page_seal(unsigned char page[PJWT_PAGE_SIZE], int64_t number);

/* Do they fit? */
bool pjwt_page_whole(const unsigned char page[PJWT_PAGE_SIZE], int64_t number);

#endif
