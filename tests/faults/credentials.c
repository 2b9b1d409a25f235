/* Which credentials does the house have? */
#include "tests/faults/credentials.h"

#include "tests/faults/conf.h"
#include "tests/faults/files.h"
#include "tests/faults/house.h"
#include "tests/faults/sealed.h"
#include "tests/faults/stored.h"

#include "lib/jose/alg.h"
#include "lib/jose/keyset.h"
#include "lib/jose/sign.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct maker {
    const char *dir;
    json_t *set;            /* of key pairs */
    json_t *shared;         /* of secrets, for the issuer that has nothing else */
    struct pjwt_key *first; /* signs all but the good-ALG and forged-ALG */
    const char *first_alg;
    bool good;
};

/* A good token for alice with the members of `more` (owned by this call) on top; a NULL `kid`
 * leaves it out. */
static struct pjwt_secret *
sign(struct maker *m, const struct pjwt_key *key, const char *alg, const char *kid,
     json_t *more)
{
    PJWT_AUTO(json)
    json_t *header = json_pack("{s:s,s:s*,s:s}", "alg", alg, "kid", kid, "typ", "at+jwt");
    PJWT_AUTO(json)
    json_t *claims = json_pack("{s:s,s:s,s:s,s:s,s:I,s:I,s:s}", "iss", "https://idp", "aud",
                               "pam:a", "sub", "alice", "jti", "1", "iat",
                               (json_int_t)HOUSE_NOW - 60, "exp", (json_int_t)HOUSE_NOW + 600,
                               "note", "with \"escapes\",\nand longer than a small buffer");
    struct pjwt_secret *token = NULL;

    m->good = json_object_update_new(claims, more) == 0 && m->good;
    m->good = pjwt_ok(pjwt_jws_sign(key, header, claims, &token)) && m->good;
    return token;
}

static void
write_token(struct maker *m, const char *name, const char *kid, json_t *more)
{
    PJWT_AUTO(secret)
    struct pjwt_secret *token = sign(m, m->first, m->first_alg, kid, more);

    m->good = m->good && files_write_secret(m->dir, NULL, name, token);
}

/* A character in the middle of the signature becomes another one. */
static void
forge(struct pjwt_secret *token)
{
    char *text = pjwt_secret_buffer(token);
    char *signature = strrchr(text, '.');

    signature[10] = signature[10] == 'A' ? 'B' : 'A';
}

static bool
is_shared(enum pjwt_alg alg)
{
    return (PJWT_ALG_BIT(alg) & PJWT_ALGS_HMAC) != 0;
}

/* The key goes into its issuer's set. */
static struct pjwt_key *
make_key(struct maker *m, enum pjwt_alg alg)
{
    PJWT_AUTO(json) json_t *private_jwk = NULL;
    PJWT_AUTO(json) json_t *public_jwk = NULL;
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    struct pjwt_why why = {""};

    m->good = pjwt_ok(pjwt_key_generate(alg, pjwt_alg_name(alg), &public_jwk, &private_jwk)) &&
              json_array_append(json_object_get(is_shared(alg) ? m->shared : m->set, "keys"),
                                is_shared(alg) ? private_jwk : public_jwk) == 0 &&
              pjwt_ok(pjwt_key_from_private_jwk(private_jwk, &key, &why)) && m->good;
    return pjwt_take(key);
}

static void
make_alg(struct maker *m, enum pjwt_alg alg)
{
    PJWT_AUTO(key) struct pjwt_key *key = make_key(m, alg);
    PJWT_AUTO(secret) struct pjwt_secret *token = NULL;
    const char *name = pjwt_alg_name(alg);
    const char *iss = is_shared(alg) ? "https://shared" : "https://idp";

    if (!m->good) {
        return;
    }
    token = sign(m, key, name, name, json_pack("{s:s}", "iss", iss));
    m->good = m->good && files_write_secret(m->dir, "good", name, token);
    if (!m->good) {
        return;
    }
    forge(token);
    m->good = files_write_secret(m->dir, "forged", name, token);
    if (m->first == NULL) {
        m->first = pjwt_take(key);
        m->first_alg = name;
    }
}

