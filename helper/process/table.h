/* Which processes run at this moment? */
#ifndef PJWT_PROCESS_TABLE_H
#define PJWT_PROCESS_TABLE_H

#include "helper/process/stat.h"

#include <stddef.h>

struct pjwt_processes {
    struct pjwt_process *item; /* owned; by pid, rising */
    size_t count, room;
};

#define PJWT_PROCESSES_SCOPE __attribute__((cleanup(pjwt_processes_clear)))

/* Reads all of /proc that lives; what was there before is released. False without memory or
 * /proc: then it is empty. */
bool pjwt_processes_read(struct pjwt_processes *all);
void pjwt_processes_clear(struct pjwt_processes *all);

/* Borrowed; NULL when it is not there. */
const struct pjwt_process *pjwt_processes_find(const struct pjwt_processes *all, pid_t pid);

#endif
