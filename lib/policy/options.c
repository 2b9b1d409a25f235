/* Which options exist? */
#include "lib/policy/options.h"

#include "lib/policy/config.h"
#include "lib/policy/value.h"

#include <string.h>

#define ROW(section, of, name, field, kind, preset, required, list, says)                     \
    {                                                                                         \
        section, name, offsetof(struct of, field), pjwt_value_##kind, preset, required, list, \
            says                                                                              \
    }
#define ISSUER(name, ...)                 ROW("issuer", pjwt_issuer, #name, name, __VA_ARGS__)
#define SERVICE(name, ...)                ROW("service", pjwt_service, #name, name, __VA_ARGS__)
#define CONFIG(section, name, field, ...) ROW(section, pjwt_config, #name, field, __VA_ARGS__)

const struct pjwt_option pjwt_options[] = {
    /* clang-format off */
    /*      name          kind           preset                   required list   says */
    ISSUER(iss,          iss,          NULL,                    true,  false,
           "the issuer, compared byte for byte with the token's iss"),
    ISSUER(keys,         file,         NULL,                    true,  false,
           "the issuer's public keys, a JWKS file in keys/ beside this file"),
    ISSUER(hmac,         yes_no,       "no",                    false, false,
           "its keys are secrets shared with us, in a file of mode 0600: HS256 and its kin"),
    ISSUER(algorithms,   algorithms,   "Ed25519, ES256, RS256", false, true,
           "the signature algorithms it may use; EdDSA is an older name of Ed25519"),
    ISSUER(audience,     words,        NULL,                    true,  true,
           "who this machine is: the token's aud must hold one of these, byte for byte"),
    ISSUER(type,         words,        "at+jwt, pam+jwt",       false, true,
           "the header's typ must be one of these; none stands for a token without typ"),
    ISSUER(user,         claim,        "sub",                   false, false,
           "the claim that holds the local user name; /a/b is a JSON Pointer"),
    ISSUER(user_strip,   suffix,       NULL,                    false, false,
           "what that claim must end in, and loses, such as @corp.example"),
    ISSUER(user_map,     file,         NULL,                    false, false,
           "lines `user VALUE` that say whose a value is: a file beside this one"),
    ISSUER(require,      require,      NULL,                    false, true,
           "claims that every token must have: name=value, with | between values"),
    ISSUER(max_lifetime, max_lifetime, "90m",                   false, false,
           "the longest time from iat to exp; at most 28h"),
    ISSUER(leeway,       leeway,       "30s",                   false, false,
           "how far the issuer's clock and ours may differ; at most 120s"),
    ISSUER(one_time,     yes_no,       "no",                    false, false,
           "each of its tokens logs in once; it then needs a jti"),
    ISSUER(jti_claim,    claim,        "jti",                   false, false,
           "the claim that stands for jti, such as uti; /a/b is a JSON Pointer"),
    ISSUER(bind_key,     bind_key,     "if-present",            false, false,
           "tokens bound to an ssh key by cnf: no (refused), if-present or required"),
    ISSUER(decrypt,      file,         NULL,                    false, false,
           "our keys for its encrypted tokens, a JWKS file in private/ beside this file"),
    SERVICE(accept,      kinds,        "jwt, ticket",           false, true,
            "what may be typed at its prompt"),
    SERVICE(issuers,     sections,     NULL,                    false, true,
            "whose tokens count, by section name; without it those of every issuer"),
    SERVICE(require,     require,      NULL,                    false, true,
            "claims that a token, or the token a ticket was made from, must have here"),
    SERVICE(max_auth_age, age,         NULL,                    false, false,
            "how long ago the person may have signed in at the issuer (auth_time)"),
    SERVICE(claims_max_age, age,       NULL,                    false, false,
            "how old the claims that a ticket was made from may be"),
    SERVICE(require_group, group,      NULL,                    false, false,
            "a local group that the user must be in, asked for at each check"),
    SERVICE(login_ticket, login_ticket, "0s",                   false, false,
            "a login by token gets a ticket of its own for that time at most; 0s: none"),
    SERVICE(login_ticket_for, services, NULL,                   false, true,
            "the services where that ticket is good, while its login is open"),
    SERVICE(token_only,  yes_no,       "no",                    false, false,
            "refuse logins that did not pass through this module, such as an ssh key alone"),
    SERVICE(callers,     nobody,       "",                      false, true,
            "who but root may ask about this service: nobody, so far"),
    SERVICE(warn_before, warn_before,  "0s",                    false, false,
            "tell the person when what let them in ends within that time; 0s: never"),
    CONFIG("tickets", lifetime,     ticket_lifetime, ticket_lifetime, "8h", false, false,
           "how long a ticket is good when its maker names no time; 1s to 366d"),
    CONFIG("tickets", idle,         ticket_idle,     age,             NULL, false, false,
           "how long a ticket may go unused when its maker names no time; 1s to 366d"),
    CONFIG("tickets", renewable,    ticket_renewable, renewable,      "24h", false, false,
           "how long after it was made a ticket may be renewed; 0s: never"),
    CONFIG("logins",  end,          logins_end,      ending,   "revoked", false, false,
           "when an open login is ended: revoked, expired (or revoked), no"),
    CONFIG("root",    system_users, system_users,    users,           "",   false, true,
           "users with a uid below 1000, or 65534, who may log in"),
    CONFIG("paths",   state,        state,           path,     PJWT_STATE,  false, false,
           "the directory of the session file"),
    CONFIG("paths",   run,          run,             path,     PJWT_RUN,    false, false,
           "the directory of what does not outlive a boot"),
    /* clang-format on */
};

const size_t pjwt_option_count = sizeof(pjwt_options) / sizeof(pjwt_options[0]);

const struct pjwt_option *
pjwt_option_find(const char *section, const char *name)
{
    for (size_t i = 0; i < pjwt_option_count; i++) {
        if (strcmp(pjwt_options[i].section, section) == 0 &&
            strcmp(pjwt_options[i].name, name) == 0) {
            return &pjwt_options[i];
        }
    }
    return NULL;
}
