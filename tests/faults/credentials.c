/* Which credentials does the house have? */
#include "tests/faults/credentials.h"

#include "tests/faults/granted.h"
#include "tests/faults/house.h"
#include "tests/faults/sealed.h"

#include "lib/jose/alg.h"
#include "lib/jose/keyset.h"
#include "lib/jose/sign.h"
#include "lib/store/admit.h"
#include "lib/store/revocations.h"
#include "lib/store/tickets.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define ONCE "https://once" /* its tokens are good once */

struct maker {
    const char *dir;
    json_t *set;            /* of key pairs */
    json_t *shared;         /* of secrets, for the issuer that has nothing else */
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
    char file[64];

    if (!m->good) {
        return;
    }
    token = sign(m, key, name, name, json_pack("{s:s}", "iss", iss));
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
    write_token(m, "once", m->first_alg, json_pack("{s:s}", "iss", ONCE));
    write_token(m, "once-spent", m->first_alg, json_pack("{s:s,s:s}", "iss", ONCE, "jti", "2"));
    make_sealed(m);
}

/* The algorithms of this build, whichever they are. */
static void
list_algorithms(bool shared, char *text, size_t size)
{
    size_t len = 0;

    for (enum pjwt_alg alg = 1; alg < PJWT_ALG_COUNT; alg++) {
        if (is_shared(alg) == shared) {
            len += (size_t)snprintf(text + len, size - len, "%s%s", len == 0 ? "" : ", ",
                                    pjwt_alg_name(alg));
        }
    }
}

static void
write_set(struct maker *m, const char *name, const json_t *set)
{
    PJWT_AUTO(text) char *text = json_dumps(set, JSON_COMPACT);

    m->good = m->good && text != NULL;
    if (m->good) {
        write_file(m, name, text, strlen(text));
    }
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
make_config(struct maker *m)
{
    char pairs[256] = "";
    char secrets[64] = "";
    static const char map[] = "# who is who\nalice 7\nbob 8\nmallory 7\n";
    char text[PATH_MAX + 2048];
    int len = 0;

    list_algorithms(false, pairs, sizeof(pairs));
    list_algorithms(true, secrets, sizeof(secrets));
    len = snprintf(text, sizeof(text),
                   "[issuer corp]\niss = https://idp\nkeys = corp.jwks\naudience = pam:a\n"
                   "algorithms = %s\ndecrypt = " SEALED_SET "\n"
                   "[issuer shared]\niss = https://shared\nkeys = shared.jwks\nhmac = yes\n"
                   "audience = pam:a\nalgorithms = %s\n"
                   "[issuer two]\niss = https://two\nkeys = two.jwks\naudience = pam:a\n"
                   "algorithms = %s\ndecrypt = " SEALED_SET_TWO "\n"
                   "[issuer mapped]\niss = https://mapped\nkeys = corp.jwks\n"
                   "audience = pam:a\nalgorithms = %s\nuser_map = corp.users\n"
                   "require = groups=users|admins\n"
                   "[issuer once]\niss = " ONCE "\nkeys = corp.jwks\naudience = pam:a\n"
                   "algorithms = %s\none_time = yes\n"
                   "[service sshd]\nissuers = corp, shared, mapped, once\n"
                   "login_ticket = 8h\nlogin_ticket_for = sudo\n"
                   "[service su]\nissuers = two\n[service sudo]\nrequire = groups=admins\n"
                   "[service vault]\ntoken_only = yes\n"
                   "[paths]\nstate = %s/state\nrun = %s/run\n",
                   pairs, secrets, pairs, pairs, pairs, m->dir, m->dir);
    write_file(m, "pam_jwt.conf", text, (size_t)len);
    write_file(m, "corp.users", map, strlen(map));
    (void)snprintf(text, sizeof(text), "%s/keys", m->dir);
    m->good = mkdir(text, 0755) == 0 && m->good;
    write_set(m, "keys/corp.jwks", m->set);
    write_set(m, "keys/shared.jwks", m->shared);
    make_two(m);
}

/* What a login before this one has left. */
static void
spend(struct maker *m, struct pjwt_store *store, struct pjwt_grant *grant)
{
    const struct pjwt_asker asker = {2, 2, 2, 2};
    const struct pjwt_clock clock = {HOUSE_NOW - 20, 4980, "a"};
    char id[PJWT_HANDOFF_SIZE];

    grant->one_time = true;
    (void)snprintf(grant->user, sizeof(grant->user), "alice");
    (void)snprintf(grant->service, sizeof(grant->service), "sshd");
    m->good = m->good && pjwt_ok(pjwt_admit(store, grant, NULL, &asker, &clock, id));
}

static void
issue(struct maker *m, struct pjwt_store *store, const char *name, const char *service,
      const char *claims)
{
    struct pjwt_ticket row = {.user = "alice",
                              .created = HOUSE_NOW - 60,
                              .expires = HOUSE_NOW + 600,
                              .claims = claims};
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

    row.one_time = strstr(name, "once") != NULL;
    (void)snprintf(row.services, sizeof(row.services), "%s", service);
    m->good = pjwt_ok(pjwt_ticket_issue(store, &row, &text)) && m->good;
    write_secret(m, name, text);
    if (strcmp(name, "ticket-once-spent") == 0) {
        struct pjwt_grant grant = {.expires = row.expires};

        memcpy(grant.ticket, row.id, sizeof(grant.ticket));
        spend(m, store, &grant);
    }
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
    struct pjwt_grant token = {.iss = ONCE, .jti = "2", .expires = HOUSE_NOW + 600};
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
    issue(m, store, "ticket", "sshd", NULL);
    issue(m, store, "ticket-revoked", "sshd", NULL);
    issue(m, store, "ticket-service", "sudo", NULL);
    issue(m, store, "ticket-claims", "sudo", "{\"groups\":[\"users\",\"admins\"]}");
    issue(m, store, "ticket-users", "sudo", "{\"groups\":[\"users\"]}");
    issue(m, store, "ticket-once", "sshd", NULL);
    issue(m, store, "ticket-once-spent", "sshd", NULL);
    spend(m, store, &token);
    m->good = m->good && granted_make(m->dir, store) &&
              pjwt_ok(pjwt_revocation_add(store, &jti, NULL)) &&
              pjwt_ok(pjwt_block_add(store, "mallory", HOUSE_NOW - 30, 0, "root", ""));
    /* A ticket in every way, of another store. */
    (void)snprintf(state, sizeof(state), "%s/other", m->dir);
    m->good = m->good && pjwt_ok(pjwt_store_init(state, &made, &why)) &&
              pjwt_ok(pjwt_store_open(state, &other, &why));
    if (m->good) {
        issue(m, other, "ticket-unknown", "sshd", NULL);
    }
}

bool
credentials_make(const char *dir)
{
    struct maker m = {.dir = dir,
                      .set = json_pack("{s:[]}", "keys"),
                      .shared = json_pack("{s:[]}", "keys"),
                      .good = true};

    make_tokens(&m);
    make_config(&m);
    make_store(&m);
    return m.good;
}
