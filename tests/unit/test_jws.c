/* Is a token refused by its form and its header before anything is proved? */
#include "tests/unit/support/jose_fixture.h"

#include <stdio.h>
#include <string.h>

static struct pjwt_report report;

static pjwt_verdict
parse_token(const struct pjwt_secret *token)
{
    PJWT_AUTO(jws) struct pjwt_jws *jws = NULL;
    pjwt_verdict verdict = PJWT_SAY(UNSET);

    report = (struct pjwt_report){0};
    verdict = pjwt_jws_parse(token, &jws, &report);
    assert_int_equal(pjwt_ok(verdict), jws != NULL);
    return verdict;
}

static pjwt_verdict
parse_bytes(const char *text, size_t len)
{
    PJWT_AUTO(secret) struct pjwt_secret *token = pjwt_secret_copy(text, len);

    return parse_token(token);
}

static pjwt_verdict
parse_text(const char *text)
{
    return parse_bytes(text, strlen(text));
}

/* A token of these JSON texts, as they are, with a signature of one byte. */
static pjwt_verdict
parse_json(const char *header, const char *payload)
{
    PJWT_AUTO(secret)
    struct pjwt_secret *token =
        fixture_token(header, strlen(header), payload, strlen(payload), "s", 1);

    return parse_token(token);
}

/* `header` is written with '. */
static pjwt_verdict
parse_header(const char *header)
{
    return parse_json(fixture_quotes(header), "{}");
}

/* eyJhbGciOiJFUzI1NiJ9 is {"alg":"ES256"}, e30 is {}, AA a signature. */
static void
test_segments(void **state)
{
    static const char *const texts[] = {
        "",
        ".",
        "..",
        "...",
        "eyJhbGciOiJFUzI1NiJ9",
        "eyJhbGciOiJFUzI1NiJ9.e30",
        "eyJhbGciOiJFUzI1NiJ9.e30.",
        "eyJhbGciOiJFUzI1NiJ9..AA",
        ".e30.AA",
        "eyJhbGciOiJFUzI1NiJ9.e30.AA.",
        ".eyJhbGciOiJFUzI1NiJ9.e30.AA",
        "eyJhbGciOiJFUzI1NiJ9.e30.AA.AA",
        "eyJhbGciOiJFUzI1NiJ9.e30.AA.AA.AA",
    };

    (void)state;
    assert_reason(parse_text("eyJhbGciOiJFUzI1NiJ9.e30.AA"), OK);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_reason(parse_text(texts[i]), MALFORMED);
    }
}

static void
test_length(void **state)
{
    char *text = malloc(PJWT_CREDENTIAL_MAX + 2);
    const char start[] = "eyJhbGciOiJFUzI1NiJ9.e30.";

    (void)state;
    assert_non_null(text);
    memset(text, 'A', PJWT_CREDENTIAL_MAX + 2);
    memcpy(text, start, strlen(start));
    assert_reason(parse_bytes(text, PJWT_CREDENTIAL_MAX), OK);
    assert_reason(parse_bytes(text, PJWT_CREDENTIAL_MAX + 2), MALFORMED);
    free(text);
}

