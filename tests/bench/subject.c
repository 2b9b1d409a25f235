/* What is verified? */
#include "tests/bench/subject.h"

#include "lib/base/base64url.h"
#include "lib/jose/key_inside.h"
#include "lib/jose/keyset.h"
#include "lib/jose/segments.h"
#include "lib/jose/sign.h"

#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define KEYS_IN_SET 10
#define LIFETIME    3600 /* seconds */

static char section[] = "corp";
static char iss[] = SUBJECT_ISS;
static char user[] = "preferred_username";
static char jti[] = "jti";
static char *aud[] = {(char[]){SUBJECT_AUD}, (char[]){"pam:prod"}};
static char *typ[] = {(char[]){"at+jwt"}, (char[]){"JWT"}};

static const OSSL_PARAM pss[] = {
    OSSL_PARAM_utf8_string(OSSL_SIGNATURE_PARAM_PAD_MODE, (char[]){"pss"}, 3),
    OSSL_PARAM_utf8_string(OSSL_SIGNATURE_PARAM_MGF1_DIGEST, (char[]){"SHA256"}, 6),
    OSSL_PARAM_utf8_string(OSSL_SIGNATURE_PARAM_PSS_SALTLEN, (char[]){"digest"}, 6),
    OSSL_PARAM_END};

/* The claims of an ordinary access token. */
static bool
sign(struct subject *s, const json_t *private_jwk, const char *kid)
{
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    PJWT_AUTO(json)
    json_t *header = json_pack("{ssssss}", "alg", s->alg, "typ", "JWT", "kid", kid);
    PJWT_AUTO(json)
    json_t *payload =
        json_pack("{ss ss s[ss] sI sI ss ss ss s[ss]}", "iss", SUBJECT_ISS, "sub",
                  "0b7d4a4e-6f0c-4c0d-9a3c-6d5b8f1e2a37", "aud", SUBJECT_AUD, "account", "exp",
                  (json_int_t)(s->now + LIFETIME), "iat", (json_int_t)s->now, "jti",
                  "b3f5c1de-90ab-4cde-8f01-23456789abcd", "preferred_username", "alice", "azp",
                  "ssh-login", "groups", "ssh-users", "admins");
    struct pjwt_why why;

    return pjwt_ok(pjwt_key_from_private_jwk(private_jwk, &key, &why)) &&
           pjwt_ok(pjwt_jws_sign(key, header, payload, &s->token));
}

/* Nine more keys of the same kind before it: what a published set looks like. */
static bool
write_set(struct subject *s, const json_t *jwk, bool secret)
{
    PJWT_AUTO(json) json_t *set = json_pack("{s[]}", "keys");
    json_t *keys = json_object_get(set, "keys");
    struct pjwt_why why;

    for (int i = 1; i < KEYS_IN_SET; i++) {
        PJWT_AUTO(json) json_t *other = json_deep_copy(jwk);
        char kid[32];

        (void)snprintf(kid, sizeof(kid), "another-key-%d", i);
        if (json_object_set_new(other, "kid", json_string(kid)) != 0 ||
            json_array_append(keys, other) != 0) {
            return false;
        }
    }
    return json_array_append(keys, (json_t *)jwk) == 0 &&
           pjwt_ok(pjwt_keyset_store(s->keys, secret, set, &why));
}

/* r and s as DER, which is how EVP takes them. */
static bool
to_der(struct subject *s)
{
    size_t half = s->signature_len / 2;
    BIGNUM *r = BN_bin2bn(s->signature, (int)half, NULL);
    BIGNUM *t = BN_bin2bn(s->signature + half, (int)half, NULL);
    ECDSA_SIG *sig = ECDSA_SIG_new();
    unsigned char *out = s->signature;

    if (ECDSA_SIG_set0(sig, r, t) != 1) {
        return false;
    }
    s->signature_len = (size_t)i2d_ECDSA_SIG(sig, &out);
    ECDSA_SIG_free(sig);
    return true;
}

static bool
fill_bare(struct subject *s, const json_t *jwk, pjwt_algs algs)
{
    struct pjwt_json_span part[3];
    struct pjwt_key *key = NULL;
    struct pjwt_why why;

    if (!pjwt_segments_split(s->token, 3, part) ||
        !pjwt_ok(
            pjwt_base64url_decode(part[2].at, part[2].len, s->signature, &s->signature_len)) ||
        !pjwt_ok(pjwt_key_from_jwk(jwk, algs, &key, &why))) {
        return false;
    }
    s->input.at = (const unsigned char *)part[0].at;
    s->input.len = part[0].len + 1 + part[1].len;
    s->pkey = key->pkey;
    s->digest = strncmp(s->alg, "Ed", 2) == 0 ? NULL : "SHA256";
    s->params = s->alg[0] == 'P' ? pss : NULL;
    return s->alg[1] != 'S' || s->alg[0] != 'E' || to_der(s);
}

static bool
write_pem(struct subject *s)
{
    BIO *bio = BIO_new(BIO_s_mem());
    size_t len = 0;

    if (bio == NULL || PEM_write_bio_PUBKEY(bio, s->pkey) != 1) {
        return false;
    }
    s->pem = calloc(1, 4096);
    return s->pem != NULL && BIO_read_ex(bio, s->pem, 4095, &len) == 1 && BIO_free(bio) == 1;
}

static void
fill_issuer(struct subject *s, pjwt_algs algs)
{
    s->issuer = (struct pjwt_issuer){
        .section = section,
        .iss = iss,
        .algs = algs,
        .hmac = pjwt_algs_symmetric(algs),
        .audience = {aud, sizeof(aud) / sizeof(aud[0])},
        .type = {typ, sizeof(typ) / sizeof(typ[0])},
        .user = user,
        .max_lifetime = LIFETIME,
        .leeway = 30,
        .jti_claim = jti,
    };
}

static bool
fill(struct subject *s, const char *dir)
{
    PJWT_AUTO(json) json_t *private_jwk = NULL;
    pjwt_algs algs = pjwt_algs_from_name(s->alg, strlen(s->alg));
    enum pjwt_alg alg = pjwt_alg_from_name(s->alg, strlen(s->alg));
    bool secret = pjwt_algs_symmetric(algs);

    s->now = (int64_t)time(NULL);
    if (asprintf(&s->keys, "%s/%s.jwks", dir, s->alg) < 0 ||
        !pjwt_ok(pjwt_key_generate(alg, NULL, &s->public_jwk, &private_jwk))) {
        return false;
    }
    if (secret) {
        const char *k = json_string_value(json_object_get(private_jwk, "k"));

        json_decref(s->public_jwk);
        s->public_jwk = json_deep_copy(private_jwk);
        if (!pjwt_ok(pjwt_base64url_decode(k, strlen(k), s->secret, &s->secret_len))) {
            return false;
        }
        /* A JWK that signs may not verify. */
        (void)json_object_del(s->public_jwk, "key_ops");
    }
    fill_issuer(s, algs);
    return sign(s, private_jwk, json_string_value(json_object_get(private_jwk, "kid"))) &&
           write_set(s, s->public_jwk, secret) && fill_bare(s, s->public_jwk, algs) &&
           (secret || write_pem(s));
}

struct subject *
subject_new(const char *alg, const char *dir)
{
    struct subject *s = calloc(1, sizeof(*s));

    if (s == NULL) {
        return NULL;
    }
    s->alg = alg;
    return fill(s, dir) ? s : NULL;
}
