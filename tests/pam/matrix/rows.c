#include "tests/pam/matrix/rows.h"

#include <security/pam_appl.h>

#define TYPED      "prompts", "echo_off = Token: |%token"
#define GOOD_TOKEN "token", "key=es256-a"

static const struct row auth_refused[] = {
    {"expired", PAM_AUTH_ERR, {{"token", "key=es256-a exp=-1h"}, {TYPED}}, false, {0}},
    {"forged",
     PAM_AUTH_ERR,
     {{GOOD_TOKEN}, {"forge", "flip=signature:0"}, {TYPED}},
     false,
     {0}},
    {"alg none", PAM_AUTH_ERR, {{GOOD_TOKEN}, {"forge", "none"}, {TYPED}}, false, {0}},
    {"malformed", PAM_AUTH_ERR, {{"prompts", "echo_off = Token: |rubbish"}}, false, {0}},
    {"empty", PAM_AUTH_ERR, {{"prompts", "echo_off = Token: |"}}, false, {0}},
    {"another user's", PAM_AUTH_ERR, {{"token", "key=es256-a user=bob"}, {TYPED}}, false, {0}},
    {"an unknown user",
     PAM_AUTH_ERR,
     {{"user", "nosuchuser"}, {"token", "key=es256-a user=nosuchuser"}, {TYPED}},
     false,
     {0}},
    {"a system user",
     PAM_AUTH_ERR,
     {{"user", "daemon"}, {"token", "key=es256-a user=daemon"}, {TYPED}},
     false,
     {0}},
    {"a blocked user", PAM_AUTH_ERR, {{"block", "alice"}, {GOOD_TOKEN}, {TYPED}}, false, {0}},
    {"a revoked token",
     PAM_AUTH_ERR,
     {{"revoke", "jti id-0001"}, {GOOD_TOKEN}, {TYPED}},
     false,
     {0}},
    {"for another machine",
     PAM_AUTH_ERR,
     {{"token", "key=es256-a aud=pam:other"}, {TYPED}},
     false,
     {0}},
    {"an unknown ticket",
     PAM_AUTH_ERR,
     {{"ticket", "stored=no"}, {"prompts", "echo_off = Token: |%ticket"}},
     false,
     {0}},
    {"nothing in PAM_AUTHTOK", PAM_AUTH_ERR, {{"args", "use_first_pass"}}, false, {0}},
    {"no answer", PAM_CONV_ERR, {{"prompts", "echo_off = Token: |%error"}}, false, {0}},
    {"an unknown argument", PAM_SERVICE_ERR, {{"args", "nullok"}}, false, {0}},
    {"no config",
     PAM_SERVICE_ERR,
     {{"file", "config missing"}, {GOOD_TOKEN}, {TYPED}},
     false,
     {0}},
    {"a broken config",
     PAM_SERVICE_ERR,
     {{"config", "text rubbish"}, {GOOD_TOKEN}, {TYPED}},
     false,
     {0}},
    {"no section",
     PAM_SERVICE_ERR,
     {{"config", "remove service sshd"}, {GOOD_TOKEN}, {TYPED}},
     false,
     {0}},
    {"no session file",
     PAM_AUTHINFO_UNAVAIL,
     {{"file", "store missing"}, {GOOD_TOKEN}, {TYPED}},
     false,
     {0}},
    {"no key set", PAM_AUTH_ERR, {{"file", "keys missing"}, {GOOD_TOKEN}, {TYPED}}, false, {0}},
    {"no judge", PAM_SYSTEM_ERR, {{"verify", "missing"}, {GOOD_TOKEN}, {TYPED}}, false, {0}},
    {"a judge that dies",
     PAM_AUTH_ERR,
     {{"verify", "rogue-killed"}, {GOOD_TOKEN}, {TYPED}},
     false,
     {0}},
    {0},
};

static const struct row auth_good[] = {
    {"a good token", PAM_SUCCESS, {{GOOD_TOKEN}, {TYPED}}, false, {0}},
    {"a good ticket",
     PAM_SUCCESS,
     {{"ticket", "user=alice"}, {"prompts", "echo_off = Token: |%ticket"}},
     false,
     {0}},
    {0},
};

