/* One login through libpam, in a process of its own. */
#ifndef PJWT_LOAD_LOGIN_H
#define PJWT_LOAD_LOGIN_H

#include <stdbool.h>
#include <sys/types.h>

struct load_login {
    const char *confdir; /* of pam.d files */
    const char *service;
    const char *user;
    const char *file; /* holds the credential */
};

/* What the process tells; instants in ms of CLOCK_MONOTONIC. */
struct load_told {
    double from, to;
    int rc; /* a PAM code */
};

double load_now(void);

/* Starts it. When it has read the credential and is about to ask the module, it writes a byte
 * to `ready` and waits for one from `go` (both -1: it does not wait), and afterwards writes a
 * struct load_told to `tell`. */
pid_t load_login_start(const struct load_login *login, int ready, int go, int tell);

/* The same, alone and to its end. False when it told nothing. */
bool load_login_run(const struct load_login *login, struct load_told *told);

/* Ends the program. */
void load_die(const char *words) __attribute__((noreturn));

/* The value below which `percent` of `count` values lie; sorts them. */
double load_percentile(double *values, size_t count, double percent);

#endif
