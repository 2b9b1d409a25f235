/* Which processes are there? Given in by the program; a test has its own. */
#ifndef PJWT_BASE_LIVING_H
#define PJWT_BASE_LIVING_H

#include <stdbool.h>
#include <stdint.h>

#define PJWT_BOOT_SIZE 37 /* bytes of the kernel's id of a boot, with the NUL; random(4) */

struct pjwt_living {
    /* Is it still the one that started then (clock ticks since boot), and no zombie? */
    bool (*lives)(void *context, int64_t pid, int64_t started);
    void *context;
};

#endif
