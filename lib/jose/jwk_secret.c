/* How does a private JWK leave memory? */
#include "lib/jose/jwk_secret.h"

#include <stdint.h>
#include <string.h>

void
pjwt_jwk_wipe(json_t *jwk)
{
    static const char *const members[] = {"d", "p", "q", "dp", "dq", "qi", "k"};

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        const json_t *value = json_object_get(jwk, members[i]);

        if (json_is_string(value)) { /* the text belongs to the value; nobody else reads it */
            explicit_bzero((char *)(uintptr_t)json_string_value(value),
                           json_string_length(value));
        }
    }
}

void
pjwt_jwk_wipe_set(json_t *set)
{
    const json_t *keys = json_object_get(set, "keys");

    for (size_t i = 0; i < json_array_size(keys); i++) {
        pjwt_jwk_wipe(json_array_get(keys, i));
    }
}

void
pjwt_drop_secret_jwk(json_t **jwk)
{
    pjwt_jwk_wipe(*jwk);
    pjwt_drop_json(jwk);
}

void
pjwt_drop_secret_set(json_t **set)
{
    pjwt_jwk_wipe_set(*set);
    pjwt_drop_json(set);
}
