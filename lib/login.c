#include "lib/login.h"

#include "lib/decrypt.h"
#include "lib/jose/jws.h"
#include "lib/jose/keyset.h"
#include "lib/login_ticket.h"
#include "lib/policy/binding.h"
#include "lib/policy/claims.h"
#include "lib/policy/demands.h"
#include "lib/policy/group.h"
#include "lib/policy/whose.h"
#include "lib/store/admit.h"
#include "lib/store/replay.h"
#include "lib/store/revocations.h"
#include "lib/store/ticket_claims.h"
#include "lib/store/ticket_text.h"
#include "lib/store/tickets.h"

#include <string.h>

enum kind { KIND_TICKET, KIND_TOKEN, KIND_ENCRYPTED };

static bool
starts_with(const struct pjwt_secret *typed, const char *prefix)
{
    size_t len = strlen(prefix);

    return pjwt_secret_len(typed) >= len && memcmp(pjwt_secret_bytes(typed), prefix, len) == 0;
}

static size_t
count_dots(const struct pjwt_secret *typed)
{
    const char *bytes = pjwt_secret_bytes(typed);
    size_t dots = 0;

    for (size_t i = 0; i < pjwt_secret_len(typed); i++) {
        dots += bytes[i] == '.';
    }
    return dots;
}

/* By its first characters alone; what those promise is checked by the parser of that kind. */
static pjwt_verdict
kind_of(const struct pjwt_secret *typed, enum kind *kind, struct pjwt_report *report)
{
    if (pjwt_secret_len(typed) == 0) {
        return PJWT_SAY(EMPTY);
    }
    if (starts_with(typed, PJWT_TICKET_PREFIX)) {
        *kind = KIND_TICKET;
        return PJWT_SAY(OK);
    }
    if (starts_with(typed, "eyJ") && count_dots(typed) == 4) {
        *kind = KIND_ENCRYPTED; /* RFC 7516 section 9: five segments are a JWE */
        return PJWT_SAY(OK);
    }
    if (starts_with(typed, "eyJ") && count_dots(typed) == 2) {
        *kind = KIND_TOKEN;
        return PJWT_SAY(OK);
    }
    if (starts_with(typed, "\x08\n\r\x7fINCORRECT")) {
        pjwt_why_set(&report->why, "sshd's filler: sshd itself does not admit this user");
    }
    return PJWT_SAY(MALFORMED);
}

static pjwt_verdict
accepted_kind(const struct pjwt_service *service, enum kind kind, struct pjwt_report *report)
{
    bool accepted = kind == KIND_TICKET ? service->ticket : service->jwt;
    const char *cure = accepted ? "" : "; `accept` of this service does not list it";

    pjwt_why_set(&report->why, "%s%s",
                 kind == KIND_TICKET  ? "a ticket"
                 : kind == KIND_TOKEN ? "a token"
                                      : "an encrypted token",
                 cure);
    return accepted ? PJWT_SAY(OK) : PJWT_SAY(KIND_REFUSED);
}

/* The claimed iss is good for choosing whose keys to try, and for nothing else. RFC 8725
 * section 3.8: "the application MUST validate that the cryptographic keys used for the
 * cryptographic operations in the JWT belong to the issuer." */
static pjwt_verdict
find_issuer(const struct pjwt_config *config, const struct pjwt_service *service,
            const struct pjwt_jws *jws, const struct pjwt_issuer **issuer,
            struct pjwt_report *report)
{
    const char *iss = pjwt_jws_claimed_iss(jws);
    const struct pjwt_issuer *found = NULL;

    if (iss == NULL) {
        return PJWT_SAY(ISSUER_MISSING);
    }
    pjwt_why_set(&report->why, "the token says iss %s", iss);
    found = pjwt_config_issuer_by_iss(config, iss);
    if (found == NULL) {
        return PJWT_SAY(ISSUER_UNKNOWN);
    }
    pjwt_report_name(report->issuer, sizeof(report->issuer), found->section);
    if (service->issuers.count > 0 && !pjwt_list_has(&service->issuers, found->section)) {
        pjwt_why_set(&report->why, "`issuers` of this service does not list %s",
                     found->section);
        return PJWT_SAY(ISSUER_REFUSED);
    }
    *issuer = found;
    return PJWT_SAY(OK);
}

