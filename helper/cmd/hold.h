/* May a signal end this run in the middle of a change? No: it is kept until the change is done
 * and said, or was given up before it began. */
#ifndef PJWT_CMD_HOLD_H
#define PJWT_CMD_HOLD_H

/*
 * From here on Ctrl-C, TERM and HUP only end a wait for a lock; the run goes on to its next
 * sound end, and pjwt_hold_end() then dies of them. A second Ctrl-C is not kept. What is
 * ignored stays ignored (nohup, jobs in the background). A pipe that nobody reads is an error
 * like any other, and Ctrl-Z does not stop who holds a lock that logins wait for.
 */
void pjwt_hold_begin(void);

/* The last thing that a run does: returns when no signal was kept. */
void pjwt_hold_end(void);

#endif
