/* What if the host has children, adopts them, is stopped, or dies? */
#include "tests/pam/host/host.h"
#include "tests/pam/play.h"
#include "tests/pam/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Whoever is orphaned below it comes to it: nobody of ours may. */
static char *
adopts_orphans(struct house *house)
{
    char *wrong = prctl(PR_SET_CHILD_SUBREAPER, 1) == 0 ? host_log_in(house)
                                                        : text_format("prctl failed");

    if (wrong == NULL && (waitpid(-1, NULL, WNOHANG | (int)__WALL) != -1 || errno != ECHILD)) {
        return text_format("a child came to the host");
    }
    return wrong;
}

static char *
adopts_orphans_of_silent_judge(struct house *house)
{
    struct scene scene = {0};
    char *wrong = NULL;

    house_verify(house, "rogue-silent");
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) {
        return text_format("prctl failed");
    }
    scene_start(&scene, house, false);
    host_authenticate(&scene, "PAM_AUTH_ERR", "refused user=alice reason=judge-late");
    wrong = play_end(&scene);
    if (wrong == NULL && (waitpid(-1, NULL, WNOHANG | (int)__WALL) != -1 || errno != ECHILD)) {
        return text_format("a child came to the host");
    }
    return wrong;
}

/* A zombie of the host's own must still be there for it, with its status. */
static char *
has_children(struct house *house)
{
    siginfo_t info = {0};
    char *wrong = NULL;
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        _exit(42);
    }
    if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) != 0) {
        return text_format("waitid failed");
    }
    wrong = host_log_in(house);
    if (wrong == NULL && (waitpid(-1, &status, WNOHANG) != pid || WEXITSTATUS(status) != 42)) {
        return text_format("the host's own child was reaped");
    }
    return wrong;
}

static char *
fifty_logins(struct house *house)
{
    char *wrong = NULL;

    house_verify(house, "good");
    for (int i = 0; i < 50 && wrong == NULL; i++) {
        struct scene scene = {0};

        scene_start(&scene, house, false);
        host_authenticate(&scene, "PAM_SUCCESS", "accepted user=alice reason=ok");
        wrong = play_end(&scene);
    }
    return wrong;
}

static char *
stopped(struct house *house, const char *judge, const char *code, const char *log)
{
    struct scene scene = {0};

    house_verify(house, judge);
    scene_start(&scene, house, false);
    host_authenticate(&scene, code, log);
    return play_end(&scene);
}

/* The judge stops the host, answers, and lets it go on when the deadline has passed. */
static char *
stopped_too_long(struct house *house)
{
    return stopped(house, "rogue-freeze", "PAM_AUTH_ERR",
                   "refused user=alice reason=judge-late");
}

static char *
stopped_shortly(struct house *house)
{
    return stopped(house, "rogue-pause", "PAM_SUCCESS", "accepted user=alice reason=ok");
}

/* The host is killed while its judge thinks: nobody may stay behind. */
static char *
killed(struct house *house)
{
    int status = 0;
    pid_t pid = -1;

    house_verify(house, "rogue-kill");
    pid = fork();
    if (pid == 0) {
        struct scene scene = {0};

        scene_start(&scene, house, false);
        host_authenticate(&scene, "PAM_SUCCESS", "accepted");
        _exit(0);
    }
    if (waitpid(pid, &status, 0) != pid || !WIFSIGNALED(status) ||
        WTERMSIG(status) != SIGKILL) {
        return text_format("the host was not killed");
    }
    return host_gone(house->verify) ? NULL : text_format("the judge outlives its host");
}

pid_t
host_ask_nothing(const char *judge, int *talk)
{
    int ends[2] = {-1, -1};
    pid_t pid = -1;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        text_die("no socket pair");
    }
    pid = fork();
    if (pid == 0) {
        if (dup2(ends[1], 3) == 3 && fcntl(3, F_SETFD, 0) == 0) {
            (void)execl(judge, "pamjwt-verify", (char *)NULL);
        }
        _exit(1);
    }
    (void)close(ends[1]);
    *talk = ends[0];
    return pid;
}

/* Its go-between is gone and somebody stopped it: its own timer ends it all the same. */
static char *
judge_alone(struct house *house)
{
    PJWT_AUTO(text) char *judge = house_path(house, "good-judge");
    const struct timespec tenth = {.tv_nsec = 100000000};
    int talk = -1;
    int status = 0;
    pid_t pid = host_ask_nothing(judge, &talk);

    (void)sleep(1); /* its timer runs by now */
    (void)kill(pid, SIGSTOP);
    for (int i = 0; i < 100 && waitpid(pid, &status, WNOHANG) == 0; i++) {
        (void)nanosleep(&tenth, NULL);
    }
    (void)close(talk);
    if (status == 0) { /* not reaped yet, so the pid is still ours */
        (void)kill(pid, SIGKILL);
    }
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL
               ? NULL
               : text_format("the judge lives on, or ended with status %d", status);
}

/* As su: started by somebody, with root's effective uid. */
static char *
set_uid(struct house *house)
{
    if (getuid() == 0 && (setresgid(65534, 0, 0) != 0 || setresuid(65534, 0, 0) != 0)) {
        return text_format("setresuid failed");
    }
    return host_log_in(house);
}

const struct host hosts_processes[] = {
    {"that adopts orphans (child subreaper)", adopts_orphans},
    {"that adopts orphans, with a silent judge", adopts_orphans_of_silent_judge},
    {"with a zombie of its own", has_children},
    {"that logs in fifty times", fifty_logins},
    {"that is stopped while an answer waits, past the deadline", stopped_too_long},
    {"that is stopped while an answer waits, for a second", stopped_shortly},
    {"that is killed while its judge thinks", killed},
    {"that is set-user-ID", set_uid},
    {"that leaves a judge alone", judge_alone},
    {NULL, NULL},
};
