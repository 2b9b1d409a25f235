#include "lib/jose/ssh_key.h"

#include "lib/base/base64url.h"

#include <stdint.h>
#include <string.h>

#define NUMBER_MAX 2048 /* bytes of an RSA modulus or exponent */
#define USER_CERT  1    /* PROTOCOL.certkeys: SSH_CERT_TYPE_USER */
#define CERT       "-cert-v01@openssh.com"

/* Bytes that are not read yet; the first failure sticks. */
struct reader {
    const unsigned char *at;
    size_t left;
    bool failed;
};

struct span {
    const unsigned char *at;
    size_t len;
};

/* What may stand behind the first string of a blob. */
struct kind {
    const char *name; /* of the plain key; a certificate's is this and CERT */
    bool (*parse)(struct reader *r, const struct kind *kind, json_t *jwk);
    const char *curve; /* as ssh calls it */
    const char *crv;   /* as JOSE does */
    size_t size;       /* bytes of a coordinate, or of the raw key */
};

static struct span
take(struct reader *r, size_t len)
{
    struct span span = {r->at, len};

    if (r->failed || len > r->left) {
        r->failed = true;
        return (struct span){NULL, 0};
    }
    r->at += len;
    r->left -= len;
    return span;
}

/* RFC 4251 section 5: uint32, most significant byte first. */
static uint32_t
take_number(struct reader *r)
{
    struct span four = take(r, 4);

    return r->failed ? 0
                     : (uint32_t)four.at[0] << 24 | (uint32_t)four.at[1] << 16 |
                           (uint32_t)four.at[2] << 8 | four.at[3];
}

static struct span
take_string(struct reader *r)
{
    return take(r, take_number(r));
}

/* RFC 4251 section 5: mpint. "Unnecessary leading bytes with the value 0 or 255 MUST NOT be
 * included." Ours are positive; what comes back has no sign byte. */
static struct span
take_positive(struct reader *r)
{
    struct span number = take_string(r);
    bool padded = number.len > 1 && number.at[0] == 0;

    if (r->failed || number.len == 0 || number.len - padded > NUMBER_MAX ||
        number.at[0] >= 0x80 || (number.at[0] == 0 && (!padded || number.at[1] < 0x80))) {
        r->failed = true;
        return (struct span){NULL, 0};
    }
    return padded ? (struct span){number.at + 1, number.len - 1} : number;
}

static bool
put(json_t *jwk, const char *name, struct span value)
{
    char text[PJWT_BASE64URL_ROOM(NUMBER_MAX)];

    return json_object_set_new(
               jwk, name,
               json_stringn(text, pjwt_base64url_encode(value.at, value.len, text))) == 0;
}

static bool
put_text(json_t *jwk, const char *name, const char *value)
{
    return json_object_set_new(jwk, name, json_string(value)) == 0;
}

/* RFC 4253 section 6.6: mpint e, mpint n. */
static bool
parse_rsa(struct reader *r, const struct kind *kind, json_t *jwk)
{
    struct span e = take_positive(r);
    struct span n = take_positive(r);

    (void)kind;
    return r->failed || (put_text(jwk, "kty", "RSA") && put(jwk, "e", e) && put(jwk, "n", n));
}

/* RFC 5656 section 3.1: the curve's name, then the point, here uncompressed (SEC 1). */
static bool
parse_ecdsa(struct reader *r, const struct kind *kind, json_t *jwk)
{
    struct span curve = take_string(r);
    struct span point = take_string(r);

    if (r->failed || curve.len != strlen(kind->curve) ||
        memcmp(curve.at, kind->curve, curve.len) != 0 || point.len != 1 + 2 * kind->size ||
        point.at[0] != 4) {
        r->failed = true;
        return true;
    }
    return put_text(jwk, "kty", "EC") && put_text(jwk, "crv", kind->crv) &&
           put(jwk, "x", (struct span){point.at + 1, kind->size}) &&
           put(jwk, "y", (struct span){point.at + 1 + kind->size, kind->size});
}

/* RFC 8709 section 4: the raw key. */
static bool
parse_ed25519(struct reader *r, const struct kind *kind, json_t *jwk)
{
    struct span key = take_string(r);

    if (r->failed || key.len != kind->size) {
        r->failed = true;
        return true;
    }
    return put_text(jwk, "kty", "OKP") && put_text(jwk, "crv", kind->crv) && put(jwk, "x", key);
}

static const struct kind kinds[] = {
    {"ssh-ed25519", parse_ed25519, NULL, "Ed25519", 32},
    {"ecdsa-sha2-nistp256", parse_ecdsa, "nistp256", "P-256", 32},
    {"ecdsa-sha2-nistp384", parse_ecdsa, "nistp384", "P-384", 48},
    {"ecdsa-sha2-nistp521", parse_ecdsa, "nistp521", "P-521", 66},
    {"ssh-rsa", parse_rsa, NULL, NULL, 0},
};

