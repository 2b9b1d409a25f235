/* Does the config mean what it says? */
#include "tests/unit/support/config_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
a_full_config_is_understood(void **state)
{
    struct scratch *s = *state;
    struct pjwt_config *c = config_load_good(
        s, CONFIG_CORP "algorithms = EdDSA,ES256\ntype =\n JWT\n none, x\nuser = /a/b\n"
                       "max_lifetime = 1h\nleeway = 0\n[service sudo sudo-i]\naccept = ticket\n"
                       "issuers = corp\ntoken_only = yes\n[tickets]\nlifetime = 1d\n[root]\n"
                       "system_users =\n root\n[paths]\nstate = /s\nrun = /r\n");
    const struct pjwt_issuer *corp = pjwt_config_issuer_by_section(c, "corp");
    const struct pjwt_service *sudo = pjwt_config_service(c, "sudo-i");

    assert_ptr_equal(corp, pjwt_config_issuer_by_iss(c, "https://idp"));
    assert_int_equal(corp->line, 1);
    assert_string_equal(corp->file, scratch_path(s, "pam_jwt.conf"));
    assert_string_equal(corp->keys, "corp.jwks");
    assert_int_equal(corp->algs, PJWT_ALG_BIT(PJWT_ALG_ED25519) |
                                     PJWT_ALG_BIT(PJWT_ALG_ED448) | /* EdDSA can mean it */
                                     PJWT_ALG_BIT(PJWT_ALG_ES256));
    assert_false(corp->hmac);
    assert_int_equal(corp->type.count, 3);
    assert_string_equal(corp->type.item[2], "x");
    assert_string_equal(corp->user, "/a/b");
    assert_int_equal(corp->max_lifetime, 3600);
    assert_int_equal(corp->leeway, 0);
    assert_ptr_equal(sudo, pjwt_config_service(c, "sudo"));
    assert_true(sudo->ticket);
    assert_false(sudo->jwt);
    assert_true(sudo->token_only);
    assert_true(pjwt_list_has(&sudo->issuers, "corp"));
    assert_int_equal(sudo->line, 12);
    assert_int_equal(sudo->issuers_line, 14);
    assert_int_equal(c->ticket_lifetime, 86400);
    assert_true(pjwt_list_has(&c->system_users, "root"));
    assert_string_equal(c->state, "/s");
    assert_string_equal(c->run, "/r");
    pjwt_config_free(c);
}

static void
presets_fill_the_rest(void **state)
{
    struct scratch *s = *state;
    struct pjwt_config *c = config_load_good(s, CONFIG_CORP "[service sshd]\n");
    const struct pjwt_issuer *corp = pjwt_config_issuer_by_section(c, "corp");
    const struct pjwt_service *sshd = pjwt_config_service(c, "sshd");

    assert_int_equal(corp->algs, PJWT_ALG_BIT(PJWT_ALG_ED25519) | PJWT_ALG_BIT(PJWT_ALG_ES256) |
                                     PJWT_ALG_BIT(PJWT_ALG_RS256));
    assert_true(pjwt_list_has(&corp->type, "at+jwt"));
    assert_true(pjwt_list_has(&corp->type, "pam+jwt"));
    assert_int_equal(corp->type.count, 2);
    assert_string_equal(corp->user, "sub");
    assert_int_equal(corp->max_lifetime, 5400);
    assert_int_equal(corp->leeway, 30);
    assert_false(corp->one_time);
    assert_string_equal(corp->jti_claim, "jti");
    assert_int_equal(corp->bind_key, PJWT_BIND_IF_PRESENT);
    assert_true(sshd->jwt);
    assert_true(sshd->ticket);
    assert_false(sshd->token_only);
    assert_int_equal(sshd->issuers.count, 0);
    assert_int_equal(sshd->issuers_line, 0);
    assert_int_equal(c->ticket_lifetime, 28800);
    assert_int_equal(c->system_users.count, 0);
    assert_string_equal(c->state, PJWT_STATE);
    assert_string_equal(c->run, PJWT_RUN);
    assert_string_equal(c->file, scratch_path(s, "pam_jwt.conf"));
    assert_string_equal(c->keys_dir, scratch_path(s, "keys"));
    assert_string_equal(c->private_dir, scratch_path(s, "private"));
    assert_null(pjwt_config_service(c, "ssh"));
    assert_null(pjwt_config_service(c, "SSHD"));
    assert_null(pjwt_config_issuer_by_iss(c, "https://idp/"));
    assert_null(pjwt_config_issuer_by_section(c, "Corp"));
    pjwt_config_free(c);
}

/* Takes the "#" from every line that starts "#[" or "#word =". */
static char *
uncommented(const char *path)
{
    FILE *in = fopen(path, "re");
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    char line[256];

    assert_non_null(in);
    assert_non_null(out);
    while (fgets(line, sizeof(line), in) != NULL) {
        char name[64];
        int end = 0;
        bool set = sscanf(line, "#%63[a-z_] =%n", name, &end) == 1 && end > 0;

        (void)fputs(line + (set || strncmp(line, "#[", 2) == 0 ? 1 : 0), out);
    }
    assert_int_equal(fclose(in), 0);
    assert_int_equal(fclose(out), 0);
    return text;
}

static void
the_sample_is_a_good_config(void **state)
{
    char *text = uncommented("conf/pam_jwt.conf");
    struct pjwt_config *c = config_load_good(*state, text);

    assert_non_null(pjwt_config_issuer_by_section(c, "corp"));
    assert_true(pjwt_config_service(c, "sshd")->jwt);
    assert_true(pjwt_config_service(c, "sshd")->ticket);
    assert_false(pjwt_config_service(c, "sudo-i")->jwt);
    assert_int_equal(c->issuers, 1);
    assert_int_equal(c->services, 2);
    assert_int_equal(c->system_users.count, 0);
    pjwt_config_free(c);
    free(text);
}

static void
the_sample_as_it_stands_admits_nobody(void **state)
{
    char path[PATH_MAX];
    struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(UNSET);
    FILE *in = fopen("conf/pam_jwt.conf", "re");
    char *text = calloc(1, 65536);

    assert_non_null(in);
    assert_non_null(text);
    assert_true(fread(text, 1, 65535, in) > 0);
    assert_int_equal(fclose(in), 0);
    scratch_write(*state, "pam_jwt.conf", text, 0644);
    free(text);
    (void)snprintf(path, sizeof(path), "%s", scratch_path(*state, "pam_jwt.conf"));
    v = pjwt_config_load(path, &config, &why);
    assert_reason(v, CONFIG_EMPTY);
    assert_null(config);
}

static void
paths_are_joined(void **state)
{
    char *a = pjwt_config_path("/x", "y");
    char *b = pjwt_config_path("/x/", "y");
    char *c = pjwt_config_path("/", "y");

    (void)state;
    assert_string_equal(a, "/x/y");
    assert_string_equal(b, "/x/y");
    assert_string_equal(c, "/y");
    free(a);
    free(b);
    free(c);
    pjwt_config_free(NULL);
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(a_full_config_is_understood),
        WITH_FOLDER(presets_fill_the_rest),
        WITH_FOLDER(the_sample_is_a_good_config),
        WITH_FOLDER(the_sample_as_it_stands_admits_nobody),
        cmocka_unit_test(paths_are_joined),
    };

    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
