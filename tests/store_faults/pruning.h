/* What ended is forgotten, in the middle of everything else. */
#ifndef PJWT_STORE_FAULTS_PRUNING_H
#define PJWT_STORE_FAULTS_PRUNING_H

#include "lib/store/store.h"

#include <stdint.h>

/* Adds revocations that ended long before `now` and prunes, in batches of two. */
pjwt_verdict pruning_run(struct pjwt_store *store, int64_t now) PJWT_MUST_USE;

#endif
