/* Who is on the other end of the socket? Nothing that the wire says counts here. */
#ifndef PJWT_JUDGE_ASKER_H
#define PJWT_JUDGE_ASKER_H

#include "lib/store/handoff.h"

#include <stdbool.h>

/* The process that made the socket (SO_PEERCRED), its parent, and when each started; a start
 * time that cannot be read is 0. False when the kernel does not say, or when another has the
 * pid of either by now. unix(7), proc(5). */
bool pjwt_asker_of(int socket, struct pjwt_asker *asker);

#endif
