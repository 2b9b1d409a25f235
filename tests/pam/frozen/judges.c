/* Which questions is a judge stopped at? */
#include "tests/pam/frozen/frozen.h"

#include "tests/pam/config_text.h"
#include "tests/pam/mint.h"
#include "tests/pam/text.h"

#include "lib/store/tickets.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define LONGEST                                                                   \
    6000 /* the five seconds of a judge's life, and one for the revocation itself \
          */

static pid_t
run_judge(const struct house *house, bool led, int *talk)
{
    PJWT_AUTO(text) char *config = house_path(house, "config");
    int ends[2] = {-1, -1};
    pid_t pid = -1;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        text_die("no socket pair");
    }
    pid = fork();
    if (pid == 0) {
        if (led) {
            frozen_follow();
        }
        if (ends[1] == 3 ? fcntl(3, F_SETFD, 0) == 0 : dup2(ends[1], 3) == 3) {
            (void)execl(house->verify, "pamjwt-verify", "--config", config, (char *)NULL);
        }
        _exit(1);
    }
    (void)close(ends[1]);
    *talk = ends[0];
    return pid;
}

pid_t
frozen_start_judge(const struct house *house, const struct pjwt_question *question, int *talk)
{
    PJWT_AUTO(secret) struct pjwt_secret *message = NULL;
    pid_t pid = run_judge(house, true, talk);

    if (!pjwt_ok(pjwt_question_encode(question, &message)) ||
        send(*talk, pjwt_secret_bytes(message), pjwt_secret_len(message), MSG_NOSIGNAL) < 0) {
        text_die("no question");
    }
    return pid;
}

bool
frozen_ask(const struct house *house, const struct pjwt_question *question,
           struct pjwt_answer *answer)
{
    PJWT_AUTO(secret) struct pjwt_secret *message = NULL;
    static char bytes[PJWT_WIRE_MAX];
    ssize_t got = -1;
    int talk = -1;
    pid_t pid = run_judge(house, false, &talk);

    if (pjwt_ok(pjwt_question_encode(question, &message)) &&
        send(talk, pjwt_secret_bytes(message), pjwt_secret_len(message), MSG_NOSIGNAL) > 0) {
        got = recv(talk, bytes, sizeof(bytes), 0);
    }
    (void)close(talk);
    (void)waitpid(pid, NULL, 0);
    return got > 0 && pjwt_ok(pjwt_answer_decode(bytes, (size_t)got, question->ask, answer));
}

static struct pjwt_question
question_of(enum pjwt_ask ask)
{
    return (struct pjwt_question){.ask = ask,
                                  .typing = PJWT_TYPED_WHOLE,
                                  .user = FROZEN_USER,
                                  .service = "sshd",
                                  .tty = "ssh",
                                  .attempt = "0123456789ab"};
}

static struct pjwt_question
question_by(const struct house *house, const char *jti)
{
    struct pjwt_question question = question_of(PJWT_ASK_AUTH);
    PJWT_AUTO(text) char *words = text_format("jti=%s", jti);
    PJWT_AUTO(text) char *error = NULL;
    PJWT_AUTO(text) char *token = mint_token(words, house->now, &error);

    question.typed = pjwt_secret_copy(token, strlen(token));
    return question;
}

static bool
accepts(const struct house *house, const struct pjwt_question *question,
        struct pjwt_answer *answer)
{
    return frozen_ask(house, question, answer) && pjwt_ok(answer->verdict);
}

char *
frozen_log_in(const struct house *house, const char *jti)
{
    PJWT_QUESTION_SCOPE struct pjwt_question question = question_by(house, jti);
    struct pjwt_answer answer = {0};

    return accepts(house, &question, &answer)
               ? NULL
               : text_format("the next login: %s %s", pjwt_code(answer.verdict), answer.why);
}

