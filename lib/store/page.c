#include "lib/store/page.h"

#include "lib/store/checksum.h"

#define NUMBER_AT (PJWT_PAGE_SIZE - PJWT_PAGE_RESERVED)
#define SUM_AT    (PJWT_PAGE_SIZE - 8)

void
pjwt_page_seal(unsigned char page[PJWT_PAGE_SIZE], int64_t number)
{
    pjwt_put_64(page + NUMBER_AT, (uint64_t)number);
    pjwt_put_64(page + SUM_AT, pjwt_checksum(page, SUM_AT));
}

bool
pjwt_page_whole(const unsigned char page[PJWT_PAGE_SIZE], int64_t number)
{
    return pjwt_get_64(page + NUMBER_AT) == (uint64_t)number &&
           pjwt_get_64(page + SUM_AT) == pjwt_checksum(page, SUM_AT);
}
