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

#if defined(__GLIBC__) && defined(MADV_POPULATE_WRITE)

extern const char __executable_start; /* ld(1) */
extern const char etext;              /* end(3) */

/* Our own instructions, most of them SQLite's: a login wanders through a good part of them. */
static void
stock_text(uintptr_t page)
{
    uintptr_t from = (uintptr_t)&__executable_start / page * page;

    (void)madvise((void *)from, (uintptr_t)&etext - from, MADV_POPULATE_READ);
}

/* One call for 64 pages costs less than 64 faults do. */
static void
stock_heap(uintptr_t page)
{
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
}

static void
stock_memory(void)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

    stock_text(page);
    stock_heap(page);
}

#else /* another C library, or a kernel before 5.14: page by page, as it is needed */

static void
stock_memory(void)
{
}

#endif

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
