#include "tests/unit/support/relatives.h"

#include <unistd.h>

void
relatives_wait(void)
{
    for (;;) {
        (void)pause();
    }
}

void
relatives_report(int out, int part)
{
    const pid_t pair[2] = {(pid_t)part, getpid()};

    if (write(out, pair, sizeof(pair)) != (ssize_t)sizeof(pair)) {
        _exit(1);
    }
}

bool
relatives_lives(const struct pjwt_process *p)
{
    return pjwt_process_lives(p->pid, p->started);
}
