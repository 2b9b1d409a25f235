/* Does each class of refusal have its PAM code in each phase, and one once we have looked? */
#include "pam_jwt/codes.h"

#include <security/pam_modules.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const enum pjwt_reason reasons[] = {
#define X(name, class, code, text) PJWT_##name,
    PJWT_REASONS(X)
#undef X
};

#define REASONS (sizeof(reasons) / sizeof(reasons[0]))

/* auth before the credential is looked at, account, session */
static const struct {
    int auth;
    int account;
    int session;
} codes[] = {
    [PJWT_CLASS_INTERNAL] = {PAM_SYSTEM_ERR, PAM_PERM_DENIED, PAM_PERM_DENIED},
    [PJWT_CLASS_MEMORY] = {PAM_BUF_ERR, PAM_PERM_DENIED, PAM_PERM_DENIED},
    [PJWT_CLASS_ALLOW] = {PAM_SUCCESS, PAM_SUCCESS, PAM_SUCCESS},
    [PJWT_CLASS_CONFIG] = {PAM_SERVICE_ERR, PAM_PERM_DENIED, PAM_PERM_DENIED},
    [PJWT_CLASS_STORE] = {PAM_AUTHINFO_UNAVAIL, PAM_PERM_DENIED, PAM_PERM_DENIED},
    [PJWT_CLASS_TALK] = {PAM_CONV_ERR, PAM_PERM_DENIED, PAM_PERM_DENIED},
    [PJWT_CLASS_DENY] = {PAM_AUTH_ERR, PAM_PERM_DENIED, PAM_PERM_DENIED},
    [PJWT_CLASS_EXPIRED] = {PAM_AUTH_ERR, PAM_ACCT_EXPIRED, PAM_PERM_DENIED},
    [PJWT_CLASS_ABSTAIN] = {PAM_AUTH_ERR, PAM_IGNORE, PAM_SUCCESS},
};

static void
each_class_has_its_codes(void **state)
{
    (void)state;
    for (size_t i = 0; i < REASONS; i++) {
        const struct pjwt_answer answer = {.verdict = {reasons[i]}};
        enum pjwt_class class = pjwt_class_of(answer.verdict);

        assert_in_range(class, 0, PJWT_CLASS_ABSTAIN);
        assert_int_equal(pjwt_code_auth(&answer), codes[class].auth);
        assert_int_equal(pjwt_code_account(&answer), codes[class].account);
        assert_int_equal(pjwt_code_session(&answer), codes[class].session);
    }
}

static void
once_looked_at_there_is_one_code(void **state)
{
    (void)state;
    for (size_t i = 0; i < REASONS; i++) {
        const struct pjwt_answer answer = {.verdict = {reasons[i]}, .looked = true};

        assert_int_equal(pjwt_code_auth(&answer),
                         pjwt_ok(answer.verdict) ? PAM_SUCCESS : PAM_AUTH_ERR);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_class_has_its_codes),
        cmocka_unit_test(once_looked_at_there_is_one_code),
    };

    return cmocka_run_group_tests_name("codes", tests, NULL, NULL);
}