static const struct row account_refused[] = {
    {"expired since", PAM_ACCT_EXPIRED, {{GOOD_TOKEN}}, true, {"clock", "+1h"}},
    {"revoked since", PAM_PERM_DENIED, {{GOOD_TOKEN}}, true, {"revoke", "jti id-0001"}},
    {"blocked since", PAM_PERM_DENIED, {{GOOD_TOKEN}}, true, {"block", "alice"}},
    {"another user since", PAM_PERM_DENIED, {{GOOD_TOKEN}}, true, {"user", "bob"}},
    {"the user is gone since",
     PAM_PERM_DENIED,
     {{GOOD_TOKEN}},
     true,
     {"world", "without alice"}},
    {"no config since", PAM_PERM_DENIED, {{GOOD_TOKEN}}, true, {"file", "config missing"}},
    {"no session file since", PAM_PERM_DENIED, {{GOOD_TOKEN}}, true, {"file", "store missing"}},
    {"no judge since",
     PAM_PERM_DENIED,
     {{"verify", "good"}, {GOOD_TOKEN}},
     true,
     {"file", "judge missing"}},
    {"not through us, blocked", PAM_PERM_DENIED, {{"block", "alice"}}, false, {0}},
    {"not through us, token_only",
     PAM_PERM_DENIED,
     {{"config", "service sshd: token_only = yes"}},
     false,
     {0}},
    {"not through us", PAM_IGNORE, {{0}}, false, {0}},
    {0},
};

static const struct row account_good[] = {
    {"a good login", PAM_SUCCESS, {{GOOD_TOKEN}}, true, {0}},
    {0},
};

static const struct row session_refused[] = {
    {"expired since", PAM_PERM_DENIED, {{GOOD_TOKEN}}, true, {"clock", "+1h"}},
    {"revoked since", PAM_PERM_DENIED, {{GOOD_TOKEN}}, true, {"revoke", "jti id-0001"}},
    {"blocked since", PAM_PERM_DENIED, {{GOOD_TOKEN}}, true, {"block", "alice"}},
    {"another user since", PAM_PERM_DENIED, {{GOOD_TOKEN}}, true, {"user", "bob"}},
    {"no config since", PAM_PERM_DENIED, {{GOOD_TOKEN}}, true, {"file", "config missing"}},
    {"no session file since", PAM_PERM_DENIED, {{GOOD_TOKEN}}, true, {"file", "store missing"}},
    {"no judge since",
     PAM_PERM_DENIED,
     {{"verify", "good"}, {GOOD_TOKEN}},
     true,
     {"file", "judge missing"}},
    {"an invented id",
     PAM_PERM_DENIED,
     {{0}},
     false,
     {"env", "PAMJWT_LOGIN=0123456789abcdef0123456789abcdef"}},
    {"not through us, blocked", PAM_PERM_DENIED, {{"block", "alice"}}, false, {0}},
    {"not through us, token_only",
     PAM_PERM_DENIED,
     {{"config", "service sshd: token_only = yes"}},
     false,
     {0}},
    {0},
};

static const struct row session_good[] = {
    {"a good login", PAM_SUCCESS, {{GOOD_TOKEN}}, true, {0}},
    {"not through us", PAM_SUCCESS, {{0}}, false, {0}},
    {0},
};

static int
authenticate(void *pamh)
{
    return pam_authenticate(pamh, 0);
}

static int
account(void *pamh)
{
    return pam_acct_mgmt(pamh, 0);
}

static int
open_session(void *pamh)
{
    return pam_open_session(pamh, 0);
}

const struct phase phases[] = {
    {"auth", "auth", authenticate, PAM_AUTH_ERR, auth_refused, auth_good},
    {"account", "acct", account, PAM_AUTH_ERR, account_refused, account_good},
    {"session", "open_session", open_session, PAM_SESSION_ERR, session_refused, session_good},
};

const size_t phase_count = sizeof(phases) / sizeof(phases[0]);
