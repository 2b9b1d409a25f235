/* Which hosts make a module's life hard? Each is a function that runs in a process of its
 * own. */
#ifndef PJWT_TEST_HOST_H
#define PJWT_TEST_HOST_H

#include "tests/pam/house.h"
#include "tests/pam/scene.h"

/* NULL when all went as it must; else what went wrong, owned by the caller. `house` is
 * furnished, its judge is rogue-inspect: one that accepts when it finds itself in good order,
 * and else says nothing. */
typedef char *host_fn(struct house *house);

struct host {
    const char *name;
    host_fn *run;
};

/* Ended by a row without a name. */
extern const struct host hosts_descriptors[], hosts_signals[], hosts_limits[],
    hosts_processes[], hosts_threads[], hosts_mute[], hosts_race[], hosts_clocks[],
    hosts_denied[];
extern const struct host hosts_crowded[]; /* which an ordinary user cannot be */

/* What a host says that cannot be tried here begins so. */
#define HOST_SKIP "SKIP "

/* A login with the inspecting judge, and one with the real judge; the whole way through the
 * session. */
char *host_log_in(struct house *house);

/* One authenticate by the inspecting judge in a scene that the caller starts and ends. */
void host_authenticate(struct scene *scene, const char *code, const char *log);

/* A judge that is asked nothing: its pid. It ends when `*talk`, the caller's to close, is
 * closed. */
pid_t host_ask_nothing(const char *judge, int *talk);

/* May this process raise a hard limit? Root may, unless a container takes that away. */
bool host_may_raise_limits(void);

/* Waits until no process runs the program `path`; false after five seconds. */
bool host_gone(const char *path);

#endif
