/* Why was a login allowed or refused? One closed list, one row for each reason. */
#ifndef PJWT_BASE_VERDICT_H
#define PJWT_BASE_VERDICT_H

#include <stdbool.h>

/* clang-format off */
/*    name            class     stable code            text for logs, `explain` and the man page */
#define PJWT_REASONS(X)                                                                              \
    X(UNSET,          INTERNAL, "unset",               "no check has run")                           \
    X(OK,             ALLOW,    "ok",                  "every check passed")                         \
    X(NO_MEMORY,      MEMORY,   "no-memory",           "out of memory")                              \
    X(INTERNAL,       INTERNAL, "internal",            "a library call failed that should not")      \
    /* the asker: the module, before and around the question */                                     \
    X(ARGUMENT,       CONFIG,   "argument",            "the pam.d line has an unknown or malformed argument") \
    X(CONVERSATION,   TALK,     "conversation",        "the application did not pass on an answer")  \
    X(JUDGE_START,    INTERNAL, "judge-start",         "no judge could be started")                  \
    X(JUDGE_SILENT,   DENY,     "judge-silent",        "the judge ended without an answer")          \
    X(JUDGE_LATE,     DENY,     "judge-late",          "the judge did not answer in time")           \
    X(JUDGE_ANSWER,   DENY,     "judge-answer",        "the judge's answer is malformed")            \
    /* the judge, before it looks at the credential */                                              \
    X(QUESTION,       INTERNAL, "question",            "the question is malformed")                  \
    X(PROCESS,        INTERNAL, "process",             "the caller's limits or cgroup cannot be left") \
    X(CONFIG_MISSING, CONFIG,   "config-missing",      "there is no config file")                    \
    X(CONFIG_EMPTY,   CONFIG,   "config-empty",        "the config has no section")                  \
    X(CONFIG_UNSAFE,  CONFIG,   "config-unsafe",       "others may change the config file")          \
    X(CONFIG_UNREAD,  CONFIG,   "config-unreadable",   "the config file cannot be read")             \
    X(CONFIG_BAD,     CONFIG,   "config",              "the config file has an error")               \
    X(SERVICE_NONE,   CONFIG,   "service",             "the config has no section for this service") \
    X(STORE_MISSING,  STORE,    "store-missing",       "there is no session file")                   \
    X(STORE_UNSAFE,   STORE,    "store-unsafe",        "others may read or change the session file") \
    X(STORE_UNREAD,   STORE,    "store-unreadable",    "the session file cannot be read")            \
    X(STORE_DAMAGED,  STORE,    "store-damaged",       "the session file is damaged or not ours")    \
    X(STORE_BEHIND,   STORE,    "store-behind",        "the session file is older than its guard, or the guard is lost") \
    X(STORE_SCHEMA,   STORE,    "store-schema",        "the session file has another schema version") \
    X(STORE_BUSY,     STORE,    "store-busy",          "another writer holds the session file")      \
    X(STORE_FULL,     STORE,    "store-full",          "the session file cannot grow")               \
    X(CLOCK_BACK,     STORE,    "clock-back",          "the clock was set back")                     \
    X(STORE_CONFLICT, DENY,     "store-conflict",      "the session file has that row already")      \
    X(NOT_FOUND,      DENY,     "not-found",           "there is no such record")                    \
    /* what was typed */                                                                            \
    X(EMPTY,          DENY,     "empty",               "nothing was typed")                          \
    X(TOO_LONG,       DENY,     "too-long",            "the credential is longer than 16 KiB or 40 parts") \
    X(PART_REPEATED,  DENY,     "part-repeated",       "the same 500 characters came twice: the ssh password method repeats itself; use keyboard-interactive") \
    X(FIRST_PASS,     DENY,     "first-pass",          "no token or ticket was typed before, and the pam.d line does not let us ask") \
    X(MALFORMED,      DENY,     "malformed",           "neither a token nor a ticket")               \
    X(KIND_REFUSED,   DENY,     "kind-not-accepted",   "this service does not accept that kind of credential") \
    X(ENCRYPTED,      DENY,     "encrypted",           "the issuer has no decryption key")           \
    X(DECRYPT,        DENY,     "decrypt",             "the token cannot be decrypted")              \
    X(ISSUER_DECRYPT, DENY,     "issuer-decrypt",      "the token was encrypted for another issuer's key") \
    /* authentic? */                                                                                \
    X(BASE64URL,      DENY,     "base64url",           "a segment is not canonical base64url")       \
    X(JSON,           DENY,     "json",                "the header or payload is not strict JSON")   \
    X(HEADER,         DENY,     "header",              "a header parameter is malformed")            \
    X(HEADER_KEY,     DENY,     "header-key",          "the header brings a key of its own")         \
    X(HEADER_CRIT,    DENY,     "header-crit",         "the header demands an extension")            \
    X(ALG_UNKNOWN,    DENY,     "alg-unknown",         "alg is missing or not one we verify")        \
    X(ALG_REFUSED,    DENY,     "alg-not-listed",      "the issuer's algorithms do not list alg")    \
    X(ALG_MISMATCH,   DENY,     "alg-not-the-keys",    "alg is not the key's algorithm")             \
    X(ALG_UNPINNED,   DENY,     "alg-not-pinned",      "the key fits several algorithms and names none") \
    X(ISSUER_MISSING, DENY,     "iss-missing",         "the token names no issuer")                  \
    X(ISSUER_UNKNOWN, DENY,     "issuer-unknown",      "no issuer section has this iss")             \
    X(ISSUER_REFUSED, DENY,     "issuer-not-accepted", "this service does not accept that issuer")   \
    X(KEYS_UNREAD,    DENY,     "keys-unreadable",     "the issuer's key set cannot be read")        \
    X(KEYS_UNSAFE,    DENY,     "keys-unsafe",         "others may change the issuer's key set")     \
    X(KEYS_BAD,       DENY,     "keys-malformed",      "the issuer's key set is malformed")          \
    X(KID_UNKNOWN,    DENY,     "kid-unknown",         "the issuer's key set has no such kid")       \
    X(KID_MISSING,    DENY,     "kid-missing",         "no kid, and the issuer has not exactly one usable key") \
    X(KID_DUPLICATE,  DENY,     "kid-duplicate",       "the issuer's key set has this kid twice")    \
    X(KEY_BAD,        DENY,     "key-malformed",       "the key is malformed")                       \
    X(KEY_WEAK,       DENY,     "key-weak",            "the key is too weak to prove anything")      \
    X(KEY_PRIVATE,    DENY,     "key-private",         "a private or symmetric key lies where public keys belong") \
    X(KEY_MIXED,      DENY,     "key-mixed",           "a key that is no shared secret lies where shared secrets belong") \
    X(KEY_UNUSABLE,   DENY,     "key-unusable",        "the key's use, key_ops, kty, crv or alg does not fit its purpose here") \
    X(SIGNATURE,      DENY,     "signature",           "the signature does not verify")              \
    /* acceptable? */                                                                               \
    X(TYPE,           DENY,     "type",                "the issuer's type does not list typ")        \
    X(CLAIM_MISSING,  DENY,     "claim-missing",       "a required claim is absent")                 \
    X(CLAIM_BAD,      DENY,     "claim-malformed",     "a claim has the wrong type or range")        \
    X(AUDIENCE,       DENY,     "audience",            "the token is not for this machine")          \
    X(EXPIRED,        EXPIRED,  "expired",             "exp is in the past")                         \
    X(NOT_YET,        DENY,     "not-yet-valid",       "nbf is in the future")                       \
    X(IAT_FUTURE,     DENY,     "issued-in-future",    "iat is in the future")                       \
    X(LIFETIME,       DENY,     "lifetime",            "exp - iat exceeds the issuer's max_lifetime") \
    X(EVENTS,         DENY,     "events",              "a security event token is never a login token") \
    X(CNF,            DENY,     "cnf-unproved",        "the token is bound to a key that was not proved") \
    X(CNF_OTHER,      DENY,     "cnf-other-key",       "the token is bound to another key than the ssh key of this login") \
    X(CNF_KIND,       DENY,     "cnf-unsupported",     "the token is bound in a way that cannot be checked here") \
    X(CNF_MISSING,    DENY,     "cnf-missing",         "the issuer's bind_key wants tokens that are bound to a key") \
    X(SSH_KEY,        DENY,     "ssh-key",             "the ssh key of this login is malformed or of a kind that cannot be compared") \
    X(USER_CLAIM,     DENY,     "user-claim",          "the claim that names the user is absent or no string") \
    X(REQUIRE,        DENY,     "require",             "a claim that is required is absent or another") \
    X(AUTH_AGE,       DENY,     "auth-age",            "the sign-in at the issuer is not known to be as recent as max_auth_age asks") \
    X(CLAIMS_AGE,     DENY,     "claims-age",          "the claims saved in the ticket are older than claims_max_age") \
    X(USER_SUFFIX,    DENY,     "user-suffix",         "the claim that names the user does not end in user_strip") \
    X(MAP_UNREAD,     DENY,     "map-unreadable",      "the issuer's user map cannot be read")       \
    X(MAP_UNSAFE,     DENY,     "map-unsafe",          "others may change the issuer's user map")    \
    X(MAP_BAD,        DENY,     "map-malformed",       "the issuer's user map is malformed")         \
    X(USER_UNMAPPED,  DENY,     "user-unmapped",       "the issuer's user map does not name the token's user") \
    X(USER_NAME,      DENY,     "user-name",           "the user name is not a local user name")     \
    X(USER_MISMATCH,  DENY,     "user-mismatch",       "the credential is another user's")           \
    X(USER_UNKNOWN,   DENY,     "user-unknown",        "this machine has no such user")              \
    X(USER_SYSTEM,    DENY,     "user-system",         "a system user that system_users does not list") \
    X(GROUP,          DENY,     "group",               "the user is not in the local group that the service requires") \
    /* tickets */                                                                                   \
    X(TICKET_BAD,     DENY,     "ticket-malformed",    "the ticket is mistyped or cut")              \
    X(TICKET_UNKNOWN, DENY,     "ticket-unknown",      "there is no such ticket")                    \
    X(TICKET_FUTURE,  DENY,     "ticket-in-future",    "the ticket was made by a clock that was ahead of this one") \
    X(TICKET_EXPIRED, EXPIRED,  "ticket-expired",      "the ticket has expired")                     \
    X(TICKET_IDLE,    DENY,     "ticket-idle",         "the ticket was not used for longer than it may be") \
    X(TICKET_FROM,    DENY,     "ticket-from",         "the ticket is not for logins from there")    \
    X(TICKET_FIXED,   DENY,     "ticket-not-renewable", "the ticket cannot be renewed, or no more")  \
    X(TICKET_SERVICE, DENY,     "ticket-service",      "the ticket is not for this service")         \
    X(TICKET_LOGIN,   DENY,     "ticket-login",        "the login that the ticket was made for is over") \
    X(TICKET_SPENT,   DENY,     "ticket-spent",        "the ticket was good for one login and is spent") \
    /* spent? */                                                                                    \
    X(REPLAYED,       DENY,     "replayed",            "the token is good for one login and is spent") \
    /* revoked? */                                                                                  \
    X(TICKET_REVOKED, DENY,     "ticket-revoked",      "the ticket is revoked")                      \
    X(JTI_REVOKED,    DENY,     "jti-revoked",         "the token is revoked by its jti")            \
    X(USER_REVOKED,   DENY,     "user-revoked",        "the user's credentials issued until then are revoked") \
    X(SUBJECT_REVOKED, DENY,    "subject-revoked",     "the subject's credentials issued until then are revoked") \
    X(ISSUER_REVOKED, DENY,     "issuer-revoked",      "the issuer's tokens issued until then are revoked") \
    X(KEY_REVOKED,    DENY,     "key-revoked",         "the key is revoked")                         \
    X(USER_BLOCKED,   DENY,     "user-blocked",        "the user is blocked")                        \
    /* account and session */                                                                       \
    X(NOT_OURS,       ABSTAIN,  "not-ours",            "the login did not pass through this module") \
    X(TOKEN_ONLY,     DENY,     "token-only",          "this service admits tokens and tickets only") \
    X(USER_CHANGED,   DENY,     "user-changed",        "the user is not the one who authenticated")  \
    X(LOGIN_UNKNOWN,  DENY,     "login-unknown",       "the session does not belong to a login just accepted")
