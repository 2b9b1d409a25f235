/* What do a login and what is asked of it later decide when a call fails? Never more than it
 * would without the fault.
 *
 * usage: login_faults warm|rest|cold STRIDE
 * warm: one fault an attempt, all in one process, after an attempt without any. rest: as warm,
 * and what comes after the fault fails too. cold: each attempt in a process that has used no
 * library before. Every STRIDE-th fault is tried. */
#include "tests/faults/house.h"
#include "tests/faults/inject.h"
#include "tests/faults/phases.h"
#include "tests/faults/sealed.h"

#include "lib/jose/alg.h"

#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct scenario admitted[] = {
    {"ticket", "alice", PJWT_OK, NULL, PHASE_AUTH},
    {"ticket-claims", "alice", PJWT_OK, "sudo", PHASE_AUTH},
    {"mapped", "alice", PJWT_OK, NULL, PHASE_AUTH},
    {"bound", "alice", PJWT_OK, NULL, PHASE_AUTH},
    {"once", "alice", PJWT_OK, NULL, PHASE_AUTH},
    {"ticket-once", "alice", PJWT_OK, NULL, PHASE_AUTH},
};

static const struct scenario refused[] = {
    {"expired", "alice", PJWT_EXPIRED, NULL, PHASE_AUTH},
    {"audience", "alice", PJWT_AUDIENCE, NULL, PHASE_AUTH},
    {"other-user", "alice", PJWT_USER_MISMATCH, NULL, PHASE_AUTH},
    {"unknown-kid", "alice", PJWT_KID_UNKNOWN, NULL, PHASE_AUTH},
    {"no-kid", "alice", PJWT_KID_MISSING, "su", PHASE_AUTH},
    {"sealed-no-kid", "alice", PJWT_KID_MISSING, "su", PHASE_AUTH},
    {"revoked-jti", "alice", PJWT_JTI_REVOKED, NULL, PHASE_AUTH},
    {"blocked", "mallory", PJWT_USER_BLOCKED, NULL, PHASE_AUTH},
    {"unmapped", "alice", PJWT_USER_UNMAPPED, NULL, PHASE_AUTH},
    {"mapped-other", "alice", PJWT_USER_MISMATCH, NULL, PHASE_AUTH},
    {"required", "alice", PJWT_REQUIRE, NULL, PHASE_AUTH},
    {"ticket-users", "alice", PJWT_REQUIRE, "sudo", PHASE_AUTH},
    {"ticket-service", "alice", PJWT_REQUIRE, "sudo", PHASE_AUTH}, /* it has no claims at all */
    {"bound-other", "alice", PJWT_CNF_OTHER, NULL, PHASE_AUTH},
    {"once-spent", "alice", PJWT_REPLAYED, NULL, PHASE_AUTH},
    {"ticket-once-spent", "alice", PJWT_TICKET_SPENT, NULL, PHASE_AUTH},
    {"ticket-unknown", "alice", PJWT_TICKET_UNKNOWN, NULL, PHASE_AUTH},
    {"ticket-revoked", "alice", PJWT_TICKET_REVOKED, NULL, PHASE_AUTH},
    {"ticket-service", "alice", PJWT_TICKET_SERVICE, NULL, PHASE_AUTH},
};

