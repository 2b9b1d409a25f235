/* How long does one pam_authenticate take in a fresh process?
 *
 * usage: login-bench ROUNDS CONFDIR SERVICE=USER=FILE…   (FILE holds the credential)
 *        login-bench --hash PASSWORD                     (a yescrypt hash for /etc/shadow)
 *
 * The services take turns, so that what else the machine does hits all alike; the first is what
 * the others are compared with. Prints median, 10th and 99th percentile in microseconds. */
#include <crypt.h>
#include <errno.h>
#include <fcntl.h>
#include <security/pam_appl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CREDENTIAL_MAX 16384
#define PART_LEN       500

struct contestant {
    const char *service;
    const char *user;
    const char *file;
    double *took; /* microseconds, one a round */
};

struct typist {
    char text[CREDENTIAL_MAX + 1];
    size_t at; /* the next part starts here */
};

static int
answer(int count, const struct pam_message **messages, struct pam_response **replies,
       void *data)
{
    struct typist *typist = data;
    struct pam_response *reply = calloc((size_t)count, sizeof(*reply));

    if (reply == NULL) {
        return PAM_BUF_ERR;
    }
    for (int i = 0; i < count; i++) {
        if (messages[i]->msg_style == PAM_PROMPT_ECHO_OFF) {
            bool in_parts = strlen(typist->text) > PART_LEN;

            reply[i].resp =
                strndup(typist->text + typist->at, in_parts ? PART_LEN : strlen(typist->text));
            typist->at += in_parts ? strlen(reply[i].resp) : 0;
        }
    }
    *replies = reply;
    return PAM_SUCCESS;
}

static bool
read_credential(const char *file, struct typist *typist)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, typist->text, CREDENTIAL_MAX);

    if (fd >= 0) {
        (void)close(fd);
    }
    if (n < 0) {
        return false;
    }
    typist->text[n] = '\0';
    typist->text[strcspn(typist->text, "\n")] = '\0';
    return true;
}

static double
microseconds(void)
{
    struct timespec t = {0};

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* The fresh process: prints how long it took, or the PAM error. */
static int
once(const char *confdir, const char *service, const char *user, const char *file)
{
    struct typist typist = {"", 0};
    struct pam_conv conv = {answer, &typist};
    pam_handle_t *pamh = NULL;
    double start = 0;
    int rc = PAM_SYSTEM_ERR;

    if (!read_credential(file, &typist)) {
        return 1;
    }
    start = microseconds();
    rc = pam_start_confdir(service, user, &conv, confdir, &pamh);
    if (rc == PAM_SUCCESS) {
        rc = pam_authenticate(pamh, 0);
    }
    if (rc != PAM_SUCCESS) {
        (void)fprintf(stderr, "%s: %s\n", service, pam_strerror(pamh, rc));
        return 1;
    }
    (void)printf("%.1f\n", microseconds() - start);
    return pam_end(pamh, rc) == PAM_SUCCESS ? 0 : 1;
}

/* Runs this program again for one sample; a negative number when that login failed. */
static double
sample(const char *self, const char *confdir, const struct contestant *c)
{
    char line[64] = "";
    int out[2] = {-1, -1};
    int status = 0;
    pid_t pid = -1;

    if (pipe(out) != 0 || (pid = fork()) < 0) {
        return -1;
    }
    if (pid == 0) {
        (void)dup2(out[1], 1);
        (void)close(out[0]);
        (void)close(out[1]);
        (void)execl(self, self, "--once", confdir, c->service, c->user, c->file, (char *)NULL);
        _exit(127);
    }
    (void)close(out[1]);
    (void)!read(out[0], line, sizeof(line) - 1);
    (void)close(out[0]);
    if (waitpid(pid, &status, 0) != pid || status != 0) {
        return -1;
    }
    return strtod(line, NULL);
}

static int
ascending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static void
report(struct contestant *c, size_t count, size_t rounds)
{
    (void)printf("%-24s %9s %9s %9s %9s\n", "one login, microseconds", "median", "p10", "p99",
                 "ratio");
    for (size_t i = 0; i < count; i++) {
        qsort(c[i].took, rounds, sizeof(double), ascending);
    }
    for (size_t i = 0; i < count; i++) {
        (void)printf("%-24s %9.0f %9.0f %9.0f %9.2f\n", c[i].service, c[i].took[rounds / 2],
                     c[i].took[rounds / 10], c[i].took[rounds * 99 / 100],
                     c[i].took[rounds / 2] / c[0].took[rounds / 2]);
    }
}

static int
compete(const char *self, size_t rounds, const char *confdir, char **specs, size_t count)
{
    struct contestant *c = calloc(count, sizeof(*c));

    for (size_t i = 0; c != NULL && i < count; i++) {
        c[i].service = strsep(&specs[i], "=");
        c[i].user = strsep(&specs[i], "=");
        c[i].file = specs[i];
        c[i].took = calloc(rounds, sizeof(double));
        if (c[i].file == NULL || c[i].took == NULL) {
            return 2;
        }
    }
    for (size_t round = 0; c != NULL && round < rounds; round++) {
        for (size_t i = 0; i < count; i++) {
            c[i].took[round] = sample(self, confdir, &c[i]);
            if (c[i].took[round] < 0) {
                (void)fprintf(stderr, "%s did not accept\n", c[i].service);
                return 1;
            }
        }
    }
    if (c != NULL) {
        report(c, count, rounds);
    }
    return c != NULL ? 0 : 1;
}

static int
hash(const char *password)
{
    const char *salt = crypt_gensalt("$y$", 0, NULL, 0);
    const char *hashed = salt == NULL ? NULL : crypt(password, salt);

    return hashed != NULL && puts(hashed) >= 0 ? 0 : 1;
}

int
main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--hash") == 0) {
        return hash(argv[2]);
    }
    if (argc == 6 && strcmp(argv[1], "--once") == 0) {
        return once(argv[2], argv[3], argv[4], argv[5]);
    }
    if (argc >= 4 && strtoul(argv[1], NULL, 10) >= 10) {
        return compete(argv[0], strtoul(argv[1], NULL, 10), argv[2], argv + 3,
                       (size_t)argc - 3);
    }
    (void)fputs("usage: login-bench ROUNDS CONFDIR SERVICE=USER=FILE...\n", stderr);
    return 2;
}
