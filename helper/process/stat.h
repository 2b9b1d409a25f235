/* What is this process: whose child, of which kernel session, started when? proc(5). */
#ifndef PJWT_PROCESS_STAT_H
#define PJWT_PROCESS_STAT_H

#include "lib/base/living.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct pjwt_process {
    pid_t pid, parent, session;
    uint64_t started; /* clock ticks since boot; with the pid it names one process for ever */
    unsigned tty;     /* device number of its terminal; 0: none */
    char state;       /* 'Z' and 'X' are no longer alive */
};

/* False when there is no such process (any more), or /proc does not say. */
bool pjwt_process_read(pid_t pid, struct pjwt_process *process);

/* The name of its terminal under /dev, such as "pts/3"; "" when it has none. Returns `out`. */
#define PJWT_TTY_SIZE 32
const char *pjwt_process_tty(const struct pjwt_process *process, char out[PJWT_TTY_SIZE]);

/* The processes of this machine, for lib/; static. */
const struct pjwt_living *pjwt_process_living(void);

/* Is it still the same one, and not a zombie? */
bool pjwt_process_lives(pid_t pid, uint64_t started);

/* The kernel's id of this boot; "" when it cannot be read. random(4). */
void pjwt_process_boot(char boot[PJWT_BOOT_SIZE]);

#endif
