/* Does the config remember where each option stands? */
#include "tests/unit/support/config_files.h"

#include "lib/policy/given.h"

#include <string.h>

static void
assert_at(const struct pjwt_given *given, const char *file, long line, const char *value)
{
    assert_non_null(given);
    assert_string_equal(given->file, file);
    assert_int_equal(given->line, line);
    assert_string_equal(given->value, value);
}

static void
an_option_is_found_where_it_stands(void **state)
{
    struct scratch *s = *state;
    struct pjwt_config *c = NULL;
    struct pjwt_why why = {""};
    char dropin[PATH_MAX];
    const struct pjwt_issuer *corp = NULL;
    const struct pjwt_issuer *lab = NULL;

    scratch_mkdir(s, "conf.d", 0755);
    scratch_write(s, "pam_jwt.conf",
                  CONFIG_CORP
                  "leeway = 10s\ntype =\n JWT\n none\n[service sshd]\naccept = jwt\n"
                  "[root]\nsystem_users = root\n",
                  0644);
    scratch_write(s, "conf.d/lab.conf",
                  "[issuer lab]\niss = https://lab\nkeys = lab.jwks\naudience = a\n", 0644);
    assert_reason(config_load(s, &c, &why), OK);
    corp = pjwt_config_issuer_by_section(c, "corp");
    lab = pjwt_config_issuer_by_section(c, "lab");
    assert_at(pjwt_given_by_issuer(c, corp, "leeway"), scratch_path(s, "pam_jwt.conf"), 5,
              "10s");
    assert_at(pjwt_given_by_issuer(c, corp, "type"), scratch_path(s, "pam_jwt.conf"), 6,
              "JWT\nnone");
    assert_at(pjwt_given_by_service(c, pjwt_config_service(c, "sshd"), "accept"),
              scratch_path(s, "pam_jwt.conf"), 10, "jwt");
    assert_at(pjwt_given_alone(c, "root", "system_users"), scratch_path(s, "pam_jwt.conf"), 12,
              "root");
    scratch_set_text(dropin, sizeof(dropin), scratch_path(s, "conf.d/lab.conf"));
    assert_at(pjwt_given_by_issuer(c, lab, "iss"), dropin, 2, "https://lab");
    assert_at(pjwt_given_by_issuer(c, corp, "iss"), scratch_path(s, "pam_jwt.conf"), 2,
              "https://idp");
    pjwt_config_free(c);
}

/* The section that stands first must not answer for another, nor an option for a default. */
static void
a_default_stands_nowhere(void **state)
{
    struct scratch *s = *state;
    struct pjwt_config *c = config_load_good(
        s, CONFIG_CORP "leeway = 10s\n[issuer lab]\niss = https://lab\nkeys = lab.jwks\n"
                       "audience = a\n[service a]\nissuers = lab\n[service b]\n");
    const struct pjwt_issuer *lab = pjwt_config_issuer_by_section(c, "lab");

    assert_null(pjwt_given_by_issuer(c, lab, "leeway"));
    assert_null(pjwt_given_by_issuer(c, lab, "max_lifetime"));
    assert_null(pjwt_given_by_issuer(c, lab, "nothing"));
    assert_non_null(pjwt_given_by_service(c, pjwt_config_service(c, "a"), "issuers"));
    assert_null(pjwt_given_by_service(c, pjwt_config_service(c, "b"), "issuers"));
    assert_null(pjwt_given_alone(c, "tickets", "lifetime"));
    pjwt_config_free(c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_option_is_found_where_it_stands, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(a_default_stands_nowhere, scratch_setup,
                                        scratch_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
