/* What can `pamjwt lint` find? One closed list, one row for each finding: the program, its JSON
 * and the table in pamjwt-lint(1) follow it, and a test holds them together. */
#ifndef PJWT_LINT_FINDINGS_H
#define PJWT_LINT_FINDINGS_H

/* clang-format off */
/*    name             severity  stable code          text                                  cure */
#define PJWT_FINDINGS(X)                                                                              \
    X(UNEXAMINED,      WARNING, "unexamined",         "this could not be examined",                   \
      "run lint as root, and see that the file is there and readable")                                \
    /* the config */                                                                                  \
    X(CONFIG_MISSING,  ERROR,   "config-missing",     "there is no config file: every login is refused", \
      "run `pamjwt init`, then describe an issuer or a service in the file")                          \
    X(CONFIG_EMPTY,    ERROR,   "config-empty",       "the config has no section: every login is refused", \
      "describe an issuer or a service in it")                                                        \
    X(CONFIG_BAD,      ERROR,   "config",             "an error refuses the whole config",            \
      "mend that line; until then every login is refused")                                            \
    X(DROPIN_IGNORED,  WARNING, "dropin-ignored",     "this file of conf.d is not read",              \
      "give it a name that ends in .conf and does not start with a dot, or take it away")             \
    X(DROPIN_EMPTY,    NOTE,    "dropin-empty",       "this file of conf.d says nothing",             \
      "take it away, or take the # from the lines that you want")                                     \
    X(SERVICE_NONE,    WARNING, "service-none",       "no [service NAME] section: every login is refused", \
      "add a [service NAME] section for each PAM service that may ask")                               \
    X(SERVICE_UNUSED,  NOTE,    "service-unused",     "no pam.d file of that name calls the module",  \
      "add the module's lines to that pam.d file, or take the name out of the section")               \
    /* files and their owners */                                                                      \
    X(FILE_UNSAFE,     ERROR,   "file-unsafe",        "somebody else could change this file, or read what is secret", \
      "make it and the directories above it root's and writable by nobody else; secrets 0600, their directories 0700") \
    X(FILE_MISSING,    ERROR,   "file-missing",       "this file is not there, and logins need it",   \
      "run `pamjwt init` for directories, `make install` for programs")                               \
    X(JUDGE_UNFIT,     ERROR,   "judge",              "the module could not start the judge",         \
      "install it again: `make install`, with the same PREFIX as the module; make the directories above it root's, writable by nobody else")                         \
    X(MODULE_MISSING,  ERROR,   "module-missing",     "pam.d names the module, and it is not where libpam looks", \
      "mend its name, install it again, or take the line out of that file")                                          \
    /* keys */                                                                                        \
    X(KEYS_UNREAD,     ERROR,   "keys",               "the issuer's key set cannot be used",          \
      "make it root's and writable by nobody else, mend it, or remove it and add the keys again with `pamjwt key add`")                     \
    X(KEYS_NONE,       ERROR,   "keys-none",          "the issuer has no key that a login could use", \
      "`pamjwt key add` or `pamjwt key new` installs one; `pamjwt key list` shows why others are skipped") \
    X(KEY_WEAK,        ERROR,   "key-weak",           "a key is too weak to prove anything",          \
      "ask the issuer for a stronger key, and take this one away")                                    \
    X(KEY_MALFORMED,   ERROR,   "key-malformed",      "a key is malformed",                           \
      "take it out of the set and add it again from the issuer")                                      \
    X(KEY_PRIVATE,     ERROR,   "key-private",        "a private or shared key lies where public keys belong", \
      "treat it as stolen: take it away, and have the issuer make a new one")                         \
    X(KEY_MIXED,       ERROR,   "key-mixed",          "a public key lies where shared secrets belong", \
      "keep two issuers' keys in two sets: with hmac = yes only keys of kty oct")                     \
    X(KID_DUPLICATE,   ERROR,   "kid-duplicate",      "two keys of the set have one kid: tokens of both are refused", \
      "`pamjwt key remove` the old one")                                                              \
    X(KEY_UNREACHABLE, WARNING, "key-unreachable",    "no algorithm of the issuer's section reaches this key", \
      "list the key's algorithm in `algorithms`, or take the key away")                               \
    X(KEY_UNPINNED,    WARNING, "key-unpinned",       "a key fits several algorithms and names none", \
      "list a single RS… or PS… algorithm in the issuer's section")                                   \
    X(KEY_SKIPPED,     NOTE,    "key-skipped",        "a key that cannot verify tokens is skipped",   \
      "nothing to do: issuers publish keys for other uses beside those that sign")                    \
    X(KEYS_OLD,        NOTE,    "keys-old",           "the key set has not changed for a year",       \
      "fetch the issuer's set again, and see that it has not left a key behind")                      \
    X(KEYS_UNNAMED,    NOTE,    "keys-unnamed",       "no issuer names this file",                    \
      "take it away, or name it in an issuer's section")                                              \
    X(DECRYPT_NONE,    ERROR,   "decrypt-none",       "the issuer's `decrypt` has no key that opens anything", \
      "`pamjwt key new --issuer SECTION --alg ECDH-ES` makes one; mend or remove a bad set first")    \
    /* issuers */                                                                                     \
    X(ISSUER_SHARED,   ERROR,   "issuer-shared",      "the whole world shares this issuer, and nothing says which of its users are yours", \
      "add `user_map`, or `require` a claim that names your organisation")                            \
    X(AUDIENCE_SHARED, ERROR,   "audience-shared",    "tokens for that audience are made for other services too", \
      "have the issuer make tokens for an audience of your own, such as pam:HOST, and list that alone") \
    X(TYPE_OPEN,       WARNING, "type-open",          "with JWT or none in `type` an ID token made for a web page could log in", \
      "`require` a claim that only access tokens of yours have, or list at+jwt alone")                \
    X(USER_MAP,        ERROR,   "user-map",           "the issuer's user map cannot be used: its tokens are refused", \
      "make the file, or mend that line: each is USER, a blank, and the value of the claim")                            \
    X(GROUP_UNKNOWN,   WARNING, "group-unknown",      "this machine has no such group: every login of the service is refused", \
      "make the group, or name another in `require_group`")                                           \
    X(TICKET_FOR,      WARNING, "login-ticket-for",   "a login's own ticket is refused where it should be good", \
      "give that service a section that accepts tickets, or take it out of `login_ticket_for`")       \
    X(TICKET_NONE,     WARNING, "login-ticket-none",  "no login gets the ticket that this section speaks of", \
      "give login_ticket a time and `accept` the word jwt, or shorten the list of services")          \
    X(LIFETIME_LONG,   NOTE,    "lifetime-long",      "a stolen token is good for many hours",        \
      "lower `max_lifetime` if the issuer can make shorter tokens, or set one_time or bind_key")      \
    X(HMAC_ISSUER,     NOTE,    "issuer-hmac",        "whoever can verify this issuer's tokens can make them", \
      "prefer an issuer that signs with a key pair")                                                  \
    X(ISSUER_UNUSED,   NOTE,    "issuer-unused",      "no service accepts tokens of this issuer",     \
      "name it in a service's `issuers`, or take the section out")                                    \
    /* pam.d */                                                                                       \
    X(PAM_SYNTAX,      ERROR,   "pam-syntax",         "libpam cannot read this line: the stack fails", \
      "write it as pam.conf(5) says")                                                                 \
    X(PAM_ARGUMENT,    ERROR,   "pam-argument",       "the module refuses that argument, and with it every login", \
      "see pam_jwt(8) for the arguments that there are")                                              \
    X(PAM_SERVICE,     ERROR,   "pam-service",        "the module is called for a service that the config does not have: it refuses", \
      "add that [service NAME] section")                                                              \
    X(PAM_CONFIG,      NOTE,    "pam-config",         "that line reads another config file than the one looked at here", \
      "look at it with `pamjwt --config PATH lint`")                                                  \
    X(AUTH_PASSES,     ERROR,   "auth-passes",        "a refused credential gets in",                 \
      "write [success=done default=die] for the module, as in the examples")                          \
    X(AUTH_UNSURE,     WARNING, "auth-unsure",        "a refused credential gets in where a module that lint does not know says yes", \
      "see that each of those modules checks a credential, or write [success=done default=die] for ours") \
    X(AUTH_SKIPPED,    WARNING, "auth-skipped",       "a condition lets people in without any credential", \
      "see that the condition holds only for whom you mean")                                          \
    X(ACCOUNT_MISSING, ERROR,   "account-missing",    "the module stands in auth and not in account: revoked and blocked users come in by other ways", \
      "add: account [success=ok ignore=ignore default=die] pam_jwt.so")                               \
    X(ACCOUNT_PASSES,  ERROR,   "account-passes",     "the account check passes although the module refused", \
      "write [success=ok ignore=ignore default=die] for the module's account line")                   \
    X(ACCOUNT_ALONE,   WARNING, "account-alone",      "logins that did not pass through the module, such as by ssh key, are refused", \
      "put `account required pam_permit.so` or pam_unix.so below it; or mean it, and set token_only = yes") \
    X(SESSION_MISSING, WARNING, "session-missing",    "the module has no session line: a login is not registered, and revoking cannot end it", \
      "add: session [success=ok default=die] pam_jwt.so")                                             \
    X(SESSION_PASSES,  ERROR,   "session-passes",     "a session opens although the module refused it", \
      "write [success=ok default=die] for the module's session line")                                 \
    X(PAM_ENV_FIRST,   WARNING, "pam-env-first",      "pam_env reads the user's own file before the module's session line", \
      "put the module's line above it, or take user_readenv away")                                    \
    X(NO_WAY_IN,       ERROR,   "no-way-in",          "no way in is left that does not go through the module", \
      "keep the console's pam.d/login free of it, or a root key and a root that passes the account check") \
    /* sshd */                                                                                        \
    X(SSHD_USEPAM,     ERROR,   "sshd-usepam",        "sshd does not use PAM: the module is never asked", \
      "set UsePAM yes")                                                                               \
    X(SSHD_NO_PROMPT,  ERROR,   "sshd-no-prompt",     "sshd asks nobody for a token",                 \
      "set KbdInteractiveAuthentication yes")                                                         \
    X(SSHD_KBDINT,     WARNING, "sshd-kbdint",        "tokens can travel by the password method alone: one prompt, and no reasons", \
      "set KbdInteractiveAuthentication yes")                                                         \
    X(SSHD_PASSWORD,   WARNING, "sshd-password",      "the password method repeats one answer to every prompt: long tokens fail", \
      "set PasswordAuthentication no")                                                                \
    X(SSHD_METHODS,    ERROR,   "sshd-methods",       "AuthenticationMethods leaves out keyboard-interactive: no token is ever asked for", \
      "list keyboard-interactive:pam, alone or after publickey")                                      \
    X(SSHD_TRIES,      WARNING, "sshd-tries",         "each key that the client offers is a try: there may be none left for a token", \
      "set MaxAuthTries 6, its default")                                                              \
    X(SSHD_GRACE,      WARNING, "sshd-grace",         "there is little time to fetch and paste a token", \
      "set LoginGraceTime 120, its default")                                                          \
    /* sudo */                                                                                        \
    X(SUDO_REMEMBERS,  NOTE,    "sudo-remembers",     "sudo remembers a success and does not ask again for a while", \
      "Defaults timestamp_timeout=0 asks each time")                                                  \
    X(SUDO_FOREVER,    WARNING, "sudo-forever",       "sudo remembers a success without end",         \
      "Defaults timestamp_timeout=0 asks each time")                                                  \
    X(SUDO_ASKS_NOBODY, WARNING, "sudo-asks-nobody",  "sudo does not ask here",                       \
      "take NOPASSWD or !authenticate away where a token should be asked for")                        \
    X(SUDO_SERVICE,    WARNING, "sudo-service",       "sudo asks under a service that does not call the module", \
      "take that pam_service away, or give that service the module's lines")                          \
    X(SUDO_PROMPT,     WARNING, "sudo-prompt",        "sudo replaces the module's prompt: askpass cannot tell the part that is asked for", \
      "take passprompt_override away")                                                                \
    X(SUDO_ACCOUNT,    ERROR,   "sudo-account",       "sudo skips the account check: revoked and blocked users stay in", \
      "take !pam_acct_mgmt away")                                                                     \
    X(SUDO_SESSION,    WARNING, "sudo-session",       "sudo opens no PAM session: a login is not registered", \
      "take !pam_session away")                                                                       \
    X(SUDO_ASKPASS,    WARNING, "sudo-askpass",       "the askpass program of sudo.conf cannot be run, or others may change it", \
      "name the path of pamjwt-askpass")                                                              \
    /* the clock and the session file */                                                              \
    X(CLOCK_FREE,      WARNING, "clock-unsynchronised", "no time service keeps the clock right",      \
      "run chrony, ntpd or systemd-timesyncd: expiry is only as good as the clock")                   \
    X(CLOCK_BEHIND,    ERROR,   "clock-behind",       "the clock stands before something that has already happened", \
      "set the clock; until then expired tokens may be accepted")                                     \
    X(STORE,           ERROR,   "store",              "the session file cannot be used: every login is refused", \
      "run `pamjwt init` only when it was never made, since a new one knows of no revocation; else do what `pamjwt status` says")
/* clang-format on */

enum pjwt_severity { PJWT_LINT_NOTE, PJWT_LINT_WARNING, PJWT_LINT_ERROR };

enum pjwt_finding {
#define PJWT_FINDING_ENUM(name, severity, code, text, cure) PJWT_FINDING_##name,
    PJWT_FINDINGS(PJWT_FINDING_ENUM)
#undef PJWT_FINDING_ENUM
        PJWT_FINDING_COUNT
};

/* All static. */
enum pjwt_severity pjwt_finding_severity(enum pjwt_finding finding);
const char *pjwt_finding_code(enum pjwt_finding finding);
const char *pjwt_finding_text(enum pjwt_finding finding);
const char *pjwt_finding_cure(enum pjwt_finding finding);
const char *pjwt_severity_word(enum pjwt_severity severity);

#endif
