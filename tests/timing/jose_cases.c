/* Does the time of a refusal tell how far a forged or broken token came? */
#include "tests/timing/timed.h"

#include "lib/base/base64url.h"
#include "lib/jose/jwe.h"
#include "lib/jose/jwe_key_inside.h"
#include "lib/jose/jwe_make.h"
#include "lib/jose/key_inside.h"

#include <stdlib.h>
#include <string.h>

#define TOKEN_MAX 1200
#define MAC_BYTES 32

/* The parts of an encrypted token: RFC 7516 section 7.1. */
enum { WRAPPED = 1, TEXT = 3, TAG = 4 };

static const char claims[] = "eyJhbGciOiJFZDI1NTE5In0.eyJpc3MiOiJodHRwczovL2lkcCJ9.AAAAAAAA";

static struct pjwt_key *shared;
static unsigned char mac[MAC_BYTES]; /* the right one over `claims` */

enum { WRAP, OAEP, AGREE, CBC, GCM, KINDS };
static const struct {
    const char *alg, *crv, *enc;
} kinds[KINDS] = {
    [WRAP] = {"A128KW", NULL, "A256GCM"},
    [OAEP] = {"RSA-OAEP-256", NULL, "A256GCM"},
    [AGREE] = {"ECDH-ES+A128KW", "X25519", "A256GCM"},
    [CBC] = {"A128CBC-HS256", NULL, "A128CBC-HS256"},
    [GCM] = {"A256GCM", NULL, "A256GCM"},
};
static struct pjwt_jwe_key *opener[KINDS];
static struct pjwt_secret *sealed[KINDS];
static struct pjwt_secret
    *short_key; /* as for OAEP, with a key of 16 bytes in the place of 32 */

static void
must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static struct pjwt_octets
claims_octets(void)
{
    return (struct pjwt_octets){(const unsigned char *)claims, strlen(claims)};
}

static void
make_shared(void)
{
    PJWT_AUTO(json) json_t *jwk = NULL;
    PJWT_AUTO(json) json_t *pair = NULL;
    PJWT_AUTO(key) struct pjwt_key *signer = NULL;
    struct pjwt_why why = {""};
    size_t len = 0;

    must(pjwt_ok(pjwt_key_generate(PJWT_ALG_HS256, "k", &jwk, &pair)) &&
         pjwt_ok(pjwt_key_from_private_jwk(pair, &signer, &why)) &&
         pjwt_ok(pjwt_key_from_jwk(pair, PJWT_ALGS_HMAC, &shared, &why)) &&
         pjwt_ok(pjwt_key_sign(signer, claims_octets(), mac, &len)) && len == MAC_BYTES);
}

static void
seal_kind(size_t i)
{
    PJWT_AUTO(json) json_t *jwk = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *inner = pjwt_secret_copy(claims, strlen(claims));
    struct pjwt_why why = {""};

    must(pjwt_ok(pjwt_jwe_key_generate(kinds[i].alg, kinds[i].crv, "k", &jwk)) &&
         pjwt_ok(pjwt_jwe_key_from_jwk(jwk, PJWT_JWE_OPENS, &opener[i], &why)) &&
         pjwt_ok(pjwt_jwe_make(opener[i], kinds[i].enc, NULL, inner, &sealed[i])) &&
         pjwt_secret_len(sealed[i]) <= TOKEN_MAX);
}

static const char *
segment(const char *token, unsigned which, size_t *len)
{
    for (; which > 0; which--) {
        token = strchr(token, '.') + 1;
    }
    *len = strcspn(token, ".");
    return token;
}

/* The same token with another encrypted key, of the same length. */
static void
make_short_key(void)
{
    PJWT_AUTO(json) json_t *header = json_object();
    const struct pjwt_jwe_key *key = opener[OAEP];
    unsigned char cek[PJWT_CEK_MAX] = {0};
    unsigned char wrapped[PJWT_WRAPPED_MAX];
    size_t len = 0;
    size_t chars = 0;
    size_t at = 0;

    short_key =
        pjwt_secret_copy(pjwt_secret_bytes(sealed[OAEP]), pjwt_secret_len(sealed[OAEP]));
    at = (size_t)(segment(pjwt_secret_bytes(short_key), WRAPPED, &chars) -
                  pjwt_secret_bytes(short_key));
    must(key->family->wrap(key, &pjwt_content_a128gcm, header, cek, wrapped, &len) &&
         PJWT_BASE64URL_ROOM(len) == chars);
    (void)pjwt_base64url_encode(wrapped, len, pjwt_secret_buffer(short_key) + at);
}