static void
must_accept(const struct house *house, const struct pjwt_question *question,
            struct pjwt_answer *answer)
{
    if (!accepts(house, question, answer)) {
        text_die("before anything is stopped: %s %s", pjwt_code(answer->verdict), answer->why);
    }
}

/* It writes: the token is spent, and the guard is synced. */
static pid_t
spends_a_token(struct house *house, int *talk)
{
    PJWT_QUESTION_SCOPE struct pjwt_question question = {.ask = PJWT_ASK_AUTH};

    house_furnish(house);
    config_text_set(&house->config, "issuer corp", "one_time = yes");
    house_write(house);
    question = question_by(house, "once");
    return frozen_start_judge(house, &question, talk);
}

/* It notes when the ticket was used, which is due. */
static pid_t
uses_a_ticket(struct house *house, int *talk)
{
    PJWT_QUESTION_SCOPE struct pjwt_question question = question_of(PJWT_ASK_AUTH);
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct pjwt_ticket row = {.user = FROZEN_USER, .services = "sshd", .idle = 3600};

    house_furnish(house);
    row.created = house->now - 600;
    row.expires = house->now + 3600;
    store = house_store(house);
    if (!pjwt_ok(pjwt_ticket_issue(store, &row, &question.typed))) {
        text_die("no ticket");
    }
    pjwt_drop_store(&store);
    return frozen_start_judge(house, &question, talk);
}

/* The log has rows of earlier logins, so that whoever opens the store first reads it anew. The
 * login gets a ticket of its own. */
static void
log_in_first(struct house *house, struct pjwt_answer *answer)
{
    PJWT_QUESTION_SCOPE struct pjwt_question question = {.ask = PJWT_ASK_AUTH};

    house_furnish(house);
    config_text_set(&house->config, "service sshd", "login_ticket = 1h");
    config_text_set(&house->config, "service sshd", "login_ticket_for = sudo");
    house_write(house);
    question = question_by(house, "first");
    must_accept(house, &question, answer);
}

static pid_t
checks_an_account(struct house *house, int *talk)
{
    PJWT_QUESTION_SCOPE struct pjwt_question question = question_of(PJWT_ASK_ACCOUNT);
    struct pjwt_answer answer = {0};

    log_in_first(house, &answer);
    question.has_grant = true;
    question.grant = answer.grant;
    return frozen_start_judge(house, &question, talk);
}

static pid_t
opens_a_session(struct house *house, int *talk)
{
    PJWT_QUESTION_SCOPE struct pjwt_question question = question_of(PJWT_ASK_OPEN);
    struct pjwt_answer answer = {0};

    log_in_first(house, &answer);
    memcpy(question.login, answer.login, sizeof(question.login));
    return frozen_start_judge(house, &question, talk);
}

static pid_t
closes_a_session(struct house *house, int *talk)
{
    PJWT_QUESTION_SCOPE struct pjwt_question opening = question_of(PJWT_ASK_OPEN);
    PJWT_QUESTION_SCOPE struct pjwt_question closing = question_of(PJWT_ASK_CLOSE);
    struct pjwt_answer answer = {0};

    log_in_first(house, &answer);
    memcpy(opening.login, answer.login, sizeof(opening.login));
    must_accept(house, &opening, &answer);
    if (getuid() == 0 && answer.ticket_file[0] == '\0') { /* root alone can give it away */
        text_die("no login ticket: %s", answer.why);
    }
    memcpy(closing.login, answer.login, sizeof(closing.login));
    return frozen_start_judge(house, &closing, talk);
}

const struct frozen_kind frozen_judges[] = {
    {"a judge that spends a token", spends_a_token, LONGEST, false},
    {"a judge that notes a ticket's use", uses_a_ticket, LONGEST, false},
    {"a judge that checks an account", checks_an_account, LONGEST, false},
    {"a judge that opens a session and makes its ticket", opens_a_session, LONGEST, false},
    {"a judge that closes a session and ends its ticket", closes_a_session, LONGEST, false},
    {NULL, NULL, 0, false},
};
