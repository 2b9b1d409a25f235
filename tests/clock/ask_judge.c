/* What does the real judge say, in the environment that we have? The module starts it in an
 * empty one, so that no clock of libfaketime reaches it.
 *
 *     ask_judge JUDGE CONFIG SERVICE USER FILE
 *
 * FILE holds the credential. Prints the verdict's code, and on a second line why. */
#include "lib/wire/answer.h"
#include "lib/wire/question.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>

#define QUESTION_FD 3

static _Noreturn void
die(const char *what)
{
    perror(what);
    _exit(99);
}

static struct pjwt_secret *
question_of(const char *service, const char *user, const char *name)
{
    struct pjwt_question q = {.ask = PJWT_ASK_AUTH, .attempt = "0123456789ab"};
    struct pjwt_secret *message = NULL;
    char typed[PJWT_CREDENTIAL_MAX];
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    ssize_t len = fd < 0 ? -1 : read(fd, typed, sizeof(typed));

    if (len <= 0 || close(fd) != 0) {
        die(name);
    }
    len -= typed[len - 1] == '\n';
    (void)snprintf(q.user, sizeof(q.user), "%s", user);
    (void)snprintf(q.service, sizeof(q.service), "%s", service);
    q.typed = pjwt_secret_copy(typed, (size_t)len);
    if (q.typed == NULL || !pjwt_ok(pjwt_question_encode(&q, &message))) {
        die("question");
    }
    pjwt_question_clear(&q);
    return message;
}

static _Noreturn void
become(char *judge, char *config, int fd)
{
    char *words[] = {judge, (char[]){"--config"}, config, NULL};

    if (dup2(fd, QUESTION_FD) != QUESTION_FD) {
        die("dup2");
    }
    (void)execv(judge, words);
    die(judge);
}

int
main(int argc, char **argv)
{
    PJWT_AUTO(secret) struct pjwt_secret *message = NULL;
    struct pjwt_answer said = {0};
    char answer[PJWT_WIRE_MAX];
    int pair[2] = {-1, -1};
    ssize_t got = -1;
    pid_t pid = -1;

    if (argc != 6) {
        (void)fputs("usage: ask_judge JUDGE CONFIG SERVICE USER FILE\n", stderr);
        return 99;
    }
    message = question_of(argv[3], argv[4], argv[5]);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
        die("socketpair");
    }
    pid = fork();
    if (pid == 0) {
        become(argv[1], argv[2], pair[1]);
    }
    (void)close(pair[1]);
    if (pid < 0 || send(pair[0], pjwt_secret_bytes(message), pjwt_secret_len(message), 0) < 0) {
        die("ask");
    }
    got = recv(pair[0], answer, sizeof(answer), 0);
    (void)waitpid(pid, NULL, 0);
    if (got <= 0 || !pjwt_ok(pjwt_answer_decode(answer, (size_t)got, PJWT_ASK_AUTH, &said))) {
        (void)puts("no-answer");
        return 1;
    }
    (void)printf("%s\n%s\n", pjwt_code(said.verdict), said.why);
    return 0;
}
