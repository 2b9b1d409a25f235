#include "helper/cmd/claims_given.h"

#include "helper/cmd/instant.h"
#include "helper/cmd/say.h"
#include "helper/cmd/ssh_key_file.h"
#include "lib/base/base64url.h"
#include "lib/base/secret.h"
#include "lib/policy/options.h"
#include "lib/policy/pointer.h"
#include "lib/store/random.h"

#include <stdio.h>
#include <string.h>

#define LIFETIME   900 /* seconds, unless --lifetime says otherwise */
#define JTI_BYTES  16
#define CLAIM_ROOM 16384 /* more would not fit a token */

/* `text` as one strict JSON value, NULL when it is none: it must be the only member of an
 * object, because the strict parser reads objects. */
static json_t *
parse_value(const char *text)
{
    PJWT_AUTO(text) char *wrapped = malloc(CLAIM_ROOM);
    PJWT_AUTO(json) json_t *object = NULL;
    int len = wrapped == NULL ? -1 : snprintf(wrapped, CLAIM_ROOM, "{\"v\":%s\n}", text);

    if (len < 0 || len >= CLAIM_ROOM ||
        !pjwt_ok(pjwt_json_object(wrapped, (size_t)len, &object)) ||
        json_object_size(object) != 1) {
        return NULL;
    }
    return json_incref(json_object_get(object, "v"));
}

static enum pjwt_exit
put_claim(const struct pjwt_cmd *cmd, json_t *payload, const char *given)
{
    PJWT_AUTO(json) json_t *value = NULL;
    PJWT_AUTO(text) char *name = NULL;
    const char *equals = strchr(given, '=');

    if (equals == NULL || equals == given) {
        return pjwt_say_usage(cmd, "--claim needs NAME=JSON");
    }
    name = strndup(given, (size_t)(equals - given));
    if (name == NULL) {
        return pjwt_say_verdict(cmd, PJWT_SAY(NO_MEMORY), NULL);
    }
    value = parse_value(equals + 1);
    if (value == NULL) {
        return pjwt_say_usage(cmd,
                              "--claim %s: its value is no JSON; quote a string twice: "
                              "--claim '%s=\"word\"'",
                              name, name);
    }
    if (json_object_set(payload, name, value) != 0) {
        return pjwt_say_usage(cmd, "--claim: the name is no UTF-8");
    }
    return PJWT_EXIT_OK;
}

static enum pjwt_exit
lifetime_of(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer, long *seconds)
{
    const char *text = pjwt_flags_value(&cmd->args, "lifetime");
    char most[PJWT_SPAN_SIZE];

    *seconds = LIFETIME < issuer->max_lifetime ? LIFETIME : issuer->max_lifetime;
    if (text == NULL) {
        return PJWT_EXIT_OK;
    }
    if (!pjwt_parse_span(text, seconds) || *seconds == 0) {
        return pjwt_say_usage(cmd, "--lifetime: %s is no time span such as 90s, 15m or 8h",
                              text);
    }
    if (*seconds > issuer->max_lifetime) {
        pjwt_say_warning(cmd, "logins will refuse it: max_lifetime of [issuer %s] is %s",
                         issuer->section, pjwt_instant_span(issuer->max_lifetime, most));
    }
    return PJWT_EXIT_OK;
}

/* One audience is a string, several are an array: RFC 7519 section 4.1.3. */
static json_t *
audience_of(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(json) json_t *all = json_array();
    size_t place = 0;
    const char *one = NULL;

    while ((one = pjwt_flags_next(&cmd->args, "aud", &place)) != NULL) {
        (void)json_array_append_new(all, json_string(one));
    }
    return json_incref(json_array_size(all) == 1 ? json_array_get(all, 0) : all);
}

/* Until it does not start with '-', which would look like an option to `revoke jti`. */
static json_t *
new_jti(void)
{
    unsigned char random[JTI_BYTES];
    char text[PJWT_BASE64URL_ROOM(JTI_BYTES) + 1] = "-";

    while (text[0] == '-') {
        if (!pjwt_ok(pjwt_random_fill(random, sizeof(random)))) {
            return NULL;
        }
        text[pjwt_base64url_encode(random, sizeof(random), text)] = '\0';
    }
    return json_string(text);
}

static json_t *
standard_claims(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer, long lifetime)
{
    return json_pack("{s:s, s:s, s:o, s:I, s:I, s:o}", "iss", issuer->iss, "sub",
                     pjwt_flags_value(&cmd->args, "sub"), "aud", audience_of(cmd), "iat",
                     (json_int_t)cmd->now, "exp", (json_int_t)cmd->now + lifetime, "jti",
                     new_jti());
}

static void
warn(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer, const json_t *payload)
{
    const char *user = issuer->user;
    const char *aud = NULL;
    size_t place = 0;
    bool meant = false;

    if (user[0] == '/' ? pjwt_pointer_get(payload, user) == NULL
                       : json_object_get(payload, user) == NULL) {
        pjwt_say_warning(cmd,
                         "logins will refuse it: [issuer %s] reads the user from %s; add "
                         "--claim '%s=\"NAME\"'",
                         issuer->section, user, user);
    }
    while ((aud = pjwt_flags_next(&cmd->args, "aud", &place)) != NULL) {
        meant = meant || pjwt_list_has(&issuer->audience, aud);
    }
    if (!meant) {
        pjwt_say_warning(cmd, "logins here will refuse it: audience of [issuer %s] is %s",
                         issuer->section, issuer->audience.item[0]);
    }
}

/* RFC 7800 section 3.1, with the thumbprint of RFC 9449 section 6.1. */
static enum pjwt_exit
bind_to_key(const struct pjwt_cmd *cmd, json_t *payload)
{
    const char *file = pjwt_flags_value(&cmd->args, "ssh-key");
    PJWT_AUTO(text) char *info = NULL;
    char thumbprint[PJWT_THUMBPRINT_SIZE];

    if (file == NULL) {
        return PJWT_EXIT_OK;
    }
    PJWT_OR_EXIT(pjwt_ssh_key_file(cmd, file, &info, thumbprint));
    return json_object_set_new(payload, "cnf", json_pack("{s:s}", "jkt", thumbprint)) == 0
               ? PJWT_EXIT_OK
               : pjwt_say_verdict(cmd, PJWT_SAY(NO_MEMORY), NULL);
}

enum pjwt_exit
pjwt_claims_given(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer,
                  json_t **payload)
{
    PJWT_AUTO(json) json_t *claims = NULL;
    const char *given = NULL;
    size_t place = 0;
    long lifetime = 0;

    PJWT_OR_EXIT(lifetime_of(cmd, issuer, &lifetime));
    claims = standard_claims(cmd, issuer, lifetime);
    if (claims == NULL) {
        return pjwt_say_usage(cmd, "--sub and --aud: UTF-8");
    }
    PJWT_OR_EXIT(bind_to_key(cmd, claims));
    while ((given = pjwt_flags_next(&cmd->args, "claim", &place)) != NULL) {
        PJWT_OR_EXIT(put_claim(cmd, claims, given));
    }
    warn(cmd, issuer, claims);
    *payload = pjwt_take(claims);
    return PJWT_EXIT_OK;
}
