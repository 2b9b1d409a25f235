/* Do the commands keep key sets whole, private ones private, and weak ones out? */
#include "tests/unit/support/jose_fixture.h"

#include "lib/jose/keyset.h"

#include <string.h>

static struct pjwt_why why;

/* `set` is written with '. */
static pjwt_verdict
vet(const char *set)
{
    PJWT_AUTO(json) json_t *parsed = fixture_json(set);

    why = (struct pjwt_why){"words of before"};
    return pjwt_keyset_vet(parsed, &why);
}

static void
test_vet_accepts(void **state)
{
    (void)state;
    assert_reason(vet("{'keys':[]}"), OK);
    assert_string_equal(why.text, "");
    assert_reason(vet("{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'a'},{" FIXTURE_P256_PUBLIC
                      ",'kid':'b'},{" FIXTURE_RSA_PUBLIC ",'kid':'c','x5c':['MIIC']}]}"),
                  OK);
    assert_reason(vet("{'keys':[{" FIXTURE_ED_PUBLIC "},{" FIXTURE_P256_PUBLIC "}]}"), OK);
}

static void
test_vet_skips_keys_of_no_concern(void **state)
{
    (void)state;
    assert_reason(vet("{'keys':[{" FIXTURE_RSA_PUBLIC ",'use':'enc','alg':'RSA-OAEP'},"
                      "{'kty':'RSA','n':'AQ','e':'Aw','use':'enc'},{'kty':'AKP','pub':'AA'},"
                      "{'kty':'OKP','crv':'X25519','x':'AA'},"
                      "{'kty':'EC','crv':'P-192','x':'AA','y':'AA'}]}"),
                  OK);
}

static void
test_vet_refuses(void **state)
{
    (void)state;
    assert_reason(vet("{}"), KEYS_BAD);
    assert_reason(vet("{'keys':{}}"), KEYS_BAD);
    assert_reason(vet("{'keys':[7]}"), KEYS_BAD);
    assert_string_equal(why.text, "key 1 (kid none): no JSON object");
    assert_reason(vet("{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'a'},{'kty':'RSA','n':'AQ',"
                      "'e':'Aw','kid':'weak'}]}"),
                  KEY_WEAK);
    assert_string_equal(why.text, "key 2 (kid weak): n has 1 bits");
    assert_reason(vet("{'keys':[{" FIXTURE_ED_PUBLIC ",'d':'AA'}]}"), KEY_PRIVATE);
    assert_reason(vet("{'keys':[{" FIXTURE_ED_PUBLIC ",'d':'AA','use':'enc'}]}"), KEY_PRIVATE);
    assert_reason(vet("{'keys':[{" FIXTURE_ED_PUBLIC "},{'kty':'oct','k':'AA'}]}"),
                  KEY_PRIVATE);
    assert_reason(vet("{'keys':[{'kty':'OKP','crv':'Ed25519','x':'AA'}]}"), KEY_BAD);
    assert_reason(vet("{'keys':[{'kid':'a'}]}"), KEY_BAD);
}

static void
test_vet_refuses_a_kid_twice(void **state)
{
    (void)state;
    assert_reason(
        vet("{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'a'},{" FIXTURE_P256_PUBLIC ",'kid':'b'}]}"),
        OK);
    assert_reason(
        vet("{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'a'},{" FIXTURE_P256_PUBLIC ",'kid':'a'}]}"),
        KID_DUPLICATE);
    assert_string_equal(why.text, "key 2 (kid a): key 1 has the same kid");
    assert_reason(vet("{'keys':[{'kty':'AKP','kid':'a'},{" FIXTURE_P256_PUBLIC ",'kid':'a'}]}"),
                  KID_DUPLICATE);
}

static void
test_find(void **state)
{
    PJWT_AUTO(json)
    json_t *set = fixture_json("{'keys':[{'kid':'a'},7,{'kid':5},{'kid':'b','n':1}]}");
    PJWT_AUTO(json) json_t *empty = fixture_json("{}");
    size_t index = 77;

    (void)state;
    assert_ptr_equal(pjwt_keyset_find(set, "b", &index),
                     json_array_get(json_object_get(set, "keys"), 3));
    assert_int_equal(index, 3);
    assert_non_null(pjwt_keyset_find(set, "a", NULL));
    index = 77;
    assert_null(pjwt_keyset_find(set, "c", &index));
    assert_null(pjwt_keyset_find(empty, "a", &index));
    assert_int_equal(index, 77);
}

