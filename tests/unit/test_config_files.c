/* Which files are read, and are those refused that others could have changed? */
#include "tests/unit/support/config_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
no_file_is_missing(void **state)
{
    struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};

    assert_reason(config_load(*state, &config, &why), CONFIG_MISSING);
    assert_non_null(strstr(why.text, "pam_jwt.conf"));
    scratch_mkdir(*state, "conf.d", 0755);
    scratch_write(*state, "conf.d/a.conf", "[service a]\n", 0644);
    assert_reason(config_load(*state, &config, &why), CONFIG_MISSING);
    assert_null(config);
}

static void
no_section_is_empty(void **state)
{
    struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};

    scratch_write(*state, "pam_jwt.conf", "", 0644);
    assert_reason(config_load(*state, &config, &why), CONFIG_EMPTY);
    config_assert_why(*state, &why, "pam_jwt.conf has no section: nothing may log in");
    scratch_write(*state, "pam_jwt.conf", "#[service a]\n", 0644);
    assert_reason(config_load(*state, &config, &why), CONFIG_EMPTY);
    config_assert_why(*state, &why, "pam_jwt.conf has no section: nothing may log in");
    assert_null(config);
    pjwt_config_free(config_load_good(*state, "[service a]\n"));
    pjwt_config_free(config_load_good(*state, "[root]\n"));
}

static void
others_may_not_write_it(void **state)
{
    struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};

    scratch_write(*state, "pam_jwt.conf", "[service a]\n", 0664);
    assert_reason(config_load(*state, &config, &why), CONFIG_UNSAFE);
    scratch_write(*state, "pam_jwt.conf", "[service a]\n", 0646);
    assert_reason(config_load(*state, &config, &why), CONFIG_UNSAFE);
    assert_non_null(strstr(why.text, "pam_jwt.conf"));
    assert_null(config);
    pjwt_config_free(config_load_good(*state, "[service a]\n"));
}

static void
a_directory_is_no_config(void **state)
{
    struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};

    scratch_mkdir(*state, "pam_jwt.conf", 0755);
    assert_reason(config_load(*state, &config, &why), CONFIG_UNREAD);
    assert_reason(pjwt_config_load("pam_jwt.conf", &config, &why), CONFIG_UNREAD);
    assert_string_equal(why.text, "pam_jwt.conf: the config file's path must be absolute");
    assert_null(config);
}

static void
a_file_over_256_kib_is_refused(void **state)
{
    static char text[262144 + 2];
    struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};

    memset(text, '\n', sizeof(text) - 1);
    memcpy(text, "[root]", strlen("[root]"));
    scratch_write(*state, "pam_jwt.conf", text, 0644);
    assert_reason(config_load(*state, &config, &why), CONFIG_BAD);
    config_assert_why(*state, &why, "pam_jwt.conf: the file is larger than 256 KiB");
    text[262144] = '\0';
    pjwt_config_free(config_load_good(*state, text));
}

static void
dropins_follow_in_the_order_of_their_names(void **state)
{
    struct scratch *s = *state;
    struct pjwt_config *c = NULL;

    scratch_mkdir(s, "conf.d", 0755);
    scratch_write(s, "conf.d/20-b.conf", "[service b]\n", 0644);
    scratch_write(s, "conf.d/10-a.conf", "\n[service a]\nissuers = corp\n", 0644);
    scratch_write(s, "conf.d/.hidden.conf", "rubbish\n", 0666);
    scratch_write(s, "conf.d/README", "rubbish\n", 0666);
    scratch_write(s, "conf.d/a.conf~", "rubbish\n", 0666);
    scratch_write(s, "conf.d/conf", "rubbish\n", 0666);
    c = config_load_good(s, "[service main]\n" CONFIG_CORP);
    assert_int_equal(c->services, 3);
    assert_string_equal(c->service[1].names.item[0], "a");
    assert_string_equal(c->service[1].file, scratch_path(s, "conf.d/10-a.conf"));
    assert_int_equal(c->service[1].line, 2);
    assert_string_equal(c->service[2].names.item[0], "b");
    assert_int_equal(c->files.count, 3);
    assert_string_equal(c->files.item[2], scratch_path(s, "conf.d/20-b.conf"));
    pjwt_config_free(c);
    c = config_load_good(s, "# the sections are in conf.d\n" CONFIG_CORP);
    assert_int_equal(c->services, 2);
    pjwt_config_free(c);
}

