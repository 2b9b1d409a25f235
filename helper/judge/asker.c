#include "helper/judge/asker.h"

#include "lib/base/own.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#define STARTTIME_FIELD 22 /* of /proc/PID/stat, counted from 1 */

/* Behind the last ')', because a process may call itself anything. `*parent` is field 4. */
static bool
parse_stat(const char *stat, pid_t *parent, uint64_t *started)
{
    const char *at = strrchr(stat, ')');
    int ppid = 0;

    if (at == NULL || sscanf(at + 1, " %*c %d", &ppid) != 1) {
        return false;
    }
    for (int field = 2; field < STARTTIME_FIELD; field++) {
        at = strchr(at + 1, ' ');
        if (at == NULL) {
            return false;
        }
    }
    *parent = ppid;
    return sscanf(at, " %" SCNu64, started) == 1;
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
