/* How is a new key for encrypted tokens made, and what is it called? RFC 7517 section 4,
 * RFC 7638. */
#include "lib/base/base64url.h"
#include "lib/jose/jwe_key_inside.h"

#include <openssl/rand.h>
#include <string.h>

#define NAME_BYTES      16 /* of a random kid */
#define THUMBPRINT_SIZE 44

static bool
put(json_t *jwk, const char *name, const char *value)
{
    return json_object_set_new(jwk, name, json_string(value)) == 0;
}

/* Copies a member that must be a string. */
static bool
copy(json_t *to, const json_t *from, const char *name)
{
    json_t *value = json_object_get(from, name);

    return json_is_string(value) && json_object_set(to, name, value) == 0;
}

static const struct pjwt_jwe_family *
family_of(const json_t *jwk)
{
    const char *kty = json_string_value(json_object_get(jwk, "kty"));

    return kty == NULL
               ? NULL
               : pjwt_jwe_family_find(kty, json_string_value(json_object_get(jwk, "crv")));
}

/* The members that make the key what it is, and no other; NULL for a symmetric key. */
static json_t *
required_members(const json_t *jwk)
{
    const struct pjwt_jwe_family *f = family_of(jwk);
    PJWT_AUTO(json) json_t *only = json_object();

    if (f == NULL || f->params[0] == NULL || !copy(only, jwk, "kty") ||
        (f->crv != NULL && !copy(only, jwk, "crv"))) {
        return NULL;
    }
    for (size_t i = 0; f->params[i] != NULL; i++) {
        if (!copy(only, jwk, f->params[i])) {
            return NULL;
        }
    }
    return pjwt_take(only);
}

json_t *
pjwt_jwe_key_public(const json_t *jwk)
{
    static const char *const names[] = {"kid", "alg", "use"};
    PJWT_AUTO(json) json_t *half = required_members(jwk);

    for (size_t i = 0; half != NULL && i < sizeof(names) / sizeof(names[0]); i++) {
        if (json_object_get(jwk, names[i]) != NULL && !copy(half, jwk, names[i])) {
            return NULL;
        }
    }
    return pjwt_take(half);
}

pjwt_verdict
pjwt_jwe_key_thumbprint(const json_t *jwk, char out[THUMBPRINT_SIZE])
{
    PJWT_QUIET_OPENSSL;
    PJWT_AUTO(json) json_t *only = required_members(jwk);
    PJWT_AUTO(text) char *text = NULL;
    unsigned char hash[EVP_MAX_MD_SIZE];
    size_t len = 0;

    if (only == NULL) {
        return PJWT_SAY(KEY_BAD);
    }
    /* RFC 7638 section 3.3: no white space, members in lexicographic order. */
    text = json_dumps(only, JSON_COMPACT | JSON_SORT_KEYS);
    if (text == NULL ||
        EVP_Q_digest(NULL, "SHA256", NULL, text, strlen(text), hash, &len) != 1) {
        return PJWT_SAY(INTERNAL);
    }
    out[pjwt_base64url_encode(hash, len, out)] = '\0';
    return PJWT_SAY(OK);
}

/* RFC 7638 section 7 warns of the thumbprint of a symmetric key: it gets a random name. */
static bool
random_name(char out[THUMBPRINT_SIZE])
{
    unsigned char bytes[NAME_BYTES];

    if (RAND_bytes(bytes, sizeof(bytes)) != 1) {
        return false;
    }
    out[pjwt_base64url_encode(bytes, sizeof(bytes), out)] = '\0';
    return true;
}

/* What does the word of `--alg` ask for? */
struct wish {
    const struct pjwt_jwe_family *family;
    const char *alg; /* as it stands in the JWK */
    size_t bytes;    /* of a symmetric key */
};

static bool
understand(const char *alg, const char *crv, struct wish *wish)
{
    const char *name = strcmp(alg, "dir") == 0 ? pjwt_content_a256gcm.name : alg;
    const struct pjwt_content *content = pjwt_content_find(name);
    enum pjwt_jwe_alg known = pjwt_jwe_alg_from_name(name);
    pjwt_jwe_algs bit = PJWT_JWE_BIT(known);

    wish->alg = name;
    if ((bit & PJWT_JWE_ECDH) != 0) {
        crv = crv == NULL ? "P-256" : crv;
        wish->family = strcmp(crv, "X25519") == 0 ? pjwt_jwe_family_find("OKP", crv)
                                                  : pjwt_jwe_family_find("EC", crv);
        return wish->family != NULL;
    }
    if (crv != NULL) {
        return false;
    }
    wish->family = (bit & pjwt_jwe_rsa.algs) != 0 ? &pjwt_jwe_rsa : &pjwt_jwe_oct;
    wish->bytes = content != NULL ? content->key : known == PJWT_JWE_A128KW ? 16 : 32;
    return content != NULL || known != PJWT_JWE_NONE_KNOWN;
}

bool
pjwt_jwe_key_alg_known(const char *alg)
{
    struct wish wish = {NULL, NULL, 0};

    return understand(alg, NULL, &wish);
}

static pjwt_verdict
make(const struct wish *wish, const char *kid, json_t **jwk)
{
    const struct pjwt_jwe_family *f = wish->family;
    char name[THUMBPRINT_SIZE];

    *jwk = json_object();
    if (!put(*jwk, "kty", f->kty) || (f->crv != NULL && !put(*jwk, "crv", f->crv)) ||
        !put(*jwk, "use", "enc") || !put(*jwk, "alg", wish->alg)) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (!f->generate(f, wish->bytes, *jwk)) {
        return PJWT_SAY(INTERNAL);
    }
    if (kid == NULL && f->params[0] == NULL && !random_name(name)) {
        return PJWT_SAY(INTERNAL);
    }
    if (kid == NULL && f->params[0] != NULL) {
        PJWT_TRY(pjwt_jwe_key_thumbprint(*jwk, name));
    }
    return put(*jwk, "kid", kid == NULL ? name : kid) ? PJWT_SAY(OK) : PJWT_SAY(NO_MEMORY);
}

/* A name that starts with '-' would look like an option on a command line. */
static bool
named_well(const json_t *jwk)
{
    return json_string_value(json_object_get(jwk, "kid"))[0] != '-';
}

pjwt_verdict
pjwt_jwe_key_generate(const char *alg, const char *crv, const char *kid, json_t **jwk)
{
    PJWT_QUIET_OPENSSL;
    PJWT_AUTO(secret_jwk) json_t *made = NULL;
    struct wish wish = {NULL, NULL, 0};

    if (!understand(alg, crv, &wish)) {
        return PJWT_SAY(ALG_UNKNOWN);
    }
    do {
        pjwt_drop_secret_jwk(&made);
        PJWT_TRY(make(&wish, kid, &made));
    } while (kid == NULL && !named_well(made));
    *jwk = pjwt_take(made);
    return PJWT_SAY(OK);
}