/* `text` in a drop-in beside a good main file is refused with `words`. */
static void
assert_dropin(struct scratch *s, const char *text, const char *words)
{
    struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};

    scratch_write(s, "conf.d/x.conf", text, 0644);
    assert_reason(config_load(s, &config, &why), CONFIG_BAD);
    assert_null(config);
    assert_memory_equal(why.text, scratch_path(s, words), strlen(scratch_path(s, words)));
}

static void
a_mistake_in_a_dropin_names_its_file(void **state)
{
    struct scratch *s = *state;

    scratch_mkdir(s, "conf.d", 0755);
    scratch_write(s, "pam_jwt.conf", CONFIG_CORP "[service a]\n[tickets]\n", 0644);
    assert_dropin(s, "leeway = 5s\n", "conf.d/x.conf:1: an option before the first [section]");
    assert_dropin(s, "[service b a]\n", "conf.d/x.conf:1: service a stands twice, first at ");
    assert_dropin(s, "\n[issuer corp]\n",
                  "conf.d/x.conf:2: [issuer corp] stands twice, first at ");
    assert_dropin(s, "[tickets]\n", "conf.d/x.conf:1: [tickets] stands twice");
    assert_dropin(s, "[service b]\nissuers = other\n",
                  "conf.d/x.conf:2: there is no [issuer other]");
    assert_dropin(s, "[service b]\n\n\nissuers = corq\n",
                  "conf.d/x.conf:4: there is no [issuer corq]; did you mean corp?");
    assert_dropin(s, "[issuer b]\n", "conf.d/x.conf:1: [issuer b] needs the option iss");
    scratch_write(s, "conf.d/x.conf", "[service b]\n", 0644);
    pjwt_config_free(config_load_good(s, CONFIG_CORP));
}

static void
an_unsafe_dropin_refuses_all(void **state)
{
    struct scratch *s = *state;
    struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};

    scratch_mkdir(s, "conf.d", 0755);
    scratch_write(s, "pam_jwt.conf", "[service a]\n", 0644);
    scratch_write(s, "conf.d/x.conf", "[service b]\n", 0666);
    assert_reason(config_load(s, &config, &why), CONFIG_UNSAFE);
    scratch_write(s, "conf.d/x.conf", "[service b]\n", 0644);
    assert_int_equal(chmod(scratch_path(s, "conf.d"), 0777), 0);
    assert_reason(config_load(s, &config, &why), CONFIG_UNSAFE);
    assert_int_equal(chmod(scratch_path(s, "conf.d"), 0755), 0);
    pjwt_config_free(config_load_good(s, "[service a]\n"));
    assert_int_equal(symlink("x.conf", scratch_path(s, "conf.d/y.conf")), 0);
    assert_reason(config_load(s, &config, &why), CONFIG_UNSAFE);
    assert_int_equal(unlink(scratch_path(s, "conf.d/y.conf")), 0);
    scratch_mkdir(s, "conf.d/z.conf", 0755);
    assert_reason(config_load(s, &config, &why), CONFIG_UNREAD);
    assert_null(config);
}

static void
conf_d_must_be_a_directory(void **state)
{
    struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};

    scratch_write(*state, "pam_jwt.conf", "[service a]\n", 0644);
    scratch_write(*state, "conf.d", "", 0644);
    assert_reason(config_load(*state, &config, &why), CONFIG_UNREAD);
    assert_null(config);
}

static void
at_most_256_dropins_are_read(void **state)
{
    struct scratch *s = *state;
    struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};
    char name[32];

    scratch_mkdir(s, "conf.d", 0755);
    for (int i = 0; i < 256; i++) {
        (void)snprintf(name, sizeof(name), "conf.d/%d.conf", i);
        scratch_write(s, name, "", 0644);
    }
    pjwt_config_free(config_load_good(s, "[service a]\n"));
    scratch_write(s, "conf.d/one-more.conf", "", 0644);
    assert_reason(config_load(s, &config, &why), CONFIG_BAD);
    config_assert_why(s, &why, "conf.d: more than 256 files");
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(no_file_is_missing),
        WITH_FOLDER(no_section_is_empty),
        WITH_FOLDER(others_may_not_write_it),
        WITH_FOLDER(a_directory_is_no_config),
        WITH_FOLDER(a_file_over_256_kib_is_refused),
        WITH_FOLDER(dropins_follow_in_the_order_of_their_names),
        WITH_FOLDER(a_mistake_in_a_dropin_names_its_file),
        WITH_FOLDER(an_unsafe_dropin_refuses_all),
        WITH_FOLDER(conf_d_must_be_a_directory),
        WITH_FOLDER(at_most_256_dropins_are_read),
    };

    return cmocka_run_group_tests_name("config_files", tests, NULL, NULL);
}
