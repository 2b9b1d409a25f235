/* Which key opens the encrypted tokens of a case? One that lies in every house; the config
 * names it where a case says so. */
#ifndef PJWT_TEST_SEALING_H
#define PJWT_TEST_SEALING_H

/* The key set's text; owned by the caller. */
char *sealing_set(void);

/* `token` (borrowed) encrypted for the key of that set, under this kid; owned by the caller, or
 * NULL and `*error` (owned by the caller) says why not. */
char *sealing_seal(const char *token, const char *kid, char **error);

#endif