/* clang-format on */

enum pjwt_reason {
#define X(name, class, code, text) PJWT_##name,
    PJWT_REASONS(X)
#undef X
};

enum pjwt_class {
    PJWT_CLASS_INTERNAL, /* ours to mend; PAM_SYSTEM_ERR before the credential is looked at */
    PJWT_CLASS_MEMORY,   /* PAM_BUF_ERR before the credential is looked at */
    PJWT_CLASS_ALLOW,
    PJWT_CLASS_CONFIG,  /* PAM_SERVICE_ERR before the credential is looked at */
    PJWT_CLASS_STORE,   /* PAM_AUTHINFO_UNAVAIL before the credential is looked at */
    PJWT_CLASS_TALK,    /* PAM_CONV_ERR */
    PJWT_CLASS_DENY,    /* PAM_AUTH_ERR */
    PJWT_CLASS_EXPIRED, /* a DENY that the account check calls PAM_ACCT_EXPIRED */
    PJWT_CLASS_ABSTAIN  /* account alone: PAM_IGNORE */
};

/*
 * A struct, so that no int, bool or PAM code can be mistaken for one; zero means UNSET, so that
 * a path which forgets to decide refuses.
 */
typedef struct {
    enum pjwt_reason reason;
} pjwt_verdict;

#define PJWT_MUST_USE __attribute__((warn_unused_result))

/* Inline, so that a static analyser sees what PJWT_TRY rules out. */
static inline PJWT_MUST_USE bool
pjwt_ok(pjwt_verdict v)
{
    return v.reason == PJWT_OK;
}

enum pjwt_class pjwt_class_of(pjwt_verdict v) PJWT_MUST_USE;

/* Static strings, never NULL: the stable code for logs, and one sentence without a full stop.
 */
const char *pjwt_code(pjwt_verdict v);
const char *pjwt_text(pjwt_verdict v);

/* The verdict whose stable code is `code` (borrowed, NUL-terminated); UNSET when there is none.
 */
pjwt_verdict pjwt_verdict_from_code(const char *code) PJWT_MUST_USE;

#define PJWT_SAY(name) ((pjwt_verdict){PJWT_##name})

/* Return from the caller at the first refusal. */
#define PJWT_TRY(expr)            \
    do {                          \
        pjwt_verdict v_ = (expr); \
        if (!pjwt_ok(v_)) {       \
            return v_;            \
        }                         \
    } while (0)

#endif
