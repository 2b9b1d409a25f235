/* Is a token that the issuer really signed accepted when its claims are good, and refused by
 * the first that is not? */
#include "lib/policy/claims.h"

#include "tests/unit/support/jose_fixture.h"

#include "lib/jose/sign.h"
#include "lib/policy/list.h"

#include <string.h>

#define NOW    1767225600
#define HEADER "{'alg':'Ed25519','typ':'at+jwt','kid':'k1'}"
/* Made a minute ago, good for four more. */
#define PAYLOAD \
    "{'iss':'https://idp','aud':'pam:a','sub':'alice','exp':1767225840,'iat':1767225540}"

#define B10  "bbbbbbbbbb"
#define B64  B10 B10 B10 B10 B10 B10 "bbbb"
#define B256 B64 B64 B64 B64
#define B512 B256 B256

/* One change to the token or to the issuer's section, and what comes of it. */
struct row {
    const char *name;
    const char *header;  /* members to set, or with null to remove; NULL: none */
    const char *payload; /* as above */
    const char *kid;     /* a member of the key; NULL: k1 */
    pjwt_verdict verdict;
    const char *check; /* the one that refuses; NULL: none */
    const char *why;
    int64_t at;
    bool one_time;         /* the section's */
    const char *jti_claim; /* the section's; NULL: jti */
};

#define PASSES          .verdict = {PJWT_OK}
#define FAILS(name, in) .verdict = {PJWT_##name}, .check = in

static const struct row rows[] = {
    {"the control", PASSES},
    {"a type that is not listed", .header = "{'typ':'JWT'}", FAILS(TYPE, "type"),
     .why = "typ is JWT; type = at+jwt, pam+jwt does not list it: set `type`"},
    /* events: RFC 8417 */
    {"events", .payload = "{'events':{}}", FAILS(EVENTS, "events"),
     .why = "the token has events"},
    {"events come before what is missing", .payload = "{'events':[],'exp':null}",
     FAILS(EVENTS, "events"), .why = "the token has events"},
    /* required */
    {"no iss", .payload = "{'iss':null}", FAILS(CLAIM_MISSING, "required claims"),
     .why = "the token has no iss"},
    {"no aud", .payload = "{'aud':null}", FAILS(CLAIM_MISSING, "required claims"),
     .why = "the token has no aud"},
    {"no sub", .payload = "{'sub':null}", FAILS(CLAIM_MISSING, "required claims"),
     .why = "the token has no sub"},
    {"no exp", .payload = "{'exp':null}", FAILS(CLAIM_MISSING, "required claims"),
     .why = "the token has no exp"},
    {"no iat", .payload = "{'iat':null}", FAILS(CLAIM_MISSING, "required claims"),
     .why = "the token has no iat"},
    {"another iss", .payload = "{'iss':'https://idp/'}", FAILS(CLAIM_BAD, "required claims"),
     .why = "iss is https://idp/; expected https://idp"},
    {"iss in capitals", .payload = "{'iss':'HTTPS://idp'}", FAILS(CLAIM_BAD, "required claims"),
     .why = "iss is HTTPS://idp; expected https://idp"},
    {"iss an array", .payload = "{'iss':['https://idp']}", FAILS(CLAIM_BAD, "required claims"),
     .why = "iss is no string"},
    {"sub empty", .payload = "{'sub':''}", FAILS(CLAIM_BAD, "required claims"),
     .why = "sub is empty"},
    {"sub a number", .payload = "{'sub':7}", FAILS(CLAIM_BAD, "required claims"),
     .why = "sub is no string"},
    {"sub of 512", .payload = "{'sub':'" B512 "'}", PASSES},
    {"sub of 513", .payload = "{'sub':'" B512 "b'}", FAILS(CLAIM_BAD, "required claims"),
     .why = "sub is too long to be kept whole"},
    {"a jti", .payload = "{'jti':'j'}", PASSES},
    {"jti of 256", .payload = "{'jti':'" B256 "'}", PASSES},
    {"jti of 257", .payload = "{'jti':'" B256 "b'}", FAILS(CLAIM_BAD, "required claims"),
     .why = "jti is too long to be kept whole"},
    {"jti a number", .payload = "{'jti':1}", FAILS(CLAIM_BAD, "required claims"),
     .why = "jti is no string"},
    {"jti empty", .payload = "{'jti':''}", FAILS(CLAIM_BAD, "required claims"),
     .why = "jti is empty"},
    {"exp a string", .payload = "{'exp':'1767225840'}", FAILS(CLAIM_BAD, "required claims"),
     .why = "exp is no integer"},
    {"iat 31s ahead", .payload = "{'iat':1767225631}", FAILS(IAT_FUTURE, "issued"),
     .why = "iat is 31s ahead of now, leeway 30s: set `leeway`", .at = NOW + 31},
    {"nbf 31s ahead", .payload = "{'nbf':1767225631}", FAILS(NOT_YET, "not before"),
     .why = "nbf is 31s ahead of now, leeway 30s: set `leeway`", .at = NOW + 31},
    {"exp 30s ago", .payload = "{'exp':1767225570}", FAILS(EXPIRED, "expiry"),
     .why = "exp is 30s ago, leeway 30s", .at = NOW - 30},
    {"too long and for another: too long", .payload = "{'exp':1767300000,'aud':'x'}",
     FAILS(LIFETIME, "lifetime"),
     .why = "exp - iat is 74460s, max_lifetime = 5400s: set `max_lifetime`"},
    {"another audience", .payload = "{'aud':'pam:c'}", FAILS(AUDIENCE, "audience"),
     .why = "aud is pam:c; audience = pam:a, pam:b lists none of it: set `audience`"},
    /* one login a token; cnf has its own test */
    {"one_time, a jti", .payload = "{'jti':'j'}", .one_time = true, PASSES},
    {"one_time, no jti", .one_time = true, FAILS(CLAIM_MISSING, "required claims"),
     .why = "the token has no jti, and one_time = yes needs it; jti_claim may name another "
            "claim"},
    {"one_time, jti null", .payload = "{'jti':''}", .one_time = true,
     FAILS(CLAIM_BAD, "required claims"), .why = "jti is empty"},
    {"one_time, another claim", .payload = "{'uti':'j'}", .one_time = true, .jti_claim = "uti",
     PASSES},
    {"one_time, a pointer", .payload = "{'x':{'y':'j'}}", .one_time = true, .jti_claim = "/x/y",
     PASSES},
    {"one_time, a jti where it does not count", .payload = "{'jti':'j'}", .one_time = true,
     .jti_claim = "uti", FAILS(CLAIM_MISSING, "required claims"),
     .why = "the token has no uti, and one_time = yes needs it; jti_claim may name another "
            "claim"},
    {"another claim, a number", .payload = "{'uti':7}", .jti_claim = "uti",
     FAILS(CLAIM_BAD, "required claims"), .why = "uti is no string"},
};

