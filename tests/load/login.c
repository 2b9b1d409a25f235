#include "tests/load/login.h"

#include <errno.h>
#include <fcntl.h>
#include <security/pam_appl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CREDENTIAL_MAX 16384
#define PART_LEN       500

struct typist {
    char text[CREDENTIAL_MAX + 1];
    size_t at; /* the next part starts here */
};

void
load_die(const char *words)
{
    (void)fprintf(stderr, "load: %s: %s\n", words, strerror(errno));
    exit(1);
}

double
load_now(void)
{
    struct timespec t = {0};

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* In parts, as askpass hands a long token over. */
static int
answer(int count, const struct pam_message **messages, struct pam_response **replies,
       void *data)
{
    struct typist *typist = data;
    struct pam_response *reply = calloc((size_t)count, sizeof(*reply));

    for (int i = 0; reply != NULL && i < count; i++) {
        if (messages[i]->msg_style == PAM_PROMPT_ECHO_OFF) {
            reply[i].resp = strndup(typist->text + typist->at, PART_LEN);
            typist->at += reply[i].resp == NULL ? 0 : strlen(reply[i].resp);
        }
    }
    *replies = reply;
    return reply == NULL ? PAM_BUF_ERR : PAM_SUCCESS;
}

static bool
read_credential(const char *file, struct typist *typist)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, typist->text, CREDENTIAL_MAX);

    if (fd >= 0) {
        (void)close(fd);
    }
    typist->text[n < 0 ? 0 : n] = '\0';
    typist->text[strcspn(typist->text, "\n")] = '\0';
    return n > 0;
}

static void
wait_for_go(int ready, int go)
{
    char byte = 0;

    if (ready >= 0 && write(ready, &byte, 1) == 1) {
        (void)!read(go, &byte, 1);
    }
}

static int
log_in(const struct load_login *login, int ready, int go, struct load_told *told)
{
    struct typist typist = {"", 0};
    struct pam_conv conv = {answer, &typist};
    pam_handle_t *pamh = NULL;

    told->rc = PAM_SYSTEM_ERR;
    if (!read_credential(login->file, &typist)) {
        return 1;
    }
    told->from = load_now();
    told->rc = pam_start_confdir(login->service, login->user, &conv, login->confdir, &pamh);
    wait_for_go(ready, go);
    if (told->rc == PAM_SUCCESS) {
        told->rc = pam_authenticate(pamh, 0);
    }
    told->to = load_now();
    return pam_end(pamh, told->rc) == PAM_SUCCESS ? 0 : 1;
}

pid_t
load_login_start(const struct load_login *login, int ready, int go, int tell)
{
    struct load_told told = {0};
    pid_t pid = fork();

    if (pid == 0) {
        int status = log_in(login, ready, go, &told);

        (void)!write(tell, &told, sizeof(told));
        _exit(status);
    }
    return pid;
}

bool
load_login_run(const struct load_login *login, struct load_told *told)
{
    int tell[2] = {-1, -1};
    ssize_t n = 0;
    pid_t pid = -1;

    if (pipe2(tell, O_CLOEXEC) != 0) {
        load_die("pipe");
    }
    pid = load_login_start(login, -1, -1, tell[1]);
    (void)close(tell[1]);
    n = read(tell[0], told, sizeof(*told));
    (void)close(tell[0]);
    return pid > 0 && waitpid(pid, NULL, 0) == pid && n == (ssize_t)sizeof(*told);
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

double
load_percentile(double *values, size_t count, double percent)
{
    size_t at = (size_t)((double)count * percent / 100);

    qsort(values, count, sizeof(*values), ascending);
    return count == 0 ? 0 : values[at < count ? at : count - 1];
}
