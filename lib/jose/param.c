/* Which bytes does a JWK's parameter hold? */
#include "lib/jose/param.h"

#include "lib/base/base64url.h"

#include <string.h>

/* What does not fit is refused before it is decoded. */
pjwt_verdict
pjwt_param_bytes(const json_t *jwk, const char *name, unsigned char *out, size_t max,
                 size_t *len, struct pjwt_why *why)
{
    const char *text = NULL;

    if (!pjwt_json_string(jwk, name, &text) || text == NULL) {
        pjwt_why_set(why, "%s is absent or no string", name);
        return PJWT_SAY(KEY_BAD);
    }
    if (strlen(text) > PJWT_BASE64URL_ROOM(max)) {
        pjwt_why_set(why, "%s has more than %zu bytes", name, max);
        return PJWT_SAY(KEY_BAD);
    }
    if (!pjwt_ok(pjwt_base64url_decode(text, strlen(text), out, len))) {
        pjwt_why_set(why, "%s is not canonical base64url", name);
        return PJWT_SAY(KEY_BAD);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_param_fixed(const json_t *jwk, const char *name, unsigned char *out, size_t len,
                 struct pjwt_why *why)
{
    size_t found = 0;

    PJWT_TRY(pjwt_param_bytes(jwk, name, out, len, &found, why));
    if (found != len) {
        pjwt_why_set(why, "%s has %zu bytes, not %zu", name, found, len);
        return PJWT_SAY(KEY_BAD);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_param_number(const json_t *jwk, const char *name, BIGNUM **number, struct pjwt_why *why)
{
    unsigned char bytes[PJWT_PARAM_MAX] = {0};
    PJWT_AUTO(bn) BIGNUM *made = BN_secure_new();
    size_t len = 0;

    PJWT_TRY(pjwt_param_bytes(jwk, name, bytes, sizeof(bytes), &len, why));
    /* RFC 7518 section 2, Base64urlUInt: "The octet sequence MUST utilize the minimum number of
     * octets needed to represent the value." */
    if (len == 0 || bytes[0] == 0) {
        pjwt_why_set(why, "%s is empty or starts with a zero octet", name);
        return PJWT_SAY(KEY_BAD);
    }
    if (made == NULL || BN_bin2bn(bytes, (int)len, made) == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    explicit_bzero(bytes, sizeof(bytes)); /* it may have been a private one */
    *number = pjwt_take(made);
    return PJWT_SAY(OK);
}

bool
pjwt_param_put(json_t *jwk, const char *name, const unsigned char *bytes, size_t len)
{
    char text[PJWT_BASE64URL_ROOM(PJWT_PARAM_MAX)];
    size_t chars = pjwt_base64url_encode(bytes, len, text);
    bool put = json_object_set_new(jwk, name, json_stringn(text, chars)) == 0;

    explicit_bzero(text, sizeof(text));
    return put;
}

bool
pjwt_param_put_number(json_t *jwk, const char *name, const EVP_PKEY *pkey, const char *param,
                      size_t len)
{
    PJWT_AUTO(bn) BIGNUM *number = NULL;
    unsigned char bytes[PJWT_PARAM_MAX];
    size_t used = 0;
    bool put = false;

    if (EVP_PKEY_get_bn_param(pkey, param, &number) != 1 ||
        (size_t)BN_num_bytes(number) > sizeof(bytes)) {
        return false;
    }
    used = len > 0 ? len : (size_t)BN_num_bytes(number);
    put = BN_bn2binpad(number, bytes, (int)used) == (int)used &&
          pjwt_param_put(jwk, name, bytes, used);
    explicit_bzero(bytes, sizeof(bytes));
    return put;
}
