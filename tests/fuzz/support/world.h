/* What do the fuzzed logins happen in? A session file of their own, a config and key sets in
 * memory, and two users. */
#ifndef PJWT_FUZZ_WORLD_H
#define PJWT_FUZZ_WORLD_H

#include "lib/base/secret.h"
#include "tests/fuzz/support/rules.h"

/* Made once: the config of this text, the key of fuzz_signer() under the kid "a", where secrets
 * lie this key set, and as every user map this one (all borrowed for good; NULL: none). */
void world_prepare(const char *text, const char *secret_keys, const char *maps);

/* alice logs in; what must hold of every verdict is seen to. */
pjwt_verdict world_judge(const struct pjwt_secret *typed, enum rules_service service);

#endif
