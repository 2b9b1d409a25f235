#include "tests/unit/support/corp_house.h"

#include "tests/unit/support/jose_fixture.h"

#include <string.h>

struct pjwt_config *
corp_house(struct scratch *s, const char *text)
{
    scratch_mkdir(s, "keys", 0755);
    scratch_write(s, "keys/corp.jwks",
                  fixture_quotes("{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'sig'}]}"), 0644);
    return config_load_good(s, text);
}

static bool
find(void *context, const char *name, uid_t *uid)
{
    (void)context;
    *uid = 1000;
    return strcmp(name, "alice") == 0;
}

const struct pjwt_users corp_users = {.find = find};
