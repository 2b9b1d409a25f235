/* Which token does the fuzzer's input ask for? */
#include "tests/fuzz/support/edit.h"

#include "tests/fuzz/support/rules.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define EDITS 8 /* at most, in one token */

static const char *const names[] = {"alg",
                                    "kid",
                                    "typ",
                                    "iss",
                                    "aud",
                                    "sub",
                                    "exp",
                                    "iat",
                                    "nbf",
                                    "login",
                                    "jti",
                                    "cnf",
                                    "jwk",
                                    "jku",
                                    "x5u",
                                    "x5c",
                                    "crit",
                                    "b64",
                                    "zip",
                                    "cty",
                                    "enc",
                                    "epk",
                                    "events",
                                    "scope",
                                    "Alg",
                                    "ALG",
                                    "x",
                                    "",
                                    "who",
                                    "groups",
                                    "email_verified",
                                    "acr",
                                    "auth_time"};

static const char *const values[] = {
    "\"Ed25519\"",
    "\"EdDSA\"",
    "\"ES256\"",
    "\"none\"",
    "\"HS256\"",
    "\"ed25519\"",
    "\"a\"",
    "\"A\"",
    "\"at+jwt\"",
    "\"AT+JWT\"",
    "\"application/at+jwt\"",
    "\"Application/PAM+jwt\"",
    "\"application/application/at+jwt\"",
    "\"JWT\"",
    "\"https://idp\"",
    "\"https://idp/\"",
    "\"pam:a\"",
    "\"pam:b\"",
    "\"PAM:a\"",
    "[\"x\",\"pam:b\"]",
    "[\"pam:a\",1]",
    "[]",
    "[[\"pam:a\"]]",
    "\"alice\"",
    "\"bob\"",
    "\"Alice\"",
    "\"root\"",
    "\"\"",
    "null",
    "true",
    "0",
    "-1",
    "1.5",
    "1767225600.0",
    "253402300799",
    "253402300800",
    "9223372036854775807",
    "{}",
    "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}",
    "{\"jkt\":\"x\"}",
    "[\"exp\"]",
    "\"https://two\"",
    "\"a1@corp\"",
    "\"shared@corp\"",
    "\"b1@corp\"",
    "\"a1\"",
    "\"a1@corp@corp\"",
    "\"@corp\"",
    "\"alice@corp\"",
    "\"ssh\"",
    "7",
    "\"7\"",
    "[7,\"x\"]",
    "[\"x\",\"ssh\"]",
    "[[\"ssh\"]]",
    "\"true\"",
    "[true]",
    "false",
    "\"login\"",
    "\"openid login\"",
    "\"logins xlogin\"",
    "[\"login\"]",
    "[\"a login\"]",
    "\"mfa\"",
    "[\"mfa\"]",
    "{\"0\":\"mfa\"}",
    "{\"0\":[1,true]}",
    "[[\"mfa\"]]",
    "[[[\"mfa\"]]]",
    "\"https://once\"",
    "{\"jkt\":\"" RULES_SSH_JKT "\"}",
    "{\"jwk\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" RULES_SSH_X "\"}}",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct edit_words signed_words = {names, COUNT(names), values, COUNT(values)};

unsigned
edit_take(struct edit_input *in)
{
    if (in->left == 0) {
        return 0;
    }
    in->left--;
    return *in->at++;
}

/* Seconds around the edges of the rules (the good iat is a minute ago): there, or anywhere. */
static json_t *
instant(struct edit_input *in)
{
    static const int edges[] = {0,    30,   -30,  31,  -31, 29,     -29,
                                5339, 5340, 5341, -60, -61, -43230, -43231};
    unsigned edge = edit_take(in);
    int away = (int)(edit_take(in) << 8);

    away = away + (int)edit_take(in) - 32768;
    return json_integer(RULES_NOW + (edge % 2 == 0 ? edges[edge / 2 % COUNT(edges)] : away));
}

/* Long ones around the caps, or what comes next in the input. */
static json_t *
words(struct edit_input *in)
{
    static const size_t edges[] = {0, 1, 63, 64, 65, 255, 256, 257, 511, 512, 513};
    char text[600];
    unsigned byte = edit_take(in);
    size_t len = edit_take(in);

    if (byte % 2 == 0) {
        len = edges[len % COUNT(edges)];
        memset(text, 'a' + (int)byte % 26, len);
    } else {
        len = len < in->left ? len : in->left;
        memcpy(text, in->at, len);
        in->at += len;
        in->left -= len;
    }
    return json_stringn(text, len);
}

static json_t *
value(struct edit_input *in, const struct edit_words *vocabulary)
{
    unsigned kind = edit_take(in);

    switch (kind % 4) {
    case 0:
        return instant(in);
    case 1:
        return words(in);
    default:
        return json_loads(vocabulary->values[edit_take(in) % vocabulary->values_count],
                          JSON_DECODE_ANY, NULL);
    }
}

void
edit_member(struct edit_input *in, const struct edit_words *vocabulary, json_t *object)
{
    unsigned how = edit_take(in);
    const char *name = vocabulary->names[edit_take(in) % vocabulary->names_count];

    if (how % 4 == 0) {
        (void)json_object_del(object, name);
    } else {
        (void)json_object_set_new(object, name,
                                  value(in, vocabulary)); /* NULL changes nothing */
    }
}

static json_t *
good_header(void)
{
    return json_pack("{s:s,s:s,s:s}", "alg", "Ed25519", "kid", "a", "typ", "at+jwt");
}

static json_t *
good_claims(void)
{
    return json_pack("{s:s,s:s,s:s,s:s,s:I,s:I}", "iss", "https://idp", "aud", "pam:a", "sub",
                     "1", "login", RULES_USER, "iat", (json_int_t)RULES_NOW - 60, "exp",
                     (json_int_t)RULES_NOW + 600);
}

/* A token that needs every rule of its issuer's section and of the service su. */
static json_t *
good_second_claims(void)
{
    return json_pack("{s:s,s:s,s:s,s:s,s:[s,s],s:b,s:s,s:[s],s:I,s:I,s:I}", "iss",
                     "https://two", "aud", "pam:b", "sub", "1", "who", "a1@corp", "groups",
                     "users", "ssh", "email_verified", 1, "scope", "openid login", "acr", "mfa",
                     "auth_time", (json_int_t)RULES_NOW - 600, "iat",
                     (json_int_t)RULES_NOW - 60, "exp", (json_int_t)RULES_NOW + 600);
}

/* Spreads the input over 24 bytes in which all values are equally likely: few edits, anywhere.
 * FNV-1a, then the steps of splitmix64. */
static void
spread(const uint8_t *bytes, size_t len, uint8_t out[24])
{
    uint64_t state = 0xcbf29ce484222325U;

    for (size_t i = 0; i < len; i++) {
        state = (state ^ bytes[i]) * 0x100000001b3U;
    }
    for (size_t i = 0; i < 24; i++) {
        uint64_t z = state += 0x9e3779b97f4a7c15U;

        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        out[i] = (uint8_t)(z >> 56);
    }
}

static void
make_edited(struct edit_input *in, size_t edits, bool second, struct edit_token *token)
{
    json_t *header = good_header();
    json_t *claims = second ? good_second_claims() : good_claims();

    for (size_t i = 0; i < edits && in->left > 0; i++) {
        edit_member(in, &signed_words, edit_take(in) % 3 == 0 ? header : claims);
    }
    token->header = json_dumps(header, JSON_COMPACT);
    token->payload = json_dumps(claims, JSON_COMPACT);
    token->header_len = strlen(token->header);
    token->payload_len = strlen(token->payload);
    json_decref(header);
    json_decref(claims);
}

static char *
copy(const uint8_t *bytes, size_t len)
{
    char *text = malloc(len + 1);

    memcpy(text, bytes, len);
    text[len] = '\0';
    return text;
}

void
edit_make(const uint8_t *bytes, size_t len, struct edit_token *token)
{
    bool second = len / 4 % 2 == 1;
    uint8_t even[24];
    const uint8_t *newline = len == 0 ? NULL : memchr(bytes, '\n', len);

    if ((newline == NULL || bytes[0] != '{') && len % 2 == 0) {
        make_edited(&(struct edit_input){bytes, len}, EDITS, second, token);
        return;
    }
    if (newline == NULL || bytes[0] != '{') {
        spread(bytes, len, even);
        make_edited(&(struct edit_input){even, sizeof(even)}, 1 + len / 2 % 2, second, token);
        return;
    }
    token->header_len = (size_t)(newline - bytes);
    token->header = copy(bytes, token->header_len);
    token->payload_len = len - token->header_len - 1;
    token->payload = copy(newline + 1, token->payload_len);
}

void
edit_clear(struct edit_token *token)
{
    free(token->header);
    free(token->payload);
}
