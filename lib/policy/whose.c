/* Which local user does the token name? */
#include "lib/policy/whose.h"

#include "lib/policy/claim.h"
#include "lib/policy/listing.h"
#include "lib/policy/user.h"
#include "lib/policy/user_map.h"

#include <string.h>

static pjwt_verdict
read_claim(const json_t *claims, const char *name, char value[PJWT_SUB_MAX],
           struct pjwt_why *why)
{
    const json_t *found = pjwt_claim_get(claims, name);
    const char *text = json_string_value(found);

    if (text == NULL || *text == '\0') {
        pjwt_why_set(why, "%.128s is %s: set `user` to the claim that names the user", name,
                     found == NULL  ? "absent"
                     : text == NULL ? "no string"
                                    : "empty");
        return PJWT_SAY(USER_CLAIM);
    }
    PJWT_TRY(pjwt_claim_text(found, name, value, PJWT_SUB_MAX, why));
    pjwt_why_set(why, "%.96s is %.128s", name, value);
    return PJWT_SAY(OK);
}

/* alice@evil.example must not become alice where user_strip = @corp.example: what does not end
 * in it is refused, and never passed on as it stands. */
static pjwt_verdict
strip(const char *suffix, char *value, struct pjwt_why *why)
{
    size_t len = strlen(value);
    size_t cut = strlen(suffix);

    if (len <= cut || strcmp(value + len - cut, suffix) != 0) {
        pjwt_why_set(why, "%.96s: user_strip = %.64s %s", value, suffix,
                     len == cut && strcmp(value, suffix) == 0 ? "leaves nothing of it"
                                                              : "is not its end");
        return PJWT_SAY(USER_SUFFIX);
    }
    value[len - cut] = '\0';
    pjwt_why_set(why, "%.96s, without %.64s", value, suffix);
    return PJWT_SAY(OK);
}

static pjwt_verdict
as_it_stands(const struct pjwt_issuer *issuer, const char *value, char user[PJWT_USER_MAX],
             struct pjwt_why *why)
{
    if (!pjwt_user_name_valid(value)) {
        pjwt_why_set(
            why, "%.96s is %.64s: no local user name; set `user`, `user_strip` or `user_map`",
            issuer->user, value);
        return PJWT_SAY(USER_NAME);
    }
    memcpy(user, value, strlen(value) + 1);
    pjwt_why_set(why, "%.128s is %s", issuer->user, user);
    return PJWT_SAY(OK);
}

/* The map's users of `value`: the one asked for, and all of them in words. */
static pjwt_verdict
choose(const struct pjwt_user_map *map, const char *path, const char *value, const char *asked,
       char user[PJWT_USER_MAX], struct pjwt_why *why)
{
    struct pjwt_listing users = {0};
    const char *chosen = NULL;
    const char *one = NULL;

    for (size_t at = 0; (one = pjwt_user_map_next(map, value, &at)) != NULL;) {
        pjwt_listing_add(&users, one);
        if (chosen == NULL && (asked == NULL || strcmp(one, asked) == 0)) {
            chosen = one;
        }
    }
    if (users.text[0] == '\0') {
        pjwt_why_set(why, "%.96s has no line in %.96s: add `USER VALUE`", value, path);
        return PJWT_SAY(USER_UNMAPPED);
    }
    if (chosen == NULL) {
        pjwt_why_set(why, "the credential is for %s, the login for %.64s", users.text, asked);
        return PJWT_SAY(USER_MISMATCH);
    }
    memcpy(user, chosen, strlen(chosen) + 1);
    pjwt_why_set(why, "%.96s is %s by %.96s", value, users.text, path);
    return PJWT_SAY(OK);
}

static pjwt_verdict
by_map(const struct pjwt_config *config, const char *name, const char *value, const char *asked,
       char user[PJWT_USER_MAX], struct pjwt_why *why)
{
    PJWT_AUTO(user_map) struct pjwt_user_map *map = NULL;
    PJWT_AUTO(text) char *path = pjwt_config_path(config->dir, name);

    if (path == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    PJWT_TRY(pjwt_user_map_load(path, &map, why));
    return choose(map, path, value, asked, user, why);
}

pjwt_verdict
pjwt_whose(const struct pjwt_config *config, const struct pjwt_issuer *issuer,
           const json_t *claims, const char *asked, char user[PJWT_USER_MAX],
           struct pjwt_report *report)
{
    struct pjwt_why *why = &report->why;
    char value[PJWT_SUB_MAX] = "";

    PJWT_CHECK(report, "user claim", read_claim(claims, issuer->user, value, why));
    if (issuer->user_strip != NULL) {
        PJWT_CHECK(report, "user suffix", strip(issuer->user_strip, value, why));
    }
    if (issuer->user_map != NULL) {
        PJWT_CHECK(report, "user map",
                   by_map(config, issuer->user_map, value, asked, user, why));
        return PJWT_SAY(OK);
    }
    PJWT_CHECK(report, "user named", as_it_stands(issuer, value, user, why));
    return PJWT_SAY(OK);
}
