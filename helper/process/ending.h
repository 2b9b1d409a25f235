/* How is a login ended, and everything in it? */
#ifndef PJWT_PROCESS_ENDING_H
#define PJWT_PROCESS_ENDING_H

#include "helper/process/stat.h"

#include <stddef.h>

#define PJWT_ENDING_PATIENCE 5000 /* milliseconds between asking and killing */

struct pjwt_ended {
    pid_t pid;        /* in: the process that opened the login */
    uint64_t started; /* in: when it started, in clock ticks since boot */
    bool found;       /* out: it was still there */
    pid_t session;    /* out: its kernel session */
    size_t processes; /* out: how many were ended or tried */
    pid_t survivor;   /* out: one that is still there; 0: none */
};

/*
 * Ends the `count` logins together: HUP, TERM and CONT to all of their processes, KILL to what
 * is there five seconds later. Processes made meanwhile are found and treated alike. Each is
 * held by a pidfd that was compared with its start time, so no other process is ever signalled.
 * Ourselves we spare: our own shell will be gone when we have said what was done.
 *
 * False when processes cannot be looked at, and nothing was done. pidfd_send_signal(2).
 */
bool pjwt_ending_run(struct pjwt_ended *logins, size_t count);

#endif
