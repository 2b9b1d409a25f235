#include "helper/cmd/key_rows.h"

#include "helper/cmd/output.h"
#include "lib/jose/keyset.h"

#include <string.h>

static bool
is_single(const json_t *set, const json_t *jwk, size_t index)
{
    const json_t *keys = json_object_get(set, "keys");
    const char *kid = pjwt_key_sets_kid(jwk);

    for (size_t i = 0; kid != NULL && i < json_array_size(keys); i++) {
        const char *other = pjwt_key_sets_kid(json_array_get(keys, i));

        if (i != index && other != NULL && strcmp(other, kid) == 0) {
            return false;
        }
    }
    return true;
}

/* As a login would find it: the same call that builds the key then. */
static pjwt_verdict
judge(const json_t *set, const json_t *jwk, size_t index, pjwt_algs algs, const char **alg,
      struct pjwt_why *why)
{
    PJWT_AUTO(key) struct pjwt_key *key = NULL;

    if (!is_single(set, jwk, index)) {
        return PJWT_SAY(KID_DUPLICATE);
    }
    PJWT_TRY(pjwt_key_from_jwk(jwk, algs, &key, why));
    *alg = pjwt_alg_name(pjwt_key_alg(key));
    return PJWT_SAY(OK);
}

static const char *
member(const json_t *jwk, const char *name)
{
    return json_string_value(json_object_get(jwk, name));
}

static json_t *
row_of(const struct pjwt_issuer *issuer, const struct pjwt_key_set *set, const json_t *jwk,
       size_t index)
{
    json_t *row = json_object();
    char thumbprint[PJWT_THUMBPRINT_SIZE] = "";
    const char *alg = member(jwk, "alg");
    struct pjwt_why why = {""};
    pjwt_verdict v = judge(set->set, jwk, index, issuer->algs, &alg, &why);

    if (!pjwt_ok(pjwt_key_thumbprint(jwk, thumbprint))) {
        thumbprint[0] = '\0';
    }
    pjwt_output_set(row, "issuer", issuer->section);
    pjwt_output_set(row, "kid", pjwt_key_sets_kid(jwk));
    pjwt_output_set(row, "alg", alg);
    pjwt_output_set(row, "kty", member(jwk, "kty"));
    pjwt_output_set(row, "crv", member(jwk, "crv"));
    pjwt_output_set(row, "thumbprint", thumbprint);
    pjwt_output_set(row, "file", set->path);
    (void)json_object_set_new(row, "usable", json_boolean(pjwt_ok(v)));
    pjwt_output_set(row, "state", pjwt_ok(v) ? "usable" : pjwt_code(v));
    pjwt_output_set(row, "why", pjwt_ok(v) ? NULL : why.text);
    return row;
}

size_t
pjwt_key_rows_add(json_t *rows, const struct pjwt_issuer *issuer,
                  const struct pjwt_key_set *set)
{
    const json_t *keys = json_object_get(set->set, "keys");
    size_t usable = 0;

    for (size_t i = 0; i < json_array_size(keys); i++) {
        json_t *row = row_of(issuer, set, json_array_get(keys, i), i);

        usable += json_is_true(json_object_get(row, "usable"));
        (void)json_array_append_new(rows, row);
    }
    return usable;
}
