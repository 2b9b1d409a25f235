/* Which key of this issuer does the token mean? */
#include "lib/jose/keyset.h"

#include "lib/base/json.h"
#include "lib/base/secret.h"
#include "lib/jose/jwk_secret.h"
#include "lib/jose/keyset_file.h"

#include <string.h>

/* A token without a kid: which key is usable, and is it the only one? */
struct only_usable {
    pjwt_algs allowed;
    bool mixed;
    struct pjwt_key *key; /* the first one that is usable */
    size_t seen;
    size_t usable;
    size_t doubtful;
    pjwt_verdict last; /* of the last key that is not */
    struct pjwt_why why;
};

struct by_kid {
    const char *kid;
    bool symmetric; /* the whole set must be of shared secrets */
    bool mixed;
    size_t hits;
    struct pjwt_json_span first;
};

static bool
is_object(struct pjwt_json_span element)
{
    return element.len > 0 && element.at[0] == '{';
}

/* The slow way, for a kid that is written with escapes. */
static bool
decoded_kid_is(struct pjwt_json_span element, const char *kid)
{
    PJWT_AUTO(secret_jwk) json_t *jwk = NULL;
    const char *found = NULL;

    return pjwt_ok(pjwt_json_object(element.at, element.len, &jwk)) &&
           pjwt_json_string(jwk, "kid", &found) && found != NULL && strcmp(found, kid) == 0;
}

/* RFC 8725 section 3.10: "The "kid" (key ID) header is used by the relying application to
 * perform key lookup." It is compared byte for byte, and names no file, table or address. */
static bool
kid_is(struct pjwt_json_span element, struct pjwt_json_span raw, const char *kid)
{
    if (raw.at == NULL || raw.at[0] != '"') {
        return false;
    }
    if (memchr(raw.at, '\\', raw.len) != NULL) {
        return decoded_kid_is(element, kid);
    }
    return raw.len == strlen(kid) + 2 && memcmp(raw.at + 1, kid, raw.len - 2) == 0;
}

/* By the spelling that everybody writes: any other counts as no shared secret. */
static bool
is_symmetric(struct pjwt_json_span element)
{
    struct pjwt_json_span kty;

    return pjwt_json_member(element, "kty", &kty) && kty.len == strlen("\"oct\"") &&
           memcmp(kty.at, "\"oct\"", kty.len) == 0;
}

static bool
match_kid(void *context, struct pjwt_json_span element, struct pjwt_json_span kid)
{
    struct by_kid *sought = context;

    if (!is_object(element)) {
        return false;
    }
    if (sought->symmetric && !is_symmetric(element)) {
        sought->mixed = true;
    }
    if (kid_is(element, kid, sought->kid) && sought->hits++ == 0) {
        sought->first = element;
    }
    return true;
}

static pjwt_verdict
not_a_set(struct pjwt_why *why)
{
    pjwt_why_set(why, "no strict JSON object with an array of keys");
    return PJWT_SAY(KEYS_BAD);
}

/* Looks through all of the set: a second key of that name must not go unseen. */
static pjwt_verdict
find_kid(const char *text, size_t len, struct by_kid *sought, struct pjwt_why *why)
{
    if (!pjwt_ok(pjwt_json_scan_named(text, len, "keys", "kid", match_kid, sought))) {
        return not_a_set(why);
    }
    pjwt_why_set(why, "the token says kid %s", sought->kid);
    if (sought->hits == 0) {
        return PJWT_SAY(KID_UNKNOWN);
    }
    return sought->hits == 1 ? PJWT_SAY(OK) : PJWT_SAY(KID_DUPLICATE);
}

static pjwt_verdict
build(struct pjwt_json_span element, pjwt_algs allowed, struct pjwt_key **key,
      struct pjwt_why *why)
{
    PJWT_AUTO(secret_jwk) json_t *jwk = NULL;
    pjwt_verdict parsed = pjwt_json_object(element.at, element.len, &jwk);

    if (parsed.reason == PJWT_JSON) {
        pjwt_why_set(why, "the key is not strict JSON");
        return PJWT_SAY(KEYS_BAD);
    }
    PJWT_TRY(parsed);
    return pjwt_key_from_jwk(jwk, allowed, key, why);
}

