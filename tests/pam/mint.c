#include "tests/pam/mint.h"

#include "lib/jose/sign.h"
#include "lib/policy/options.h"
#include "tests/pam/keys.h"
#include "tests/pam/sealing.h"
#include "tests/pam/text.h"

#include <string.h>

#define LIVES 300 /* seconds, unless exp says otherwise */

struct draft {
    const struct test_key *key;
    json_t *header;
    json_t *payload;
    size_t length; /* 0: as it comes */
    int64_t now;
    const char *seal; /* the kid to encrypt for; borrowed from the words */
    char *without;    /* borrowed from the words */
    bool has_iat;
};

int64_t
mint_time(const char *text, int64_t now)
{
    long span = 0;
    bool relative = text[0] == '+' || text[0] == '-';

    if (!relative) {
        return atoll(text);
    }
    if (!pjwt_parse_span(text + 1, &span)) {
        text_die("not a time: %s", text);
    }
    return text[0] == '+' ? now + span : now - span;
}

/* Text, or a JSON value behind NAME. */
static void
put_text(json_t *object, const char *name, const char *text)
{
    if (strcmp(text, "-") == 0) {
        (void)json_object_del(object, name);
    } else {
        (void)json_object_set_new(object, name, json_string(text));
    }
}

static bool
put_json(json_t *object, char *name)
{
    char *value = strchr(name, '=');
    json_t *json = NULL;

    if (value == NULL) {
        return false;
    }
    *value++ = '\0';
    json = json_loads(value, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    return json != NULL && json_object_set_new(object, name, json) == 0;
}

static bool
take_header_word(struct draft *d, char *word)
{
    static const char *const names[] = {"alg", "kid", "typ", "cty"};
    char *value = NULL;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if ((value = text_after(word, names[i])) != NULL) {
            put_text(d->header, names[i], value);
            return true;
        }
    }
    return strncmp(word, "header.", 7) == 0 && put_json(d->header, word + 7);
}

static bool
take_claim_word(struct draft *d, char *word)
{
    static const char *const texts[] = {"sub", "iss", "aud", "jti"};
    static const char *const times[] = {"iat", "exp", "nbf", "auth_time"};
    char *value = NULL;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if ((value = text_after(word, texts[i])) != NULL) {
            put_text(d->payload, texts[i], value);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        if ((value = text_after(word, times[i])) != NULL) {
            d->has_iat = d->has_iat || i == 0;
            (void)json_object_set_new(d->payload, times[i],
                                      json_integer(mint_time(value, d->now)));
            return true;
        }
    }
    if ((value = text_after(word, "user")) != NULL) {
        put_text(d->payload, "preferred_username", value);
        return true;
    }
    return strncmp(word, "claim.", 6) == 0 && put_json(d->payload, word + 6);
}

/* A token as a real issuer makes it, of which only the times are ours. */
static bool
take_shape(struct draft *d, const char *name)
{
    static const char *const times[] = {"iat", "exp", "nbf", "auth_time"};
    PJWT_AUTO(text) char *path = text_format("tests/pam/shapes/%s.json", name);
    PJWT_AUTO(json) json_t *shape = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    json_t *claims = json_object_get(shape, "claims");

    (void)json_object_clear(d->header);
    (void)json_object_clear(d->payload);
    if (json_object_update(d->header, json_object_get(shape, "header")) != 0 ||
        json_object_update(d->payload, claims) != 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        json_t *offset = json_object_get(claims, times[i]);

        if (offset != NULL) {
            (void)json_object_set_new(d->payload, times[i],
                                      json_integer(d->now + json_integer_value(offset)));
        }
    }
    d->has_iat = true;
    return true;
}

static bool
take_word(struct draft *d, char *word)
{
    char *value = NULL;

    if ((value = text_after(word, "shape")) != NULL) {
        return take_shape(d, value);
    }
    if ((value = text_after(word, "key")) != NULL) {
        d->key = keys_get(value);
        if (d->key != NULL) {
            put_text(d->header, "alg", pjwt_alg_name(d->key->alg));
            put_text(d->header, "kid", value);
        }
        return d->key != NULL;
    }
    if ((value = text_after(word, "length")) != NULL) {
        d->length = (size_t)atoll(value);
        return d->length > 0;
    }
    if ((value = text_after(word, "seal")) != NULL) {
        d->seal = value;
        return true;
    }
    if ((value = text_after(word, "without")) != NULL) {
        d->without = value;
        return true;
    }
    return take_header_word(d, word) || take_claim_word(d, word);
}

