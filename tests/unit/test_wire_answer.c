/* Is an answer read back as it was written, and everything else refused? */
#include "lib/wire/answer.h"
#include "tests/unit/support/wire_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct pjwt_answer
some_answer(void)
{
    struct pjwt_answer a = {.verdict = PJWT_SAY(OK), .looked = true, .authentic = true};

    SET(a.issuer, "corp");
    SET(a.kid, "k1");
    SET(a.id, "j-1");
    SET(a.login, "00112233445566778899aabbccddeeff");
    a.has_grant = true;
    a.grant = wire_grant();
    return a;
}

static enum pjwt_reason
roundtrip(const struct pjwt_answer *a, enum pjwt_ask asked, struct pjwt_answer *out)
{
    PJWT_AUTO(secret) struct pjwt_secret *m = NULL;

    assert_true(pjwt_ok(pjwt_answer_encode(a, &m)));
    return pjwt_answer_decode(pjwt_secret_bytes(m), pjwt_secret_len(m), asked, out).reason;
}

static void
an_answer_comes_back(void **state)
{
    struct pjwt_answer a = some_answer();
    struct pjwt_answer out = {0};

    (void)state;
    assert_int_equal(roundtrip(&a, PJWT_ASK_AUTH, &out), PJWT_OK);
    assert_memory_equal(&a, &out, sizeof(a));
}

static void
an_acceptance_without_its_parts_is_refused(void **state)
{
    struct pjwt_answer out = {0};

    (void)state;
    for (int missing = 0; missing < 4; missing++) {
        struct pjwt_answer a = some_answer();

        a.has_grant = missing != 0;
        a.looked = missing != 1;
        a.authentic = missing != 2;
        assert_int_equal(roundtrip(&a, PJWT_ASK_AUTH, &out),
                         missing == 3 ? PJWT_OK : PJWT_JUDGE_ANSWER);
    }
}

/* The module puts it into the environment of a root process's child. */
static void
a_ticket_file_belongs_to_an_open_session(void **state)
{
    struct pjwt_answer a = some_answer();
    struct pjwt_answer out = {0};

    (void)state;
    a.has_grant = false;
    SET(a.ticket_file, "/run/pam_jwt/t/0123456789A");
    assert_int_equal(roundtrip(&a, PJWT_ASK_OPEN, &out), PJWT_OK);
    assert_string_equal(out.ticket_file, "/run/pam_jwt/t/0123456789A");
    assert_int_equal(roundtrip(&a, PJWT_ASK_ACCOUNT, &out), PJWT_JUDGE_ANSWER);
    assert_int_equal(roundtrip(&a, PJWT_ASK_CLOSE, &out), PJWT_JUDGE_ANSWER);
    a.ticket_file[0] = 'r'; /* not absolute */
    assert_int_equal(roundtrip(&a, PJWT_ASK_OPEN, &out), PJWT_JUDGE_ANSWER);
    a.ticket_file[0] = '/';
    a.verdict = PJWT_SAY(JTI_REVOKED);
    assert_int_equal(roundtrip(&a, PJWT_ASK_OPEN, &out), PJWT_JUDGE_ANSWER);
}

static void
a_refusal_with_a_grant_is_malformed(void **state)
{
    struct pjwt_answer a = some_answer();
    struct pjwt_answer out = {0};

    (void)state;
    a.verdict = PJWT_SAY(EXPIRED);
    assert_int_equal(roundtrip(&a, PJWT_ASK_AUTH, &out), PJWT_JUDGE_ANSWER);
    a.has_grant = false;
    assert_int_equal(roundtrip(&a, PJWT_ASK_AUTH, &out), PJWT_OK);
    assert_int_equal(out.verdict.reason, PJWT_EXPIRED);
}

static void
no_verdict_is_no_answer(void **state)
{
    struct pjwt_answer a = {0};
    struct pjwt_answer out = {0};

    (void)state;
    assert_int_equal(roundtrip(&a, PJWT_ASK_OPEN, &out), PJWT_JUDGE_ANSWER);
    a.verdict = PJWT_SAY(OK);
    assert_int_equal(roundtrip(&a, PJWT_ASK_OPEN, &out), PJWT_OK);
}

static void
a_cut_answer_is_refused(void **state)
{
    struct pjwt_answer a = some_answer();
    struct pjwt_answer out = {0};
    PJWT_AUTO(secret) struct pjwt_secret *m = NULL;

    (void)state;
    assert_true(pjwt_ok(pjwt_answer_encode(&a, &m)));
    for (size_t cut = 0; cut < pjwt_secret_len(m); cut++) {
        assert_int_equal(
            pjwt_answer_decode(pjwt_secret_bytes(m), cut, PJWT_ASK_AUTH, &out).reason,
            PJWT_JUDGE_ANSWER);
    }
}

/* Found by fuzzing: a flag of 2 was read as "no" and would be written back as nothing. */
static void
every_changed_byte_of_an_answer_is_refused_or_canonical(void **state)
{
    struct pjwt_answer a = some_answer();
    PJWT_AUTO(secret) struct pjwt_secret *m = NULL;
    char *bytes = NULL;

    (void)state;
    a.verdict = PJWT_SAY(EXPIRED);
    a.has_grant = false;
    assert_true(pjwt_ok(pjwt_answer_encode(&a, &m)));
    bytes = pjwt_secret_buffer(m);
    for (size_t i = 0; i < 8 * pjwt_secret_len(m); i++) {
        PJWT_AUTO(secret) struct pjwt_secret *again = NULL;
        struct pjwt_answer out = {0};

        bytes[i / 8] = (char)(bytes[i / 8] ^ (1 << i % 8));
        if (pjwt_ok(pjwt_answer_decode(bytes, pjwt_secret_len(m), PJWT_ASK_AUTH, &out))) {
            assert_true(pjwt_ok(pjwt_answer_encode(&out, &again)));
            assert_int_equal(pjwt_secret_len(again), pjwt_secret_len(m));
            assert_memory_equal(pjwt_secret_bytes(again), bytes, pjwt_secret_len(m));
        }
        bytes[i / 8] = (char)(bytes[i / 8] ^ (1 << i % 8));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_comes_back),
        cmocka_unit_test(an_acceptance_without_its_parts_is_refused),
        cmocka_unit_test(a_ticket_file_belongs_to_an_open_session),
        cmocka_unit_test(a_refusal_with_a_grant_is_malformed),
        cmocka_unit_test(no_verdict_is_no_answer),
        cmocka_unit_test(a_cut_answer_is_refused),
        cmocka_unit_test(every_changed_byte_of_an_answer_is_refused_or_canonical),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
