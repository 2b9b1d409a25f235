/* What can be done to the host from here? */
#include "tests/pam/rogue/rogue.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void
rogue_wait(time_t seconds)
{
    struct timespec left = {.tv_sec = seconds};

    while (clock_nanosleep(CLOCK_BOOTTIME, 0, &left, &left) != 0) {
    }
}

static bool
has_stopped(pid_t pid)
{
    char path[64] = "";
    char stat[512] = "";
    const char *end = NULL;
    ssize_t n = 0;
    int fd = -1;

    (void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    n = fd < 0 ? -1 : read(fd, stat, sizeof(stat) - 1);
    (void)close(fd);
    end = n < 0 ? NULL : strrchr(stat, ')');
    return end != NULL && end[2] == 'T';
}

pid_t
rogue_host(void)
{
    struct ucred host = {0};
    socklen_t size = sizeof(host);

    if (getsockopt(TALK, SOL_SOCKET, SO_PEERCRED, &host, &size) != 0 || host.pid <= 1) {
        _exit(74);
    }
    return host.pid;
}

void
rogue_signal_host(int signal)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    pid_t host = rogue_host();

    (void)kill(host, signal);
    while (signal == SIGSTOP && !has_stopped(host)) {
        (void)nanosleep(&moment, NULL);
    }
}
