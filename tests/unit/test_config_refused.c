/* Is every mistake in the config refused with its file and line? */
#include "tests/unit/support/config_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text that is refused, the words behind "dir/pam_jwt.conf:", and the same with one thing
 * right. */
struct row {
    const char *bad;
    const char *why;
    const char *good;
};

#define L16 "llllllllllllllll"
#define L64 L16 L16 L16 L16
#define L80 L64 L16

static const struct row rows[] = {
    {"[isuer corp]\n", "1: unknown section [isuer]; did you mean issuer?", CONFIG_CORP},
    {"[Service sshd]\n", "1: unknown section [Service]; did you mean service?",
     "[service sshd]\n"},
    {"[login]\n", "1: unknown section [login]; did you mean logins?", "[tickets]\n"},
    {"[issuer]\n", "1: expected [issuer NAME]", CONFIG_CORP},
    {"[issuer a b]\n", "1: expected [issuer NAME]", CONFIG_CORP},
    {"[service]\n", "1: expected [service NAME...]", "[service a b]\n"},
    {"[tickets a]\n", "1: expected [tickets]", "[tickets]\n"},
    {"[root a]\n", "1: expected [root]", "[root]\n"},
    {"[paths a]\n", "1: expected [paths]", "[paths]\n"},
    {"[service sshd]\n[issuer a@b]\n",
     "2: a@b is no name for [issuer NAME]: 1 to 64 of A-Z a-z 0-9 _ . -", "[service a@b]\n"},
    {"[service a/b]\n", "1: a/b is no name for [service NAME...]: 1 to 64 of a-z 0-9 _ . - @",
     "[service a-b]\n"},
    {CONFIG_CORP "[issuer corp]\n", "5: [issuer corp] stands twice, first at %s:1",
     CONFIG_CORP "[service corp]\n"},
    {"[service a b]\n[service c a]\n", "2: service a stands twice, first at %s:1",
     "[service a b]\n[service c d]\n"},
    {"[service a a]\n", "1: service a stands twice, first at %s:1", "[service a aa]\n"},
    {"[service SSHD]\n",
     "1: SSHD has capitals: libpam makes service names lower case, so write them so",
     "[service sshd]\n"},
    {"\xef\xbb\xbf[tickets]\n", "1: a byte order mark: save the file as UTF-8 without one",
     "[tickets]\n"},
    {"[tickets]\n[service a]\n[tickets]\n", "3: [tickets] stands twice",
     "[tickets]\n[service a]\n[root]\n"},
    {CONFIG_CORP "lewway = 5s\n", "5: unknown option lewway in [issuer]; did you mean leeway?",
     CONFIG_CORP "leeway = 5s\n"},
    {CONFIG_CORP L80 " = 5s\n", "5: unknown option " L64 " in [issuer]", CONFIG_CORP},
    {CONFIG_CORP "ikz = x\n", "5: unknown option ikz in [issuer]", CONFIG_CORP},
    {CONFIG_CORP "max_lifexyze = 1h\n", "5: unknown option max_lifexyze in [issuer]",
     CONFIG_CORP "max_lifetime = 1h\n"},
    {CONFIG_CORP "just_once = yes\n", "5: unknown option just_once in [issuer]", CONFIG_CORP},
    {"[service a]\nleeway = 5s\n", "2: leeway is no option of [service] but of [issuer]",
     CONFIG_CORP "leeway = 5s\n"},
    {CONFIG_CORP "LEEWAY = 5s\n", "5: unknown option LEEWAY in [issuer]; did you mean leeway?",
     CONFIG_CORP "leeway = 5s\n"},
    {CONFIG_CORP "leeway = 5s # short\n",
     "5: leeway = 5s # short: a comment must be a line of its own",
     CONFIG_CORP "# short\nleeway = 5s\n"},
    {CONFIG_CORP "user = login\t; his name\n",
     "5: user = login?; his name: a comment must be a line of its own",
     CONFIG_CORP "; his name\nuser = login\n"},
    {CONFIG_CORP "user = #login\n", "5: user = #login: a comment must be a line of its own",
     CONFIG_CORP "user = x#login\n"},
    {CONFIG_CORP "user = \"login\"\n", "5: user = \"login\": write the value without quotes",
     CONFIG_CORP "user = login\n"},
    {CONFIG_CORP "user = 'login'\n", "5: user = 'login': write the value without quotes",
     CONFIG_CORP "user = 'login\n"},
    {CONFIG_CORP "user == login\n", "5: user = = login: one = is enough",
     CONFIG_CORP "user = login=\n"},
    {CONFIG_CORP "type = \"JWT\", at+jwt\n",
     "5: type = \"JWT\", at+jwt: expected list elements without quotes around them",
     CONFIG_CORP "type = JWT, at+jwt\n"},
    {CONFIG_CORP "require = groups\n",
     "5: require = groups: expected NAME=VALUE, or NAME=VALUE|VALUE: that a claim is there "
     "says "
     "nothing",
     CONFIG_CORP "require = groups=a\n"},
    {"[service a]\nrequire = a!=b\n",
     "2: require = a!=b: expected NAME=VALUE, or NAME=VALUE|VALUE: there is no !=, < or >, so "
     "list the values that are allowed",
     "[service a]\nrequire = a=b\n"},
    {"[service a]\n = x\n", "2: an indented line with no option above it", "[service a]\n"},
    {"[service a]\n= x\n", "2: unknown option  in [service]", "[service a]\n"},
    {CONFIG_CORP "leeway = 5s\nleeway = 5s\n",
     "6: leeway stands twice in this section, first in line 5", CONFIG_CORP "leeway = 5s\n"},
    {CONFIG_CORP "bind_key = yes\n", "5: bind_key = yes: expected no, if-present or required",
     CONFIG_CORP "bind_key = required\n"},
    {CONFIG_CORP "leeway = 5m\n",
     "5: leeway = 5m: expected a time such as 90s, 15m or 8h, from 0s to 120s",
     CONFIG_CORP "leeway = 2m\n"},
    {CONFIG_CORP "max_lifetime = 29h\n",
     "5: max_lifetime = 29h: expected a time such as 90s, 15m or 8h, from 1s to 28h",
     CONFIG_CORP "max_lifetime = 28h\n"},
    {CONFIG_CORP "algorithms = RS256, none\n",
     "5: algorithms = RS256, none: expected any of Ed25519, Ed448, ES256, ES384, ES512, "
     "ES256K, RS256, RS384, RS512, PS256, PS384, PS512, or HS256, HS384, HS512",
     CONFIG_CORP "algorithms = RS256, EdDSA\n"},
    {CONFIG_CORP "algorithms = RS256, HS256\n",
     "5: HS256 and hmac = no: shared secrets need hmac = yes",
     CONFIG_CORP "algorithms = RS256, RS384\n"},
    {CONFIG_CORP "algorithms = HS256\n",
     "5: HS256 and hmac = no: shared secrets need hmac = yes",
     CONFIG_CORP "algorithms = HS256\nhmac = yes\n"},
    {CONFIG_CORP "hmac = yes\nalgorithms = HS512, RS256\n",
     "6: RS256 and hmac = yes: algorithms must list HS256, HS384 or HS512",
     CONFIG_CORP "hmac = yes\nalgorithms = HS512, HS384\n"},
    {CONFIG_CORP "hmac = yes\n",
     "1: Ed25519 and hmac = yes: algorithms must list HS256, HS384 or HS512",
     CONFIG_CORP "hmac = yes\nalgorithms = HS384\n"},
    {CONFIG_CORP "hmac = Yes\n", "5: hmac = Yes: expected yes or no",
     CONFIG_CORP "hmac = no\n"},
    {CONFIG_CORP "type =\n", "5: type = : expected at least one word",
     CONFIG_CORP "type = none\n"},
    {CONFIG_CORP "type = a,, b\n", "5: type = a,, b: expected no empty list element",
     CONFIG_CORP "type = a, b\n"},
    {CONFIG_CORP "type = a,\n", "5: type = a,: expected no comma behind the last list element",
     CONFIG_CORP "type = a\n"},
    {CONFIG_CORP "type = a b\n",
     "5: type = a b: expected commas between list elements, and no blank inside one",
     CONFIG_CORP "type = a, b\n"},
    {CONFIG_CORP "user = /a~\n",
     "5: user = /a~: expected the name of a claim, or a JSON Pointer such as /a/b",
     CONFIG_CORP "user = /a~0\n"},
    {CONFIG_CORP "leeway =\n 5s\n", "6: leeway is no list: its value is one line",
     CONFIG_CORP "leeway = 5s\n"},
    {CONFIG_CORP "type =\n at+jwt\n leeway = 5s\n",
     "6: the option leeway must start in the first column",
     CONFIG_CORP "type =\n at+jwt\nleeway = 5s\n"},
    {CONFIG_CORP "type = at+jwt\n leeway=5s\n",
     "6: the option leeway must start in the first column",
     CONFIG_CORP "type = at+jwt\n leewax=5s\n"},
    {"[issuer a]\nkeys = k\naudience = a\n", "1: [issuer a] needs the option iss", CONFIG_CORP},
    {"[issuer a]\niss = i\naudience = a\n", "1: [issuer a] needs the option keys", CONFIG_CORP},
    {"[issuer a]\niss = i\nkeys = k\n[root]\n", "1: [issuer a] needs the option audience",
     CONFIG_CORP},
    {"[issuer a]\niss =\n", "2: iss = : expected the iss claim: 1 to 512 bytes without a blank",
     CONFIG_CORP},
    {"[issuer a]\nkeys = a/b\n",
     "2: keys = a/b: expected a file name without / that does not start with a dot",
     CONFIG_CORP},
    {"[issuer a]\niss = https://idp\nkeys = k\naudience = a\n" CONFIG_CORP,
     "5: [issuer corp] has the iss of [issuer a] at %s:1",
     "[issuer a]\niss = https://idp/\nkeys = k\naudience = a\n" CONFIG_CORP},
    {CONFIG_CORP "[service a]\n\nissuers = crop\n",
     "7: there is no [issuer crop]; did you mean corp?",
     CONFIG_CORP "[service a]\n\nissuers = corp\n"},
    {"[service a]\nissuers = corp, other\n" CONFIG_CORP, "2: there is no [issuer other]",
     "[service a]\nissuers = corp\n" CONFIG_CORP},
    {CONFIG_CORP "[service a]\nissuers =\n",
     "6: issuers = : expected names of [issuer NAME] sections", CONFIG_CORP "[service a]\n"},
    {"[service a]\naccept = jwt, password\n",
     "2: accept = jwt, password: expected jwt, ticket or both", "[service a]\naccept = jwt\n"},
    {"[service a]\ntoken_only = true\n", "2: token_only = true: expected yes or no",
     "[service a]\ntoken_only = yes\n"},
    {"[tickets]\nlifetime = 0\n",
     "2: lifetime = 0: expected a time such as 90s, 15m or 8h, from 1s to 366d",
     "[tickets]\nlifetime = 1\n"},
    {"[root]\nsystem_users = Root\n", "2: system_users = Root: expected local user names",
     "[root]\nsystem_users = root\n"},
    {"[service sshd]\nlogin_ticket = 8h\n", "2: login_ticket needs the option login_ticket_for",
     "[service sshd]\nlogin_ticket = 8h\nlogin_ticket_for = sudo\n"},
    {"[paths]\nstate = x\n", "2: state = x: expected an absolute path",
     "[paths]\nstate = /x\n"},
    {"[service a]\r\n", "1: a carriage return: save the file with Unix line ends",
     "[service a]\n"},
    {"[service a] # x\n", "1: text after ]", "[service a]\n"},
};

