#include "helper/process/table.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>

static bool
add(struct pjwt_processes *all, const struct pjwt_process *process)
{
    if (all->count == all->room) {
        size_t room = all->room == 0 ? 256 : all->room * 2;
        struct pjwt_process *grown = reallocarray(all->item, room, sizeof(*grown));

        if (grown == NULL) {
            return false;
        }
        all->item = grown;
        all->room = room;
    }
    all->item[all->count++] = *process;
    return true;
}

static int
by_pid(const void *a, const void *b)
{
    const struct pjwt_process *x = a;
    const struct pjwt_process *y = b;

    return (x->pid > y->pid) - (x->pid < y->pid);
}

static bool
read_all(struct pjwt_processes *all, DIR *proc)
{
    const struct dirent *entry = NULL;

    while ((entry = readdir(proc)) != NULL) {
        struct pjwt_process process = {0};

        if (isdigit((unsigned char)entry->d_name[0]) &&
            pjwt_process_read((pid_t)strtol(entry->d_name, NULL, 10), &process) &&
            process.state != 'Z' && process.state != 'X' && !add(all, &process)) {
            return false;
        }
    }
    return true;
}

bool
pjwt_processes_read(struct pjwt_processes *all)
{
    DIR *proc = opendir("/proc");
    bool read = false;

    pjwt_processes_clear(all);
    if (proc == NULL) {
        return false;
    }
    read = read_all(all, proc);
    (void)closedir(proc);
    if (!read) {
        pjwt_processes_clear(all);
        return false;
    }
    if (all->count > 0) {
        qsort(all->item, all->count, sizeof(*all->item), by_pid);
    }
    return true;
}

void
pjwt_processes_clear(struct pjwt_processes *all)
{
    free(all->item);
    *all = (struct pjwt_processes){0};
}

const struct pjwt_process *
pjwt_processes_find(const struct pjwt_processes *all, pid_t pid)
{
    const struct pjwt_process wanted = {.pid = pid};

    return all->count == 0
               ? NULL
               : bsearch(&wanted, all->item, all->count, sizeof(*all->item), by_pid);
}