static void
test_base64url(void **state)
{
    static const char *const texts[] = {
        "eyJhbGciOiJFUzI1NiJ9=.e30.AA",       "eyJhbGciOiJFUzI1NiJ9.e30=.AA",
        "eyJhbGciOiJFUzI1NiJ9.e30.AA==",      "eyJhbGciOiJFUzI1NiJ9.e30.AB", /* unused bits */
        "eyJhbGciOiJFUzI1NiJ9.e31.AA",        "eyJhbGciOiJFUzI1NiJ9.e30.AA\n",
        "eyJhbGciOiJFUzI1NiJ9.e30.AA ",       " eyJhbGciOiJFUzI1NiJ9.e30.AA",
        "eyJhbGci OiJFUzI1NiJ9.e30.AA",       "eyJhbGciOiJFUzI1NiJ9.e30.A+",
        "eyJhbGciOiJFUzI1NiJ9.e30.A/",        "eyJhbGciOiJFUzI1NiJ9.e30.A",
        "eyJhbGciOiJFUzI1NiJ9.e30.A\xc3\xa9",
    };

    (void)state;
    assert_reason(parse_text("eyJhbGciOiJFUzI1NiJ9.e30.AA"), OK);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_reason(parse_text(texts[i]), BASE64URL);
    }
    assert_reason(parse_bytes("eyJhbGciOiJFUzI1NiJ9.e30.AA\0", 28), BASE64URL);
    assert_reason(parse_bytes("eyJhbGciOiJFUzI1NiJ9.e\0!.AA", 27), BASE64URL);
}

static void
test_strict_json(void **state)
{
    static const char *const texts[] = {
        "[]",
        "null",
        "{} {}",
        "{\"a\":1,\"a\":1}",
        "{\"x\":{\"a\":1,\"a\":1}}",
        "{\"a\":\"\xff\"}",
        "{\"a\":\"\\u0000\"}",
        "{\"x\":[[[[[[[[1]]]]]]]]}",
    };

    (void)state;
    assert_reason(parse_json("{\"alg\":\"ES256\"}", "{\"x\":[[[[[[[1]]]]]]]}"), OK);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_reason(parse_json("{\"alg\":\"ES256\"}", texts[i]), JSON);
        assert_reason(parse_json(texts[i], "{}"), JSON);
    }
    assert_reason(parse_json("{\"alg\":\"ES256\",\"alg\":\"none\"}", "{}"), JSON);
    assert_reason(parse_json("{\"alg\":\"ES256\"}", "text"), JSON);
}

static void
test_alg(void **state)
{
    static const char *const unknown[] = {
        "{}",
        "{'alg':''}",
        "{'alg':'none'}",
        "{'alg':'None'}",
        "{'alg':'nOnE'}",
        "{'alg':'HS255'}",
        "{'alg':'EDDSA'}",
        "{'alg':'es256'}",
        "{'alg':'ES256 '}",
        "{'alg':'RSA-OAEP'}",
        "{'Alg':'ES256'}",
    };
    static const char *const malformed[] = {"{'alg':null}", "{'alg':1}", "{'alg':['ES256']}"};

    (void)state;
    assert_reason(parse_header("{'alg':'ES256'}"), OK);
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
        assert_reason(parse_header(unknown[i]), ALG_UNKNOWN);
    }
    for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++) {
        assert_reason(parse_header(malformed[i]), HEADER);
    }
}

static void
test_keys_in_the_header(void **state)
{
    (void)state;
    assert_reason(parse_header("{'alg':'ES256','kid':'k'}"), OK);
    assert_reason(parse_header("{'alg':'ES256','jwk':{'kty':'EC'}}"), HEADER_KEY);
    assert_reason(parse_header("{'alg':'ES256','jku':'https://example.com/'}"), HEADER_KEY);
    assert_reason(parse_header("{'alg':'ES256','x5u':'https://example.com/'}"), HEADER_KEY);
    assert_reason(parse_header("{'alg':'ES256','x5c':['MIIB']}"), HEADER_KEY);
    assert_reason(parse_header("{'alg':'ES256','jwk':null}"), HEADER_KEY);
    /* What only names a certificate is ignored: Entra sends it. */
    assert_reason(parse_header("{'alg':'ES256','x5t':'aa','x5t#S256':'bb'}"), OK);
}

