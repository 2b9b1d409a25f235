/* Is what was encrypted opened once, for the issuer whose key it is, and judged like any token?
 */
#include "tests/unit/support/config_files.h"
#include "tests/unit/support/jwe_fixture.h"

#include "lib/decrypt.h"
#include "lib/jose/keyset.h"
#include "lib/login.h"

#include <stdio.h>
#include <string.h>

#define NOW 1767225600

static const char config_text[] = "[issuer corp]\niss = https://corp\nkeys = corp.jwks\n"
                                  "audience = a\ndecrypt = corp-dec.jwks\ntype = JWT\n"
                                  "[issuer lab]\niss = https://lab\nkeys = corp.jwks\n"
                                  "audience = a\ndecrypt = lab-dec.jwks\ntype = JWT\n"
                                  "[issuer bare]\niss = https://bare\nkeys = corp.jwks\n"
                                  "audience = a\ntype = JWT\n"
                                  "[service sshd]\n[service tickets]\naccept = ticket\n"
                                  "[service bare]\nissuers = bare\n"
                                  "[service lab]\nissuers = lab\n";

static json_t *corp; /* the private JWKs of their decryption sets */
static json_t *lab;

static struct pjwt_config *
house(struct scratch *s)
{
    static const struct {
        const char *file;
        json_t **jwk;
    } sets[] = {{"private/corp-dec.jwks", &corp}, {"private/lab-dec.jwks", &lab}};

    scratch_mkdir(s, "keys", 0755);
    scratch_mkdir(s, "private", 0700);
    scratch_write(s, "keys/corp.jwks",
                  fixture_quotes("{'keys':[{" FIXTURE_ED_PUBLIC ",'kid':'sig'}]}"), 0644);
    for (size_t i = 0; i < 2; i++) {
        PJWT_AUTO(json) json_t *set = json_pack("{s:[O]}", "keys", *sets[i].jwk);

        assert_reason(pjwt_keyset_store(scratch_path(s, sets[i].file), true, set, NULL), OK);
    }
    return config_load_good(s, config_text);
}

static int
setup(void **state)
{
    assert_reason(pjwt_jwe_key_generate("ECDH-ES+A128KW", "X25519", "corp-1", &corp), OK);
    assert_reason(pjwt_jwe_key_generate("A256KW", NULL, "lab-1", &lab), OK);
    return scratch_store_setup(state);
}

static int
teardown(void **state)
{
    pjwt_drop_secret_jwk(&corp);
    pjwt_drop_secret_jwk(&lab);
    return scratch_teardown(state);
}

static bool
find(void *context, const char *name, uid_t *uid)
{
    (void)context;
    *uid = 1000;
    return strcmp(name, "alice") == 0;
}

/* A signed token of alice, written with '. */
static struct pjwt_secret *
signed_by(const char *iss)
{
    char payload[256];

    (void)snprintf(payload, sizeof(payload),
                   "{'iss':'%s','aud':'a','sub':'alice','iat':%d,'exp':%d,'jti':'j'}", iss, NOW,
                   NOW + 60);
    return fixture_sign(fixture_ed25519, "{'alg':'EdDSA','typ':'JWT','kid':'sig'}", payload);
}

static struct pjwt_report report;

static pjwt_verdict
log_in(struct scratch *s, const struct pjwt_config *config, const char *service,
       const struct pjwt_secret *typed)
{
    static const struct pjwt_users users = {.find = find};
    const struct pjwt_scene scene = {.now = NOW,
                                     .users = &users,
                                     .user = "alice",
                                     .ruser = "",
                                     .service = service,
                                     .rhost = ""};
    struct pjwt_grant grant = {0};
    char login[PJWT_HANDOFF_SIZE];
    pjwt_verdict v = PJWT_SAY(UNSET);

    report = (struct pjwt_report){0};
    v = pjwt_login(config, s->store, &scene, typed, &grant, login, &report);
    assert_string_equal(grant.user, pjwt_ok(v) ? "alice" : "");
    return v;
}

/* The verdict on `text`, encrypted for that key. */
static pjwt_verdict
inside(struct scratch *s, const struct pjwt_config *config, const json_t *jwk, const char *text)
{
    PJWT_AUTO(secret) struct pjwt_secret *token = fixture_encrypt(jwk, NULL, NULL, text);

    return log_in(s, config, "sshd", token);
}

static void
test_a_signed_token_inside(void **state)
{
    PJWT_AUTO(config) struct pjwt_config *config = house(*state);
    PJWT_AUTO(secret) struct pjwt_secret *good = signed_by("https://corp");
    PJWT_AUTO(secret) struct pjwt_secret *other = signed_by("https://lab");
    PJWT_AUTO(secret) struct pjwt_secret *bare = signed_by("https://bare");
    PJWT_AUTO(secret) struct pjwt_secret *unknown = signed_by("https://none");

    assert_reason(log_in(*state, config, "sshd", good), OK); /* not encrypted: as ever */
    assert_reason(inside(*state, config, corp, pjwt_secret_bytes(good)), OK);
    assert_true(report.authentic);
    assert_string_equal(report.issuer, "corp");
    assert_string_equal(report.kid, "sig");
    assert_reason(inside(*state, config, lab, pjwt_secret_bytes(other)), OK);
    assert_string_equal(report.issuer, "lab");
    /* Whoever may use lab's key must not speak for corp. */
    assert_reason(inside(*state, config, lab, pjwt_secret_bytes(good)), ISSUER_DECRYPT);
    assert_string_equal(report.why.text, "a key of lab-dec.jwks");
    assert_false(report.authentic);
    assert_reason(inside(*state, config, corp, pjwt_secret_bytes(other)), ISSUER_DECRYPT);
    assert_reason(inside(*state, config, corp, pjwt_secret_bytes(bare)), ISSUER_DECRYPT);
    assert_reason(inside(*state, config, corp, pjwt_secret_bytes(unknown)), ISSUER_UNKNOWN);
}