struct heard {
    char checks[256]; /* names in order, a comma behind each */
    pjwt_verdict last;
};

static void
hear(void *context, const char *check, pjwt_verdict v, const char *seen)
{
    struct heard *heard = context;

    assert_int_not_equal(strlen(seen), 0); /* a pass tells what it saw, too */
    (void)strncat(heard->checks, check, sizeof(heard->checks) - strlen(heard->checks) - 1);
    (void)strncat(heard->checks, ",", sizeof(heard->checks) - strlen(heard->checks) - 1);
    heard->last = v;
}

#define ALL "type,events,required claims,issued,not before,expiry,lifetime,audience,"

/* Signs and verifies; the proof is owned by the caller. */
static struct pjwt_verified *
prove(const char *more_header, const char *more_payload, const char *kid)
{
    PJWT_AUTO(json) json_t *header = fixture_private(HEADER, more_header);
    PJWT_AUTO(json) json_t *payload = fixture_private(PAYLOAD, more_payload);
    PJWT_AUTO(key) struct pjwt_key *signer = fixture_signer(fixture_ed25519);
    PJWT_AUTO(key)
    struct pjwt_key *verifier = fixture_verifier(fixture_ed25519, kid);
    PJWT_AUTO(secret) struct pjwt_secret *token = NULL;
    PJWT_AUTO(jws) struct pjwt_jws *jws = NULL;
    struct pjwt_report report = {0};
    struct pjwt_verified *proof = NULL;

    assert_reason(pjwt_jws_sign(signer, header, payload, &token), OK);
    assert_reason(pjwt_jws_parse(token, &jws, &report), OK);
    assert_reason(pjwt_jws_verify(jws, verifier, &proof, &report), OK);
    return proof;
}

static pjwt_verdict
check(const struct row *row, struct pjwt_grant *grant, struct pjwt_report *report)
{
    PJWT_AUTO(verified)
    struct pjwt_verified *proof =
        prove(row->header, row->payload, row->kid == NULL ? "{'kid':'k1'}" : row->kid);
    char iss[] = "https://idp";
    struct pjwt_issuer issuer = {
        .iss = iss, .max_lifetime = 5400, .leeway = 30, .one_time = row->one_time};
    PJWT_AUTO(text)
    char *jti_claim = strdup(row->jti_claim == NULL ? "jti" : row->jti_claim);
    const char *expected = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    assert_true(pjwt_list_split(&issuer.type, "at+jwt, pam+jwt", &expected));
    assert_true(pjwt_list_split(&issuer.audience, "pam:a, pam:b", &expected));
    issuer.jti_claim = jti_claim;
    v = pjwt_claims_check(proof, &issuer, NOW, grant, report);
    pjwt_list_clear(&issuer.type);
    pjwt_list_clear(&issuer.audience);
    return v;
}

