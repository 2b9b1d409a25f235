#include "tests/pam/verbs.h"

#include <string.h>

/* [as] and [control] are read by the runner itself. */
static void
nothing(struct scene *scene, char *text)
{
    (void)scene;
    (void)text;
}

static const struct verb verbs[] = {
    {"args", verb_args},       {"as", nothing},           {"block", verb_block},
    {"clock", verb_clock},     {"config", verb_config},   {"control", nothing},
    {"earlier", verb_earlier}, {"env", verb_env},         {"expect-env", verb_expect_env},
    {"file", verb_file},       {"flags", verb_flags},     {"forge", verb_forge},
    {"handle", verb_handle},   {"issuer", verb_issuer},   {"keys", verb_keys},
    {"log", verb_log},         {"prompts", verb_prompts}, {"revoke", verb_revoke},
    {"rhost", verb_rhost},     {"run", verb_run},         {"ruser", verb_ruser},
    {"say", verb_say},         {"service", verb_service}, {"ticket", verb_ticket},
    {"token", verb_token},     {"typed", verb_typed},     {"unblock", verb_unblock},
    {"user", verb_user},       {"verify", verb_verify},   {"why", verb_why},
    {"world", verb_world},
};

const struct verb *
verb_find(const char *name)
{
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (strcmp(verbs[i].name, name) == 0) {
            return &verbs[i];
        }
    }
    return NULL;
}
