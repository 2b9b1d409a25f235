/* Which tokens may log in, said a second time? Plainly, from the RFCs and the manual, with
 * nothing of lib/ in it: what fuzz_login compares pjwt_login() with. */
#ifndef PJWT_FUZZ_RULES_H
#define PJWT_FUZZ_RULES_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The world in which the rules stand. */
#define RULES_NOW  1767225600
#define RULES_USER "alice"
/* The ssh key in hand, and its RFC 7638 thumbprint. */
#define RULES_SSH_KEY        \
    "publickey ssh-ed25519 " \
    "AAAAC3NzaC1lZDI1NTE5AAAAIDKeEX++H5WLcwbJO796aBhppjw3oA6S3gCjJNj47q4p\n"
#define RULES_SSH_X   "Mp4Rf74flYtzBsk7v3poGGmmPDegDpLeAKMk2Pjurik"
#define RULES_SSH_JKT "FSOUP08vx-93uvgSDXn6CDYsz1OVZ9ubv_tY8TDiVqo"
#define RULES_CONFIG                                                                 \
    "[issuer corp]\niss = https://idp\nkeys = corp.jwks\naudience = pam:a, pam:b\n"  \
    "user = login\nleeway = 30s\nmax_lifetime = 90m\n"                               \
    "[issuer two]\niss = https://two\nkeys = corp.jwks\naudience = pam:a, pam:b\n"   \
    "user = /who\nuser_strip = @corp\nuser_map = two.users\n"                        \
    "require = groups=ssh|7, email_verified=true, scope=login\n"                     \
    "[issuer once]\niss = https://once\nkeys = once.jwks\naudience = pam:a, pam:b\n" \
    "user = login\none_time = yes\n"                                                 \
    "[service sshd]\n"                                                               \
    "[service su]\nrequire = /acr/0=mfa|true\nmax_auth_age = 12h\n"
/* In the place of two.users. */
#define RULES_MAP "alice a1\nbob b1\nbob shared\nalice shared\n"

enum rules_service { RULES_SSHD, RULES_SU };

/* The same with a key to open tokens with. */
#define RULES_CONFIG_SEALED                                                         \
    "[issuer corp]\niss = https://idp\nkeys = corp.jwks\naudience = pam:a, pam:b\n" \
    "user = login\nleeway = 30s\nmax_lifetime = 90m\ndecrypt = dec.jwks\n"          \
    "[service sshd]\n"

/* A signed token with this header and this payload (both borrowed, any bytes). */
bool rules_accept(const char *header, size_t header_len, const char *payload,
                  size_t payload_len, enum rules_service service);

/* How a token was sealed; all borrowed. */
struct rules_seal {
    const char *alg, *enc, *kid;
    const json_t *epk; /* NULL: no agreement */
};

/* An encrypted token, sealed like that, whose header has this text: does it open? What is
 * inside is for rules_accept(). */
bool rules_open(const char *header, size_t len, const struct rules_seal *seal);

/* What both kinds of header share. The object is owned by the caller; NULL when it is none. */
json_t *rules_strict_object(const char *text, size_t len);
bool rules_absent(const json_t *object, const char *const *names);
bool rules_text(const json_t *value, size_t most);
bool rules_looks_like_jose(const char *header, size_t len);

#endif
