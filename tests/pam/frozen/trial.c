/* What does an administrator's revocation do while a process is stopped at one call? */
#include "tests/pam/frozen/frozen.h"

#include "tests/pam/text.h"

#include "lib/store/revocations.h"

#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ISSUER "https://idp.example.com/realms/corp"
#define JTI    "stolen"

static int64_t
now_ms(void)
{
    struct timespec t = {0};

    (void)clock_gettime(CLOCK_BOOTTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Its exit status; what it says goes to the file `said`. */
static int
run_revoke(const struct house *house, const char *pamjwt, const char *said)
{
    PJWT_AUTO(text) char *config = house_path(house, "config");
    int status = -1;
    pid_t pid = fork();

    if (pid == 0) {
        if (freopen(said, "w", stderr) != NULL) { /* stays open in pamjwt: no "e" */
            (void)execl(pamjwt, "pamjwt", "--config", config, "revoke", "jti", "corp", JTI,
                        (char *)NULL);
        }
        _exit(127);
    }
    (void)waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool
bites(const struct house *house)
{
    PJWT_AUTO(store) struct pjwt_store *store = house_store(house);
    struct pjwt_grant grant = {.user = FROZEN_USER, .iss = ISSUER, .jti = JTI};
    struct pjwt_report report = {0};
    pjwt_verdict v = pjwt_revocation_check(store, &grant, house->now, &report);

    return v.reason == PJWT_JTI_REVOKED;
}

static char *
first_line(const char *path)
{
    FILE *file = fopen(path, "re");
    char line[160] = "";

    if (file != NULL) {
        (void)!fgets(line, sizeof(line), file);
        (void)fclose(file);
    }
    return text_format("%s", line);
}

/* NULL, or what is wrong; owned by the caller. */
static char *
revoke_meanwhile(const struct house *house, const char *pamjwt, int *took)
{
    PJWT_AUTO(text) char *path = text_format("%s/said", house->base);
    PJWT_AUTO(text) char *said = NULL;
    int64_t start = now_ms();
    int status = run_revoke(house, pamjwt, path);

    *took = (int)(now_ms() - start);
    if (status == 0) {
        return bites(house) ? NULL : text_format("the revocation is not there");
    }
    said = first_line(path);
    return text_format("pamjwt revoke: status %d after %d ms, %s", status, *took, said);
}

bool
frozen_trial(const struct frozen_kind *kind, struct house *house, const char *pamjwt,
             size_t nth, int *took, char **wrong)
{
    int talk = -1;
    int pidfd = -1;
    pid_t pid = kind->start(house, &talk);
    bool stopped =
        kind->go_between ? frozen_lead_clone(pid, nth, &pidfd) : frozen_lead(pid, nth);

    *wrong = NULL;
    if (stopped) {
        *wrong = revoke_meanwhile(house, pamjwt, took);
        if (!frozen_bury(pid, pidfd) && *wrong == NULL) {
            *wrong = text_format("a process is left");
        }
        if (*wrong == NULL) {
            *wrong = frozen_log_in(house, "next");
        }
        if (*wrong == NULL && *took > kind->longest) {
            *wrong = text_format("the revocation took %d ms", *took);
        }
    }
    pjwt_drop_fd(&talk);
    pjwt_drop_fd(&pidfd);
    return stopped;
}
