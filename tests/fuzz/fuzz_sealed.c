/* With an oracle that encrypts: does an encrypted token log in exactly when the rules, said a
 * second time, let its header and what is inside pass? */
#include "tests/fuzz/support/edit.h"
#include "tests/fuzz/support/fuzz.h"
#include "tests/fuzz/support/rules.h"
#include "tests/fuzz/support/seal.h"
#include "tests/fuzz/support/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define EDITS        4 /* of the outer header, at most */

static const char *const names[] = {"alg", "enc",  "kid", "cty", "typ", "epk",
                                    "apu", "apv",  "zip", "jwk", "jku", "x5u",
                                    "x5c", "crit", "b64", "p2c", "x",   ""};

static const char *const values[] = {"\"RSA-OAEP-256\"",
                                     "\"RSA-OAEP\"",
                                     "\"RSA1_5\"",
                                     "\"ECDH-ES\"",
                                     "\"ECDH-ES+A128KW\"",
                                     "\"ECDH-ES+A256KW\"",
                                     "\"A128KW\"",
                                     "\"A256KW\"",
                                     "\"dir\"",
                                     "\"DIR\"",
                                     "\"none\"",
                                     "\"A128GCM\"",
                                     "\"A256GCM\"",
                                     "\"A128CBC-HS256\"",
                                     "\"A256CBC-HS512\"",
                                     "\"A192GCM\"",
                                     "\"0\"",
                                     "\"1\"",
                                     "\"4\"",
                                     "\"5\"",
                                     "\"6\"",
                                     "\"07\"",
                                     "\"JWT\"",
                                     "\"jwt\"",
                                     "\"application/JWT\"",
                                     "\"JWE\"",
                                     "\"\"",
                                     "\"DEF\"",
                                     "\"AQ\"",
                                     "\"AR\"",
                                     "\"QUI\"",
                                     "\"QUJD\"",
                                     "\"A\"",
                                     "\"A+/_\"",
                                     "null",
                                     "true",
                                     "0",
                                     "[]",
                                     "{}",
                                     "[\"exp\"]"};

static const struct edit_words outer_words = {names, COUNT(names), values, COUNT(values)};

static const char *const epk_names[] = {"kty", "crv", "x", "y", "d", "k", "priv", "use", "kid"};
static const char *const epk_values[] = {"\"EC\"",     "\"OKP\"", "\"P-256\"", "\"P-384\"",
                                         "\"X25519\"", "\"AA\"",  "\"\"",      "null",
                                         "0",          "{}"};
static const struct edit_words epk_words = {epk_names, COUNT(epk_names), epk_values,
                                            COUNT(epk_values)};

/* What stands in the place of the closing brace. */
static const char *const ends[] = {"}",
                                   "} ",
                                   "}x",
                                   ",}",
                                   "",
                                   ",\"x\":1.5e3}",
                                   ",\"x\":1e999}",
                                   ",\"x\":\"\\ud800\"}",
                                   ",\"enc\":\"A256GCM\"}",
                                   ",\"alg\":\"dir\"}",
                                   ",\"k\\u0069d\":\"0\"}",
                                   ",\"X\":{\"a\":1,\"a\":1}}"};

static json_t *
good_header(const struct seal_plan *plan, const char *kid)
{
    enum pjwt_jwe_alg alg = pjwt_jwe_key_alg(seal_key(plan->which));

    return json_pack("{s:s,s:s,s:s,s:s}", "alg", pjwt_jwe_alg_name(alg), "enc",
                     plan->content->name, "kid", kid, "cty", "JWT");
}

/* Which key seals, and how. */
static void
choose(struct edit_input *in, struct seal_plan *plan, char kid[2])
{
    unsigned byte = edit_take(in);
    const char *only = NULL;

    plan->which = byte % SEAL_KEYS;
    only = pjwt_jwe_key_enc(seal_key(plan->which));
    plan->content = only != NULL ? pjwt_content_find(only) : pjwt_content_at(byte / 8 % 4);
    kid[0] = (char)('0' + plan->which);
}

