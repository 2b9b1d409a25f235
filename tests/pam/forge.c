#include "tests/pam/forge.h"

#include "lib/base/base64url.h"
#include "tests/pam/keys.h"
#include "tests/pam/text.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <string.h>

enum { HEADER, PAYLOAD, SIGNATURE, SEGMENTS };

struct parts {
    char *segment[SEGMENTS];
};

static char *
encode(const void *bytes, size_t len)
{
    PJWT_AUTO(text) char *out = calloc(1, PJWT_BASE64URL_ROOM(len) + 1);

    if (out == NULL) {
        abort();
    }
    return text_copy(out, pjwt_base64url_encode(bytes, len, out));
}

static void
replace(struct parts *parts, int segment, char *text)
{
    free(parts->segment[segment]);
    parts->segment[segment] = text;
}

static void
forge_none(struct parts *parts)
{
    static const char header[] = "{\"alg\":\"none\",\"kid\":\"es256-a\",\"typ\":\"at+jwt\"}";

    replace(parts, HEADER, encode(header, sizeof(header) - 1));
    replace(parts, SIGNATURE, text_copy("", 0));
}

/* The classic confusion: what is public for a signature taken as a secret for a MAC. */
static bool
forge_hs256(struct parts *parts, const char *name)
{
    static const char header[] = "{\"alg\":\"HS256\",\"kid\":\"%s\",\"typ\":\"at+jwt\"}";
    const struct test_key *key = keys_get(name);
    PJWT_AUTO(text) char *said = text_format(header, name);
    PJWT_AUTO(text) char *input = NULL;
    PJWT_AUTO(text) char *secret = NULL;
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned len = 0;

    if (key == NULL) {
        return false;
    }
    replace(parts, HEADER, encode(said, strlen(said)));
    input = text_format("%s.%s", parts->segment[HEADER], parts->segment[PAYLOAD]);
    secret = json_dumps(key->public_jwk, JSON_COMPACT);
    if (HMAC(EVP_sha256(), secret, (int)strlen(secret), (unsigned char *)input, strlen(input),
             mac, &len) == NULL) {
        return false;
    }
    replace(parts, SIGNATURE, encode(mac, len));
    return true;
}

static bool
forge_flip(struct parts *parts, const char *where)
{
    static const char *const names[SEGMENTS] = {"header", "payload", "signature"};
    const char *colon = strchr(where, ':');
    unsigned char bytes[8192];
    size_t len = 0;
    long at = colon == NULL ? 0 : atol(colon + 1);

    for (int i = 0; i < SEGMENTS && colon != NULL; i++) {
        const char *text = parts->segment[i];

        if (strncmp(where, names[i], (size_t)(colon - where)) != 0 ||
            PJWT_BASE64URL_BYTES(strlen(text)) > sizeof(bytes) ||
            !pjwt_ok(pjwt_base64url_decode(text, strlen(text), bytes, &len))) {
            continue;
        }
        at = at < 0 ? (long)len + at : at;
        if (at < 0 || (size_t)at >= len) {
            return false;
        }
        bytes[at] ^= 1;
        replace(parts, i, encode(bytes, len));
        return true;
    }
    return false;
}

static bool
change(struct parts *parts, char *word)
{
    char *value = NULL;

    if (strcmp(word, "none") == 0) {
        forge_none(parts);
        return true;
    }
    if ((value = text_after(word, "hs256")) != NULL) {
        return forge_hs256(parts, value);
    }
    if ((value = text_after(word, "flip")) != NULL) {
        return forge_flip(parts, value);
    }
    if ((value = text_after(word, "header")) != NULL) {
        replace(parts, HEADER, encode(value, strlen(value)));
        return true;
    }
    if ((value = text_after(word, "payload")) != NULL) {
        replace(parts, PAYLOAD, encode(value, strlen(value)));
        return true;
    }
    return false;
}

char *
forge_token(const char *token, char *words, char **error)
{
    PJWT_AUTO(text) char *copy = text_copy(token, strlen(token));
    struct parts parts = {{NULL}};
    char *rest = copy;
    char *word = NULL;
    char *forged = NULL;

    for (int i = 0; i < SEGMENTS; i++) {
        char *segment = strsep(&rest, ".");

        parts.segment[i] =
            text_copy(segment == NULL ? "" : segment, segment ? strlen(segment) : 0);
    }
    while ((word = text_word(&words)) != NULL && *error == NULL) {
        if (!change(&parts, word)) {
            *error = text_format("no such forgery: %s", word);
        }
    }
    if (*error == NULL) {
        forged = text_format("%s.%s.%s", parts.segment[HEADER], parts.segment[PAYLOAD],
                             parts.segment[SIGNATURE]);
    }
    for (int i = 0; i < SEGMENTS; i++) {
        free(parts.segment[i]);
    }
    return forged;
}
