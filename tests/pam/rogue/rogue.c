/* What may a judge do that it must not? Called rogue-MODE, it behaves so; the module must
 * refuse whatever it is, and rogue-accept, which says what a good judge says, is the control.
 */
#include "tests/pam/rogue/rogue.h"

#include "lib/wire/answer.h"
#include "lib/wire/fields.h"
#include "lib/wire/question.h"

#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LATE        6 /* seconds, one more than the module waits */
#define MESSAGE_MAX (2 * PJWT_WIRE_MAX)

struct message {
    size_t len;
    char bytes[MESSAGE_MAX];
};

static void
say(const struct message *m)
{
    (void)send(TALK, m->bytes, m->len, MSG_NOSIGNAL);
}

static struct pjwt_answer
acceptance(void)
{
    return (struct pjwt_answer){
        .verdict = PJWT_SAY(OK),
        .looked = true,
        .authentic = true,
        .login = "0123456789abcdef0123456789abcdef",
        .has_grant = true,
        .grant = {.user = "alice",
                  .service = "sshd",
                  .iss = "https://idp.example.com/realms/corp",
                  .sub = "f1-alice",
                  .iat = 1767225500,
                  .issued = 1767225500,
                  .expires = 1767225900},
    };
}

static void
encode(const struct pjwt_answer *answer, struct message *m)
{
    PJWT_AUTO(secret) struct pjwt_secret *bytes = NULL;

    if (!pjwt_ok(pjwt_answer_encode(answer, &bytes))) {
        _exit(71);
    }
    m->len = pjwt_secret_len(bytes);
    memcpy(m->bytes, pjwt_secret_bytes(bytes), m->len);
}

static void
accept_login(struct message *m)
{
    say(m);
}

static void
be_killed(struct message *m)
{
    (void)m;
    (void)raise(SIGKILL);
}

static void
be_silent(struct message *m)
{
    (void)m;
    rogue_wait(60); /* the module ends us long before */
}

static void
be_late(struct message *m)
{
    rogue_wait(LATE);
    say(m);
}

static void
talk_rubbish(struct message *m)
{
    m->len = 64;
    memset(m->bytes, 0xa5, m->len);
    say(m);
}

static void
answer_twice(struct message *m)
{
    say(m);
    say(m);
}

static void
add_rubbish(struct message *m)
{
    m->bytes[m->len++] = 'x';
    say(m);
}

static void
cut_short(struct message *m)
{
    m->len--;
    say(m);
}

static void
answer_huge(struct message *m)
{
    m->len = PJWT_WIRE_MAX + 1;
    say(m);
}

static void
stay(struct message *m)
{
    say(m);
    rogue_wait(60);
}

static void
say_zero(struct message *m)
{
    m->len = 0;
    say(m);
}

static void
exit_at_once(struct message *m)
{
    (void)m;
}

/* As to `account`: an acceptance that rests on nothing. */
static void
grant_nothing(struct message *m)
{
    struct pjwt_answer answer = acceptance();

    answer.has_grant = false;
    encode(&answer, m);
    say(m);
}

static void
accept_unproved(struct message *m)
{
    struct pjwt_answer answer = acceptance();

    answer.authentic = false;
    encode(&answer, m);
    say(m);
}

/* The host is stopped while the answer waits for it, and goes on after `seconds`. */
static void
stop_host(const struct message *m, time_t seconds)
{
    rogue_signal_host(SIGSTOP);
    say(m);
    (void)shutdown(TALK, SHUT_WR); /* the end of the talk waits there too */
    rogue_wait(seconds);
    rogue_signal_host(SIGCONT);
}

static void
freeze_host(struct message *m)
{
    stop_host(m, LATE);
}

static void
pause_host(struct message *m)
{
    stop_host(m, 1);
}

static void
kill_host(struct message *m)
{
    (void)m;
    rogue_signal_host(SIGKILL);
    rogue_wait(60);
}

/* "ok" becomes a word that no table has. */
static void
answer_unknown_code(struct message *m)
{
    char *ok = memmem(m->bytes, m->len, "ok", 2); /* there: encode() wrote it */

    memcpy(ok, "ko", 2);
    say(m);
}

static void
answer_next_version(struct message *m)
{
    for (size_t i = 0; i < 8 && i < m->len; i++) {
        if (m->bytes[i] == PJWT_WIRE_VERSION) { /* it stands in the first bytes */
            m->bytes[i]++;
            break;
        }
    }
    say(m);
}

static const struct {
    const char *mode;
    void (*act)(struct message *m);
} modes[] = {
    {"accept", accept_login},
    {"killed", be_killed},
    {"silent", be_silent},
    {"late", be_late},
    {"rubbish", talk_rubbish},
    {"surplus", answer_twice},
    {"trailing", add_rubbish},
    {"short", cut_short},
    {"huge", answer_huge},
    {"stays", stay},
    {"zero", say_zero},
    {"nothing", exit_at_once},
    {"grantless", grant_nothing},
    {"unproved", accept_unproved},
    {"code", answer_unknown_code},
    {"version", answer_next_version},
    {"freeze", freeze_host},
    {"pause", pause_host},
    {"kill", kill_host},
    {"inspect", accept_login},
    {"foreign", accept_login},
};

/* Was it asked without a byte of what another module prompted for? */
static bool
nothing_was_handed_on(const struct message *m)
{
    PJWT_QUESTION_SCOPE struct pjwt_question question = {0};

    return pjwt_ok(pjwt_question_decode(m->bytes, m->len, &question)) &&
           question.typing == PJWT_TYPED_FOREIGN && pjwt_secret_len(question.typed) == 0;
}

/* argv[0] is the module's choice, so the name comes from the file that runs. */
static const char *
mode_of(char path[PATH_MAX])
{
    ssize_t n = readlink("/proc/self/exe", path, PATH_MAX - 1);
    const char *dash = NULL;

    path[n < 0 ? 0 : n] = '\0';
    dash = strrchr(path, '-');
    return dash == NULL ? "" : dash + 1;
}

int
main(int argc, char **argv)
{
    static struct message question;
    static struct message m;
    struct pjwt_answer answer = acceptance();
    char path[PATH_MAX];
    const char *mode = mode_of(path);
    ssize_t got = 0;

    if (strcmp(mode, "deaf") == 0) {
        return 0; /* before it hears the question */
    }
    if (strcmp(mode, "inspect") == 0 && !rogue_in_good_order(argc, argv)) {
        return 75;
    }
    got = recv(TALK, question.bytes, sizeof(question.bytes), 0);
    encode(&answer, &m);
    if (got <= 0) {
        return 72;
    }
    question.len = (size_t)got;
    if (strcmp(mode, "foreign") == 0 && !nothing_was_handed_on(&question)) {
        return 76;
    }
    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        if (strcmp(modes[i].mode, mode) == 0) {
            modes[i].act(&m);
            return 0;
        }
    }
    return 73;
}