static void
test_store_and_load(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(json) json_t *set = fixture_json("{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'a'}]}");

    for (int secret = 0; secret <= 1; secret++) {
        const char *name = secret ? "private.jwks" : "public.jwks";
        PJWT_AUTO(json) json_t *back = NULL;

        assert_reason(pjwt_keyset_store(scratch_path(s, name), secret, set, &why), OK);
        assert_int_equal(scratch_mode(s, name), secret ? 0600 : 0644);
        assert_reason(pjwt_keyset_load(scratch_path(s, name), secret, &back, &why), OK);
        assert_true(json_equal(set, back));
    }
}

static void
test_store_replaces(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(json) json_t *one = fixture_json("{'keys':[{'kid':'a'}],'more':'kept'}");
    PJWT_AUTO(json) json_t *two = fixture_json("{'keys':[]}");
    PJWT_AUTO(json) json_t *back = NULL;

    assert_reason(pjwt_keyset_store(scratch_path(s, "set"), false, one, &why), OK);
    assert_reason(pjwt_keyset_store(scratch_path(s, "set"), false, two, &why), OK);
    assert_reason(pjwt_keyset_load(scratch_path(s, "set"), false, &back, &why), OK);
    assert_true(json_equal(two, back));
}

static void
test_store_refused(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(json) json_t *set = fixture_json("{'keys':[]}");
    PJWT_AUTO(json) json_t *large = fixture_json("{'keys':[]}");
    PJWT_AUTO(text) char *text = calloc(1, PJWT_KEYSET_BYTES);

    assert_non_null(text);
    memset(text, 'x', PJWT_KEYSET_BYTES - 1);
    assert_int_equal(json_object_set_new(large, "x", json_string(text)), 0);
    assert_reason(pjwt_keyset_store(scratch_path(s, "set"), false, large, &why), KEYS_UNREAD);
    assert_reason(pjwt_keyset_store(scratch_path(s, "none/set"), false, set, &why),
                  KEYS_UNREAD);
    scratch_mkdir(s, "open", 0777);
    assert_reason(pjwt_keyset_store(scratch_path(s, "open/set"), false, set, &why),
                  KEYS_UNSAFE);
    scratch_mkdir(s, "closed", 0755);
    assert_reason(pjwt_keyset_store(scratch_path(s, "closed/set"), false, set, &why), OK);
}

static pjwt_verdict
load(struct scratch *s, bool secret, json_t **set)
{
    return pjwt_keyset_load(scratch_path(s, "set"), secret, set, &why);
}

static void
test_load_of_a_missing_file(void **state)
{
    PJWT_AUTO(json) json_t *open_set = NULL;
    PJWT_AUTO(json) json_t *secret_set = NULL;

    assert_reason(load(*state, false, &open_set), OK);
    assert_reason(load(*state, true, &secret_set), OK);
    assert_true(json_is_array(json_object_get(open_set, "keys")));
    assert_true(json_equal(open_set, secret_set));
}

static void
test_load_checks_the_mode(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(json) json_t *first = NULL;
    PJWT_AUTO(json) json_t *second = NULL;
    json_t *none = NULL;

    scratch_write(s, "set", "{\"keys\":[]}", 0640);
    assert_reason(load(s, false, &first), OK);
    assert_reason(load(s, true, &none), KEYS_UNSAFE); /* others may read the secret */
    scratch_write(s, "set", "{\"keys\":[]}", 0600);
    assert_reason(load(s, true, &second), OK);
    scratch_write(s, "set", "{\"keys\":[]}", 0602);
    assert_reason(load(s, false, &none), KEYS_UNSAFE);
    assert_null(none);
}

static void
test_load_refuses(void **state)
{
    static const char *const texts[] = {
        "",
        "[]",
        "{}",
        "{\"keys\":{}}",
        "{\"keys\":[7]}",
        "{\"keys\":[],\"keys\":[]}",
        "{\"keys\":[{\"a\":1,\"a\":1}]}",
        "{\"keys\":[]}x",
    };
    struct scratch *s = *state;
    PJWT_AUTO(json) json_t *set = NULL;
    json_t *none = NULL;

    scratch_write(s, "set", "{\"keys\":[{\"a\":1}]}", 0644);
    assert_reason(load(s, false, &set), OK);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        scratch_write(s, "set", texts[i], 0644);
        assert_reason(load(s, false, &none), KEYS_BAD);
        assert_null(none);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vet_accepts),
        cmocka_unit_test(test_vet_skips_keys_of_no_concern),
        cmocka_unit_test(test_vet_refuses),
        cmocka_unit_test(test_vet_refuses_a_kid_twice),
        cmocka_unit_test(test_find),
        CASE(test_store_and_load),
        CASE(test_store_replaces),
        CASE(test_store_refused),
        CASE(test_load_of_a_missing_file),
        CASE(test_load_checks_the_mode),
        CASE(test_load_refuses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
