/* Which call fails? They are counted as they are made; one of them, or every one from there on,
 * reports failure instead of doing its work. */
#ifndef PJWT_FAULTS_INJECT_H
#define PJWT_FAULTS_INJECT_H

#include <stdbool.h>

/* From now on the `nth` call (from 1) fails; with `rest`, those behind it too. 0: none does,
 * they are only counted. */
void inject_start(unsigned nth, bool rest);

/* Everything works again. Returns how many calls were made since the start. */
unsigned inject_stop(void);

/* Asked by every wrapped call. */
bool inject_now(void);

/* Hands our allocators to jansson, OpenSSL and SQLite and our system calls to SQLite; before
 * any of them is used. */
void inject_into_libraries(void);

#endif
