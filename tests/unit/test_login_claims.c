/* Does a ticket that is made of a token's claims open what the token opened, and no more? */
#include "lib/login.h"

#include "tests/unit/support/corp_house.h"
#include "tests/unit/support/jose_fixture.h"

#include "lib/jose/key_inside.h"
#include "lib/store/ticket_claims.h"
#include "lib/store/tickets.h"

#include <stdlib.h>
#include <string.h>

#define NOW 1767225600
#define CONFIG                                                                        \
    "[issuer corp]\niss = https://corp\nkeys = corp.jwks\naudience = a\ntype = JWT\n" \
    "require = e=true\n"                                                              \
    "[service sshd]\n[service sudo]\nrequire = groups=admins\nmax_auth_age = 1h\n"    \
    "claims_max_age = 1h\n"
#define HEADER "{'alg':'EdDSA','typ':'JWT','kid':'sig'}"
#define CLAIMS                                                                        \
    "'iss':'https://corp','aud':'a','sub':'alice','iat':1767225540,'exp':1767225660," \
    "'auth_time':1767225000,'e':true"

/* What comes of `typed`, and of the words beside a refusal. */
struct outcome {
    struct pjwt_grant grant;
    struct pjwt_report report;
};

static pjwt_verdict
log_in(struct scratch *s, const struct pjwt_config *config, const char *service,
       const struct pjwt_secret *typed, char **claims, struct outcome *out)
{
    const struct pjwt_scene scene = {.now = NOW,
                                     .users = &corp_users,
                                     .user = "alice",
                                     .ruser = "",
                                     .service = service,
                                     .rhost = "",
                                     .claims = claims};
    char login[PJWT_HANDOFF_SIZE];

    *out = (struct outcome){0};
    return pjwt_login(config, s->store, &scene, typed, &out->grant, login, &out->report);
}

/* What an exchange does with the grant and the claims of a token. */
static struct pjwt_secret *
exchange(struct scratch *s, const struct pjwt_grant *grant, const char *claims)
{
    struct pjwt_ticket row = {.services = "sshd,sudo",
                              .created = NOW,
                              .expires = NOW + 3600,
                              .iat = grant->iat,
                              .auth_time = grant->auth_time,
                              .claims = claims};
    struct pjwt_secret *ticket = NULL;

    scratch_set_text(row.user, sizeof(row.user), grant->user);
    scratch_set_text(row.iss, sizeof(row.iss), grant->iss);
    assert_reason(pjwt_ticket_issue(s->store, &row, &ticket), OK);
    return ticket;
}

static void
a_ticket_holds_what_its_token_held(void **state)
{
    PJWT_AUTO(config) struct pjwt_config *config = corp_house(*state, CONFIG);
    PJWT_AUTO(secret)
    struct pjwt_secret *token =
        fixture_sign(fixture_ed25519, HEADER, "{" CLAIMS ",'groups':['x','admins']}");
    PJWT_AUTO(text) char *claims = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *ticket = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *other = NULL;
    struct outcome out;

    assert_reason(log_in(*state, config, "sudo", token, &claims, &out), OK);
    assert_non_null(claims);
    ticket = exchange(*state, &out.grant, claims);
    other = exchange(*state, &out.grant, "{\"e\":true,\"groups\":[\"x\"]}");
    assert_reason(log_in(*state, config, "sudo", ticket, NULL, &out), OK);
    assert_true(out.grant.auth_time == 1767225000);
    assert_true(out.grant.iat == NOW - 60);
    assert_reason(log_in(*state, config, "sshd", other, NULL, &out), OK);
    assert_reason(log_in(*state, config, "sudo", other, NULL, &out), REQUIRE);
    assert_string_equal(out.report.why.text,
                        "[service sudo] requires groups=admins; groups is x");
}

static void
the_issuers_require_holds_for_the_ticket_too(void **state)
{
    PJWT_AUTO(config) struct pjwt_config *config = corp_house(*state, CONFIG);
    const struct pjwt_grant grant = {
        .user = "alice", .iss = "https://corp", .iat = NOW, .auth_time = NOW};
    PJWT_AUTO(secret) struct pjwt_secret *good = exchange(*state, &grant, "{\"e\":true}");
    PJWT_AUTO(secret) struct pjwt_secret *bad = exchange(*state, &grant, "{\"e\":false}");
    struct outcome out;

    assert_reason(log_in(*state, config, "sshd", good, NULL, &out), OK);
    assert_reason(log_in(*state, config, "sshd", bad, NULL, &out), REQUIRE);
    assert_string_equal(out.report.why.text, "[issuer corp] requires e=true; e is false");
}