static void
check_row(struct scratch *s, const struct row *row)
{
    struct pjwt_config *config = NULL;
    struct pjwt_why why = {""};
    char file[128];
    char words[300] = "pam_jwt.conf:";
    const char *path = strstr(row->why, "%s");

    (void)snprintf(file, sizeof(file), "%s", scratch_path(s, "pam_jwt.conf"));
    (void)snprintf(words + strlen(words), sizeof(words) - strlen(words), "%.*s%s%s",
                   path == NULL ? 200 : (int)(path - row->why), row->why,
                   path == NULL ? "" : file, path == NULL ? "" : path + strlen("%s"));
    scratch_write(s, "pam_jwt.conf", row->bad, 0644);
    assert_reason(config_load(s, &config, &why), CONFIG_BAD);
    assert_null(config);
    config_assert_why(s, &why, words);
    pjwt_config_free(config_load_good(s, row->good));
}

static void
is_refused_with_its_line(void **state)
{
    void *folder = NULL;

    (void)scratch_setup(&folder);
    check_row(folder, *state);
    (void)scratch_teardown(&folder);
}

#define ROWS (sizeof(rows) / sizeof(rows[0]))

int
main(void)
{
    struct CMUnitTest tests[ROWS];

    for (size_t i = 0; i < ROWS; i++) {
        tests[i] = (struct CMUnitTest){rows[i].why, is_refused_with_its_line, NULL, NULL,
                                       (void *)(uintptr_t)&rows[i]};
    }
    return cmocka_run_group_tests_name("config_refused", tests, NULL, NULL);
}
