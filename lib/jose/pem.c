/* Which public key is this PEM? */
#include "lib/jose/pem.h"

#include "lib/jose/evp.h"
#include "lib/jose/family.h"

#include <openssl/decoder.h>
#include <string.h>

#define BEGIN  "-----BEGIN "
#define END    "-----END "
#define DASHES "-----"
#define WANTED "PUBLIC KEY" /* RFC 7468 section 13 */
#define BLANKS " \t\r\n"

PJWT_DEFINE_DROP(decoder, OSSL_DECODER_CTX, OSSL_DECODER_CTX_free)

/* What else people have at hand, and how it becomes a public key. The first row whose words end
 * the label counts. */
static const struct {
    const char *ends;
    pjwt_verdict refusal;
    const char *is;
    const char *hint;
} others[] = {
    {"PRIVATE KEY",
     {PJWT_KEY_PRIVATE},
     "a private key",
     "its public part is enough: openssl pkey -in KEY.pem -pubout"},
    {"CERTIFICATE REQUEST",
     {PJWT_KEY_UNUSABLE},
     "a certificate request",
     "take the key out of it: openssl req -in REQUEST.pem -pubkey -noout"},
    {"CERTIFICATE",
     {PJWT_KEY_UNUSABLE},
     "a certificate",
     "take the key out of it: openssl x509 -in CERT.pem -pubkey -noout"},
    {"RSA PUBLIC KEY",
     {PJWT_KEY_UNUSABLE},
     "PKCS #1",
     "convert it: openssl rsa -RSAPublicKey_in -in KEY.pem -pubout"},
    {"SSH2 PUBLIC KEY",
     {PJWT_KEY_UNUSABLE},
     "an ssh key",
     "convert it: ssh-keygen -i -m RFC4716 -f KEY.pub | ssh-keygen -e -m PKCS8 -f /dev/stdin"},
};

bool
pjwt_pem_looks_like(const char *text)
{
    return strstr(text, BEGIN) != NULL;
}

/* The label of the first block; its length in `*len`, NULL when there is no block. */
static const char *
first_label(const char *text, size_t *len)
{
    const char *start = strstr(text, BEGIN);
    const char *end = NULL;

    if (start == NULL) {
        return NULL;
    }
    start += strlen(BEGIN);
    end = strstr(start, DASHES);
    *len = end == NULL ? 0 : (size_t)(end - start);
    return start;
}

static bool
ends_with(const char *label, size_t len, const char *end)
{
    size_t tail = strlen(end);

    return len >= tail && memcmp(label + len - tail, end, tail) == 0;
}

static pjwt_verdict
check_label(const char *text, const char **hint, struct pjwt_why *why)
{
    size_t len = 0;
    const char *label = first_label(text, &len);

    if (label != NULL && len == strlen(WANTED) && memcmp(label, WANTED, len) == 0) {
        return PJWT_SAY(OK);
    }
    for (size_t i = 0; label != NULL && i < sizeof(others) / sizeof(others[0]); i++) {
        if (ends_with(label, len, others[i].ends)) {
            pjwt_why_set(why, "%s", others[i].is);
            *hint = others[i].hint;
            return others[i].refusal;
        }
    }
    pjwt_why_set(why, "no block of " BEGIN WANTED DASHES);
    return PJWT_SAY(KEY_BAD);
}

/* The block and nothing around it: what is not read must not be there. */
static pjwt_verdict
check_alone(const char *text, size_t len, struct pjwt_why *why)
{
    const char *start = text + strspn(text, BLANKS);
    const char *end = strstr(text, END WANTED DASHES);

    pjwt_why_set(why, "something beside one block of " BEGIN WANTED DASHES);
    /* A block that is broken is stepped over by the decoder, which then reads the next one. */
    if (strlen(text) != len || strncmp(start, BEGIN, strlen(BEGIN)) != 0 || end == NULL ||
        strstr(start + 1, BEGIN) != NULL) {
        return PJWT_SAY(KEY_BAD);
    }
    end += strlen(END WANTED DASHES);
    return end[strspn(end, BLANKS)] == '\0' ? PJWT_SAY(OK) : PJWT_SAY(KEY_BAD);
}

static pjwt_verdict
decode(const char *text, size_t len, EVP_PKEY **pkey, struct pjwt_why *why)
{
    const unsigned char *at = (const unsigned char *)text;
    PJWT_AUTO(decoder)
    OSSL_DECODER_CTX *ctx = OSSL_DECODER_CTX_new_for_pkey(
        pkey, "PEM", "SubjectPublicKeyInfo", NULL, EVP_PKEY_PUBLIC_KEY, NULL, NULL);

    if (ctx == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    pjwt_why_set(why, "the block holds no public key");
    return OSSL_DECODER_from_data(ctx, &at, &len) == 1 ? PJWT_SAY(OK) : PJWT_SAY(KEY_BAD);
}

static bool
describe(const struct pjwt_family *f, const EVP_PKEY *pkey, json_t *jwk)
{
    bool one = (f->algs & (f->algs - 1)) == 0;

    if (json_object_set_new(jwk, "kty", json_string(f->kty)) != 0 ||
        (f->crv != NULL && json_object_set_new(jwk, "crv", json_string(f->crv)) != 0)) {
        return false;
    }
    for (unsigned alg = PJWT_ALG_NONE_KNOWN + 1; one && alg < PJWT_ALG_COUNT; alg++) {
        const char *name = pjwt_alg_name((enum pjwt_alg)alg);

        if (f->algs == PJWT_ALG_BIT(alg) &&
            json_object_set_new(jwk, "alg", json_string(name)) != 0) {
            return false;
        }
    }
    return f->to_jwk(f, pkey, false, jwk);
}

pjwt_verdict
pjwt_pem_to_jwk(const char *text, size_t len, json_t **jwk, const char **hint,
                struct pjwt_why *why)
{
    PJWT_QUIET_OPENSSL;
    PJWT_AUTO(pkey) EVP_PKEY *pkey = NULL;
    PJWT_AUTO(json) json_t *made = json_object();
    const struct pjwt_family *family = NULL;

    *hint = NULL;
    if (len > PJWT_PEM_MAX) {
        pjwt_why_set(why, "more than %d bytes of PEM", PJWT_PEM_MAX);
        return PJWT_SAY(KEY_BAD);
    }
    PJWT_TRY(check_label(text, hint, why));
    PJWT_TRY(check_alone(text, len, why));
    PJWT_TRY(decode(text, len, &pkey, why));
    family = pjwt_family_of(pkey);
    if (family == NULL) {
        pjwt_why_set(why, "a key of a kind or curve that we do not verify with");
        return PJWT_SAY(KEY_UNUSABLE);
    }
    if (made == NULL || !describe(family, pkey, made)) {
        return PJWT_SAY(INTERNAL);
    }
    *jwk = pjwt_take(made);
    return PJWT_SAY(OK);
}