static void
test_what_is_inside_is_judged(void **state)
{
    PJWT_AUTO(config) struct pjwt_config *config = house(*state);
    PJWT_AUTO(secret) struct pjwt_secret *good = signed_by("https://corp");
    PJWT_AUTO(secret) struct pjwt_secret *forged = signed_by("https://corp");
    char *last = pjwt_secret_buffer(forged) + pjwt_secret_len(forged) - 8;

    *last = *last == 'A' ? 'B' : 'A';
    assert_reason(inside(*state, config, corp, pjwt_secret_bytes(forged)), SIGNATURE);
    assert_false(report.authentic);
    assert_reason(inside(*state, config, corp, "eyJhbGciOiJub25lIn0.e30.AA"), ALG_UNKNOWN);
    assert_reason(inside(*state, config, corp, pjwt_secret_bytes(good)), OK);
}

static void
test_one_level(void **state)
{
    PJWT_AUTO(config) struct pjwt_config *config = house(*state);
    PJWT_AUTO(secret) struct pjwt_secret *good = signed_by("https://corp");
    PJWT_AUTO(secret)
    struct pjwt_secret *once = fixture_encrypt(corp, NULL, NULL, pjwt_secret_bytes(good));
    static const char *const others[] = {
        "{\"iss\":\"https://corp\",\"aud\":\"a\",\"sub\":\"alice\"}", /* claims, unsigned */
        "pjt1_4fT9aXk02LmQ_0000000000000000000000000000000000000000000_000000",
        "eyJ",
        "x",
        "eyJhbGciOiJub25lIn0.e30.",
    };

    assert_reason(inside(*state, config, corp, pjwt_secret_bytes(once)), MALFORMED);
    assert_string_equal(report.why.text, "inside is no signed token");
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        assert_reason(inside(*state, config, corp, others[i]), MALFORMED);
    }
    assert_reason(log_in(*state, config, "sshd", once), OK);
}

static void
test_services(void **state)
{
    PJWT_AUTO(config) struct pjwt_config *config = house(*state);
    PJWT_AUTO(secret) struct pjwt_secret *good = signed_by("https://corp");
    PJWT_AUTO(secret)
    struct pjwt_secret *token = fixture_encrypt(corp, NULL, NULL, pjwt_secret_bytes(good));

    assert_reason(log_in(*state, config, "tickets", token), KIND_REFUSED);
    assert_string_equal(report.why.text,
                        "an encrypted token; `accept` of this service does not list it");
    assert_reason(log_in(*state, config, "bare", token), ENCRYPTED);
    assert_reason(log_in(*state, config, "lab", token), KID_UNKNOWN);
    assert_reason(log_in(*state, config, "none", token), SERVICE_NONE);
    assert_reason(log_in(*state, config, "sshd", token), OK);
}

/* Every fault of decryption is one reason, and nothing is said beside it. */
static void
test_one_reason(void **state)
{
    PJWT_AUTO(config) struct pjwt_config *config = house(*state);
    PJWT_AUTO(secret) struct pjwt_secret *good = signed_by("https://corp");
    PJWT_AUTO(secret)
    struct pjwt_secret *token = fixture_encrypt(corp, NULL, NULL, pjwt_secret_bytes(good));
    unsigned char bytes[4096];

    for (size_t segment = 1; segment < 5; segment++) {
        size_t len = fixture_segment_bytes(token, segment, bytes);
        PJWT_AUTO(secret) struct pjwt_secret *bad = NULL;

        bytes[len / 2] ^= 1;
        bad = fixture_with_segment(token, segment, bytes, len);
        assert_reason(log_in(*state, config, "sshd", bad), DECRYPT);
        assert_string_equal(report.why.text, "");
        assert_string_equal(report.kid, "corp-1");
        assert_false(report.authentic);
    }
    assert_reason(log_in(*state, config, "sshd", token), OK);
}

/* The signing keys lie in a file of private/ as well: it must be another. */
static void
test_config(void **state)
{
    struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};

    pjwt_config_free(config_load_good(*state, CONFIG_CORP "decrypt = lab.jwks\n"));
    scratch_write(*state, "pam_jwt.conf", CONFIG_CORP "decrypt = corp.jwks\n", 0644);
    assert_reason(config_load(*state, &config, &why), CONFIG_BAD);
    assert_non_null(strstr(why.text, "is the file of its signing keys"));
    scratch_write(*state, "pam_jwt.conf", CONFIG_CORP "decrypt = ../x\n", 0644);
    assert_reason(config_load(*state, &config, &why), CONFIG_BAD);
    assert_null(config);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_signed_token_inside, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_inside_is_judged, setup, teardown),
        cmocka_unit_test_setup_teardown(test_one_level, setup, teardown),
        cmocka_unit_test_setup_teardown(test_services, setup, teardown),
        cmocka_unit_test_setup_teardown(test_one_reason, setup, teardown),
        cmocka_unit_test_setup_teardown(test_config, scratch_setup, scratch_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
