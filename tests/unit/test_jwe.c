/* Is what was encrypted for a key opened by that key alone, unaltered, and refused for one
 * reason otherwise? */
#include "tests/unit/support/jwe_fixture.h"

#include "lib/jose/jwe_content.h"

#include <string.h>

#define INNER "eyJhbGciOiJub25lIn0.e30.c2lnbmF0dXJl"

/* Every algorithm, on every curve it may use. RSA comes last: making its keys takes long. */
static const struct {
    const char *alg;
    const char *crv;
} ways[] = {
    {"ECDH-ES", "P-256"},
    {"ECDH-ES", "P-384"},
    {"ECDH-ES", "X25519"},
    {"ECDH-ES+A128KW", "P-256"},
    {"ECDH-ES+A128KW", "P-384"},
    {"ECDH-ES+A128KW", "X25519"},
    {"ECDH-ES+A256KW", "P-256"},
    {"ECDH-ES+A256KW", "P-384"},
    {"ECDH-ES+A256KW", "X25519"},
    {"A128KW", NULL},
    {"A256KW", NULL},
    {"A128GCM", NULL},
    {"A256GCM", NULL},
    {"A128CBC-HS256", NULL},
    {"A256CBC-HS512", NULL},
    {"RSA-OAEP-256", NULL},
};

#define WAYS (sizeof(ways) / sizeof(ways[0]))

static json_t *jwk[WAYS];
static struct pjwt_jwe_key *key[WAYS];

static int
make_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        jwk[i] = fixture_jwe_jwk(ways[i].alg, ways[i].crv);
        key[i] = fixture_opener(jwk[i]);
    }
    return 0;
}

static int
drop_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        pjwt_drop_secret_jwk(&jwk[i]);
        pjwt_drop_jwe_key(&key[i]);
    }
    return 0;
}

/* Is that enc one that the key leaves open? */
static bool
may_use(size_t way, const char *enc)
{
    const char *only = pjwt_jwe_key_enc(key[way]);

    return only == NULL || strcmp(only, enc) == 0;
}

static void
test_every_way_there_and_back(void **state)
{
    size_t pairs = 0;

    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        for (size_t j = 0; pjwt_content_at(j) != NULL; j++) {
            const char *enc = pjwt_content_at(j)->name;
            PJWT_AUTO(secret) struct pjwt_secret *token = NULL;
            PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

            if (may_use(i, enc)) {
                token = fixture_encrypt(jwk[i], enc, NULL, INNER);
                assert_reason(fixture_decrypt(token, key[i], &text), OK);
                assert_string_equal(pjwt_secret_bytes(text), INNER);
                pairs++;
            }
        }
    }
    assert_int_equal(pairs, 12 * 4 + 4);
}

/* Each key against each token: the diagonal alone. Another key of the same alg differs in its
 * secret; another alg is refused before. */
static void
test_only_the_diagonal(void **state)
{
    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        PJWT_AUTO(secret)
        struct pjwt_secret *token = fixture_encrypt(jwk[i], NULL, NULL, INNER);

        for (size_t j = 0; j < WAYS; j++) {
            bool same_alg = strcmp(ways[i].alg, ways[j].alg) == 0;
            pjwt_verdict v = fixture_opens(token, key[j]);

            if (i == j) {
                assert_reason(v, OK);
            } else if (same_alg) {
                assert_reason(v, DECRYPT);
            } else {
                assert_reason(v, ALG_MISMATCH);
            }
        }
    }
}

static void
test_another_key_of_the_same_kind(void **state)
{
    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        PJWT_AUTO(secret)
        struct pjwt_secret *token = fixture_encrypt(jwk[i], NULL, NULL, INNER);
        PJWT_AUTO(secret_jwk) json_t *other = fixture_jwe_jwk(ways[i].alg, ways[i].crv);
        PJWT_AUTO(jwe_key) struct pjwt_jwe_key *wrong = fixture_opener(other);

        assert_reason(fixture_opens(token, wrong), DECRYPT);
    }
}

/* Flips one bit of each byte of segments 2 to 5; returns how many bytes there were. */
static size_t
flip_bytes(const struct pjwt_secret *token, const struct pjwt_jwe_key *opener)
{
    unsigned char bytes[4096];
    size_t flipped = 0;

    for (size_t segment = 1; segment < 5; segment++) {
        size_t len = fixture_segment_bytes(token, segment, bytes);

        for (size_t i = 0; i < len; i++) {
            PJWT_AUTO(secret) struct pjwt_secret *bad = NULL;

            bytes[i] ^= (unsigned char)(1u << (i % 8));
            bad = fixture_with_segment(token, segment, bytes, len);
            bytes[i] ^= (unsigned char)(1u << (i % 8));
            assert_reason(fixture_opens(bad, opener), DECRYPT);
            flipped++;
        }
    }
    return flipped;
}

