/* How long may the write-ahead log get? For the files of this folder alone. */
#ifndef PJWT_STORE_LOG_H
#define PJWT_STORE_LOG_H

#include <sqlite3.h>

/* How long SQLite waits for who does not stand in our queue: a backup, a reader, somebody who
 * builds its index of the log anew. */
#define PJWT_STORE_BUSY_MS 1000
/* The same for who revokes: longer than a judge lives, so that one which was stopped in the
 * middle of that, and which its timer ends, holds up no revocation for good. */
#define PJWT_STORE_REVOKE_MS 6000

/*
 * From now on a commit of `db` that finds the log long carries it over into the session file
 * and empties it. Not SQLite's own way: whoever opens the file alone reads the log anew and
 * forgets how far it was carried over, so that a log which is never emptied grows for ever, and
 * with it the time of each login. `patience` (milliseconds, one of the above) is borrowed as
 * long as `db` is open.
 */
void pjwt_log_keep_short(sqlite3 *db, int *patience);

/*
 * For who writes much, and for long: from now on the commits of `db` leave the log as it is,
 * and pjwt_log_carry_over() after each of them, outside the line, puts into the file what the
 * log holds. Nobody waits for that, and the next writer finds nothing left to do and begins the
 * log anew, in its place. It ends with pjwt_log_settle(), in line.
 */
void pjwt_log_leave(sqlite3 *db);
void pjwt_log_carry_over(sqlite3 *db, const int *patience);
void pjwt_log_settle(sqlite3 *db, int *patience);

#endif