/* A token over exactly this text. */
static struct pjwt_secret *
signed_as_it_is(const char *payload)
{
    PJWT_AUTO(key) struct pjwt_key *key = fixture_signer(fixture_ed25519);
    const char *header = fixture_quotes(HEADER);
    PJWT_AUTO(secret)
    struct pjwt_secret *bare =
        fixture_token(header, strlen(header), payload, strlen(payload), "", 0);
    const struct pjwt_octets input = {(const unsigned char *)pjwt_secret_bytes(bare),
                                      pjwt_secret_len(bare) - 1}; /* the last dot is outside */
    unsigned char signature[PJWT_SIGNATURE_MAX];
    size_t len = sizeof(signature);

    assert_reason(pjwt_key_sign(key, input, signature, &len), OK);
    return fixture_token(header, strlen(header), payload, strlen(payload), signature, len);
}

/* Fractions grow when they are written out: this token is short enough, its claims are not. */
static void
claims_that_no_ticket_could_keep_are_refused(void **state)
{
    PJWT_AUTO(config) struct pjwt_config *config = corp_house(*state, CONFIG);
    PJWT_AUTO(text) char *payload = calloc(1, PJWT_CLAIMS_MAX);
    PJWT_AUTO(secret) struct pjwt_secret *token = NULL;
    PJWT_AUTO(text) char *claims = NULL;
    struct outcome out;

    assert_non_null(payload);
    scratch_set_text(payload, PJWT_CLAIMS_MAX,
                     fixture_quotes("{" CLAIMS ",'groups':'admins','n':[1e9"));
    for (int i = 0; i < 1000; i++) {
        scratch_add_text(payload, PJWT_CLAIMS_MAX, ",1e9");
    }
    scratch_add_text(payload, PJWT_CLAIMS_MAX, fixture_quotes("],'m':[1e9"));
    for (int i = 0; i < 500; i++) {
        scratch_add_text(payload, PJWT_CLAIMS_MAX, ",1e9");
    }
    scratch_add_text(payload, PJWT_CLAIMS_MAX, "]}");
    token = signed_as_it_is(payload);
    assert_reason(log_in(*state, config, "sudo", token, NULL, &out), OK);
    assert_reason(log_in(*state, config, "sudo", token, &claims, &out), CLAIM_BAD);
    assert_string_equal(out.report.why.text,
                        "the claims are too long to be kept with a ticket");
    assert_null(claims);
}

/* Claims whose text, written out, has exactly so many bytes. */
static struct pjwt_secret *
claims_of(size_t bytes)
{
    PJWT_AUTO(text) char *payload = calloc(1, PJWT_CLAIMS_MAX);
    PJWT_AUTO(json) json_t *claims = NULL;
    PJWT_AUTO(text) char *text = NULL;
    char pad[64] = "";

    assert_non_null(payload);
    scratch_set_text(payload, PJWT_CLAIMS_MAX,
                     fixture_quotes("{" CLAIMS ",'groups':'admins','n':[1e9"));
    for (int i = 0; i < 1000; i++) {
        scratch_add_text(payload, PJWT_CLAIMS_MAX, ",1e9");
    }
    scratch_add_text(payload, PJWT_CLAIMS_MAX, fixture_quotes("],'m':[1e9"));
    for (int i = 0; i < 243; i++) {
        scratch_add_text(payload, PJWT_CLAIMS_MAX, ",1e9");
    }
    scratch_add_text(payload, PJWT_CLAIMS_MAX, fixture_quotes("],'p':''}"));
    claims = json_loads(payload, 0, NULL);
    text = json_dumps(claims, JSON_COMPACT);
    assert_non_null(text);
    assert_in_range(bytes - strlen(text), 1, sizeof(pad) - 1);
    memset(pad, 'a', bytes - strlen(text));
    payload[strlen(payload) - 2] = '\0';
    scratch_add_text(payload, PJWT_CLAIMS_MAX, pad);
    scratch_add_text(payload, PJWT_CLAIMS_MAX, "\"}");
    return signed_as_it_is(payload);
}

static void
claims_at_the_edge(void **state)
{
    PJWT_AUTO(config) struct pjwt_config *config = corp_house(*state, CONFIG);
    PJWT_AUTO(secret) struct pjwt_secret *most = claims_of(PJWT_CLAIMS_MAX - 1);
    PJWT_AUTO(secret) struct pjwt_secret *more = claims_of(PJWT_CLAIMS_MAX);
    PJWT_AUTO(text) char *claims = NULL;
    PJWT_AUTO(text) char *none = NULL;
    struct outcome out;

    assert_reason(log_in(*state, config, "sudo", most, &claims, &out), OK);
    assert_int_equal(strlen(claims), PJWT_CLAIMS_MAX - 1);
    assert_reason(log_in(*state, config, "sudo", more, &none, &out), CLAIM_BAD);
}

#define TEST(function) \
    cmocka_unit_test_setup_teardown(function, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_ticket_holds_what_its_token_held),
        TEST(the_issuers_require_holds_for_the_ticket_too),
        TEST(claims_that_no_ticket_could_keep_are_refused),
        TEST(claims_at_the_edge),
    };

    return cmocka_run_group_tests_name("login claims", tests, NULL, NULL);
}
