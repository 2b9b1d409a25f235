/* Did the module behave as a guest? The host process as it is now, in words: what differs
 * between two of these was changed by somebody. */
#ifndef PJWT_TEST_GUEST_H
#define PJWT_TEST_GUEST_H

/* Counts the SIGCHLD that this process receives from here on; once, at the start of a run. */
void guest_watch(void);
int guest_sigchlds(void);

/* Descriptors, children, signals, mask, umask, directory, limits, timer, environment, threads:
 * one a line; owned by the caller (PJWT_AUTO(text)). */
char *guest_describe(void);

/* The first lines that differ, or NULL; owned by the caller. */
char *guest_changed(const char *before, const char *now);

#endif