static void
test_each_byte_counts(void **state)
{
    size_t flipped = 0;

    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        for (size_t j = 0; pjwt_content_at(j) != NULL; j++) {
            const char *enc = pjwt_content_at(j)->name;
            PJWT_AUTO(secret) struct pjwt_secret *token = NULL;

            /* An RSA key, or P-384, with one enc is enough: each flip costs one decryption. */
            if (may_use(i, enc) && (j == 0 || i < 1 || (i > 8 && i < WAYS - 1))) {
                token = fixture_encrypt(jwk[i], enc, NULL, INNER);
                flipped += flip_bytes(token, key[i]);
                assert_reason(fixture_opens(token, key[i]), OK);
            }
        }
    }
    print_message("# %zu bytes flipped\n", flipped);
    assert_true(flipped > 1500);
}

/* The header is what the tag is made over: another spelling of the same values breaks it. */
static void
test_each_byte_of_the_header_counts(void **state)
{
    PJWT_AUTO(secret) struct pjwt_secret *token = fixture_encrypt(jwk[9], NULL, NULL, INNER);
    unsigned char bytes[4096];
    size_t len = fixture_segment_bytes(token, 0, bytes);
    size_t reached_the_tag = 0;

    (void)state;
    for (size_t i = 0; i < len; i++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            PJWT_AUTO(secret) struct pjwt_secret *bad = NULL;
            pjwt_verdict v = PJWT_SAY(UNSET);

            bytes[i] ^= (unsigned char)(1u << bit);
            bad = fixture_with_segment(token, 0, bytes, len);
            bytes[i] ^= (unsigned char)(1u << bit);
            v = fixture_opens(bad, key[9]);
            assert_false(pjwt_ok(v));
            reached_the_tag += v.reason == PJWT_DECRYPT;
        }
    }
    assert_true(reached_the_tag > 10); /* such as another letter in the kid */
    bytes[len] = ' ';
    {
        PJWT_AUTO(secret)
        struct pjwt_secret *longer = fixture_with_segment(token, 0, bytes, len + 1);
        PJWT_AUTO(secret) struct pjwt_secret *same = fixture_with_segment(token, 0, bytes, len);

        assert_reason(fixture_opens(longer, key[9]), DECRYPT);
        assert_reason(fixture_opens(same, key[9]), OK);
    }
}

/* Shorter and longer segments: the tag above all, of which a prefix is no tag. */
static void
test_lengths(void **state)
{
    unsigned char bytes[4096] = {0};

    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        PJWT_AUTO(secret)
        struct pjwt_secret *token = fixture_encrypt(jwk[i], NULL, NULL, INNER);

        for (size_t segment = 1; segment < 5; segment++) {
            size_t len = fixture_segment_bytes(token, segment, bytes);
            PJWT_AUTO(secret)
            struct pjwt_secret *shorter =
                len < 2 ? NULL : fixture_with_segment(token, segment, bytes, len - 1);
            PJWT_AUTO(secret)
            struct pjwt_secret *longer = fixture_with_segment(token, segment, bytes, len + 1);
            PJWT_AUTO(secret)
            struct pjwt_secret *half =
                len < 2 ? NULL : fixture_with_segment(token, segment, bytes, len / 2);

            assert_reason(fixture_opens(longer, key[i]), DECRYPT);
            if (len >= 2) {
                assert_reason(fixture_opens(shorter, key[i]), DECRYPT);
                assert_reason(fixture_opens(half, key[i]), DECRYPT);
            }
        }
    }
}

static void
test_an_encrypted_key_where_there_is_none(void **state)
{
    PJWT_AUTO(secret) struct pjwt_secret *direct = fixture_encrypt(jwk[11], NULL, NULL, INNER);
    PJWT_AUTO(secret) struct pjwt_secret *agreed = fixture_encrypt(jwk[0], NULL, NULL, INNER);
    PJWT_AUTO(secret) struct pjwt_secret *bad = fixture_with_segment(direct, 1, "x", 1);
    PJWT_AUTO(secret) struct pjwt_secret *bad_too = fixture_with_segment(agreed, 1, "x", 1);

    (void)state;
    assert_reason(fixture_opens(direct, key[11]), OK);
    assert_reason(fixture_opens(bad, key[11]), DECRYPT);
    assert_reason(fixture_opens(agreed, key[0]), OK);
    assert_reason(fixture_opens(bad_too, key[0]), DECRYPT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_way_there_and_back),
        cmocka_unit_test(test_only_the_diagonal),
        cmocka_unit_test(test_another_key_of_the_same_kind),
        cmocka_unit_test(test_each_byte_counts),
        cmocka_unit_test(test_each_byte_of_the_header_counts),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_an_encrypted_key_where_there_is_none),
    };

    return cmocka_run_group_tests(tests, make_keys, drop_keys);
}
