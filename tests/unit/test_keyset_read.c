/* Are sets read as issuers publish them, and malformed, unsafe and overlong ones refused? */
#include "tests/unit/support/key_choice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
test_malformed_sets(void **state)
{
    static const char *const sets[] = {
        "",
        "text",
        "[]",
        "{}",
        "{'keys':{}}",
        "{'keys':['a']}",
        "{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'a'},[]]}",
        "{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'a'},]}",
        "{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'a'}]",
        "{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'a'}]} {}",
        "{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'a'}],'keys':[]}",
        "{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'a'}],'x':'\xff'}",
        ONE(",'kid':'a'},{'x':[[[[[[[]]]]]]]"),
    };
    struct scratch *s = *state;

    assert_reason(choose_from(s, "{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'a'}],'x':1}", ED_A),
                  OK);
    for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
        assert_reason(choose_from(s, sets[i], ED_A), KEYS_BAD);
        assert_reason(choose_from(s, sets[i], NO_KID), KEYS_BAD);
    }
}

static void
test_file(void **state)
{
    struct scratch *s = *state;
    const char *set = NULL;
    char *large = calloc(1, PJWT_KEYSET_BYTES + 2);

    assert_non_null(large);
    assert_reason(choose_from_file(s, ED_A, FIXTURE_ANY), KEYS_UNREAD);
    set = fixture_quotes(ONE(",'kid':'a'"));
    scratch_write(s, "keys.jwks", set, 0664);
    assert_reason(choose_from_file(s, ED_A, FIXTURE_ANY), KEYS_UNSAFE);
    memset(large, ' ', PJWT_KEYSET_BYTES + 1);
    set = fixture_quotes(ONE(",'kid':'a'"));
    memcpy(large, set, strlen(set));
    scratch_write(s, "keys.jwks", large, 0644);
    assert_reason(choose_from_file(s, ED_A, FIXTURE_ANY), KEYS_BAD);
    large[PJWT_KEYSET_BYTES] = '\0';
    scratch_write(s, "keys.jwks", large, 0644);
    assert_reason(choose_from_file(s, ED_A, FIXTURE_ANY), OK);
    free(large);
}

/* `count` keys, of which the last is "a". */
static void
write_many(struct scratch *s, size_t count)
{
    size_t room = count * 128 + 64;
    char *text = malloc(room);
    size_t len = 0;

    assert_non_null(text);
    len = (size_t)snprintf(text, room, "{'keys':[");
    for (size_t i = 0; i + 1 < count; i++) {
        len += (size_t)snprintf(text + len, room - len, "{'kty':'AKP','kid':'%zu'},", i);
    }
    len += (size_t)snprintf(text + len, room - len, "{" FIXTURE_ED_PUBLIC ",'kid':'a'}]}");
    assert_true(len < room);
    scratch_write(s, "keys.jwks", fixture_quotes(text), 0644);
    free(text);
}

static void
test_many_keys(void **state)
{
    struct scratch *s = *state;

    write_many(s, PJWT_JSON_ELEMENTS);
    assert_reason(choose_from_file(s, ED_A, FIXTURE_ANY), OK);
    assert_reason(choose_from_file(s, NO_KID, FIXTURE_ANY), OK);
    write_many(s, PJWT_JSON_ELEMENTS + 1);
    assert_reason(choose_from_file(s, ED_A, FIXTURE_ANY), KEYS_BAD);
}

/* Keycloak lists an encryption key beside the signing key, Entra gives no alg, and others
 * publish kinds of key that we do not know. */
static void
test_sets_of_idps(void **state)
{
    struct scratch *s = *state;
    const pjwt_algs rs256 = PJWT_ALG_BIT(PJWT_ALG_RS256);
    const char *keycloak =
        "{'keys':[{'kid':'sig-1','alg':'RS256','use':'sig','x5c':['MIICmzCC'],'x5t':'aa',"
        "'x5t#S256':'bb'," FIXTURE_RSA_PUBLIC "},{'kid':'enc-1','alg':'RSA-OAEP','use':'enc',"
        "'x5c':['MIICmzCC']," FIXTURE_RSA_PUBLIC "}]}";
    const char *entra =
        "{'keys':[{'use':'sig','kid':'e1','x5t':'e1','x5c':['MIIC6TCC'],"
        "'cloud_instance_name':'example.com','issuer':'https://login.example.com/"
        "{tenantid}/v2.0'," FIXTURE_RSA_PUBLIC
        "},{'use':'sig','kid':'e2','x5t':'e2'," FIXTURE_RSA_PUBLIC "}]}";
    const char *mixed = "{'keys':[{'kty':'AKP','alg':'ML-DSA-44','pub':'AAAA','kid':'pq'},"
                        "{'kty':'OKP','crv':'X25519','x':'AAAA','kid':'x'},"
                        "{'kty':'EC','crv':'P-521','x':'AA','y':'AA','use':'enc','kid':'p'},"
                        "{" FIXTURE_P256_PUBLIC ",'kid':'es','use':'sig','alg':'ES256'}]}";

    assert_reason(choose_from(s, keycloak, "{'alg':'RS256','kid':'sig-1'}"), OK);
    assert_reason(choose_from(s, keycloak, "{'alg':'RS256'}"), OK); /* the only usable one */
    assert_reason(choose_from(s, keycloak, "{'alg':'RS256','kid':'enc-1'}"), KEY_UNUSABLE);
    assert_reason(choose_from(s, entra, "{'alg':'RS256','kid':'e2','x5t':'e2'}"), ALG_UNPINNED);
    assert_reason(choose_from_file(s, "{'alg':'RS256','kid':'e2','x5t':'e2'}", rs256), OK);
    assert_reason(choose_from_file(s, "{'alg':'RS256'}", rs256), KID_MISSING);
    assert_reason(choose_from(s, mixed, "{'alg':'ES256','kid':'es'}"), OK);
    assert_reason(choose_from(s, mixed, "{'alg':'ES256'}"), OK);
    assert_reason(choose_from(s, mixed, "{'alg':'ES256','kid':'pq'}"), KEY_UNUSABLE);
    assert_reason(choose_from(s, mixed, "{'alg':'ES256','kid':'x'}"), KEY_UNUSABLE);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_malformed_sets),
        CASE(test_file),
        CASE(test_many_keys),
        CASE(test_sets_of_idps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
