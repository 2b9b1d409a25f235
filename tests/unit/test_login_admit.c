/* What does a login leave behind, and what may still come between its checks and that? */
#include "lib/login.h"

#include "tests/unit/support/corp_house.h"
#include "tests/unit/support/jose_fixture.h"

#include "lib/store/clock.h"
#include "lib/store/db.h"
#include "lib/store/revocations.h"

#include <string.h>

#define NOW 1767225600
#define CONFIG                                                                        \
    "[issuer corp]\niss = https://corp\nkeys = corp.jwks\naudience = a\ntype = JWT\n" \
    "[service sshd]\n"
#define HEADER "{'alg':'EdDSA','typ':'JWT','kid':'sig'}"
#define CLAIMS "'iss':'https://corp','aud':'a','sub':'alice','iat':1767225540,'exp':1767225660"

static const struct pjwt_asker asker = {.pid = 100, .parent = 1, .started = 7};
static const struct pjwt_clock now = {.now = NOW, .up = 5000, .boot = "b"};

/* Somebody blocks alice as soon as it is settled that nobody has. */
static void
block_behind_the_check(void *context, const char *check, pjwt_verdict v, const char *seen)
{
    struct scratch *s = context;

    (void)seen;
    if (pjwt_ok(v) && strcmp(check, "user blocked") == 0) {
        assert_reason(pjwt_block_add(s->store, "alice", NOW, 0, "root", ""), OK);
    }
}

/* A login from first to last; `login` is untouched by a refusal, and so is the grant. */
static pjwt_verdict
log_in(struct scratch *s, const struct pjwt_config *config, const struct pjwt_asker *who,
       const struct pjwt_clock *clock, pjwt_checked_fn *checked)
{
    PJWT_AUTO(secret)
    struct pjwt_secret *token = fixture_sign(fixture_ed25519, HEADER, "{" CLAIMS "}");
    const struct pjwt_scene scene = {.now = NOW,
                                     .users = &corp_users,
                                     .user = "alice",
                                     .ruser = "",
                                     .service = "sshd",
                                     .rhost = "",
                                     .asker = who,
                                     .clock = clock};
    struct pjwt_report report = {.checked = checked, .context = s};
    struct pjwt_grant grant = {.user = "untouched"};
    char login[PJWT_HANDOFF_SIZE] = "untouched";
    pjwt_verdict v = pjwt_login(config, s->store, &scene, token, &grant, login, &report);

    if (pjwt_class_of(v) == PJWT_CLASS_STORE) {
        assert_non_null(strstr(report.why.text, " cannot be written"));
    }
    assert_true(report.looked); /* from there on there is one code */
    assert_string_equal(grant.user, pjwt_ok(v) ? "alice" : "untouched");
    assert_string_equal(grant.service, pjwt_ok(v) ? "sshd" : "");
    assert_int_equal(strcmp(login, "untouched") == 0, !pjwt_ok(v));
    return v;
}

static int64_t
handoffs(struct scratch *s)
{
    int64_t number = -1;

    assert_reason(pjwt_db_number(s->store, "SELECT count(*) FROM handoffs", &number), OK);
    return number;
}

static void
a_login_leaves_what_its_session_rests_on(void **state)
{
    PJWT_AUTO(config) struct pjwt_config *config = corp_house(*state, CONFIG);

    assert_reason(log_in(*state, config, &asker, &now, NULL), OK);
    assert_int_equal(handoffs(*state), 1);
}

/* They are kept for the login's own ticket, and for nothing else. */
static void
claims_are_kept_where_they_are_needed(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(config) struct pjwt_config *without = corp_house(s, CONFIG);
    PJWT_AUTO(config)
    struct pjwt_config *with =
        config_load_good(s, CONFIG "login_ticket = 1h\nlogin_ticket_for = sudo\n");
    int64_t kept = -1;

    assert_reason(log_in(s, without, &asker, &now, NULL), OK);
    assert_reason(pjwt_db_number(s->store,
                                 "SELECT count(*) FROM handoffs WHERE claims IS NOT NULL",
                                 &kept),
                  OK);
    assert_int_equal(kept, 0);
    assert_reason(log_in(s, with, &asker, &now, NULL), OK);
    assert_reason(pjwt_db_number(s->store,
                                 "SELECT count(*) FROM handoffs WHERE claims LIKE"
                                 " '%\"sub\":\"alice\"%'",
                                 &kept),
                  OK);
    assert_int_equal(kept, 1);
}

