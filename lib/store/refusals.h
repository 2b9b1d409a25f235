/* Which logins were refused lately, and why? A small ring beside what does not outlive a boot,
 * for whoever asks `pamjwt explain` afterwards. It is no part of any decision: a login neither
 * waits for it nor fails by it. */
#ifndef PJWT_STORE_REFUSALS_H
#define PJWT_STORE_REFUSALS_H

#include "lib/base/file.h"
#include "lib/base/verdict.h"

#include <stdbool.h>
#include <stdint.h>

#define PJWT_REFUSALS_FILE "refusals" /* in the directory `run`: 0600, at most 257 KiB */

/* All texts borrowed; "" where nothing is known. Never a credential. */
struct pjwt_refusal {
    int64_t at; /* seconds since the epoch */
    pjwt_verdict verdict;
    bool authentic; /* the credential proved good: the rest of what it says is no claim only */
    const char *phase;
    const char *user;
    const char *service;
    const char *rhost;
    const char *issuer;
    const char *kid;
    const char *id;
    const char *attempt;
    const char *why;
};

/*
 * Keeps one in the directory `run` (absolute, borrowed; made when it is not there). Values are
 * quoted and clipped as in the log. When another process is writing, or anything fails, it is
 * not kept, and nobody is told: the log has it.
 *
 * The oldest gives way. Refusals of credentials that proved authentic have half of the room to
 * themselves, and users share each half by a hash of their names, so that guesses at one
 * account push out few others; whoever guesses at many can fill the half of the unproved.
 */
void pjwt_refusals_keep(const char *run, const struct pjwt_refusal *refusal);

/* Called with each that is kept, the newest first, until it returns false. The texts are quoted
 * ("-" for nothing) and valid for the call. */
typedef bool pjwt_refusals_fn(void *context, const struct pjwt_refusal *refusal);

/* Reads them all. PJWT_FILE_MISSING: there was none since the boot. */
enum pjwt_file pjwt_refusals_read(const char *run, pjwt_refusals_fn *each, void *context,
                                  struct pjwt_why *why);

#endif
