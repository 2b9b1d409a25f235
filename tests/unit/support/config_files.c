#include "tests/unit/support/config_files.h"

#include <string.h>

pjwt_verdict
config_load(struct scratch *s, struct pjwt_config **config, struct pjwt_why *why)
{
    return pjwt_config_load(scratch_path(s, "pam_jwt.conf"), config, why);
}

struct pjwt_config *
config_load_good(struct scratch *s, const char *text)
{
    struct pjwt_config *config = NULL;
    struct pjwt_why why = {"left from before"};

    scratch_write(s, "pam_jwt.conf", text, 0644);
    if (!pjwt_ok(config_load(s, &config, &why))) {
        fail_msg("%s", why.text);
    }
    assert_string_equal(why.text, "");
    return config;
}

void
config_assert_why(struct scratch *s, const struct pjwt_why *why, const char *words)
{
    assert_string_equal(why->text, scratch_path(s, words));
}
