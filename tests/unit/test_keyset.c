/* Is exactly the key chosen that the token names, from sets as issuers publish them? */
#include "tests/unit/support/jose_fixture.h"

#include "lib/jose/keyset.h"

#include <stdio.h>
#include <string.h>

static struct pjwt_report report;

static const char *
signer_of(const char *header)
{
    if (strstr(header, "RS256") != NULL) {
        return fixture_rsa;
    }
    return strstr(header, "ES256") != NULL ? fixture_p256 : fixture_ed25519;
}

/* Selects from dir/keys.jwks the key for a token with this header, and verifies the token with
 * it. */
static pjwt_verdict
select_from_file(struct scratch *s, const char *header, pjwt_algs allowed)
{
    PJWT_AUTO(secret) struct pjwt_secret *token = fixture_sign(signer_of(header), header, "{}");
    PJWT_AUTO(jws) struct pjwt_jws *jws = NULL;
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    pjwt_verdict verdict = PJWT_SAY(UNSET);

    report = (struct pjwt_report){0};
    assert_reason(pjwt_jws_parse(token, &jws, &report), OK);
    verdict = pjwt_keyset_select(scratch_path(s, "keys.jwks"), allowed, jws, &key, &report);
    assert_int_equal(pjwt_ok(verdict), key != NULL);
    return pjwt_ok(verdict) ? fixture_prove(token, key) : verdict;
}

/* `set` is written with '. */
static pjwt_verdict
select_from(struct scratch *s, const char *set, const char *header)
{
    scratch_write(s, "keys.jwks", fixture_quotes(set), 0644);
    return select_from_file(s, header, FIXTURE_ANY);
}

#define ED_A       "{'alg':'Ed25519','kid':'a'}"
#define ONE(more)  "{'keys':[{" FIXTURE_ED_PUBLIC more "}]}"
#define TWO(other) "{'keys':[" other ",{" FIXTURE_ED_PUBLIC ",'kid':'a'}]}"
#define NO_KID     "{'alg':'Ed25519'}"

static void
test_by_kid(void **state)
{
    struct scratch *s = *state;
    const char *set =
        "{'keys':[{" FIXTURE_P256_PUBLIC ",'kid':'b'},{" FIXTURE_ED_PUBLIC ",'kid':'a'},"
        "{" FIXTURE_RSA_PUBLIC ",'kid':'c','alg':'RS256'}]}";

    assert_reason(select_from(s, set, ED_A), OK);
    assert_reason(select_from(s, set, "{'alg':'ES256','kid':'b'}"), OK);
    assert_reason(select_from(s, set, "{'alg':'RS256','kid':'c'}"), OK);
    assert_reason(select_from(s, set, "{'alg':'Ed25519','kid':'b'}"), ALG_MISMATCH);
    assert_reason(select_from(s, set, "{'alg':'Ed25519','kid':'d'}"), KID_UNKNOWN);
    assert_reason(select_from(s, set, "{'alg':'Ed25519','kid':'A'}"), KID_UNKNOWN);
    assert_reason(select_from(s, set, "{'alg':'Ed25519','kid':'a '}"), KID_UNKNOWN);
    assert_reason(select_from(s, set, "{'alg':'Ed25519','kid':'../a'}"), KID_UNKNOWN);
    /* One kid may be the start of another, which stands elsewhere in the same key. */
    assert_reason(select_from(s, ONE(",'kid':'ab','of':'a'"), ED_A), KID_UNKNOWN);
    assert_reason(select_from(s, ONE(",'kid':'a','of':'ab'"), "{'alg':'Ed25519','kid':'ab'}"),
                  KID_UNKNOWN);
    assert_reason(select_from(s, ONE(",'kid':'ab','of':'ab'"), "{'alg':'Ed25519','kid':'ab'}"),
                  OK);
    assert_reason(select_from(s, "{'keys':[]}", ED_A), KID_UNKNOWN);
}

