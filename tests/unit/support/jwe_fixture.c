/* Where do tests get encrypted tokens from? */
#include "tests/unit/support/jwe_fixture.h"

#include "lib/base/base64url.h"
#include "lib/jose/jwe_make.h"

#include <string.h>

json_t *
fixture_jwe_jwk(const char *alg, const char *crv)
{
    json_t *jwk = NULL;

    assert_reason(pjwt_jwe_key_generate(alg, crv, "k", &jwk), OK);
    return jwk;
}

struct pjwt_jwe_key *
fixture_opener(const json_t *jwk)
{
    struct pjwt_jwe_key *key = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v = pjwt_jwe_key_from_jwk(jwk, PJWT_JWE_OPENS, &key, &why);

    if (!pjwt_ok(v)) {
        fail_msg("%s: %s", pjwt_code(v), why.text);
    }
    return key;
}

struct pjwt_secret *
fixture_encrypt(const json_t *jwk, const char *enc, const char *more, const char *text)
{
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *key = NULL;
    PJWT_AUTO(json) json_t *members = more == NULL ? NULL : fixture_json(more);
    PJWT_AUTO(secret) struct pjwt_secret *inner = fixture_typed(text);
    struct pjwt_secret *token = NULL;

    assert_reason(pjwt_jwe_key_from_jwk(jwk, PJWT_JWE_SEALS, &key, NULL), OK);
    assert_reason(pjwt_jwe_make(key, enc, members, inner, &token), OK);
    return token;
}

pjwt_verdict
fixture_decrypt(const struct pjwt_secret *token, const struct pjwt_jwe_key *key,
                struct pjwt_secret **text)
{
    PJWT_AUTO(jwe) struct pjwt_jwe *jwe = NULL;
    struct pjwt_report report = {0};
    pjwt_verdict v = pjwt_jwe_parse(token, &jwe, &report);

    *text = NULL;
    if (pjwt_ok(v)) {
        v = pjwt_jwe_decrypt(jwe, key, text, &report);
    }
    assert_int_equal(pjwt_ok(v), *text != NULL); /* nothing comes out of a refusal */
    if (v.reason == PJWT_DECRYPT) {
        assert_string_equal(report.why.text, ""); /* and nothing is told about it */
    }
    return v;
}

pjwt_verdict
fixture_opens(const struct pjwt_secret *token, const struct pjwt_jwe_key *key)
{
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

    return fixture_decrypt(token, key, &text);
}

size_t
fixture_segment(const struct pjwt_secret *token, size_t which, size_t *len)
{
    const char *start = pjwt_secret_bytes(token);
    const char *at = start;

    for (size_t i = 0; i < which; i++) {
        at = strchr(at, '.');
        assert_non_null(at);
        at++;
    }
    *len = strcspn(at, ".");
    return (size_t)(at - start);
}

struct pjwt_secret *
fixture_with_segment(const struct pjwt_secret *token, size_t which, const void *bytes,
                     size_t len)
{
    size_t old = 0;
    size_t at = fixture_segment(token, which, &old);
    const char *text = pjwt_secret_bytes(token);
    struct pjwt_secret *made = pjwt_secret_new((size_t)2 * PJWT_CREDENTIAL_MAX);

    assert_non_null(made);
    assert_true(pjwt_secret_append(made, text, at));
    assert_true(PJWT_BASE64URL_ROOM(len) < pjwt_secret_room(made) - at);
    pjwt_secret_set_len(made,
                        at + pjwt_base64url_encode(bytes, len, pjwt_secret_buffer(made) + at));
    assert_true(pjwt_secret_append(made, text + at + old, pjwt_secret_len(token) - at - old));
    return made;
}

size_t
fixture_segment_bytes(const struct pjwt_secret *token, size_t which, unsigned char *out)
{
    size_t len = 0;
    size_t at = fixture_segment(token, which, &len);
    size_t bytes = 0;

    assert_true(PJWT_BASE64URL_BYTES(len) <= 4096);
    assert_reason(pjwt_base64url_decode(pjwt_secret_bytes(token) + at, len, out, &bytes), OK);
    return bytes;
}
