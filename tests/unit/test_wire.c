/* Is a question read back as it was written, and everything else refused? */
#include "lib/wire/fields.h"
#include "lib/wire/question.h"
#include "tests/unit/support/wire_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct pjwt_question
some_question(enum pjwt_ask ask)
{
    struct pjwt_question q = {.ask = ask};

    SET(q.user, "alice");
    SET(q.service, "sshd");
    SET(q.rhost, "192.0.2.7");
    SET(q.attempt, "0123456789ab");
    if (ask == PJWT_ASK_AUTH) {
        q.typed = pjwt_secret_copy("eyJ.a.b", 7);
        SET(q.ssh_key, "publickey ssh-ed25519 AAAA\n");
        assert_non_null(q.typed);
    } else if (ask == PJWT_ASK_ACCOUNT) {
        q.has_grant = true;
        q.grant = wire_grant();
    } else {
        SET(q.login, "00112233445566778899aabbccddeeff");
    }
    return q;
}

static struct pjwt_secret *
encoded_question(enum pjwt_ask ask)
{
    PJWT_QUESTION_SCOPE struct pjwt_question q = some_question(ask);
    struct pjwt_secret *m = NULL;

    assert_true(pjwt_ok(pjwt_question_encode(&q, &m)));
    return m;
}

static enum pjwt_reason
decode_question(const void *bytes, size_t len)
{
    PJWT_QUESTION_SCOPE struct pjwt_question q = {0};

    return pjwt_question_decode(bytes, len, &q).reason;
}

static void
a_question_comes_back(void **state)
{
    (void)state;
    for (enum pjwt_ask ask = PJWT_ASK_AUTH; ask <= PJWT_ASK_OPEN; ask++) {
        PJWT_AUTO(secret) struct pjwt_secret *m = encoded_question(ask);
        PJWT_QUESTION_SCOPE struct pjwt_question in = some_question(ask);
        PJWT_QUESTION_SCOPE struct pjwt_question out = {0};

        assert_true(
            pjwt_ok(pjwt_question_decode(pjwt_secret_bytes(m), pjwt_secret_len(m), &out)));
        assert_string_equal(in.user, out.user);
        assert_string_equal(in.service, out.service);
        assert_string_equal(in.rhost, out.rhost);
        assert_string_equal(in.attempt, out.attempt);
        assert_string_equal(in.login, out.login);
        assert_string_equal(in.ssh_key, out.ssh_key);
        assert_int_equal(in.has_grant, out.has_grant);
        assert_memory_equal(&in.grant, &out.grant, sizeof(in.grant));
        assert_int_equal(in.typed != NULL, out.typed != NULL);
    }
}

/* The longest credential and the longest names must fit one message. */
static void
the_largest_question_fits(void **state)
{
    PJWT_QUESTION_SCOPE struct pjwt_question q = {.ask = PJWT_ASK_AUTH};
    PJWT_AUTO(secret) struct pjwt_secret *m = NULL;
    PJWT_QUESTION_SCOPE struct pjwt_question out = {0};

    (void)state;
    q.typed = pjwt_secret_new(PJWT_CREDENTIAL_MAX);
    assert_non_null(q.typed);
    memset(pjwt_secret_buffer(q.typed), 'x', PJWT_CREDENTIAL_MAX);
    pjwt_secret_set_len(q.typed, PJWT_CREDENTIAL_MAX);
    memset(q.user, 'u', sizeof(q.user) - 1);
    memset(q.ruser, 'r', sizeof(q.ruser) - 1);
    memset(q.service, 's', sizeof(q.service) - 1);
    memset(q.rhost, 'h', sizeof(q.rhost) - 1);
    memset(q.tty, 't', sizeof(q.tty) - 1);
    memset(q.ssh_key, 'k', sizeof(q.ssh_key) - 1);
    assert_true(pjwt_ok(pjwt_question_encode(&q, &m)));
    assert_true(pjwt_ok(pjwt_question_decode(pjwt_secret_bytes(m), pjwt_secret_len(m), &out)));
    assert_int_equal(pjwt_secret_len(out.typed), PJWT_CREDENTIAL_MAX);
}

