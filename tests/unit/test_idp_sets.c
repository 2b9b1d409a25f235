/* Do key sets load as the well-known providers publish them? Their shapes, with keys made for
 * this test. */
#include "tests/unit/support/jose_fixture.h"

#include "lib/jose/keyset.h"

#include <string.h>

#define FILE_NAME "tests/vectors/jwks_of_idps.json"

struct provider {
    const char *name;
    const char *algorithms;
    const char *token;
    json_t *set;
    json_int_t skipped; /* keys that are not for signatures */
};

static struct provider
read_provider(const json_t *row)
{
    struct provider p = {0};
    const char *source = NULL;

    assert_int_equal(json_unpack((json_t *)row, "{s:s,s:s,s:s,s:s,s:o,s:I}", "name", &p.name,
                                 "source", &source, "algorithms", &p.algorithms, "token",
                                 &p.token, "set", &p.set, "skipped", &p.skipped),
                     0);
    return p;
}

static void
expect(const struct provider *p, pjwt_verdict found, enum pjwt_reason reason)
{
    if (found.reason != reason) {
        fail_msg("%s: %s, not %s", p->name, pjwt_code(found),
                 pjwt_code((pjwt_verdict){reason}));
    }
}

static pjwt_verdict
select_and_prove(struct scratch *s, const struct provider *p, pjwt_algs allowed)
{
    PJWT_AUTO(secret) struct pjwt_secret *token = fixture_typed(p->token);
    PJWT_AUTO(jws) struct pjwt_jws *jws = NULL;
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    PJWT_AUTO(text) char *text = json_dumps(p->set, 0);
    struct pjwt_report report = {0};

    scratch_write(s, "keys.jwks", text, 0644);
    PJWT_TRY(pjwt_jws_parse(token, &jws, &report));
    PJWT_TRY(pjwt_keyset_select(scratch_path(s, "keys.jwks"), allowed, jws, &key, &report));
    return fixture_prove(token, key);
}

/* What each key of the set is to a login; those of no use are counted. */
static json_int_t
count_skipped(const struct provider *p, pjwt_algs allowed)
{
    const json_t *keys = json_object_get(p->set, "keys");
    json_int_t skipped = 0;

    assert_true(json_array_size(keys) >= 2);
    for (size_t i = 0; i < json_array_size(keys); i++) {
        PJWT_AUTO(key) struct pjwt_key *key = NULL;
        pjwt_verdict v = pjwt_key_from_jwk(json_array_get(keys, i), allowed, &key, NULL);

        if (!pjwt_ok(v)) {
            expect(p, v, PJWT_KEY_UNUSABLE);
            skipped++;
        }
    }
    return skipped;
}

static void
try_provider(struct scratch *s, struct provider *p)
{
    const pjwt_algs allowed = pjwt_algs_from_name(p->algorithms, strlen(p->algorithms));
    const pjwt_algs preset = allowed | PJWT_ALG_BIT(PJWT_ALG_ED25519) |
                             PJWT_ALG_BIT(PJWT_ALG_ES256); /* the option's default */
    struct pjwt_why why = {""};
    json_t *keys = json_object_get(p->set, "keys");

    expect(p, pjwt_keyset_vet(p->set, &why), PJWT_OK);
    assert_int_equal(count_skipped(p, allowed), p->skipped);
    expect(p, select_and_prove(s, p, allowed), PJWT_OK);
    expect(p, select_and_prove(s, p, preset), PJWT_OK);
    /* The controls: another algorithm in the config, and the first key twice. */
    expect(p, select_and_prove(s, p, PJWT_ALG_BIT(PJWT_ALG_PS256)), PJWT_ALG_REFUSED);
    assert_int_equal(json_array_append(keys, json_array_get(keys, 0)), 0);
    expect(p, pjwt_keyset_vet(p->set, &why), PJWT_KID_DUPLICATE);
}

static void
test_providers(void **state)
{
    PJWT_AUTO(json) json_t *rows = json_load_file(FILE_NAME, JSON_REJECT_DUPLICATES, NULL);

    assert_int_equal(json_array_size(rows), 6);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        struct provider p = read_provider(json_array_get(rows, i));

        try_provider(*state, &p);
    }
}

/* Entra's keys name no alg: two RSA algorithms in the config leave them unpinned. */
static void
test_without_alg(void **state)
{
    PJWT_AUTO(json) json_t *rows = json_load_file(FILE_NAME, JSON_REJECT_DUPLICATES, NULL);
    const pjwt_algs rs256 = PJWT_ALG_BIT(PJWT_ALG_RS256);
    size_t seen = 0;

    for (size_t i = 0; i < json_array_size(rows); i++) {
        struct provider p = read_provider(json_array_get(rows, i));

        if (strcmp(p.name, "Entra") == 0) {
            expect(&p, select_and_prove(*state, &p, rs256), PJWT_OK);
            expect(&p, select_and_prove(*state, &p, rs256 | PJWT_ALG_BIT(PJWT_ALG_PS256)),
                   PJWT_ALG_UNPINNED);
            seen++;
        }
    }
    assert_int_equal(seen, 1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {CASE(test_providers), CASE(test_without_alg)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
