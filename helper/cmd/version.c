/* Which version is this? */
#include "helper/cmd/output.h"
#include "lib/jose/alg.h"
#include "lib/store/store.h"

#include <stdio.h>

static json_t *
algorithms(void)
{
    json_t *names = json_array();

    for (int alg = PJWT_ALG_NONE_KNOWN + 1; alg < PJWT_ALG_COUNT; alg++) {
        (void)json_array_append_new(names, json_string(pjwt_alg_name((enum pjwt_alg)alg)));
    }
    return names;
}

enum pjwt_exit
pjwt_version_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(json)
    json_t *object =
        json_pack("{s:s, s:i, s:s, s:o}", "version", PJWT_VERSION, "schema",
                  PJWT_SCHEMA_VERSION, "config", PJWT_CONFIG, "algorithms", algorithms());

    if (pjwt_flags_on(&cmd->args, "json")) {
        pjwt_output_json(object, true);
        return PJWT_EXIT_OK;
    }
    (void)printf("pamjwt %s (session file schema %d)\n", PJWT_VERSION, PJWT_SCHEMA_VERSION);
    return PJWT_EXIT_OK;
}