static void
test_kid_twice(void **state)
{
    struct scratch *s = *state;
    const char *apart = TWO("{" FIXTURE_P256_PUBLIC ",'kid':'b'}");
    const char *alike = TWO("{" FIXTURE_P256_PUBLIC ",'kid':'a'}");

    assert_reason(select_from(s, apart, ED_A), OK);
    assert_reason(select_from(s, alike, ED_A), KID_DUPLICATE);
    assert_reason(select_from(s, TWO("{'kty':'AKP','kid':'a'}"), ED_A), KID_DUPLICATE);
    /* Without a kid in the token, the only usable key must be single in name too. */
    assert_reason(select_from(s, TWO("{'kty':'AKP','kid':'a'}"), NO_KID), KID_DUPLICATE);
    assert_reason(select_from(s, TWO("{'kty':'AKP','kid':'b'}"), NO_KID), OK);
}

/* A kid may be written with escapes in the set; it is compared by what it means. */
static void
test_escaped_kid(void **state)
{
    struct scratch *s = *state;

    assert_reason(select_from(s, ONE(",'kid':'\\u0061'"), ED_A), OK);
    assert_reason(select_from(s, ONE(",'kid':'\\u0062'"), ED_A), KID_UNKNOWN);
    assert_reason(select_from(s,
                              "{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'a'},{" FIXTURE_P256_PUBLIC
                              ",'kid':'\\u0061'}]}",
                              ED_A),
                  KID_DUPLICATE);
    assert_reason(select_from(s, ONE(",'kid':'a\\/b'"), "{'alg':'Ed25519','kid':'a/b'}"), OK);
    assert_reason(select_from(s, ONE(",'kid':'\xc3\xa9'"), "{'alg':'Ed25519','kid':'\\u00e9'}"),
                  OK);
}

static void
test_without_kid(void **state)
{
    struct scratch *s = *state;
    const pjwt_algs ed25519 = PJWT_ALG_BIT(PJWT_ALG_ED25519);

    assert_reason(select_from(s, ONE(""), NO_KID), OK);
    assert_reason(select_from(s, ONE(",'kid':'a'"), NO_KID), OK);
    assert_reason(
        select_from(s, "{'keys':[{" FIXTURE_ED_PUBLIC "},{" FIXTURE_P256_PUBLIC "}]}", NO_KID),
        KID_MISSING);
    assert_string_equal(report.why.text, "no kid, and 2 usable keys");
    assert_reason(select_from(s,
                              "{'keys':[{" FIXTURE_ED_PUBLIC
                              "},{'kty':'EC','crv':'P-256','x':'AA','y':'AA'}]}",
                              NO_KID),
                  KID_MISSING);
    assert_string_equal(report.why.text, "no kid, and 1 usable keys, others in doubt");
    assert_reason(select_from_file(s, NO_KID, ed25519), OK); /* the other is not allowed */
    assert_reason(
        select_from(s, "{'keys':[{" FIXTURE_ED_PUBLIC ",'use':'enc'},{" FIXTURE_ED_PUBLIC "}]}",
                    NO_KID),
        OK);
    assert_reason(select_from(s, "{'keys':[]}", NO_KID), KID_MISSING);
    assert_reason(select_from(s, "{'keys':[{'kty':'AKP'},{'kty':'AKP'}]}", NO_KID),
                  KID_MISSING);
    assert_reason(select_from(s, ONE(",'use':'enc'"), NO_KID),
                  KEY_UNUSABLE); /* of a single key it is said what is wrong with it */
    assert_reason(select_from(s, ONE(""), ED_A), KID_UNKNOWN);
}

static void
test_allowed(void **state)
{
    struct scratch *s = *state;
    const pjwt_algs es256 = PJWT_ALG_BIT(PJWT_ALG_ES256);

    assert_reason(select_from(s, ONE(",'kid':'a'"), ED_A), OK);
    assert_reason(select_from_file(s, ED_A, es256), ALG_REFUSED);
    assert_reason(select_from_file(s, ED_A, 0), ALG_REFUSED);
    /* The header's alg is allowed, the key's is not. */
    assert_reason(select_from_file(s, "{'alg':'ES256','kid':'a'}", es256), ALG_REFUSED);
}