/* Whoever may use one issuer's key must not speak for another. `set` holds the key that opened
 * the token. */
static pjwt_verdict
check_set(const struct pjwt_issuer *issuer, const char *set, struct pjwt_report *report)
{
    pjwt_why_set(&report->why, "a key of %s", set);
    return issuer->decrypt != NULL && strcmp(issuer->decrypt, set) == 0
               ? PJWT_SAY(OK)
               : PJWT_SAY(ISSUER_DECRYPT);
}

/* For a ticket that is made from this token. */
static pjwt_verdict
keep_claims(const json_t *claims, char **kept, struct pjwt_why *why)
{
    PJWT_AUTO(text) char *text = json_dumps(claims, JSON_COMPACT);

    if (text == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    if (strlen(text) >= PJWT_CLAIMS_MAX) {
        pjwt_why_set(why, "the claims are too long to be kept with a ticket");
        return PJWT_SAY(CLAIM_BAD);
    }
    *kept = pjwt_take(text);
    return PJWT_SAY(OK);
}

/* What is signed is now believed: may it be this user, here, now? */
static pjwt_verdict
weigh(const struct pjwt_config *config, const struct pjwt_service *service,
      const struct pjwt_issuer *issuer, const struct pjwt_scene *scene,
      const struct pjwt_verified *proof, struct pjwt_grant *grant, struct pjwt_report *report)
{
    const json_t *claims = pjwt_verified_payload(proof);

    PJWT_TRY(pjwt_claims_check(proof, issuer, scene->now, grant, report));
    PJWT_TRY(pjwt_binding_check(claims, issuer, scene->service, scene->ssh_auth_info, report));
    PJWT_TRY(pjwt_demands_check(issuer, service, claims, grant, scene->now, report));
    PJWT_TRY(pjwt_whose(config, issuer, claims, scene->user, grant->user, report));
    return scene->claims == NULL ? PJWT_SAY(OK)
                                 : keep_claims(claims, scene->claims, &report->why);
}

static pjwt_verdict
by_token(const struct pjwt_config *config, const struct pjwt_service *service,
         const struct pjwt_scene *scene, const struct pjwt_secret *typed, const char *set,
         struct pjwt_grant *grant, struct pjwt_report *report)
{
    PJWT_AUTO(jws) struct pjwt_jws *jws = NULL;
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    PJWT_AUTO(verified) struct pjwt_verified *proof = NULL;
    PJWT_AUTO(text) char *keys = NULL;
    const struct pjwt_issuer *issuer = NULL;

    PJWT_CHECK(report, "token form", pjwt_jws_parse(typed, &jws, report));
    PJWT_CHECK(report, "issuer", find_issuer(config, service, jws, &issuer, report));
    if (set != NULL) {
        PJWT_CHECK(report, "encrypted for it", check_set(issuer, set, report));
    }
    keys = pjwt_config_path(config->keys_dir, issuer->keys);
    if (keys == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    PJWT_CHECK(report, "key", pjwt_keyset_select(keys, issuer->algs, jws, &key, report));
    PJWT_CHECK(report, "signature", pjwt_jws_verify(jws, key, &proof, report));
    report->authentic = true;
    pjwt_report_name(report->kid, sizeof(report->kid), pjwt_verified_kid(proof));
    return weigh(config, service, issuer, scene, proof, grant, report);
}

/* The same way as for any token, with the token that was inside. */
static pjwt_verdict
by_encrypted(const struct pjwt_config *config, const struct pjwt_service *service,
             const struct pjwt_scene *scene, const struct pjwt_secret *typed,
             struct pjwt_grant *grant, struct pjwt_report *report)
{
    PJWT_AUTO(secret) struct pjwt_secret *inner = NULL;
    const char *set = NULL;

    PJWT_TRY(pjwt_decrypt(config, service, typed, &inner, &set, report));
    return by_token(config, service, scene, inner, set, grant, report);
}

/* What was required of a token is required of the ticket that it became. */
static pjwt_verdict
by_ticket(const struct pjwt_config *config, const struct pjwt_service *service,
          struct pjwt_store *store, const struct pjwt_scene *scene,
          const struct pjwt_secret *typed, struct pjwt_grant *grant, struct pjwt_report *report)
{
    PJWT_AUTO(json) json_t *claims = NULL;

    PJWT_TRY(pjwt_ticket_check(store, typed, scene->service, scene->rhost, scene->now, grant,
                               report));
    PJWT_TRY(pjwt_login_ticket_check(store, scene, grant->ticket, report));
    PJWT_TRY(pjwt_ticket_claims(store, grant->ticket, &claims));
    return pjwt_demands_check(pjwt_config_issuer_by_iss(config, grant->iss), service, claims,
                              grant, scene->now, report);
}

static pjwt_verdict
by_kind(const struct pjwt_config *config, const struct pjwt_service *service,
        struct pjwt_store *store, const struct pjwt_scene *scene,
        const struct pjwt_secret *typed, struct pjwt_grant *grant, struct pjwt_report *report)
{
    enum kind kind = KIND_TICKET;

    report->looked = true;
    PJWT_CHECK(report, "form", kind_of(typed, &kind, report));
    PJWT_CHECK(report, "accepted kind", accepted_kind(service, kind, report));
    if (kind == KIND_TICKET) {
        return by_ticket(config, service, store, scene, typed, grant, report);
    }
    return kind == KIND_TOKEN ? by_token(config, service, scene, typed, NULL, grant, report)
                              : by_encrypted(config, service, scene, typed, grant, report);
}

/* The only side effect of a login: it is spent, and what its session will rest on is kept. */
static pjwt_verdict
hand_on(const struct pjwt_config *config, struct pjwt_store *store,
        const struct pjwt_scene *scene, const struct pjwt_grant *grant, const char *claims,
        char handoff[PJWT_HANDOFF_SIZE], struct pjwt_report *report)
{
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_TRY(pjwt_replay_check(store, grant, report));
    if (scene->asker == NULL) {
        return PJWT_SAY(OK);
    }
    if (scene->clock == NULL) {
        return PJWT_SAY(INTERNAL); /* what cannot be marked must not be admitted */
    }
    v = pjwt_admit(store, grant, claims, scene->asker, scene->clock, handoff);
    if (pjwt_class_of(v) == PJWT_CLASS_STORE) {
        pjwt_why_set(&report->why, "%s cannot be written", config->state);
    }
    PJWT_TRY(v);
    /* It may have stood in line behind a revocation that has returned meanwhile. */
    return pjwt_store_went_on(store) ? pjwt_revocation_check(store, grant, scene->now, report)
                                     : PJWT_SAY(OK);
}

pjwt_verdict
pjwt_login(const struct pjwt_config *config, struct pjwt_store *store,
           const struct pjwt_scene *scene, const struct pjwt_secret *typed,
           struct pjwt_grant *grant, char login[PJWT_HANDOFF_SIZE], struct pjwt_report *report)
{
    const struct pjwt_service *service = pjwt_config_service(config, scene->service);
    PJWT_AUTO(text) char *claims = NULL;
    struct pjwt_scene here = *scene;
    struct pjwt_grant decided = {0};
    const char *asked = NULL;
    char handoff[PJWT_HANDOFF_SIZE] = "";

    if (service == NULL) {
        return PJWT_SAY(SERVICE_NONE);
    }
    if (scene->user == NULL && scene->asker != NULL) {
        return PJWT_SAY(INTERNAL); /* a login is somebody's */
    }
    if (scene->asker != NULL && service->login_ticket > 0) {
        here.claims = &claims; /* for the ticket that its session gets */
    }
    PJWT_TRY(by_kind(config, service, store, &here, typed, &decided, report));
    asked = scene->user == NULL ? decided.user : scene->user;
    PJWT_TRY(pjwt_user_check(config, scene->users, decided.user, asked, report));
    PJWT_TRY(pjwt_group_check(service, scene->users, decided.user, report));
    PJWT_TRY(pjwt_revocation_check(store, &decided, scene->now, report));
    pjwt_report_name(decided.service, sizeof(decided.service), scene->service);
    PJWT_TRY(hand_on(config, store, scene, &decided, claims, handoff, report)); /* so last */
    *grant = decided; /* untouched on every refusal */
    memcpy(login, handoff, sizeof(handoff));
    return PJWT_SAY(OK);
}