/* A token that has expired was issued before that. */
static void
settle(struct draft *d)
{
    json_int_t exp = json_integer_value(json_object_get(d->payload, "exp"));
    char *rest = d->without;

    if (!d->has_iat && exp <= d->now) {
        (void)json_object_set_new(d->payload, "iat", json_integer(exp - LIVES));
    }
    for (char *name = rest == NULL ? NULL : strsep(&rest, ","); name != NULL;
         name = strsep(&rest, ",")) {
        (void)json_object_del(d->payload, name);
    }
}

static char *
sign(const struct draft *d, char **error)
{
    PJWT_AUTO(secret) struct pjwt_secret *token = NULL;
    pjwt_verdict v = pjwt_jws_sign(d->key->signer, d->header, d->payload, &token);

    if (!pjwt_ok(v)) {
        *error = text_format("no token: %s", pjwt_code(v));
        return NULL;
    }
    return text_copy(pjwt_secret_bytes(token), pjwt_secret_len(token));
}

static char *
sign_padded(struct draft *d, size_t pad, size_t header_pad, char **error)
{
    PJWT_AUTO(text) char *x = text_copy("", 0);

    text_repeat(&x, 'x', pad);
    for (size_t i = 0; i < pad; i++) { /* no two slices may be equal */
        x[i] = "abcdefghijklmnopqrstuvwxyz"[(i + i / 7 + i / 500) % 26];
    }
    (void)json_object_set_new(d->payload, "pad", json_string(x));
    if (header_pad > 0) { /* base64url has no text of 4n + 1 characters: the header helps out */
        (void)json_object_set_new(d->header, "x", json_string(&"xxxx"[4 - header_pad]));
    }
    return sign(d, error);
}

static char *
sign_to_length(struct draft *d, char **error)
{
    PJWT_AUTO(text) char *bare = sign_padded(d, 0, 0, error);
    size_t guess = 0;

    if (bare == NULL || strlen(bare) > d->length) {
        *error = *error == NULL ? text_format("it is longer than that already") : *error;
        return NULL;
    }
    guess = (d->length - strlen(bare)) * 3 / 4;
    for (size_t header_pad = 0; header_pad < 4; header_pad++) {
        for (size_t pad = guess > 16 ? guess - 16 : 0; pad <= guess + 1; pad++) {
            PJWT_AUTO(text) char *token = sign_padded(d, pad, header_pad, error);

            if (token == NULL || strlen(token) == d->length) {
                return pjwt_take(token);
            }
        }
    }
    *error = text_format("no token has that length");
    return NULL;
}

static void
start(struct draft *d)
{
    d->key = keys_get("es256-a");
    d->header = json_pack("{s:s,s:s,s:s}", "alg", "ES256", "kid", "es256-a", "typ", "at+jwt");
    d->payload = json_pack(
        "{s:s,s:s,s:s,s:s,s:s,s:I,s:I}", "iss", "https://idp.example.com/realms/corp", "aud",
        "pam:web1.example.com", "sub", "f1-alice", "preferred_username", "alice", "jti",
        "id-0001", "iat", (json_int_t)(d->now - 5), "exp", (json_int_t)(d->now + LIVES));
}

char *
mint_token(char *words, int64_t now, char **error)
{
    PJWT_AUTO(json) json_t *header = NULL;
    PJWT_AUTO(json) json_t *payload = NULL;
    PJWT_AUTO(text) char *signed_one = NULL;
    struct draft d = {.now = now};
    char *word = NULL;

    start(&d);
    header = d.header;
    payload = d.payload;
    while ((word = text_word(&words)) != NULL) {
        if (!take_word(&d, word)) {
            *error = text_format("a token cannot have %s", word);
            return NULL;
        }
    }
    settle(&d);
    signed_one = d.length == 0 ? sign(&d, error) : sign_to_length(&d, error);
    return d.seal == NULL || signed_one == NULL ? pjwt_take(signed_one)
                                                : sealing_seal(signed_one, d.seal, error);
}