/* Only the chosen key is judged, and that one strictly. */
static void
test_chosen_key_is_judged(void **state)
{
    struct scratch *s = *state;
    static const struct {
        const char *key;
        pjwt_verdict verdict;
    } bad[] = {
        {"{" FIXTURE_ED_PUBLIC ",'kid':'a','use':'enc'}", {PJWT_KEY_UNUSABLE}},
        {"{" FIXTURE_ED_PUBLIC ",'kid':'a','d':'AA'}", {PJWT_KEY_PRIVATE}},
        {"{'kty':'oct','k':'AA','kid':'a'}", {PJWT_KEY_PRIVATE}},
        {"{'kty':'OKP','crv':'Ed25519','x':'AA','kid':'a'}", {PJWT_KEY_BAD}},
        {"{'kty':'RSA','n':'AQ','e':'Aw','kid':'a','alg':'RS256'}", {PJWT_KEY_WEAK}},
        {"{" FIXTURE_ED_PUBLIC ",'kid':'a','a':1,'a':2}", {PJWT_KEYS_BAD}},
        {"{" FIXTURE_ED_PUBLIC ",'kid':'a','k\\u0069d':'b'}", {PJWT_KEYS_BAD}},
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        char set[1024];

        (void)snprintf(set, sizeof(set), "{'keys':[%s,{" FIXTURE_ED_PUBLIC ",'kid':'good'}]}",
                       bad[i].key);
        assert_string_equal(pjwt_code(select_from(s, set, ED_A)), pjwt_code(bad[i].verdict));
        assert_reason(select_from(s, set, "{'alg':'Ed25519','kid':'good'}"), OK);
    }
}

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

    assert_reason(select_from(s, "{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'a'}],'x':1}", ED_A),
                  OK);
    for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
        assert_reason(select_from(s, sets[i], ED_A), KEYS_BAD);
        assert_reason(select_from(s, sets[i], NO_KID), KEYS_BAD);
    }
}

static void
test_file(void **state)
{
    struct scratch *s = *state;
    const char *set = NULL;
    char *large = calloc(1, PJWT_KEYSET_BYTES + 2);

    assert_non_null(large);
    assert_reason(select_from_file(s, ED_A, FIXTURE_ANY), KEYS_UNREAD);
    set = fixture_quotes(ONE(",'kid':'a'"));
    scratch_write(s, "keys.jwks", set, 0664);
    assert_reason(select_from_file(s, ED_A, FIXTURE_ANY), KEYS_UNSAFE);
    memset(large, ' ', PJWT_KEYSET_BYTES + 1);
    set = fixture_quotes(ONE(",'kid':'a'"));
    memcpy(large, set, strlen(set));
    scratch_write(s, "keys.jwks", large, 0644);
    assert_reason(select_from_file(s, ED_A, FIXTURE_ANY), KEYS_BAD);
    large[PJWT_KEYSET_BYTES] = '\0';
    scratch_write(s, "keys.jwks", large, 0644);
    assert_reason(select_from_file(s, ED_A, FIXTURE_ANY), OK);
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
    assert_reason(select_from_file(s, ED_A, FIXTURE_ANY), OK);
    assert_reason(select_from_file(s, NO_KID, FIXTURE_ANY), OK);
    write_many(s, PJWT_JSON_ELEMENTS + 1);
    assert_reason(select_from_file(s, ED_A, FIXTURE_ANY), KEYS_BAD);
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

    assert_reason(select_from(s, keycloak, "{'alg':'RS256','kid':'sig-1'}"), OK);
    assert_reason(select_from(s, keycloak, "{'alg':'RS256'}"), OK); /* the only usable one */
    assert_reason(select_from(s, keycloak, "{'alg':'RS256','kid':'enc-1'}"), KEY_UNUSABLE);
    assert_reason(select_from(s, entra, "{'alg':'RS256','kid':'e2','x5t':'e2'}"), ALG_UNPINNED);
    assert_reason(select_from_file(s, "{'alg':'RS256','kid':'e2','x5t':'e2'}", rs256), OK);
    assert_reason(select_from_file(s, "{'alg':'RS256'}", rs256), KID_MISSING);
    assert_reason(select_from(s, mixed, "{'alg':'ES256','kid':'es'}"), OK);
    assert_reason(select_from(s, mixed, "{'alg':'ES256'}"), OK);
    assert_reason(select_from(s, mixed, "{'alg':'ES256','kid':'pq'}"), KEY_UNUSABLE);
    assert_reason(select_from(s, mixed, "{'alg':'ES256','kid':'x'}"), KEY_UNUSABLE);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_by_kid),         CASE(test_kid_twice), CASE(test_escaped_kid),
        CASE(test_without_kid),    CASE(test_allowed),   CASE(test_chosen_key_is_judged),
        CASE(test_malformed_sets), CASE(test_file),      CASE(test_many_keys),
        CASE(test_sets_of_idps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