static void
test_header_parameters_refused(void **state)
{
    (void)state;
    assert_reason(parse_header("{'alg':'ES256','unknown':1}"), OK);
    assert_reason(parse_header("{'alg':'ES256','crit':['exp'],'exp':1}"), HEADER_CRIT);
    assert_reason(parse_header("{'alg':'ES256','crit':[]}"), HEADER_CRIT);
    assert_reason(parse_header("{'alg':'ES256','b64':true}"), HEADER);
    assert_reason(parse_header("{'alg':'ES256','b64':false,'crit':['b64']}"), HEADER_CRIT);
    assert_reason(parse_header("{'alg':'ES256','zip':'DEF'}"), HEADER);
    assert_reason(parse_header("{'alg':'ES256','cty':'JWT'}"), HEADER);
    assert_reason(parse_header("{'alg':'ES256','enc':'A128GCM'}"), HEADER);
    assert_reason(parse_header("{'alg':'ES256','epk':{}}"), HEADER);
}

/* A header whose `name` is a string of `len` bytes. */
static pjwt_verdict
parse_long(const char *name, size_t len)
{
    char value[300];
    char header[400];

    memset(value, 'k', sizeof(value));
    (void)snprintf(header, sizeof(header), "{\"alg\":\"ES256\",\"%s\":\"%.*s\"}", name,
                   (int)len, value);
    return parse_json(header, "{}");
}

static void
test_kid_and_typ(void **state)
{
    (void)state;
    assert_reason(parse_long("kid", 1), OK);
    assert_reason(parse_long("kid", 256), OK);
    assert_reason(parse_long("kid", 257), HEADER);
    assert_reason(parse_long("kid", 0), HEADER);
    assert_reason(parse_header("{'alg':'ES256','kid':7}"), HEADER);
    assert_reason(parse_header("{'alg':'ES256','kid':null}"), HEADER);
    assert_reason(parse_long("typ", 64), OK);
    assert_reason(parse_long("typ", 65), HEADER);
    assert_reason(parse_long("typ", 0), HEADER);
    assert_reason(parse_header("{'alg':'ES256','typ':['JWT']}"), HEADER);
}

/* 3072 bytes are 4096 characters. */
static void
test_header_cap(void **state)
{
    char header[3073];
    size_t start = strlen("{\"alg\":\"ES256\",\"x\":\"");

    (void)state;
    memset(header, 'x', sizeof(header));
    memcpy(header, "{\"alg\":\"ES256\",\"x\":\"", start);
    for (size_t len = 3072; len <= 3073; len++) {
        PJWT_AUTO(secret) struct pjwt_secret *token = NULL;

        header[len - 3] = 'x';
        memcpy(header + len - 2, "\"}", 2);
        token = fixture_token(header, len, "{}", 2, "s", 1);
        if (len == 3072) {
            assert_reason(parse_token(token), OK);
        } else {
            assert_reason(parse_token(token), HEADER);
        }
    }
}

static void
test_report(void **state)
{
    (void)state;
    assert_reason(parse_json("{\"alg\":\"ES256\",\"kid\":\"k1\"}", "{\"jti\":\"j1\"}"), OK);
    assert_string_equal(report.kid, "k1");
    assert_string_equal(report.id, "j1");
    assert_false(report.authentic);
    assert_reason(parse_json("{\"alg\":\"none\",\"kid\":\"k1\"}", "{\"jti\":\"j1\"}"),
                  ALG_UNKNOWN);
    assert_string_equal(report.kid, "k1"); /* a refused token has a name too */
    assert_string_equal(report.id, "j1");
    assert_string_equal(report.why.text, "alg none");
    assert_reason(parse_json("{\"alg\":\"ES256\"}", "{\"jti\":5}"), OK);
    assert_string_equal(report.kid, "");
    assert_string_equal(report.id, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_segments),
        cmocka_unit_test(test_length),
        cmocka_unit_test(test_base64url),
        cmocka_unit_test(test_strict_json),
        cmocka_unit_test(test_alg),
        cmocka_unit_test(test_keys_in_the_header),
        cmocka_unit_test(test_header_parameters_refused),
        cmocka_unit_test(test_kid_and_typ),
        cmocka_unit_test(test_header_cap),
        cmocka_unit_test(test_report),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
