/* Which credentials does the house have? */
#include "tests/faults/credentials.h"

#include "tests/faults/house.h"

#include "lib/jose/alg.h"
#include "lib/jose/keyset.h"
#include "lib/jose/sign.h"
#include "lib/store/revocations.h"
#include "lib/store/tickets.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct maker {
    const char *dir;
    json_t *set;
    struct pjwt_key *first; /* signs all but the good-ALG and forged-ALG */
    const char *first_alg;
    bool good;
};

static void
write_file(struct maker *m, const char *name, const char *bytes, size_t len)
{
    char path[PATH_MAX];
    FILE *file = NULL;

    (void)snprintf(path, sizeof(path), "%s/%s", m->dir, name);
    file = fopen(path, "wb");
    m->good = m->good && file != NULL && fwrite(bytes, 1, len, file) == len;
    m->good = file != NULL && fclose(file) == 0 && m->good;
    m->good = chmod(path, 0600) == 0 && m->good;
}

static void
write_secret(struct maker *m, const char *name, const struct pjwt_secret *secret)
{
    write_file(m, name, pjwt_secret_bytes(secret), pjwt_secret_len(secret));
}

/* A good token for alice with the members of `more` (owned by this call) on top. */
static struct pjwt_secret *
sign(struct maker *m, const struct pjwt_key *key, const char *alg, const char *kid,
     json_t *more)
{
    PJWT_AUTO(json)
    json_t *header = json_pack("{s:s,s:s,s:s}", "alg", alg, "kid", kid, "typ", "at+jwt");
    PJWT_AUTO(json)
    json_t *claims = json_pack("{s:s,s:s,s:s,s:s,s:I,s:I}", "iss", "https://idp", "aud",
                               "pam:a", "sub", "alice", "jti", "1", "iat",
                               (json_int_t)HOUSE_NOW - 60, "exp", (json_int_t)HOUSE_NOW + 600);
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

    write_secret(m, name, token);
}

/* A character in the middle of the signature becomes another one. */
static void
forge(struct pjwt_secret *token)
{
    char *text = pjwt_secret_buffer(token);
    char *signature = strrchr(text, '.');

    signature[10] = signature[10] == 'A' ? 'B' : 'A';
}

/* HMAC algorithms need a set and an option of their own. */
static bool
has_key_pair(enum pjwt_alg alg)
{
    return strncmp(pjwt_alg_name(alg), "HS", 2) != 0;
}

static void
make_alg(struct maker *m, enum pjwt_alg alg)
{
    PJWT_AUTO(json) json_t *private_jwk = NULL;
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *token = NULL;
    json_t *public_jwk = NULL;
    const char *name = pjwt_alg_name(alg);
    struct pjwt_why why = {""};
    char file[64];

    m->good = pjwt_ok(pjwt_key_generate(alg, name, &public_jwk, &private_jwk)) &&
              json_array_append_new(json_object_get(m->set, "keys"), public_jwk) == 0 &&
              pjwt_ok(pjwt_key_from_private_jwk(private_jwk, &key, &why)) && m->good;
    token = sign(m, key, name, name, json_object());
    (void)snprintf(file, sizeof(file), "good-%s", name);
    write_secret(m, file, token);
    forge(token);
    (void)snprintf(file, sizeof(file), "forged-%s", name);
    write_secret(m, file, token);
    if (m->first == NULL) {
        m->first = pjwt_take(key);
        m->first_alg = name;
    }
}

static void
make_tokens(struct maker *m)
{
    for (enum pjwt_alg alg = 1; alg < PJWT_ALG_COUNT && m->good; alg++) {
        if (has_key_pair(alg)) {
            make_alg(m, alg);
        }
    }
    write_token(m, "expired", m->first_alg,
                json_pack("{s:I}", "exp", (json_int_t)HOUSE_NOW - 31));
    write_token(m, "audience", m->first_alg, json_pack("{s:s}", "aud", "pam:b"));
    write_token(m, "other-user", m->first_alg, json_pack("{s:s}", "sub", "bob"));
    write_token(m, "unknown-kid", "other", json_object());
    write_token(m, "revoked-jti", m->first_alg, json_pack("{s:s}", "jti", "taken-back"));
    write_token(m, "blocked", m->first_alg, json_pack("{s:s}", "sub", "mallory"));
}