/* Only `auth` brings an ssh key, and one that fits. */
static void
an_ssh_key_elsewhere_is_refused(void **state)
{
    static char longer[PJWT_SSH_KEY_MAX + 1];

    (void)state;
    for (enum pjwt_ask ask = PJWT_ASK_AUTH; ask <= PJWT_ASK_OPEN; ask++) {
        PJWT_QUESTION_SCOPE struct pjwt_question q = some_question(ask);
        PJWT_AUTO(secret) struct pjwt_secret *m = NULL;

        SET(q.ssh_key, "k");
        assert_true(pjwt_ok(pjwt_question_encode(&q, &m)));
        assert_int_equal(decode_question(pjwt_secret_bytes(m), pjwt_secret_len(m)),
                         ask == PJWT_ASK_AUTH ? PJWT_OK : PJWT_QUESTION);
    }
    memset(longer, 'k', sizeof(longer) - 1);
    for (size_t len = PJWT_SSH_KEY_MAX - 1; len <= PJWT_SSH_KEY_MAX; len++) {
        PJWT_AUTO(secret) struct pjwt_secret *m = pjwt_secret_new(PJWT_WIRE_MAX);
        struct pjwt_writer w = {0};

        longer[len] = '\0';
        pjwt_writer_start(&w, m, 'q');
        pjwt_writer_number(&w, 1, PJWT_ASK_AUTH);
        pjwt_writer_text(&w, 10, longer);
        pjwt_writer_text(&w, 11, "typed");
        assert_true(pjwt_writer_end(&w));
        assert_int_equal(decode_question(pjwt_secret_bytes(m), pjwt_secret_len(m)),
                         len < PJWT_SSH_KEY_MAX ? PJWT_OK : PJWT_QUESTION);
        memset(longer, 'k', sizeof(longer) - 1);
    }
}

static void
a_cut_or_longer_question_is_refused(void **state)
{
    char longer[PJWT_WIRE_MAX] = "";

    (void)state;
    for (enum pjwt_ask ask = PJWT_ASK_AUTH; ask <= PJWT_ASK_OPEN; ask++) {
        PJWT_AUTO(secret) struct pjwt_secret *m = encoded_question(ask);
        size_t len = pjwt_secret_len(m);

        assert_int_equal(decode_question(pjwt_secret_bytes(m), len), PJWT_OK);
        memcpy(longer, pjwt_secret_bytes(m), len);
        longer[len] = '\0';
        assert_int_equal(decode_question(longer, len + 1), PJWT_QUESTION);
        for (size_t cut = 0; cut < len; cut++) {
            assert_int_equal(decode_question(pjwt_secret_bytes(m), cut), PJWT_QUESTION);
        }
    }
}

/* There is one spelling: whatever is read as a question writes the very same bytes again. */
static void
every_changed_byte_is_refused_or_canonical(void **state)
{
    PJWT_AUTO(secret) struct pjwt_secret *m = encoded_question(PJWT_ASK_ACCOUNT);
    char *bytes = pjwt_secret_buffer(m);

    (void)state;
    for (size_t i = 0; i < pjwt_secret_len(m); i++) {
        for (int bit = 0; bit < 8; bit++) {
            PJWT_QUESTION_SCOPE struct pjwt_question q = {0};
            PJWT_AUTO(secret) struct pjwt_secret *again = NULL;

            bytes[i] = (char)(bytes[i] ^ (1 << bit));
            if (pjwt_ok(pjwt_question_decode(bytes, pjwt_secret_len(m), &q))) {
                assert_true(pjwt_ok(pjwt_question_encode(&q, &again)));
                assert_int_equal(pjwt_secret_len(again), pjwt_secret_len(m));
                assert_memory_equal(pjwt_secret_bytes(again), bytes, pjwt_secret_len(m));
            }
            bytes[i] = (char)(bytes[i] ^ (1 << bit));
        }
    }
}

static void
a_question_with_the_wrong_parts_is_refused(void **state)
{
    (void)state;
    for (enum pjwt_ask ask = PJWT_ASK_AUTH; ask <= PJWT_ASK_OPEN; ask++) {
        PJWT_QUESTION_SCOPE struct pjwt_question q = some_question(PJWT_ASK_AUTH);
        PJWT_AUTO(secret) struct pjwt_secret *m = NULL;

        q.ask = ask;
        assert_true(pjwt_ok(pjwt_question_encode(&q, &m)));
        assert_int_equal(decode_question(pjwt_secret_bytes(m), pjwt_secret_len(m)),
                         ask == PJWT_ASK_AUTH ? PJWT_OK : PJWT_QUESTION);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_comes_back),
        cmocka_unit_test(the_largest_question_fits),
        cmocka_unit_test(an_ssh_key_elsewhere_is_refused),
        cmocka_unit_test(a_cut_or_longer_question_is_refused),
        cmocka_unit_test(every_changed_byte_is_refused_or_canonical),
        cmocka_unit_test(a_question_with_the_wrong_parts_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
