#include "helper/judge/asker.h"

#include "lib/base/own.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* Fields of /proc/PID/stat, counted from 1. */
#define PARENT_FIELD 4
#define START_FIELD  22

/* The number in field `wanted`, where `at` stands before field 3. */
static bool
number_in(const char *at, int wanted, uint64_t *number)
{
    char *end = NULL;

    for (int field = 3; field < wanted && at != NULL; field++) {
        at = strchr(at + 1, ' ');
    }
    if (at == NULL) {
        return false;
    }
    errno = 0;
    *number = strtoull(at, &end, 10);
    return errno == 0 && end != at && (*end == ' ' || *end == '\n');
}

/* Behind the last ')', because a process may call itself anything. */
static bool
parse_stat(const char *stat, pid_t *parent, uint64_t *started)
{
    const char *at = strrchr(stat, ')');
    uint64_t number = 0;

    if (at == NULL || !number_in(at + 1, PARENT_FIELD, &number) || number > INT_MAX) {
        return false;
    }
    *parent = (pid_t)number;
    return number_in(at + 1, START_FIELD, started);
}

static void
read_stat(pid_t pid, pid_t *parent, uint64_t *started)
{
    char path[64] = "";
    char stat[1024] = "";
    PJWT_AUTO(fd) int fd = -1;
    ssize_t n = 0;

    *parent = 0;
    *started = 0;
    (void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    n = fd < 0 ? -1 : read(fd, stat, sizeof(stat) - 1);
    if (n <= 0 || !parse_stat(stat, parent, started)) {
        *parent = 0;
        *started = 0;
    }
}

bool
pjwt_asker_of(int socket, struct pjwt_asker *asker)
{
    struct ucred peer = {0};
    socklen_t len = sizeof(peer);
    pid_t grandparent = 0;

    *asker = (struct pjwt_asker){0};
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &len) != 0 || peer.pid <= 0) {
        return false;
    }
    asker->pid = peer.pid;
    read_stat(asker->pid, &asker->parent, &asker->started);
    if (asker->parent > 0) {
        read_stat(asker->parent, &grandparent, &asker->parent_started);
    }
    return true;
}
