/* What may a line of a case say? One row each; cases/README.md follows this table. */
#ifndef PJWT_TEST_VERBS_H
#define PJWT_TEST_VERBS_H

#include "tests/pam/scene.h"

/* `text` may be changed in place; it is the caller's. What goes wrong is noted in the scene. */
typedef void verb_fn(struct scene *scene, char *text);

struct verb {
    const char *name;
    verb_fn *act;
};

/* The row of that name, or NULL. */
const struct verb *verb_find(const char *name);

/* One file for each kind: what stands ready, what is typed, what is revoked, what runs, what is
 * expected. */
verb_fn verb_clock, verb_config, verb_keys, verb_world, verb_file, verb_verify, verb_args,
    verb_earlier, verb_issuer;
verb_fn verb_token, verb_forge, verb_ticket, verb_typed, verb_prompts;
verb_fn verb_user, verb_service, verb_ruser, verb_rhost, verb_flags, verb_handle, verb_env;
verb_fn verb_revoke, verb_block, verb_unblock;
verb_fn verb_run;
verb_fn verb_log, verb_why, verb_say, verb_expect_env;

/* What the last run left must be what the case said; called before the next run and at the
 * end. */
void expect_settle(struct scene *scene);

#endif