/* NOT_OURS is no acceptance, but PAM_IGNORE: what must be refused must not become that. */
static const struct scenario later[] = {
    {"grant-good", "alice", PJWT_OK, NULL, PHASE_ACCOUNT},
    {"grant-ticket", "alice", PJWT_OK, NULL, PHASE_ACCOUNT},
    {"grant-expired", "alice", PJWT_EXPIRED, NULL, PHASE_ACCOUNT},
    {"grant-revoked", "alice", PJWT_JTI_REVOKED, NULL, PHASE_ACCOUNT},
    {"grant-ticket-revoked", "alice", PJWT_TICKET_REVOKED, NULL, PHASE_ACCOUNT},
    {"grant-blocked", "mallory", PJWT_USER_BLOCKED, NULL, PHASE_ACCOUNT},
    {"grant-good", "mallory", PJWT_USER_CHANGED, NULL, PHASE_ACCOUNT},
    {"no-login", "alice", PJWT_NOT_OURS, NULL, PHASE_ACCOUNT},
    {"no-login", "mallory", PJWT_USER_BLOCKED, NULL, PHASE_ACCOUNT},
    {"no-login", "ALICE", PJWT_USER_UNKNOWN, NULL, PHASE_ACCOUNT},
    {"no-login", "alice", PJWT_TOKEN_ONLY, "vault", PHASE_ACCOUNT},
    {"login-good", "alice", PJWT_OK, NULL, PHASE_OPEN},
    {"login-ticket", "alice", PJWT_OK, NULL, PHASE_OPEN},
    {"login-expired", "alice", PJWT_EXPIRED, NULL, PHASE_OPEN},
    {"login-revoked", "alice", PJWT_JTI_REVOKED, NULL, PHASE_OPEN},
    {"login-ticket-revoked", "alice", PJWT_TICKET_REVOKED, NULL, PHASE_OPEN},
    {"login-blocked", "mallory", PJWT_USER_BLOCKED, NULL, PHASE_OPEN},
    {"login-stranger", "alice", PJWT_LOGIN_UNKNOWN, NULL, PHASE_OPEN},
    {"no-login", "alice", PJWT_NOT_OURS, NULL, PHASE_OPEN},
    {"no-login", "mallory", PJWT_USER_BLOCKED, NULL, PHASE_OPEN},
    {"no-login", "alice", PJWT_TOKEN_ONLY, "vault", PHASE_OPEN},
};

static const char *const phases[] = {"auth", "account", "open"};

/* How the attempts are made. */
struct method {
    bool rest, cold;
    unsigned stride;
};

static bool
untouched(const struct outcome *out)
{
    static const struct outcome nothing;

    return memcmp(&out->grant, &nothing.grant, sizeof(out->grant)) == 0 &&
           out->login[0] == '\0';
}

static void
attempt(const struct scenario *s, unsigned nth, bool rest, struct outcome *out)
{
    PJWT_AUTO(secret) struct pjwt_secret *typed = house_credential(s->credential);
    bool ready = typed != NULL && house_restore();
    bool granted = false;

    memset(out, 0, sizeof(*out));
    if (!ready) {
        return;
    }
    inject_start(nth, rest);
    out->verdict = phase_run(s, typed, out);
    out->calls = inject_stop();
    granted = pjwt_ok(out->verdict) && s->phase == PHASE_AUTH;
    out->whole = out->verdict.reason != PJWT_UNSET && ERR_peek_error() == 0 &&
                 granted != untouched(out) &&
                 (!pjwt_ok(out->verdict) || phase_spent(s, typed, out));
    ERR_clear_error();
}

/* In a child, so that the libraries start anew. OpenSSL 3.0 reads through NULL when its first
 * allocations fail (EVP_MD_fetch without a library context): a judge that dies so gives no
 * answer, and that is a refusal. Such deaths are counted; warm attempts allow none. */
static void
attempt_cold(const struct scenario *s, unsigned nth, bool rest, struct outcome *out)
{
    int status = -1;
    pid_t child = -1;

    memset(out, 0, sizeof(*out));
    child = fork();
    if (child == 0) {
        inject_into_libraries();
        attempt(s, nth, rest, out);
        _exit(77);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        abort();
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 77) {
        memset(out, 0, sizeof(*out));
        out->died = true;
    }
}

static void
try_once(const struct scenario *s, unsigned nth, const struct method *how, struct outcome *out)
{
    if (how->cold) {
        attempt_cold(s, nth, how->rest, out);
    } else {
        attempt(s, nth, how->rest, out);
    }
}