/* NULL for a type that has no JWK. */
static const struct kind *
find_kind(struct span type, bool *cert)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        size_t len = strlen(kinds[i].name);

        if (type.len < len || memcmp(type.at, kinds[i].name, len) != 0) {
            continue;
        }
        *cert =
            type.len == len + strlen(CERT) && memcmp(type.at + len, CERT, strlen(CERT)) == 0;
        if (type.len == len || *cert) {
            return &kinds[i];
        }
    }
    return NULL;
}

/* PROTOCOL.certkeys: what stands behind the key of a certificate. */
static void
skip_cert(struct reader *r)
{
    (void)take(r, 8); /* serial */
    if (take_number(r) != USER_CERT) {
        r->failed = true; /* a host's key is nobody's */
    }
    (void)take_string(r); /* key id */
    (void)take_string(r); /* valid principals */
    (void)take(r, 16);    /* valid after and before */
    for (int i = 0; i < 5 && !r->failed; i++) {
        (void)take_string(r); /* critical options, extensions, reserved, signer, signature */
    }
}

static pjwt_verdict
parse(struct reader *r, const struct kind *kind, bool cert, json_t **jwk, struct pjwt_why *why)
{
    PJWT_AUTO(json) json_t *made = json_object();

    if (cert) {
        (void)take_string(r); /* nonce */
    }
    if (made == NULL || !kind->parse(r, kind, made)) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (cert) {
        skip_cert(r);
    }
    if (r->failed || r->left > 0) {
        pjwt_why_set(why, "the ssh key is malformed (%s%s)", kind->name, cert ? CERT : "");
        return PJWT_SAY(SSH_KEY);
    }
    *jwk = pjwt_take(made);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_ssh_key_jwk(const void *blob, size_t len, json_t **jwk, bool *known, struct pjwt_why *why)
{
    struct reader r = {.at = blob, .left = len, .failed = len > PJWT_SSH_BLOB_MAX};
    struct span type = take_string(&r);
    const struct kind *kind = NULL;
    bool cert = false;

    *known = true;
    if (r.failed || type.len == 0) {
        pjwt_why_set(why, "the ssh key is malformed");
        return PJWT_SAY(SSH_KEY);
    }
    kind = find_kind(type, &cert);
    if (kind == NULL) {
        *known = false;
        pjwt_why_set(why, "an ssh key of the kind %.*s cannot be compared",
                     type.len > 64 ? 64 : (int)type.len, (const char *)type.at);
        return PJWT_SAY(SSH_KEY);
    }
    return parse(&r, kind, cert, jwk, why);
}

/* From the alphabet of RFC 4648 section 4 to that of section 5. */
static char
url_digit(char digit)
{
    if (digit == '+') {
        return '-';
    }
    if (digit == '/') {
        return '_';
    }
    return digit;
}

/* RFC 4648 section 4, padded, in the one spelling of each value: the other alphabet's decoder
 * is as strict. */
static bool
decode(const char *text, size_t len, unsigned char blob[PJWT_SSH_BLOB_MAX], size_t *blob_len)
{
    char url[PJWT_BASE64URL_ROOM(PJWT_SSH_BLOB_MAX)];
    size_t digits = len;

    if (len == 0 || len % 4 != 0 || len > sizeof(url)) {
        return false;
    }
    while (digits > len - 2 && text[digits - 1] == '=') {
        digits--;
    }
    for (size_t i = 0; i < digits; i++) {
        url[i] = url_digit(text[i]);
        if (text[i] == '-' || text[i] == '_') {
            return false;
        }
    }
    return pjwt_ok(pjwt_base64url_decode(url, digits, blob, blob_len));
}

pjwt_verdict
pjwt_ssh_key_read(const char *text, size_t len, json_t **jwk, bool *known, struct pjwt_why *why)
{
    const char *space = memchr(text, ' ', len);
    size_t name = space == NULL ? len : (size_t)(space - text);
    unsigned char blob[PJWT_SSH_BLOB_MAX];
    size_t blob_len = 0;

    *known = true;
    if (space == NULL || !decode(space + 1, len - name - 1, blob, &blob_len) ||
        blob_len < 4 + name || memcmp(blob + 4, text, name) != 0 ||
        memcmp(blob,
               (const unsigned char[4]){0, 0, (unsigned char)(name >> 8), (unsigned char)name},
               4) != 0) {
        pjwt_why_set(why, "the ssh key is no algorithm and its base64");
        return PJWT_SAY(SSH_KEY);
    }
    return pjwt_ssh_key_jwk(blob, blob_len, jwk, known, why);
}
