/* What else can a judge do, besides answering wrongly? */
#ifndef PJWT_TEST_ROGUE_H
#define PJWT_TEST_ROGUE_H

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

#define TALK 3

/* Is this process as the module promises: no descriptor but 0 to 3, no environment, its own
 * session, limits, umask, signals, directory, ids? */
bool rogue_in_good_order(int argc, char **argv);

/* Sends `signal` to the host; a host that is to stop has stopped on return. */
void rogue_signal_host(int signal);

/* The process that asks. */
pid_t rogue_host(void);

void rogue_wait(time_t seconds);

#endif
