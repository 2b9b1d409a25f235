/* What if the person who started the host has set its limits? Root's judge takes its own; an
 * ordinary user's refuses to work under too little. */
#include "tests/pam/host/host.h"
#include "tests/pam/play.h"
#include "tests/pam/text.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

static bool
set(int resource, rlim_t soft, rlim_t hard)
{
    struct rlimit limit = {soft, hard};

    return setrlimit((__rlimit_resource_t)resource, &limit) == 0;
}

/* Asks the kernel, in a child: root has the right, unless it runs in a container that takes it
 * away. */
bool
host_may_raise_limits(void)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        _exit(set(RLIMIT_CORE, 0, 0) && set(RLIMIT_CORE, 1, 1) ? 0 : 1);
    }
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static char *
real_judge(struct house *house, const char *code, const char *log)
{
    struct scene scene = {0};

    scene_start(&scene, house, false);
    host_authenticate(&scene, code, log);
    return play_end(&scene);
}

static char *
no_core(struct house *house)
{
    return set(RLIMIT_CORE, 0, 0) ? host_log_in(house) : text_format("setrlimit failed");
}

/* A core of the judge would hold the credential. */
static char *
any_core(struct house *house)
{
    struct rlimit now = {0};

    (void)getrlimit(RLIMIT_CORE, &now);
    return set(RLIMIT_CORE, now.rlim_max, now.rlim_max) ? host_log_in(house)
                                                        : text_format("setrlimit failed");
}

/* A judge that cannot reset it refuses to write under it. */
static char *
file_size_zero(struct house *house)
{
    bool resets = host_may_raise_limits();

    house_verify(house, "good");
    if (!set(RLIMIT_FSIZE, 0, 0)) {
        return text_format("setrlimit failed");
    }
    return real_judge(house, resets ? "PAM_SUCCESS" : "PAM_SYSTEM_ERR",
                      resets ? "accepted user=alice reason=ok"
                             : "refused user=alice reason=process");
}

static char *
file_size_zero_soft(struct house *house)
{
    house_verify(house, "good");
    if (!set(RLIMIT_FSIZE, 0, RLIM_INFINITY)) {
        return text_format("setrlimit failed");
    }
    return real_judge(house, "PAM_SUCCESS", "accepted user=alice reason=ok");
}

/* The kernel counts root's processes against nothing. */
static char *
no_processes(struct house *house)
{
    bool root = getuid() == 0;

    house_verify(house, "good");
    if (!set(RLIMIT_NPROC, 0, 0)) {
        return text_format("setrlimit failed");
    }
    return real_judge(house, root ? "PAM_SUCCESS" : "PAM_SYSTEM_ERR",
                      root ? "accepted user=alice reason=ok"
                           : "refused user=alice reason=judge-start");
}

/* libpam and the module are loaded first: what is asked is what the module does without
 * descriptors. */
static char *
descriptors(struct house *house, rlim_t count, const char *code, const char *log)
{
    struct scene scene = {0};

    house_verify(house, "good");
    scene_start(&scene, house, false);
    host_authenticate(&scene, "PAM_SUCCESS", "accepted user=alice reason=ok");
    play_line(&scene, "handle", "same");
    if (!set(RLIMIT_NOFILE, count, count)) {
        return text_format("setrlimit failed");
    }
    scene_refresh(&scene);
    host_authenticate(&scene, code, log);
    return play_end(&scene);
}

static char *
descriptors_4(struct house *house)
{
    return descriptors(house, 4, "PAM_SYSTEM_ERR", "refused user=alice reason=judge-start");
}

static char *
descriptors_5(struct house *house)
{
    return descriptors(house, 5, "PAM_SYSTEM_ERR", "refused user=alice reason=judge-start");
}

static char *
descriptors_6(struct house *house)
{
    return descriptors(house, 6, "PAM_SYSTEM_ERR", "refused user=alice reason=judge-start");
}

static char *
descriptors_8(struct house *house)
{
    return descriptors(house, 8, "PAM_SYSTEM_ERR", "refused user=alice reason=judge-start");
}

/* The control of the four above. */
static char *
descriptors_64(struct house *house)
{
    return descriptors(house, 64, "PAM_SUCCESS", "accepted user=alice reason=ok");
}

const struct host hosts_limits[] = {
    {"with RLIMIT_CORE 0", no_core},
    {"with the largest RLIMIT_CORE", any_core},
    {"with RLIMIT_FSIZE 0", file_size_zero},
    {"with RLIMIT_FSIZE 0 that may be raised", file_size_zero_soft},
    {"with RLIMIT_NPROC 0", no_processes},
    {"with RLIMIT_NOFILE 4", descriptors_4},
    {"with RLIMIT_NOFILE 5", descriptors_5},
    {"with RLIMIT_NOFILE 6", descriptors_6},
    {"with RLIMIT_NOFILE 8", descriptors_8},
    {"with RLIMIT_NOFILE 64", descriptors_64},
    {NULL, NULL},
};
