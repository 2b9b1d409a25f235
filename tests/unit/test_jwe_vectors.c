/* Does decryption agree with the examples of the RFCs? */
#include "tests/unit/support/jwe_fixture.h"

#include "lib/base/json.h"
#include "lib/jose/jwe_content.h"
#include "lib/jose/jwe_kdf.h"
#include "lib/jose/jwe_key_inside.h"

#include <string.h>

static const char *
text_of(const json_t *vector, const char *name)
{
    return json_string_value(json_object_get(vector, name));
}

static size_t
unhex(const json_t *vector, const char *name, unsigned char *out, size_t room)
{
    const char *text = text_of(vector, name);
    size_t len = text == NULL ? 0 : strlen(text) / 2;

    assert_non_null(text);
    assert_true(len <= room);
    for (size_t i = 0; i < len; i++) {
        char digits[3] = {text[2 * i], text[2 * i + 1], '\0'};

        out[i] = (unsigned char)strtoul(digits, NULL, 16);
    }
    return len;
}

static void
check_token(const json_t *vector)
{
    PJWT_AUTO(secret) struct pjwt_secret *token = fixture_typed(text_of(vector, "token"));
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *key = NULL;
    PJWT_AUTO(jwe) struct pjwt_jwe *jwe = NULL;
    struct pjwt_report report = {0};
    const char *refused = text_of(vector, "refused");

    if (refused != NULL) {
        assert_string_equal(pjwt_code(pjwt_jwe_parse(token, &jwe, &report)), refused);
        return;
    }
    key = fixture_opener(json_object_get(vector, "key"));
    assert_reason(fixture_decrypt(token, key, &text), OK);
    assert_string_equal(pjwt_secret_bytes(text), text_of(vector, "plaintext"));
}

static void
test_tokens(void **state)
{
    PJWT_AUTO(json) json_t *vectors = fixture_vectors("jwe.json");
    size_t opened = 0;

    (void)state;
    for (size_t i = 0; i < json_array_size(vectors); i++) {
        const json_t *vector = json_array_get(vectors, i);

        print_message("# %s\n", text_of(vector, "source"));
        check_token(vector);
        opened += text_of(vector, "refused") == NULL;
    }
    assert_int_equal(json_array_size(vectors), 14);
    assert_int_equal(opened, 6);
}

/* RFC 7518 appendix B, both ways. */
static void
check_content(const json_t *vector)
{
    const struct pjwt_content *c = pjwt_content_find(text_of(vector, "enc"));
    const char *plain = text_of(vector, "plaintext");
    const char *aad = text_of(vector, "aad");
    unsigned char key[64];
    unsigned char iv[16];
    unsigned char text[256];
    unsigned char tag[32];
    unsigned char made[256];
    unsigned char made_tag[32];
    size_t len = 0;
    struct pjwt_content_parts parts = {
        .aad = {(const unsigned char *)aad, strlen(aad)},
        .iv = {iv, unhex(vector, "iv", iv, sizeof(iv))},
        .text = {text, unhex(vector, "ciphertext", text, sizeof(text))},
        .tag = {tag, unhex(vector, "tag", tag, sizeof(tag))},
    };
    PJWT_AUTO(secret) struct pjwt_secret *opened = NULL;

    assert_int_equal(unhex(vector, "key", key, sizeof(key)), c->key);
    assert_reason(pjwt_content_open(c, key, &parts, &opened), OK);
    assert_string_equal(pjwt_secret_bytes(opened), plain);
    parts.text = (struct pjwt_octets){(const unsigned char *)plain, strlen(plain)};
    assert_true(c->seal(c, key, &parts, made, &len, made_tag));
    assert_int_equal(len, unhex(vector, "ciphertext", text, sizeof(text)));
    assert_memory_equal(made, text, len);
    assert_memory_equal(made_tag, tag, c->tag);
}

static void
test_content(void **state)
{
    PJWT_AUTO(json) json_t *file = fixture_vectors("jwe_parts.json");
    const json_t *vectors = json_object_get(file, "content");

    (void)state;
    assert_int_equal(json_array_size(vectors), 2);
    for (size_t i = 0; i < json_array_size(vectors); i++) {
        check_content(json_array_get(vectors, i));
    }
}

/* The secret and what is derived from it, each by itself, and both by the family of the key. */
static void
check_agreement(const json_t *vector)
{
    PJWT_AUTO(jwe_key)
    struct pjwt_jwe_key *key = fixture_opener(json_object_get(vector, "key"));
    const json_t *header = json_object_get(vector, "header");
    const char *apu = text_of(header, "apu");
    const struct pjwt_wrapped wrapped = {
        header, pjwt_content_find(text_of(vector, "enc")), {NULL, 0}};
    struct pjwt_octets alice = {(const unsigned char *)"Alice", apu == NULL ? 0 : 5};
    struct pjwt_octets bob = {(const unsigned char *)"Bob", apu == NULL ? 0 : 3};
    unsigned char secret[48];
    unsigned char derived[64];
    unsigned char cek[64];
    size_t len = unhex(vector, "secret", secret, sizeof(secret));

    assert_true(pjwt_concat_kdf((struct pjwt_octets){secret, len}, text_of(vector, "enc"),
                                alice, bob, derived, wrapped.content->key));
    assert_true(key->family->unwrap(key, &wrapped, cek));
    assert_memory_equal(cek, derived, wrapped.content->key);
    if (apu != NULL) {
        unsigned char expected[64];

        assert_int_equal(unhex(vector, "derived", expected, sizeof(expected)), 16);
        assert_memory_equal(derived, expected, 16);
    }
}

static void
test_agreement(void **state)
{
    PJWT_AUTO(json) json_t *file = fixture_vectors("jwe_parts.json");
    const json_t *vectors = json_object_get(file, "agreement");

    (void)state;
    assert_int_equal(json_array_size(vectors), 2);
    for (size_t i = 0; i < json_array_size(vectors); i++) {
        check_agreement(json_array_get(vectors, i));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_content),
        cmocka_unit_test(test_agreement),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
