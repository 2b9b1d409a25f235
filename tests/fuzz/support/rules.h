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
#define RULES_CONFIG                                                                \
    "[issuer corp]\niss = https://idp\nkeys = corp.jwks\naudience = pam:a, pam:b\n" \
    "user = login\nleeway = 30s\nmax_lifetime = 90m\n[service sshd]\n"

/* The same with a key to open tokens with. */
#define RULES_CONFIG_SEALED                                                         \
    "[issuer corp]\niss = https://idp\nkeys = corp.jwks\naudience = pam:a, pam:b\n" \
    "user = login\nleeway = 30s\nmax_lifetime = 90m\ndecrypt = dec.jwks\n"          \
    "[service sshd]\n"

/* A signed token with this header and this payload (both borrowed, any bytes). */
bool rules_accept(const char *header, size_t header_len, const char *payload,
                  size_t payload_len);

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
