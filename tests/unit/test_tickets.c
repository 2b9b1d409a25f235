/* Is a ticket good exactly when its row says so? */
#include "tests/unit/support/scratch.h"

#include "lib/store/base62.h"
#include "lib/store/crc32.h"
#include "lib/store/revocations.h"
#include "lib/store/tickets.h"

#include <string.h>

#define NOW     1767225600
#define EXPIRES (NOW + 3600)

static struct pjwt_report report;
static struct pjwt_grant grant;

static struct pjwt_ticket
make_row(void)
{
    return (struct pjwt_ticket){.user = "alice",
                                .services = "sshd,sudo",
                                .created = NOW,
                                .expires = EXPIRES,
                                .note = "a note"};
}

static struct pjwt_secret *
issue(struct scratch *s, struct pjwt_ticket *row)
{
    struct pjwt_secret *text = NULL;

    assert_reason(pjwt_ticket_issue(s->store, row, &text), OK);
    assert_non_null(text);
    return text;
}

static pjwt_verdict
check_at(struct scratch *s, const struct pjwt_secret *text, const char *service, int64_t now)
{
    static const struct pjwt_grant untouched = {.user = "untouched"};
    pjwt_verdict v;

    report = (struct pjwt_report){0};
    grant = untouched;
    v = pjwt_ticket_check(s->store, text, service, "", now, &grant, &report);
    if (!pjwt_ok(v)) {
        assert_string_equal(grant.user, "untouched");
        assert_int_equal(grant.expires, 0);
    }
    return v;
}

static pjwt_verdict
check(struct scratch *s, const struct pjwt_secret *text)
{
    return check_at(s, text, "sshd", NOW + 1);
}

static void
test_good(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, &row);

    assert_int_equal(pjwt_secret_len(text), PJWT_TICKET_LEN);
    assert_memory_equal(pjwt_secret_bytes(text) + 5, row.id, PJWT_TICKET_ID_LEN);
    assert_reason(check(s, text), OK);
    assert_string_equal(grant.user, "alice");
    assert_string_equal(grant.ticket, row.id);
    assert_string_equal(grant.iss, "");
    assert_int_equal(grant.iat, 0);
    assert_int_equal(grant.issued, NOW);
    assert_int_equal(grant.expires, EXPIRES);
    assert_int_equal(grant.leeway, 0);
    assert_true(report.authentic);
    assert_string_equal(report.id, row.id);
    assert_string_equal(report.why.text, "");
}

static void
test_origin_is_kept(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

    scratch_set_text(row.iss, sizeof(row.iss), "https://idp.example.com");
    scratch_set_text(row.sub, sizeof(row.sub), "s-1");
    scratch_set_text(row.jti, sizeof(row.jti), "j-1");
    scratch_set_text(row.kid, sizeof(row.kid), "k-1");
    row.iat = NOW - 60;
    text = issue(s, &row);
    assert_reason(check(s, text), OK);
    assert_string_equal(grant.iss, "https://idp.example.com");
    assert_string_equal(grant.sub, "s-1");
    assert_string_equal(grant.jti, "j-1");
    assert_string_equal(grant.kid, "k-1");
    assert_int_equal(grant.iat, NOW - 60);
}

/* `to` gets the secret of `from`, and a checksum that fits. */
static void
graft_secret(struct pjwt_secret *to, const struct pjwt_secret *from)
{
    char *at = pjwt_secret_buffer(to);
    uint32_t crc = 0;
    unsigned char bytes[4];

    memcpy(at + 18, pjwt_secret_bytes(from) + 18, 43);
    crc = pjwt_crc32(at, 61);
    for (int i = 0; i < 4; i++) {
        bytes[i] = (unsigned char)(crc >> (24 - 8 * i));
    }
    pjwt_base62_write(bytes, 4, at + 61, 6);
}

static void
test_wrong_secret(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket first = make_row();
    struct pjwt_ticket second = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *a = issue(s, &first);
    PJWT_AUTO(secret) struct pjwt_secret *b = issue(s, &second);

    assert_reason(check(s, a), OK);
    graft_secret(a, b);
    assert_reason(check(s, a), TICKET_UNKNOWN);
    assert_false(report.authentic);
    assert_reason(check(s, b), OK);
}

static void
test_no_row(void **state)
{
    struct scratch *s = *state;
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_ticket_text parts;

    assert_reason(pjwt_ticket_make(&text, &parts), OK); /* well made, never issued */
    assert_reason(check(s, text), TICKET_UNKNOWN);
    assert_false(report.authentic);
    assert_string_equal(report.id, parts.id);
}

static void
test_malformed(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, &row);

    pjwt_secret_buffer(text)[20] ^= 1;
    assert_reason(check(s, text), TICKET_BAD);
    assert_false(report.authentic);
    pjwt_secret_buffer(text)[20] ^= 1;
    assert_reason(check(s, text), OK);
}