static void
an_explanation_leaves_nothing(void **state)
{
    PJWT_AUTO(config) struct pjwt_config *config = corp_house(*state, CONFIG);

    assert_reason(log_in(*state, config, NULL, NULL, NULL), OK);
    assert_int_equal(handoffs(*state), 0);
}

/* Nor does a login that is refused; and an explanation looks at revocations too. */
static void
what_is_revoked_leaves_nothing(void **state)
{
    PJWT_AUTO(config) struct pjwt_config *config = corp_house(*state, CONFIG);

    assert_reason(
        pjwt_block_add(((struct scratch *)*state)->store, "alice", NOW, 0, "root", ""), OK);
    assert_reason(log_in(*state, config, NULL, NULL, NULL), USER_BLOCKED);
    assert_reason(log_in(*state, config, &asker, &now, NULL), USER_BLOCKED);
    assert_int_equal(handoffs(*state), 0);
}

static void
without_a_clock_nobody_is_admitted(void **state)
{
    PJWT_AUTO(config) struct pjwt_config *config = corp_house(*state, CONFIG);

    assert_reason(log_in(*state, config, &asker, NULL, NULL), INTERNAL);
    assert_int_equal(handoffs(*state), 0);
}

static void
what_cannot_be_written_down_is_no_login(void **state)
{
    PJWT_AUTO(config) struct pjwt_config *config = corp_house(*state, CONFIG);

    scratch_sql(*state, "DROP TABLE handoffs");
    assert_reason(log_in(*state, config, NULL, NULL, NULL), OK);
    assert_reason(log_in(*state, config, &asker, &now, NULL), STORE_DAMAGED);
}

/* It stood in line for the session file behind a block that has returned meanwhile. */
static void
what_was_revoked_meanwhile_counts(void **state)
{
    PJWT_AUTO(config) struct pjwt_config *config = corp_house(*state, CONFIG);

    assert_reason(log_in(*state, config, &asker, &now, block_behind_the_check), USER_BLOCKED);
    assert_reason(pjwt_block_remove(((struct scratch *)*state)->store, "alice"), OK);
    assert_reason(log_in(*state, config, &asker, &now, NULL), OK);
}

static unsigned looked;            /* how often for a block */
static struct pjwt_store *another; /* connection to the same file; NULL: none writes */

static void
write_behind_the_check(void *context, const char *check, pjwt_verdict v, const char *seen)
{
    (void)context;
    (void)v;
    (void)seen;
    if (strcmp(check, "user blocked") == 0 && looked++ == 0 && another != NULL) {
        assert_reason(pjwt_block_add(another, "bob", NOW, 0, "root", ""), OK);
    }
}

static unsigned
looks_of_a_login(struct scratch *s, const struct pjwt_config *config)
{
    looked = 0;
    assert_reason(log_in(s, config, &asker, &now, write_behind_the_check), OK);
    return looked;
}

/* Where no number counts the changes, nobody knows. */
static void
what_nobody_counts_may_have_gone_on(void **state)
{
    const struct pjwt_store uncounted = {.guard = -1};

    (void)state;
    assert_true(pjwt_store_went_on(&uncounted));
}

/* A second look is for what came in between; other logins are none of that. */
static void
what_nobody_changed_is_looked_at_once(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(config) struct pjwt_config *config = corp_house(s, CONFIG);
    PJWT_AUTO(store) struct pjwt_store *opened = NULL;

    assert_int_equal(looks_of_a_login(s, config), 1);
    assert_reason(pjwt_store_open(scratch_path(s, "state"), &opened, NULL), OK);
    assert_int_equal(looks_of_a_login(s, config), 1);
    another = opened;
    assert_int_equal(looks_of_a_login(s, config), 2);
    another = NULL;
    scratch_reopen(s);
    assert_int_equal(looks_of_a_login(s, config), 1);
}

#define TEST(function) \
    cmocka_unit_test_setup_teardown(function, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_login_leaves_what_its_session_rests_on),
        TEST(claims_are_kept_where_they_are_needed),
        TEST(an_explanation_leaves_nothing),
        TEST(what_is_revoked_leaves_nothing),
        TEST(without_a_clock_nobody_is_admitted),
        TEST(what_cannot_be_written_down_is_no_login),
        TEST(what_was_revoked_meanwhile_counts),
        TEST(what_nobody_changed_is_looked_at_once),
        cmocka_unit_test(what_nobody_counts_may_have_gone_on),
    };

    return cmocka_run_group_tests_name("login admit", tests, NULL, NULL);
}
