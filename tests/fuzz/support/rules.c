/* Which tokens may log in, said a second time? */
#include "tests/fuzz/support/rules.h"

#include "tests/fuzz/support/rules_policy.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

#define LEEWAY    30
#define LIFETIME  5400
#define YEAR_9999 253402300799

static bool
small(const json_t *value, int depth)
{
    const char *name = NULL;
    json_t *item = NULL;
    size_t i = 0;

    if ((json_is_object(value) || json_is_array(value)) && depth > 8) {
        return false;
    }
    if (json_object_size(value) > 64 || json_array_size(value) > 1024) {
        return false;
    }
    json_object_foreach((json_t *)value, name, item)
    {
        if (!small(item, depth + 1)) {
            return false;
        }
    }
    json_array_foreach(value, i, item)
    {
        if (!small(item, depth + 1)) {
            return false;
        }
    }
    return true;
}

json_t *
rules_strict_object(const char *text, size_t len)
{
    json_t *value = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);

    if (!json_is_object(value) || !small(value, 1)) {
        json_decref(value);
        return NULL;
    }
    return value;
}

bool
rules_absent(const json_t *object, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (json_object_get(object, *names) != NULL) {
            return false;
        }
    }
    return true;
}

/* A string of 1 to `most` bytes; absence is for the caller to judge. */
bool
rules_text(const json_t *value, size_t most)
{
    return json_is_string(value) && json_string_length(value) >= 1 &&
           json_string_length(value) <= most;
}

static bool
is(const json_t *value, const char *words)
{
    return json_is_string(value) && strcmp(json_string_value(value), words) == 0;
}

static bool
typ_good(const json_t *typ)
{
    const char *name = json_string_value(typ);

    if (!rules_text(typ, 64)) {
        return false;
    }
    if (strncasecmp(name, "application/", 12) == 0) {
        name += 12;
    }
    return strcasecmp(name, "at+jwt") == 0 || strcasecmp(name, "pam+jwt") == 0;
}

static bool
header_good(const json_t *header)
{
    static const char *const never[] = {"jwk", "jku", "x5u", "x5c", "crit", "b64",
                                        "zip", "cty", "enc", "epk", NULL};
    const json_t *alg = json_object_get(header, "alg");
    const json_t *kid = json_object_get(header, "kid");

    return rules_absent(header, never) && (is(alg, "Ed25519") || is(alg, "EdDSA")) &&
           (kid == NULL || is(kid, "a")) && typ_good(json_object_get(header, "typ"));
}

static bool
date(const json_t *value)
{
    return json_is_integer(value) && json_integer_value(value) >= 0 &&
           json_integer_value(value) <= YEAR_9999;
}

static bool
times_good(const json_t *claims)
{
    const json_t *exp = json_object_get(claims, "exp");
    const json_t *iat = json_object_get(claims, "iat");
    const json_t *nbf = json_object_get(claims, "nbf");
    const json_t *auth_time = json_object_get(claims, "auth_time");
    json_int_t life = 0;

    if (!date(exp) || !date(iat) || (nbf != NULL && !date(nbf)) ||
        (auth_time != NULL && !date(auth_time))) {
        return false;
    }
    life = json_integer_value(exp) - json_integer_value(iat);
    return life > 0 && life <= LIFETIME && json_integer_value(iat) <= RULES_NOW + LEEWAY &&
           (nbf == NULL || json_integer_value(nbf) <= RULES_NOW + LEEWAY) &&
           RULES_NOW < json_integer_value(exp) + LEEWAY;
}

static bool
aud_good(const json_t *aud)
{
    const json_t *one = NULL;
    bool ours = is(aud, "pam:a") || is(aud, "pam:b");
    size_t i = 0;

    if (!json_is_array(aud)) {
        return ours;
    }
    json_array_foreach(aud, i, one)
    {
        if (!json_is_string(one)) {
            return false;
        }
        ours = ours || is(one, "pam:a") || is(one, "pam:b");
    }
    return ours;
}

/* Bound to nothing, or to the ssh key in hand: by its thumbprint, or by the public key itself.
 */
static bool
binding_good(const json_t *cnf, enum rules_service service)
{
    static const char *const private_parts[] = {"d",  "p",   "q", "dp", "dq",
                                                "qi", "oth", "k", NULL};
    const json_t *jwk = json_object_get(cnf, "jwk");

    if (cnf == NULL) {
        return true;
    }
    /* su knows no ssh key. */
    if (service != RULES_SSHD || !json_is_object(cnf) || json_object_size(cnf) != 1) {
        return false;
    }
    if (jwk == NULL) {
        return is(json_object_get(cnf, "jkt"), RULES_SSH_JKT);
    }
    return rules_absent(jwk, private_parts) && is(json_object_get(jwk, "kty"), "OKP") &&
           is(json_object_get(jwk, "crv"), "Ed25519") &&
           is(json_object_get(jwk, "x"), RULES_SSH_X);
}

/* Tokens of one issuer are good once, so they need a name; none is spent yet. */
static bool
issuer_good(const json_t *iss, const json_t *jti)
{
    return is(iss, "https://idp") || is(iss, "https://two") ||
           (is(iss, "https://once") && jti != NULL);
}

static bool
claims_good(const json_t *claims, enum rules_service service)
{
    static const char *const never[] = {"events", NULL};
    const json_t *jti = json_object_get(claims, "jti");

    return rules_absent(claims, never) && issuer_good(json_object_get(claims, "iss"), jti) &&
           binding_good(json_object_get(claims, "cnf"), service) &&
           rules_text(json_object_get(claims, "sub"), 512) &&
           (jti == NULL || rules_text(jti, 256)) && times_good(claims) &&
           aud_good(json_object_get(claims, "aud")) && rules_user(claims) &&
           rules_required(claims, service);
}

/* A JOSE object is known by "eyJ", which spells 7b 22 and the bits 01 of the next byte. */
bool
rules_looks_like_jose(const char *header, size_t len)
{
    return len >= 3 && header[0] == '{' && header[1] == '"' &&
           (unsigned char)header[2] >> 6 == 1;
}

bool
rules_accept(const char *header, size_t header_len, const char *payload, size_t payload_len,
             enum rules_service service)
{
    json_t *head = NULL;
    json_t *claims = NULL;
    bool good = false;

    if (!rules_looks_like_jose(header, header_len) || (header_len * 4 + 2) / 3 > 4096 ||
        (header_len * 4 + 2) / 3 + (payload_len * 4 + 2) / 3 + 86 + 2 > 16384) {
        return false;
    }
    head = rules_strict_object(header, header_len);
    claims = rules_strict_object(payload, payload_len);
    good = head != NULL && claims != NULL && header_good(head) && claims_good(claims, service);
    json_decref(head);
    json_decref(claims);
    return good;
}
