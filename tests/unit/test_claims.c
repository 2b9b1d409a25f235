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
    const char *type;    /* the section's list; NULL: at+jwt, pam+jwt */
    const char *user;    /* the section's claim; NULL: sub */
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
    /* type: RFC 7515 section 4.1.9 */
    {"typ pam+jwt", .header = "{'typ':'pam+jwt'}", PASSES},
    {"typ AT+JWT", .header = "{'typ':'AT+JWT'}", PASSES},
    {"typ application/at+jwt", .header = "{'typ':'application/at+jwt'}", PASSES},
    {"typ Application/At+Jwt", .header = "{'typ':'Application/At+Jwt'}", PASSES},
    {"a listed application/x", .header = "{'typ':'X'}", .type = "application/x", PASSES},
    {"from A to Z", .header = "{'typ':'azAZ'}", .type = "AZaz", PASSES},
    {"typ none listed", .header = "{'typ':null}", .type = "none", PASSES},
    {"typ JWT listed", .header = "{'typ':'jwt'}", .type = "JWT", PASSES},
    {"typ JWT", .header = "{'typ':'JWT'}", FAILS(TYPE, "type"),
     .why = "typ is JWT; the issuer's section lists at+jwt, pam+jwt"},
    {"no typ", .header = "{'typ':null}", FAILS(TYPE, "type"),
     .why = "typ is absent; the issuer's section lists at+jwt, pam+jwt"},
    {"the word none is no typ", .header = "{'typ':'none'}", .type = "none", FAILS(TYPE, "type"),
     .why = "typ is none; the issuer's section lists none"},
    {"a typ though none is listed", .type = "none", FAILS(TYPE, "type"),
     .why = "typ is at+jwt; the issuer's section lists none"},
    {"a typ cut short", .header = "{'typ':'at+jw'}", FAILS(TYPE, "type"),
     .why = "typ is at+jw; the issuer's section lists at+jwt, pam+jwt"},
    {"a typ too long", .header = "{'typ':'at+jwt2'}", FAILS(TYPE, "type"),
     .why = "typ is at+jwt2; the issuer's section lists at+jwt, pam+jwt"},
    {"another tree", .header = "{'typ':'text/at+jwt'}", FAILS(TYPE, "type"),
     .why = "typ is text/at+jwt; the issuer's section lists at+jwt, pam+jwt"},
    {"two slashes", .header = "{'typ':'application/at+jwt/x'}", .type = "at+jwt/x",
     FAILS(TYPE, "type"),
     .why = "typ is application/at+jwt/x; the issuer's section lists at+jwt/x"},
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
    {"sub of 512", .payload = "{'sub':'" B512 "','u':'alice'}", .user = "u", PASSES},
    {"sub of 513", .payload = "{'sub':'" B512 "b','u':'alice'}", .user = "u",
     FAILS(CLAIM_BAD, "required claims"), .why = "sub is too long to be kept whole"},
    {"a jti", .payload = "{'jti':'j'}", PASSES},
    {"jti of 256", .payload = "{'jti':'" B256 "'}", PASSES},
    {"jti of 257", .payload = "{'jti':'" B256 "b'}", FAILS(CLAIM_BAD, "required claims"),
     .why = "jti is too long to be kept whole"},
    {"jti a number", .payload = "{'jti':1}", FAILS(CLAIM_BAD, "required claims"),
     .why = "jti is no string"},
    {"jti empty", .payload = "{'jti':''}", FAILS(CLAIM_BAD, "required claims"),
     .why = "jti is empty"},
    /* the form of times */
    {"exp a real", .payload = "{'exp':1767225840.0}", FAILS(CLAIM_BAD, "required claims"),
     .why = "exp is no integer"},
    {"exp a string", .payload = "{'exp':'1767225840'}", FAILS(CLAIM_BAD, "required claims"),
     .why = "exp is no integer"},
    {"exp true", .payload = "{'exp':true}", FAILS(CLAIM_BAD, "required claims"),
     .why = "exp is no integer"},
    {"exp past the year 9999", .payload = "{'exp':253402300800}",
     FAILS(CLAIM_BAD, "required claims"),
     .why = "exp is 253402300800: outside the years 1970 to 9999"},
    {"exp in the year 9999", .payload = "{'exp':253402300799}", FAILS(LIFETIME, "lifetime"),
     .why = "exp - iat is 251635075259s, max_lifetime 5400s"},
    {"exp before iat", .payload = "{'exp':1767225539}", FAILS(CLAIM_BAD, "required claims"),
     .why = "exp is not after iat"},
    {"exp at iat", .payload = "{'exp':1767225540}", FAILS(CLAIM_BAD, "required claims"),
     .why = "exp is not after iat"},
    {"iat in 1970", .payload = "{'iat':0}", FAILS(LIFETIME, "lifetime"),
     .why = "exp - iat is 1767225840s, max_lifetime 5400s"},
    {"iat negative", .payload = "{'iat':-1}", FAILS(CLAIM_BAD, "required claims"),
     .why = "iat is -1: outside the years 1970 to 9999"},
    {"iat a real", .payload = "{'iat':1767225540.5}", FAILS(CLAIM_BAD, "required claims"),
     .why = "iat is no integer"},
    {"iat false", .payload = "{'iat':false}", FAILS(CLAIM_BAD, "required claims"),
     .why = "iat is no integer"},
    {"nbf a string", .payload = "{'nbf':'0'}", FAILS(CLAIM_BAD, "required claims"),
     .why = "nbf is no integer"},
    {"nbf an object", .payload = "{'nbf':{}}", FAILS(CLAIM_BAD, "required claims"),
     .why = "nbf is no integer"},
    {"nbf negative", .payload = "{'nbf':-5}", FAILS(CLAIM_BAD, "required claims"),
     .why = "nbf is -5: outside the years 1970 to 9999"},
    /* the times themselves, leeway 30s */
    {"iat 30s ahead", .payload = "{'iat':1767225630}", PASSES},
    {"iat 31s ahead", .payload = "{'iat':1767225631}", FAILS(IAT_FUTURE, "issued"),
     .why = "iat is 31s ahead of now, leeway 30s", .at = NOW + 31},
    {"nbf before iat", .payload = "{'nbf':1767225500}", PASSES},
    {"nbf 30s ahead", .payload = "{'nbf':1767225630}", PASSES},
    {"nbf 31s ahead", .payload = "{'nbf':1767225631}", FAILS(NOT_YET, "not before"),
     .why = "nbf is 31s ahead of now, leeway 30s", .at = NOW + 31},
    {"exp 29s ago", .payload = "{'exp':1767225571}", PASSES},
    {"exp 30s ago", .payload = "{'exp':1767225570}", FAILS(EXPIRED, "expiry"),
     .why = "exp is 30s ago, leeway 30s", .at = NOW - 30},
    {"exp 31s ago", .payload = "{'exp':1767225569}", FAILS(EXPIRED, "expiry"),
     .why = "exp is 31s ago, leeway 30s", .at = NOW - 31},
    {"a life of 90m", .payload = "{'exp':1767230940}", PASSES},
    {"a life of 90m and 1s", .payload = "{'exp':1767230941}", FAILS(LIFETIME, "lifetime"),
     .why = "exp - iat is 5401s, max_lifetime 5400s"},
    {"expired and too long: expired", .payload = "{'iat':1767200000,'exp':1767225000}",
     FAILS(EXPIRED, "expiry"), .why = "exp is 600s ago, leeway 30s", .at = NOW - 600},
    {"not yet valid and too long: not yet", .payload = "{'nbf':1767225700,'exp':1767300000}",
     FAILS(NOT_YET, "not before"), .why = "nbf is 100s ahead of now, leeway 30s",
     .at = NOW + 100},
    {"too long and for another: too long", .payload = "{'exp':1767300000,'aud':'x'}",
     FAILS(LIFETIME, "lifetime"), .why = "exp - iat is 74460s, max_lifetime 5400s"},
    /* audience */
    {"aud the other one", .payload = "{'aud':'pam:b'}", PASSES},
    {"aud an array", .payload = "{'aud':['x','pam:b']}", PASSES},
    {"aud another", .payload = "{'aud':'pam:c'}", FAILS(AUDIENCE, "audience"),
     .why = "aud is pam:c; the issuer's section lists pam:a, pam:b"},
    {"aud in capitals", .payload = "{'aud':'PAM:A'}", FAILS(AUDIENCE, "audience"),
     .why = "aud is PAM:A; the issuer's section lists pam:a, pam:b"},
    {"aud with a blank", .payload = "{'aud':'pam:a '}", FAILS(AUDIENCE, "audience"),
     .why = "aud is pam:a ; the issuer's section lists pam:a, pam:b"},
    {"aud the list as text", .payload = "{'aud':'pam:a, pam:b'}", FAILS(AUDIENCE, "audience"),
     .why = "aud is pam:a, pam:b; the issuer's section lists pam:a, pam:b"},
    {"aud an array of others", .payload = "{'aud':['x','y']}", FAILS(AUDIENCE, "audience"),
     .why = "aud is x, y; the issuer's section lists pam:a, pam:b"},
    {"aud a long array", .payload = "{'aud':['" B64 "','" B64 "']}",
     FAILS(AUDIENCE, "audience"),
     .why = "aud is " B64 ", ...; the issuer's section lists pam:a, pam:b"},
    {"aud a longer array", .payload = "{'aud':['" B64 "','" B64 "','x']}",
     FAILS(AUDIENCE, "audience"),
     .why = "aud is " B64 ", ...; the issuer's section lists pam:a, pam:b"},
    {"aud an empty array", .payload = "{'aud':[]}", FAILS(AUDIENCE, "audience"),
     .why = "aud is empty; the issuer's section lists pam:a, pam:b"},
    {"aud an array with a number", .payload = "{'aud':['pam:a',7]}",
     FAILS(CLAIM_BAD, "audience"), .why = "aud is neither a string nor an array of strings"},
    {"aud an array in an array", .payload = "{'aud':[['pam:a']]}", FAILS(CLAIM_BAD, "audience"),
     .why = "aud is neither a string nor an array of strings"},
    {"aud an object", .payload = "{'aud':{'pam:a':1}}", FAILS(CLAIM_BAD, "audience"),
     .why = "aud is neither a string nor an array of strings"},
    {"aud true", .payload = "{'aud':true}", FAILS(CLAIM_BAD, "audience"),
     .why = "aud is neither a string nor an array of strings"},
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
    /* user */
    {"another claim names the user", .payload = "{'u':'alice','sub':'7'}", .user = "u", PASSES},
    {"a literal name with a slash", .payload = "{'x/u':'alice'}", .user = "x/u", PASSES},
    {"a pointer", .payload = "{'a/b':{'~':['x','alice']}}", .user = "/a~1b/~0/1", PASSES},
    {"the claim is absent", .user = "u", FAILS(USER_CLAIM, "user claim"), .why = "u is absent"},
    {"the pointer finds nothing", .payload = "{'a':{}}", .user = "/a/b",
     FAILS(USER_CLAIM, "user claim"), .why = "/a/b is absent"},
    {"a member is named like a pointer", .payload = "{'/a':'alice'}", .user = "/a",
     FAILS(USER_CLAIM, "user claim"), .why = "/a is absent"},
    {"the claim is an array", .payload = "{'u':['alice']}", .user = "u",
     FAILS(USER_CLAIM, "user claim"), .why = "u is no string"},
    {"the claim is empty", .payload = "{'u':''}", .user = "u", FAILS(USER_CLAIM, "user claim"),
     .why = "u is empty"},
    {"no local name", .payload = "{'sub':'alice@corp'}", FAILS(USER_NAME, "user claim"),
     .why = "sub is alice@corp: no local user name"},
    {"a name in capitals", .payload = "{'sub':'Alice'}", FAILS(USER_NAME, "user claim"),
     .why = "sub is Alice: no local user name"},
    {"a name of 32", .payload = "{'u':'" B10 B10 B10 "bb'}", .user = "u", PASSES},
    {"a name of 33", .payload = "{'u':'" B10 B10 B10 "bbb'}", .user = "u",
     FAILS(USER_NAME, "user claim"), .why = "u is " B10 B10 B10 "bbb: no local user name"},
    {"a control character is not shown", .payload = "{'sub':'a\\u001bb'}",
     FAILS(USER_NAME, "user claim"), .why = "sub is a?b: no local user name"},
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

