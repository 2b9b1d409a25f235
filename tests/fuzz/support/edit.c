/* Which token does the fuzzer's input ask for? */
#include "tests/fuzz/support/edit.h"

#include "tests/fuzz/support/rules.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define EDITS 8 /* at most, in one token */

struct input {
    const uint8_t *at;
    size_t left;
};

static const char *const names[] = {"alg", "kid",    "typ",   "iss", "aud", "sub", "exp",
                                    "iat", "nbf",    "login", "jti", "cnf", "jwk", "jku",
                                    "x5u", "x5c",    "crit",  "b64", "zip", "cty", "enc",
                                    "epk", "events", "scope", "Alg", "ALG", "x",   ""};

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
    "[\"exp\"]"};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static unsigned
take(struct input *in)
{
    if (in->left == 0) {
        return 0;
    }
    in->left--;
    return *in->at++;
}

/* Seconds around the rules' edges: exactly there, or up to 32768 away. */
static json_t *
instant(struct input *in)
{
    static const int edges[] = {0, 30, -30, 31, -31, 29, -29, 5400, -5400, 5401, 5430};
    unsigned edge = take(in);
    int away = (int)(take(in) << 8);

    away = away + (int)take(in) - 32768;
    return json_integer(RULES_NOW + (edge < COUNT(edges) ? edges[edge] : away));
}

static json_t *
words(struct input *in)
{
    char text[600];
    unsigned byte = take(in);
    size_t len = (take(in) << 1) % sizeof(text);

    if (byte % 2 == 0) {
        memset(text, (int)byte, len); /* long ones, for the caps */
    } else {
        len = len < in->left ? len : in->left;
        memcpy(text, in->at, len);
        in->at += len;
        in->left -= len;
    }
    return json_stringn(text, len);
}

static json_t *
value(struct input *in)
{
    unsigned kind = take(in);

    switch (kind % 4) {
    case 0:
        return instant(in);
    case 1:
        return words(in);
    default:
        return json_loads(values[take(in) % COUNT(values)], JSON_DECODE_ANY, NULL);
    }
}

static void
edit(struct input *in, json_t *object)
{
    unsigned how = take(in);
    const char *name = names[take(in) % COUNT(names)];

    if (how % 4 == 0) {
        (void)json_object_del(object, name);
    } else {
        (void)json_object_set_new(object, name, value(in)); /* NULL changes nothing */
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

static void
make_edited(struct input *in, struct edit_token *token)
{
    json_t *header = good_header();
    json_t *claims = good_claims();

    for (size_t i = 0; i < EDITS && in->left > 0; i++) {
        edit(in, take(in) % 3 == 0 ? header : claims);
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
    const uint8_t *newline = len == 0 ? NULL : memchr(bytes, '\n', len);

    if (newline == NULL || bytes[0] != '{') {
        make_edited(&(struct input){bytes, len}, token);
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