/* The header's text as it will stand in the token; owned by the caller. */
static char *
spell(struct edit_input *in, const json_t *header)
{
    unsigned byte = edit_take(in);
    const char *end = byte % 4 == 1 ? ends[byte / 4 % COUNT(ends)] : "}";
    char *text = json_dumps(header, JSON_COMPACT);
    char *whole = malloc(strlen(text) + strlen(end) + 1);

    text[strlen(text) - 1] = '\0';
    (void)stpcpy(stpcpy(whole, text), end);
    free(text);
    return whole;
}

/* Its text (owned by the caller), edited before and after the key is hidden; do the rules let
 * it pass? */
static char *
make_header(struct edit_input *in, const struct seal_plan *plan, const char *kid,
            struct seal_parts *parts, bool *opens)
{
    enum pjwt_jwe_alg alg = pjwt_jwe_key_alg(seal_key(plan->which));
    struct rules_seal seal = {pjwt_jwe_alg_name(alg), plan->content->name, kid, NULL};
    PJWT_AUTO(json) json_t *made = NULL;
    char *text = NULL;

    for (unsigned left = edit_take(in) % (EDITS + 1); left > 0; left--) {
        edit_member(in, &outer_words, plan->header);
    }
    FUZZ_MUST(seal_prepare(plan, parts));
    if ((PJWT_JWE_BIT(alg) & PJWT_JWE_ECDH) != 0) {
        seal.epk = made = json_deep_copy(json_object_get(plan->header, "epk"));
        if (edit_take(in) % 4 == 1) {
            edit_member(in, &epk_words, json_object_get(plan->header, "epk"));
        }
    }
    text = spell(in, plan->header);
    *opens = rules_open(text, strlen(text), &seal);
    return text;
}

/* The key belongs to this issuer; another's token inside is refused. */
static bool
is_its_issuers(const struct edit_token *inside)
{
    PJWT_AUTO(json) json_t *claims = rules_strict_object(inside->payload, inside->payload_len);
    const char *iss = json_string_value(json_object_get(claims, "iss"));

    return iss != NULL && strcmp(iss, "https://idp") == 0;
}

static void
compare(const struct edit_token *inside, const struct pjwt_secret *typed, bool opens)
{
    bool expected = opens && pjwt_secret_len(typed) <= 16384 && is_its_issuers(inside) &&
                    rules_accept(inside->header, inside->header_len, inside->payload,
                                 inside->payload_len, RULES_SSHD);
    pjwt_verdict v = world_judge(typed, RULES_SSHD);

    if (pjwt_ok(v) != expected) {
        (void)fprintf(stderr, "%s\n%s\n%s\nverdict: %s; by the rules: %s\n",
                      pjwt_secret_bytes(typed), inside->header, inside->payload, pjwt_code(v),
                      expected ? "accepted" : "refused");
    }
    FUZZ_MUST(pjwt_ok(v) == expected);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct edit_input in = {bytes, len};
    struct seal_plan plan = {0};
    struct seal_parts parts;
    char kid[2] = "";
    PJWT_AUTO(json) json_t *header = NULL;
    PJWT_AUTO(text) char *text = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *inner = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *typed = NULL;
    struct edit_token inside = {0};
    bool opens = false;

    world_prepare(RULES_CONFIG_SEALED, seal_set_text(), NULL);
    choose(&in, &plan, kid);
    plan.header = header = good_header(&plan, kid);
    text = make_header(&in, &plan, kid, &parts, &opens);
    edit_make(in.at, in.left, &inside);
    plan.inner = inner =
        fuzz_signed(inside.header, inside.header_len, inside.payload, inside.payload_len);
    typed = seal_finish(&plan, &parts, text, strlen(text));
    compare(&inside, typed, opens);
    edit_clear(&inside);
    return 0;
}
