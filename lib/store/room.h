/* Is there room for a revocation, even when the disk is full? A file that holds some back: who
 * revokes may give it up, and until it is back nothing else is written. Inside lib/store alone.
 */
#ifndef PJWT_STORE_ROOM_H
#define PJWT_STORE_ROOM_H

#include "lib/base/verdict.h"

#define PJWT_ROOM_FILE "sessions.reserve"
#define PJWT_ROOM_SIZE 1048576L /* bytes: the log of a hundred revocations and more */

/* Is the reserve whole, or can it be made so? `dir` is a descriptor. Reasons: STORE_FULL. */
pjwt_verdict pjwt_room_keep(int dir) PJWT_MUST_USE;

/* Gives it back to the file system when there is less room than that. Never fails: what is
 * written next tells whether it was enough. */
void pjwt_room_release(int dir);

#endif