void
jose_cases_prepare(void)
{
    make_shared();
    for (size_t i = 0; i < KINDS; i++) {
        seal_kind(i);
    }
    make_short_key();
}

/* Both are wrong: class 0 in the last byte alone. */
static void
prepare_mac(unsigned char *input, size_t len, bool class_one)
{
    timing_random(input, len);
    if (!class_one) {
        memcpy(input, mac, len);
        input[len - 1] ^= 1;
    }
}

static void
verify_mac(const unsigned char *input)
{
    timing_sink = pjwt_ok(
        pjwt_key_verify(shared, claims_octets(), (struct pjwt_octets){input, MAC_BYTES}));
}

/* An input is a token and its NUL. One character of that part becomes another; never the last,
 * which may have bits that belong to no byte. */
static void
put_broken(unsigned char *input, const struct pjwt_secret *token, unsigned part)
{
    unsigned char chance[4];
    size_t len = 0;
    char *at = NULL;

    timing_random(chance, sizeof(chance));
    memcpy(input, pjwt_secret_bytes(token), pjwt_secret_len(token) + 1);
    at = (char *)(uintptr_t)segment((const char *)input, part, &len);
    at += (size_t)(chance[0] << 8 | chance[1]) % (len - 1);
    *at = *at == 'A' ? 'B' : 'A';
}

#define PREPARE(name, kind, token, zero, one)                                              \
    static void prepare_##name(unsigned char *input, size_t len, bool class_one)           \
    {                                                                                      \
        (void)len;                                                                         \
        put_broken(input, class_one ? sealed[kind] : (token), class_one ? (one) : (zero)); \
    }                                                                                      \
    static void open_##name(const unsigned char *input) { open_as(input, kind); }

static void
open_as(const unsigned char *input, size_t kind)
{
    PJWT_AUTO(secret)
    struct pjwt_secret *typed = pjwt_secret_copy(input, strlen((const char *)input));
    PJWT_AUTO(jwe) struct pjwt_jwe *jwe = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *inner = NULL;
    struct pjwt_report report;

    report.why.text[0] = report.kid[0] = '\0';
    must(pjwt_ok(pjwt_jwe_parse(typed, &jwe, &report)));
    must(pjwt_jwe_decrypt(jwe, opener[kind], &inner, &report).reason == PJWT_DECRYPT);
}

PREPARE(wrap, WRAP, sealed[WRAP], TAG, WRAPPED)
PREPARE(agree, AGREE, sealed[AGREE], TAG, WRAPPED)
PREPARE(rsa, OAEP, sealed[OAEP], TAG, WRAPPED)
PREPARE(length, OAEP, short_key, TAG, WRAPPED)
PREPARE(cbc, CBC, sealed[CBC], TAG, TEXT)
PREPARE(gcm, GCM, sealed[GCM], TAG, TEXT)

const struct dudect_case jose_cases[] = {
    {"HS256: a wrong code, nearly right or not", MAC_BYTES, prepare_mac, verify_mac, false, 1},
    {"A128KW: the tag is broken, or the key", TOKEN_MAX, prepare_wrap, open_wrap, false, 4},
    {"ECDH-ES+A128KW: the tag is broken, or the key", TOKEN_MAX, prepare_agree, open_agree,
     false, 16},
    {"RSA-OAEP-256: the tag is broken, or the padding", TOKEN_MAX, prepare_rsa, open_rsa, false,
     64},
    {"RSA-OAEP-256: a key too short, or the padding", TOKEN_MAX, prepare_length, open_length,
     false, 64},
    {"A128CBC-HS256: the tag is broken, or text and padding", TOKEN_MAX, prepare_cbc, open_cbc,
     false, 4},
    {"A256GCM: the tag is broken, or the text", TOKEN_MAX, prepare_gcm, open_gcm, false, 4},
};
const size_t jose_cases_count = sizeof(jose_cases) / sizeof(jose_cases[0]);