/* For the issuer with a user map and a requirement. */
static void
make_mapped(struct maker *m, const char *name, const char *sub, const char *group)
{
    write_token(m, name, m->first_alg,
                json_pack("{s:s,s:s,s:[s,s]}", "iss", "https://mapped", "sub", sub, "groups",
                          "x", group));
}

static void
make_sealed(struct maker *m)
{
    PJWT_AUTO(secret)
    struct pjwt_secret *token = sign(m, m->first, m->first_alg, m->first_alg, json_object());
    PJWT_AUTO(secret)
    struct pjwt_secret *two =
        sign(m, m->first, m->first_alg, m->first_alg, json_pack("{s:s}", "iss", "https://two"));

    m->good = m->good && sealed_make(m->dir, token, two);
}

static void
make_tokens(struct maker *m)
{
    for (enum pjwt_alg alg = 1; alg < PJWT_ALG_COUNT && m->good; alg++) {
        make_alg(m, alg);
    }
    if (!m->good) {
        return;
    }
    write_token(m, "expired", m->first_alg,
                json_pack("{s:I}", "exp", (json_int_t)HOUSE_NOW - 31));
    write_token(m, "audience", m->first_alg, json_pack("{s:s}", "aud", "pam:b"));
    write_token(m, "other-user", m->first_alg, json_pack("{s:s}", "sub", "bob"));
    write_token(m, "unknown-kid", "other", json_object());
    write_token(m, "no-kid", NULL, json_pack("{s:s}", "iss", "https://two"));
    write_token(m, "revoked-jti", m->first_alg, json_pack("{s:s}", "jti", "taken-back"));
    write_token(m, "blocked", m->first_alg, json_pack("{s:s}", "sub", "mallory"));
    make_mapped(m, "mapped", "7", "users");
    make_mapped(m, "unmapped", "alice", "users");
    make_mapped(m, "mapped-other", "8", "users");
    make_mapped(m, "required", "7", "guests");
    write_token(m, "bound", m->first_alg, json_pack("{s:{s:s}}", "cnf", "jkt", HOUSE_SSH_JKT));
    write_token(m, "bound-other", m->first_alg,
                json_pack("{s:{s:s}}", "cnf", "jkt", HOUSE_OTHER_JKT));
    write_token(m, "once", m->first_alg, json_pack("{s:s}", "iss", HOUSE_ONCE));
    write_token(m, "once-spent", m->first_alg,
                json_pack("{s:s,s:s}", "iss", HOUSE_ONCE, "jti", "2"));
    make_sealed(m);
}

static void
write_set(struct maker *m, const char *name, const json_t *set)
{
    PJWT_AUTO(text) char *text = json_dumps(set, JSON_COMPACT);

    m->good = m->good && text != NULL && files_write(m->dir, NULL, name, text, strlen(text));
}

/* Two keys of one kind, for a token without a kid: both could be meant. */
static void
make_two(struct maker *m)
{
    const json_t *first = json_array_get(json_object_get(m->set, "keys"), 0);
    PJWT_AUTO(json) json_t *other = NULL;
    PJWT_AUTO(json) json_t *secret = NULL;
    PJWT_AUTO(json) json_t *set = NULL;

    m->good = m->good && pjwt_ok(pjwt_key_generate(1, "other", &other, &secret));
    set = json_pack("{s:[O,O]}", "keys", first, other);
    write_set(m, "keys/two.jwks", set);
}

static void
make_sets(struct maker *m)
{
    char path[PATH_MAX];

    (void)snprintf(path, sizeof(path), "%s/keys", m->dir);
    m->good = mkdir(path, 0755) == 0 && m->good;
    write_set(m, "keys/corp.jwks", m->set);
    write_set(m, "keys/shared.jwks", m->shared);
    make_two(m);
}

bool
credentials_make(const char *dir)
{
    struct maker m = {.dir = dir,
                      .set = json_pack("{s:[]}", "keys"),
                      .shared = json_pack("{s:[]}", "keys"),
                      .good = true};

    make_tokens(&m);
    make_sets(&m);
    return m.good && conf_make(dir) && stored_make(dir);
}