static bool
may_be(const struct scenario *s, const struct outcome *out, const struct outcome *unfaulted)
{
    if (out->died) {
        return true;
    }
    if (out->verdict.reason == PJWT_NOT_OURS) {
        return out->whole && s->reason == PJWT_NOT_OURS;
    }
    if (!out->whole || !pjwt_ok(out->verdict)) {
        return out->whole;
    }
    return s->reason == PJWT_OK &&
           (s->phase != PHASE_AUTH || strlen(out->login) == PJWT_HANDOFF_SIZE - 1) &&
           memcmp(&out->grant, &unfaulted->grant, sizeof(out->grant)) == 0;
}

/* Tries every fault there is; prints one line of TAP. `out` has room for two, shared with the
 * children. */
static bool
play(const struct scenario *s, const struct method *how, int number, struct outcome *out)
{
    struct outcome *unfaulted = &out[1];
    unsigned accepted = 0;
    unsigned tried = 0;
    unsigned died = 0;

    try_once(s, 0, how, unfaulted); /* the first one also warms up */
    try_once(s, 0, how, unfaulted);
    if (!unfaulted->whole || unfaulted->verdict.reason != s->reason) {
        printf("not ok %d - %s %s: %s without a fault\n", number, phases[s->phase],
               s->credential, pjwt_code(unfaulted->verdict));
        return false;
    }
    for (unsigned nth = 1; nth <= unfaulted->calls; nth += how->stride) {
        try_once(s, nth, how, out);
        tried++;
        died += out->died;
        accepted += pjwt_ok(out->verdict);
        if (!may_be(s, out, unfaulted)) {
            printf("not ok %d - %s %s: with fault %u: %s\n", number, phases[s->phase],
                   s->credential, nth, pjwt_code(out->verdict));
            return false;
        }
    }
    printf("ok %d - %s %s, %s: %u of %u faults, %u accepted all the same, %u died\n", number,
           phases[s->phase], s->credential, pjwt_code(unfaulted->verdict), tried,
           unfaulted->calls, accepted, died);
    (void)fflush(stdout);
    return true;
}

/* What is good, and what was made of it that is not. */
static bool
play_pair(const char *good, const char *bad, const char *name, enum pjwt_reason reason,
          const struct method *how, int *number, struct outcome *out)
{
    struct scenario s = {.user = "alice", .reason = PJWT_OK};
    bool held = true;

    (void)snprintf(s.credential, sizeof(s.credential), "%s-%s", good, name);
    held = play(&s, how, ++*number, out);
    (void)snprintf(s.credential, sizeof(s.credential), "%s-%s", bad, name);
    s.reason = reason;
    return play(&s, how, ++*number, out) && held;
}

static int
play_all(const struct method *how, struct outcome *out)
{
    int number = 0;
    bool good = true;

    for (enum pjwt_alg alg = 1; alg < PJWT_ALG_COUNT; alg++) {
        good = play_pair("good", "forged", pjwt_alg_name(alg), PJWT_SIGNATURE, how, &number,
                         out) &&
               good;
    }
    for (size_t i = 0; i < sealed_kinds_count; i++) {
        good = play_pair("sealed", "broken", sealed_kinds[i].name, PJWT_DECRYPT, how, &number,
                         out) &&
               good;
    }
    for (size_t i = 0; i < sizeof(admitted) / sizeof(admitted[0]); i++) {
        good = play(&admitted[i], how, ++number, out) && good;
    }
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        good = play(&refused[i], how, ++number, out) && good;
    }
    for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++) {
        good = play(&later[i], how, ++number, out) && good;
    }
    printf("1..%d\n", number);
    return good ? 0 : 1;
}

int
main(int argc, char **argv)
{
    struct method how = {0};
    struct outcome *out =
        mmap(NULL, 2 * sizeof(*out), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    unsigned long stride = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
    int status = 1;

    if (stride < 1 || stride > 100000 || out == MAP_FAILED) {
        (void)fprintf(stderr, "usage: %s warm|rest|cold STRIDE\n", argv[0]);
        return 2;
    }
    how = (struct method){strcmp(argv[1], "rest") == 0, strcmp(argv[1], "cold") == 0,
                          (unsigned)stride};
    if (house_build()) {
        if (!how.cold) {
            inject_into_libraries();
        }
        status = play_all(&how, out);
    }
    house_remove();
    return status;
}
