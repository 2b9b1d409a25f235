#include "helper/judge/asker.h"

#include "helper/process/stat.h"

#include <sys/socket.h>
#include <unistd.h>

static void
read_stat(pid_t pid, pid_t *parent, uint64_t *started)
{
    struct pjwt_process process = {0};

    (void)pjwt_process_read(pid, &process);
    *parent = process.parent;
    *started = process.started;
}

bool
pjwt_asker_of(int socket, struct pjwt_asker *asker)
{
    struct pjwt_process self = {0};
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
    /* Whoever asks started us, and its parent started it: what is younger got the pid of one
     * that has ended meanwhile, and is a stranger. */
    return pjwt_process_read(getpid(), &self)
               ? asker->started <= self.started && asker->parent_started <= asker->started
               : asker->started == 0;
}