static void
test_lifetime(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, &row);

    assert_reason(check_at(s, text, "sshd", EXPIRES - 1), OK);
    assert_reason(check_at(s, text, "sshd", EXPIRES), TICKET_EXPIRED);
    assert_true(report.authentic);
    assert_int_equal(report.at, EXPIRES);
    assert_string_equal(report.why.text, "it expired 0s ago");
    assert_reason(check_at(s, text, "sshd", INT64_MAX), TICKET_EXPIRED);
}

static void
test_services(void **state)
{
    static const struct {
        const char *services, *service;
        enum pjwt_reason reason;
    } cases[] = {
        {"sshd,sudo", "sshd", PJWT_OK},
        {"sshd,sudo", "sudo", PJWT_OK},
        {"sshd,sudo,su", "su", PJWT_OK},
        {"sshd", "sshd", PJWT_OK},
        {"sshd,sudo", "su", PJWT_TICKET_SERVICE},
        {"sshd,sudo", "sudo-i", PJWT_TICKET_SERVICE},
        {"sshd,sudo-i", "sudo", PJWT_TICKET_SERVICE},
        {"sshd,sudo", "SSHD", PJWT_TICKET_SERVICE},
        {"sshd,sudo", "sshd,sudo", PJWT_TICKET_SERVICE},
        {"sshd,sudo", "", PJWT_TICKET_SERVICE},
        {"sshd,,sudo", "", PJWT_TICKET_SERVICE},
        {"sshd,sudo", ",", PJWT_TICKET_SERVICE},
        {"*", "sshd", PJWT_TICKET_SERVICE},
    };
    struct scratch *s = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct pjwt_ticket row = make_row();
        PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

        scratch_set_text(row.services, sizeof(row.services), cases[i].services);
        text = issue(s, &row);
        assert_int_equal(check_at(s, text, cases[i].service, NOW).reason, cases[i].reason);
        assert_true(report.authentic);
    }
}

static void
test_revoked(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    struct pjwt_ticket other = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, &row);
    PJWT_AUTO(secret) struct pjwt_secret *beside = issue(s, &other);

    assert_reason(check(s, text), OK);
    assert_reason(pjwt_revocation_ticket(s->store, row.id, NOW + 5, "root", "lost"), OK);
    assert_reason(check(s, text), TICKET_REVOKED);
    assert_true(report.authentic);
    assert_int_equal(report.at, NOW + 5);
    assert_string_equal(report.why.text, "revoked by root: lost");
    assert_reason(check(s, beside), OK);
}

struct trail {
    char text[512];
};

static void
note_check(void *context, const char *name, pjwt_verdict v, const char *seen)
{
    struct trail *trail = context;

    scratch_add_text(trail->text, sizeof(trail->text), name);
    scratch_add_text(trail->text, sizeof(trail->text), pjwt_ok(v) ? "+" : "-");
    scratch_add_text(trail->text, sizeof(trail->text), seen[0] != '\0' ? "(seen) " : " ");
}

/* The reason, and the checks on the way to it: passed (+) or refused (-), with a value seen. */
static void
assert_trail(struct scratch *s, const struct pjwt_secret *text, const char *service,
             int64_t now, const char *reason, const char *expected)
{
    struct trail trail = {""};

    report = (struct pjwt_report){.checked = note_check, .context = &trail};
    assert_string_equal(
        pjwt_code(pjwt_ticket_check(s->store, text, service, "", now, &grant, &report)),
        reason);
    assert_string_equal(trail.text, expected);
}

#define FORM     "ticket form+ "
#define KNOWN    FORM "ticket known+(seen) "
#define STANDING KNOWN "ticket revoked+ "
#define ALIVE    STANDING "ticket lifetime+(seen) "

/* A ticket with everything wrong is refused for the first thing, in this order. */
static void
test_order(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket row = make_row();
    PJWT_AUTO(secret) struct pjwt_secret *text = issue(s, &row);

    assert_trail(s, text, "sshd", NOW, "ok", ALIVE "ticket service+(seen) ");
    assert_trail(s, text, "none", NOW, "ticket-service", ALIVE "ticket service-(seen) ");
    assert_trail(s, text, "none", EXPIRES, "ticket-expired",
                 STANDING "ticket lifetime-(seen) ");
    assert_reason(pjwt_revocation_ticket(s->store, row.id, NOW, "root", ""), OK);
    assert_trail(s, text, "none", EXPIRES, "ticket-revoked", KNOWN "ticket revoked-(seen) ");
    scratch_sql(s, "DELETE FROM tickets");
    assert_trail(s, text, "none", EXPIRES, "ticket-unknown", FORM "ticket known-(seen) ");
    pjwt_secret_set_len(text, 66);
    assert_trail(s, text, "none", EXPIRES, "ticket-malformed", "ticket form-(seen) ");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_good),     CASE(test_origin_is_kept), CASE(test_wrong_secret),
        CASE(test_no_row),   CASE(test_malformed),      CASE(test_lifetime),
        CASE(test_services), CASE(test_revoked),        CASE(test_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
