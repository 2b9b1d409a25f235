/* Which of our keys does an encrypted token mean? */
#include "lib/jose/jwe_keyset.h"

#include "lib/base/json.h"
#include "lib/jose/keyset.h"
#include "lib/jose/keyset_file.h"

#include <string.h>

struct search {
    const char *kid; /* NULL: any key that is usable */
    size_t which;    /* the set that is looked at */

    size_t seen;
    size_t hits;
    size_t doubtful;
    size_t place; /* the set of the first hit */
    struct pjwt_jwe_key *key;
    pjwt_verdict refusal; /* of the only key that was meant */
    struct pjwt_why why;
};

static void
search_end(struct search *s)
{
    pjwt_jwe_key_free(s->key);
}

/* With a kid every key of that name counts, usable or not: it must be single. */
static void
look_at(struct search *s, const json_t *jwk)
{
    const char *kid = json_string_value(json_object_get(jwk, "kid"));
    PJWT_AUTO(jwe_key) struct pjwt_jwe_key *key = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    s->seen++;
    if (s->kid != NULL && (kid == NULL || strcmp(kid, s->kid) != 0)) {
        return;
    }
    v = pjwt_jwe_key_from_jwk(jwk, PJWT_JWE_OPENS, &key, &s->why);
    if (!pjwt_ok(v)) {
        s->refusal = v;
        s->doubtful += pjwt_keyset_in_doubt(v);
    }
    if ((pjwt_ok(v) || s->kid != NULL) && s->hits++ == 0) {
        s->place = s->which;
        s->key = pjwt_take(key);
    }
}

/* A set that is not there is no empty one: the config names it. */
static pjwt_verdict
search_set(struct search *s, const char *path, struct pjwt_why *why)
{
    PJWT_AUTO(secret_set) json_t *set = NULL;
    const json_t *keys = NULL;

    PJWT_TRY(pjwt_keyset_file_verdict(pjwt_file_check(path, PJWT_FILE_SECRET, why)));
    PJWT_TRY(pjwt_keyset_load(path, true, &set, why));
    keys = json_object_get(set, "keys");
    for (size_t i = 0; i < json_array_size(keys); i++) {
        look_at(s, json_array_get(keys, i));
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
judge_by_kid(const struct search *s, struct pjwt_why *why)
{
    pjwt_why_set(why, "kid %s, among the decryption keys", s->kid);
    if (s->hits == 0) {
        return PJWT_SAY(KID_UNKNOWN);
    }
    if (s->hits > 1) {
        return PJWT_SAY(KID_DUPLICATE);
    }
    if (s->key == NULL) {
        *why = s->why;
        return s->refusal;
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
judge_only(const struct search *s, struct pjwt_why *why)
{
    if (s->hits == 1 && s->doubtful == 0) {
        return PJWT_SAY(OK);
    }
    if (s->hits == 0 && s->seen == 1) {
        *why = s->why; /* with a single key there is no doubt which one is meant */
        return s->refusal;
    }
    pjwt_why_set(why, "no kid, and %zu usable decryption keys%s", s->hits,
                 s->doubtful > 0 ? ", others in doubt" : "");
    return PJWT_SAY(KID_MISSING);
}

pjwt_verdict
pjwt_jwe_keyset_select(const char *const *path, size_t count, const struct pjwt_jwe *jwe,
                       struct pjwt_jwe_key **key, size_t *which, struct pjwt_report *report)
{
    struct search s __attribute__((cleanup(search_end))) = {.kid = pjwt_jwe_kid(jwe)};

    for (s.which = 0; s.which < count; s.which++) {
        PJWT_TRY(search_set(&s, path[s.which], &report->why));
    }
    PJWT_TRY(s.kid != NULL ? judge_by_kid(&s, &report->why) : judge_only(&s, &report->why));
    pjwt_why_set(&report->why, "kid %s, alg %s",
                 pjwt_jwe_key_kid(s.key) == NULL ? "none" : pjwt_jwe_key_kid(s.key),
                 pjwt_jwe_alg_name(pjwt_jwe_key_alg(s.key)));
    *which = s.place;
    *key = pjwt_take(s.key);
    return PJWT_SAY(OK);
}