static void
check_row(void **state)
{
    static const struct pjwt_grant untouched = {.user = "untouched"};
    const struct row *row = *state;
    struct heard heard = {.checks = ""};
    struct pjwt_report report = {.checked = hear, .context = &heard};
    struct pjwt_grant grant = untouched;
    pjwt_verdict v = check(row, &grant, &report);
    size_t end = 0;

    assert_string_equal(pjwt_code(v), pjwt_code(row->verdict));
    assert_string_equal(report.why.text, row->why == NULL ? "" : row->why);
    assert_true(report.at == row->at);
    assert_memory_equal(heard.checks, ALL, strlen(heard.checks));
    assert_string_equal(pjwt_code(heard.last), pjwt_code(v));
    if (row->check == NULL) {
        assert_string_equal(heard.checks, ALL);
        assert_string_equal(grant.user, ""); /* whose it is, is another question */
        return;
    }
    end = strlen(heard.checks) - 1 - strlen(row->check);
    assert_memory_equal(heard.checks + end, row->check, strlen(row->check));
    assert_memory_equal(&grant, &untouched, sizeof(grant));
}

static void
the_grant_holds_what_was_proved(void **state)
{
    const struct row row = {.payload = "{'jti':'j7','sub':'s7','auth_time':1767225000}"};
    struct pjwt_report report = {0};
    struct pjwt_grant grant = {.service = "left", .ticket = "left"};

    (void)state;
    assert_reason(check(&row, &grant, &report), OK);
    assert_string_equal(grant.user, "");
    assert_string_equal(grant.service, "");
    assert_string_equal(grant.ticket, "");
    assert_string_equal(grant.iss, "https://idp");
    assert_string_equal(grant.sub, "s7");
    assert_string_equal(grant.jti, "j7");
    assert_string_equal(grant.kid, "k1");
    assert_true(grant.iat == NOW - 60);
    assert_true(grant.auth_time == NOW - 600);
    assert_true(grant.issued == NOW - 60);
    assert_true(grant.expires == NOW + 240);
    assert_true(grant.leeway == 30);
}

static void
a_key_without_a_kid_leaves_none(void **state)
{
    const struct row row = {.kid = "{}", .header = "{'kid':null}"};
    struct pjwt_report report = {0};
    struct pjwt_grant grant = {.kid = "left"};

    (void)state;
    assert_reason(check(&row, &grant, &report), OK);
    assert_string_equal(grant.kid, "");
    assert_string_equal(grant.jti, "");
}

static void
the_longest_kid_is_kept_whole(void **state)
{
    const struct row row = {.kid = "{'kid':'" B256 "'}", .header = "{'kid':'" B256 "'}"};
    struct pjwt_report report = {0};
    struct pjwt_grant grant = {.kid = "left"};

    (void)state;
    assert_reason(check(&row, &grant, &report), OK);
    assert_string_equal(grant.kid, B256);
}

static void
a_grant_ends_when_its_credential_does(void **state)
{
    struct pjwt_report report = {0};
    struct pjwt_grant token = {.expires = NOW, .leeway = 30};
    struct pjwt_grant ticket = {.expires = NOW, .ticket = "AAAAAAAAAAAA"};

    (void)state;
    assert_reason(pjwt_claims_still(&token, NOW + 29, &report), OK);
    assert_true(report.at == 0);
    assert_reason(pjwt_claims_still(&token, NOW + 30, &report), EXPIRED);
    assert_true(report.at == NOW);
    assert_string_equal(report.why.text, "the token's end is 30s ago, leeway 30s");
    report = (struct pjwt_report){0};
    assert_reason(pjwt_claims_still(&ticket, NOW - 1, &report), OK);
    assert_true(report.at == 0);
    assert_reason(pjwt_claims_still(&ticket, NOW, &report), TICKET_EXPIRED);
    assert_true(report.at == NOW);
    assert_string_equal(report.why.text, "the ticket's end is 0s ago, leeway 0s");
}

#define ROWS   (sizeof(rows) / sizeof(rows[0]))
#define OTHERS 4

int
main(void)
{
    struct CMUnitTest tests[OTHERS + ROWS] = {
        cmocka_unit_test(the_grant_holds_what_was_proved),
        cmocka_unit_test(a_key_without_a_kid_leaves_none),
        cmocka_unit_test(the_longest_kid_is_kept_whole),
        cmocka_unit_test(a_grant_ends_when_its_credential_does),
    };

    for (size_t i = 0; i < ROWS; i++) {
        tests[OTHERS + i] = (struct CMUnitTest){rows[i].name, check_row, NULL, NULL,
                                                (void *)(uintptr_t)&rows[i]};
    }
    return cmocka_run_group_tests_name("claims", tests, NULL, NULL);
}
