#include "helper/judge/stock.h"

#include "lib/store/store.h"

#include <jansson.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#define SURE_BYTES (256 << 10) /* what the least of our answers takes, in whole pages */
#define PAD_BYTES  (512 << 10) /* by so much the heap grows: most answers need no more */

/* One call for 64 pages costs half of what 64 faults do. A kernel before 5.14, and a C library
 * that is not GNU's, knows no such wish. */
static void
stock_memory(void)
{
#if defined(__GLIBC__) && defined(MADV_POPULATE_WRITE)
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = 0;
    void *first = NULL;

    (void)mallopt(M_TOP_PAD, PAD_BYTES);
    first = malloc(1);
    from = ((uintptr_t)first + page - 1) / page * page;
    /* It may lie elsewhere, where the heap could not grow. */
    if (first != NULL && from + SURE_BYTES <= (uintptr_t)sbrk(0)) {
        (void)madvise((void *)from, SURE_BYTES, MADV_POPULATE_WRITE);
    }
    free(first);
#endif
}

/* What keeps the keys of JSON objects from colliding as somebody wishes. Without it jansson
 * opens a device for four bytes. */
static void
stock_chance(void)
{
    size_t seed = 0;

    if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) == (ssize_t)sizeof(seed)) {
        json_object_seed(seed);
    }
}

void
pjwt_stock(void)
{
    stock_memory();
    stock_chance();
    pjwt_store_alone();
}