/* The algorithms of this build, whichever they are. */
static void
list_algorithms(char *text, size_t size)
{
    size_t len = 0;

    for (enum pjwt_alg alg = 1; alg < PJWT_ALG_COUNT; alg++) {
        if (has_key_pair(alg)) {
            len += (size_t)snprintf(text + len, size - len, "%s%s", len == 0 ? "" : ", ",
                                    pjwt_alg_name(alg));
        }
    }
}

static void
make_config(struct maker *m)
{
    PJWT_AUTO(text) char *keys = json_dumps(m->set, JSON_COMPACT);
    char algorithms[256] = "";
    char text[PATH_MAX + 1024];
    int len = 0;

    list_algorithms(algorithms, sizeof(algorithms));
    len = snprintf(text, sizeof(text),
                   "[issuer corp]\niss = https://idp\nkeys = corp.jwks\naudience = pam:a\n"
                   "algorithms = %s\n[service sshd]\n[paths]\nstate = %s/state\n",
                   algorithms, m->dir);
    write_file(m, "pam_jwt.conf", text, (size_t)len);
    (void)snprintf(text, sizeof(text), "%s/keys", m->dir);
    m->good = mkdir(text, 0755) == 0 && m->good;
    write_file(m, "keys/corp.jwks", keys, strlen(keys));
}

static void
issue(struct maker *m, struct pjwt_store *store, const char *name, const char *service)
{
    struct pjwt_ticket row = {
        .user = "alice", .created = HOUSE_NOW - 60, .expires = HOUSE_NOW + 600};
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

    (void)snprintf(row.services, sizeof(row.services), "%s", service);
    m->good = pjwt_ok(pjwt_ticket_issue(store, &row, &text)) && m->good;
    write_secret(m, name, text);
    if (strcmp(name, "ticket-revoked") == 0) {
        m->good = pjwt_ok(pjwt_revocation_ticket(store, row.id, HOUSE_NOW - 30, "root", "")) &&
                  m->good;
    }
}

static void
make_store(struct maker *m)
{
    struct pjwt_revocation jti = {.kind = PJWT_REVOKE_JTI,
                                  .iss = "https://idp",
                                  .value = "taken-back",
                                  .created = HOUSE_NOW - 30};
    struct pjwt_store *store = NULL; /* left open: see house_build() */
    struct pjwt_store *other = NULL;
    struct pjwt_why why = {""};
    char state[PATH_MAX];
    bool made = false;

    (void)snprintf(state, sizeof(state), "%s/state", m->dir);
    m->good = m->good && pjwt_ok(pjwt_store_init(state, &made, &why)) &&
              pjwt_ok(pjwt_store_open(state, &store, &why));
    if (!m->good) {
        return;
    }
    issue(m, store, "ticket", "sshd");
    issue(m, store, "ticket-revoked", "sshd");
    issue(m, store, "ticket-service", "sudo");
    m->good = m->good && pjwt_ok(pjwt_revocation_add(store, &jti, NULL)) &&
              pjwt_ok(pjwt_block_add(store, "mallory", HOUSE_NOW - 30, 0, "root", ""));
    /* A ticket in every way, of another store. */
    (void)snprintf(state, sizeof(state), "%s/other", m->dir);
    m->good = m->good && pjwt_ok(pjwt_store_init(state, &made, &why)) &&
              pjwt_ok(pjwt_store_open(state, &other, &why));
    if (m->good) {
        issue(m, other, "ticket-unknown", "sshd");
    }
}

bool
credentials_make(const char *dir)
{
    struct maker m = {.dir = dir, .set = json_pack("{s:[]}", "keys"), .good = true};

    make_tokens(&m);
    make_config(&m);
    make_store(&m);
    return m.good;
}