static bool
try_element(void *context, struct pjwt_json_span element)
{
    struct only_usable *sought = context;
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    pjwt_verdict verdict = PJWT_SAY(UNSET);

    if (!is_object(element)) {
        return false;
    }
    sought->seen++;
    sought->mixed |= pjwt_algs_symmetric(sought->allowed) && !is_symmetric(element);
    verdict = build(element, sought->allowed, &key, &sought->why);
    if (!pjwt_ok(verdict)) {
        sought->last = verdict;
        sought->doubtful += pjwt_keyset_in_doubt(verdict);
        return true;
    }
    sought->usable++;
    if (sought->key == NULL) {
        sought->key = pjwt_take(key);
    }
    return true;
}

static pjwt_verdict
judge_usable(const struct only_usable *sought, struct pjwt_why *why)
{
    if (sought->mixed) {
        pjwt_why_set(why, "no kid");
        return PJWT_SAY(KEY_MIXED);
    }
    if (sought->usable == 1 && sought->doubtful == 0) {
        return PJWT_SAY(OK);
    }
    if (sought->usable == 0 && sought->seen == 1) {
        *why = sought->why; /* with a single key there is no doubt which one is meant */
        return sought->last;
    }
    pjwt_why_set(why, "no kid, and %zu usable keys%s", sought->usable,
                 sought->doubtful > 0 ? ", others in doubt" : "");
    return PJWT_SAY(KID_MISSING);
}

static pjwt_verdict
select_only(const char *text, size_t len, pjwt_algs allowed, struct pjwt_key **key,
            struct pjwt_why *why)
{
    struct only_usable sought = {.allowed = allowed};
    pjwt_verdict scanned = pjwt_json_scan(text, len, "keys", try_element, &sought);
    PJWT_AUTO(key) struct pjwt_key *found = sought.key;

    if (!pjwt_ok(scanned)) {
        return not_a_set(why);
    }
    PJWT_TRY(judge_usable(&sought, why));
    if (pjwt_key_kid(found) != NULL) {
        PJWT_TRY(find_kid(text, len, &(struct by_kid){.kid = pjwt_key_kid(found)}, why));
    }
    *key = pjwt_take(found);
    return PJWT_SAY(OK);
}

static pjwt_verdict
select_by_kid(const char *text, size_t len, pjwt_algs allowed, const char *kid,
              struct pjwt_key **key, struct pjwt_why *why)
{
    struct by_kid sought = {.kid = kid, .symmetric = pjwt_algs_symmetric(allowed)};
    pjwt_verdict found = find_kid(text, len, &sought, why);

    if (sought.mixed) { /* whichever key is meant */
        return PJWT_SAY(KEY_MIXED);
    }
    PJWT_TRY(found);
    return build(sought.first, allowed, key, why);
}

/* Who reads a shared secret can sign with it: its file must be for the owner's eyes alone. */
static pjwt_verdict
read_set(const char *path, pjwt_algs allowed, char **text, size_t *len, struct pjwt_why *why)
{
    enum pjwt_file_kind kind =
        pjwt_algs_symmetric(allowed) ? PJWT_FILE_SECRET : PJWT_FILE_PUBLIC;

    return pjwt_keyset_file_verdict(
        pjwt_file_read(path, kind, PJWT_KEYSET_BYTES, text, len, why));
}

static pjwt_verdict
select_key(const char *text, size_t len, pjwt_algs allowed, const char *kid,
           struct pjwt_key **key, struct pjwt_why *why)
{
    return kid == NULL ? select_only(text, len, allowed, key, why)
                       : select_by_kid(text, len, allowed, kid, key, why);
}

pjwt_verdict
pjwt_keyset_select(const char *path, pjwt_algs allowed, const struct pjwt_jws *jws,
                   struct pjwt_key **key, struct pjwt_report *report)
{
    PJWT_AUTO(text) char *text = NULL;
    size_t len = 0;
    pjwt_verdict selected = PJWT_SAY(UNSET);

    pjwt_why_set(&report->why, "alg %s", pjwt_jws_alg(jws));
    if ((allowed & pjwt_jws_algs(jws)) == 0) {
        pjwt_why_set(&report->why, "alg %s: `algorithms` does not list it", pjwt_jws_alg(jws));
        return PJWT_SAY(ALG_REFUSED);
    }
    PJWT_TRY(read_set(path, allowed, &text, &len, &report->why));
    selected = select_key(text, len, allowed, pjwt_jws_kid(jws), key, &report->why);
    if (pjwt_algs_symmetric(allowed)) {
        explicit_bzero(text, len);
    }
    PJWT_TRY(selected);
    pjwt_why_set(&report->why, "kid %s, alg %s",
                 pjwt_key_kid(*key) == NULL ? "none" : pjwt_key_kid(*key),
                 pjwt_alg_name(pjwt_key_alg(*key)));
    return PJWT_SAY(OK);
}
