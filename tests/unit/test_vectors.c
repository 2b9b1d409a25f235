/* Do the published signatures verify, and nothing that differs from them in one bit? */
#include "tests/unit/support/jose_fixture.h"

#include "lib/base/base64url.h"
#include "lib/jose/key_inside.h"

#include <string.h>

struct vector {
    const char *source;
    const char *alg;
    const char *input;
    struct pjwt_key *key;
    unsigned char signature[PJWT_SIGNATURE_MAX];
    size_t len;
};

static const char *
member(const json_t *row, const char *name)
{
    const char *text = json_string_value(json_object_get(row, name));

    assert_non_null(text);
    return text;
}

/* As an issuer's section would that lists this algorithm alone. */
static struct vector
read_vector(const json_t *row)
{
    struct vector v = {.source = member(row, "source"), .alg = member(row, "alg")};
    const char *signature = member(row, "signature");
    struct pjwt_why why = {""};
    pjwt_verdict built = pjwt_key_from_jwk(
        json_object_get(row, "jwk"), pjwt_algs_from_name(v.alg, strlen(v.alg)), &v.key, &why);

    v.input = member(row, "input");
    if (!pjwt_ok(built)) {
        fail_msg("%s, %s: %s: %s", v.source, v.alg, pjwt_code(built), why.text);
    }
    assert_reason(pjwt_base64url_decode(signature, strlen(signature), v.signature, &v.len), OK);
    return v;
}

static pjwt_verdict
check(const struct vector *v)
{
    const struct pjwt_octets input = {(const unsigned char *)v->input, strlen(v->input)};

    return pjwt_key_verify(v->key, input, (struct pjwt_octets){v->signature, v->len});
}

static void
expect(const struct vector *v, enum pjwt_reason reason, const char *what)
{
    pjwt_verdict found = check(v);

    if (found.reason != reason) {
        fail_msg("%s, %s, %s: %s", v->source, v->alg, what, pjwt_code(found));
    }
}

static void
try_vector(struct vector *v)
{
    PJWT_AUTO(text) char *other = strdup(v->input);

    expect(v, PJWT_OK, "as it is");
    for (size_t bit = 0; bit < v->len * 8; bit += v->len * 8 - 1) { /* the first and the last */
        v->signature[bit / 8] ^= (unsigned char)(1u << bit % 8);
        expect(v, PJWT_SIGNATURE, "a bit of the signature");
        v->signature[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    v->len--;
    expect(v, PJWT_SIGNATURE, "a byte less");
    v->len++;
    assert_non_null(other);
    other[strlen(other) - 1] ^= 1;
    v->input = other;
    expect(v, PJWT_SIGNATURE, "a bit of the input");
}

static size_t
try_file(const char *path)
{
    json_error_t error;
    PJWT_AUTO(json) json_t *rows = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

    if (rows == NULL) {
        fail_msg("%s:%d: %s", path, error.line, error.text);
    }
    for (size_t i = 0; i < json_array_size(rows); i++) {
        struct vector v = read_vector(json_array_get(rows, i));

        try_vector(&v);
        pjwt_key_free(v.key);
    }
    return json_array_size(rows);
}

static void
test_published(void **state)
{
    (void)state;
    assert_int_equal(try_file("tests/vectors/jws_rfc.json"), 14);
}

static void
test_made_elsewhere(void **state)
{
    (void)state;
    assert_int_equal(try_file("tests/vectors/jws_made.json"), 17);
}

/* The same as whole tokens, through the parser. */
static void
test_tokens_made_elsewhere(void **state)
{
    PJWT_AUTO(json) json_t *rows = json_load_file("tests/vectors/jws_made.json", 0, NULL);
    pjwt_algs seen = 0;

    (void)state;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        struct vector v = read_vector(row);
        PJWT_AUTO(secret) struct pjwt_secret *token = pjwt_secret_new(PJWT_CREDENTIAL_MAX);
        const char *signature = member(row, "signature");

        assert_true(pjwt_secret_append(token, v.input, strlen(v.input)));
        assert_true(pjwt_secret_append(token, ".", 1));
        assert_true(pjwt_secret_append(token, signature, strlen(signature)));
        assert_reason(fixture_prove(token, v.key), OK);
        seen |= PJWT_ALG_BIT(pjwt_key_alg(v.key));
        pjwt_key_free(v.key);
    }
    /* Every algorithm that we know, and no other. */
    assert_int_equal(seen, (PJWT_ALG_BIT(PJWT_ALG_COUNT) - 1) & ~PJWT_ALG_BIT(0));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),
        cmocka_unit_test(test_made_elsewhere),
        cmocka_unit_test(test_tokens_made_elsewhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