#define ALL                                                                   \
    "type,events,required claims,issued,not before,expiry,lifetime,audience," \
    "user claim,"

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
    char user[64];
    struct pjwt_issuer issuer = {.iss = iss,
                                 .user = user,
                                 .max_lifetime = 5400,
                                 .leeway = 30,
                                 .one_time = row->one_time};
    char jti[] = "jti";
    PJWT_AUTO(text) char *jti_claim = strdup(row->jti_claim == NULL ? jti : row->jti_claim);
    const char *expected = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    (void)snprintf(user, sizeof(user), "%s", row->user == NULL ? "sub" : row->user);
    assert_true(pjwt_list_split(&issuer.type, row->type == NULL ? "at+jwt, pam+jwt" : row->type,
                                &expected));
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
        assert_string_not_equal(grant.user, untouched.user);
        return;
    }
    end = strlen(heard.checks) - 1 - strlen(row->check);
    assert_memory_equal(heard.checks + end, row->check, strlen(row->check));
    assert_memory_equal(&grant, &untouched, sizeof(grant));
}

static void
the_grant_holds_what_was_proved(void **state)
{
    const struct row row = {.payload = "{'jti':'j7','sub':'s7','u':'alice'}", .user = "u"};
    struct pjwt_report report = {0};
    struct pjwt_grant grant = {.service = "left", .ticket = "left"};

    (void)state;
    assert_reason(check(&row, &grant, &report), OK);
    assert_string_equal(grant.user, "alice");
    assert_string_equal(grant.service, "");
    assert_string_equal(grant.ticket, "");
    assert_string_equal(grant.iss, "https://idp");
    assert_string_equal(grant.sub, "s7");
    assert_string_equal(grant.jti, "j7");
    assert_string_equal(grant.kid, "k1");
    assert_true(grant.iat == NOW - 60);
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
