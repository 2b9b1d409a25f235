/* Does the module behave in hosts that were started by somebody hostile, or that are merely
 * odd? `pam_hosts BUILD-TREE` prints TAP; every host is a process of its own, as root and as an
 * ordinary user. */
#include "tests/pam/host/host.h"

#include "tests/pam/guest.h"
#include "tests/pam/keys.h"
#include "tests/pam/play.h"
#include "tests/pam/tap.h"
#include "tests/pam/text.h"

#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#define ORDINARY 65534
#define NOTE     4096

/* Shared with the host's process, which may have no descriptor left to write to. */
static char *note;

void
host_authenticate(struct scene *scene, const char *code, const char *log)
{
    PJWT_AUTO(text) char *run = text_format("authenticate = %s", code);

    play_line(scene, "token", "");
    play_line(scene, "prompts", "echo_off = Token: |%token");
    play_line(scene, "run", run);
    play_line(scene, "log", log);
}

static char *
log_in(struct house *house)
{
    struct scene scene = {0};

    scene_start(&scene, house, false);
    host_authenticate(&scene, "PAM_SUCCESS", "accepted user=alice reason=ok");
    return play_end(&scene);
}

static char *
log_in_wholly(struct house *house)
{
    struct scene scene = {0};

    scene_start(&scene, house, false);
    host_authenticate(&scene, "PAM_SUCCESS", "accepted user=alice issuer=corp reason=ok");
    play_line(&scene, "run", "acct_mgmt = PAM_SUCCESS");
    play_line(&scene, "log", "accepted user=alice reason=ok");
    play_line(&scene, "run", "open_session = PAM_SUCCESS");
    play_line(&scene, "log", "accepted user=alice reason=ok");
    play_line(&scene, "run", "close_session = PAM_SUCCESS");
    play_line(&scene, "handle", "new");
    play_line(&scene, "token", "exp=-1h");
    play_line(&scene, "prompts", "echo_off = Token: |%token");
    play_line(&scene, "run", "authenticate = PAM_AUTH_ERR");
    play_line(&scene, "log", "refused user=alice reason=expired");
    return play_end(&scene);
}

char *
host_log_in(struct house *house)
{
    PJWT_AUTO(text) char *inspecting = house->verify;
    char *wrong = log_in(house);

    if (wrong != NULL) {
        house->verify = pjwt_take(inspecting);
        return wrong;
    }
    house->verify = house_path(house, "good-judge");
    house_write_pam_d(house);
    return log_in_wholly(house);
}

static bool
runs(const char *pid, const char *path)
{
    PJWT_AUTO(text) char *link = text_format("/proc/%s/exe", pid);
    char target[4096] = "";

    return readlink(link, target, sizeof(target) - 1) > 0 && strcmp(target, path) == 0;
}

static bool
any_runs(const char *path)
{
    DIR *proc = opendir("/proc");
    struct dirent *entry = NULL;
    bool found = false;

    while (proc != NULL && !found && (entry = readdir(proc)) != NULL) {
        found = entry->d_name[0] >= '1' && entry->d_name[0] <= '9' && runs(entry->d_name, path);
    }
    if (proc != NULL) {
        (void)closedir(proc);
    }
    return found;
}

bool
host_gone(const char *path)
{
    const struct timespec moment = {.tv_nsec = 20000000};

    for (int i = 0; i < 250; i++) {
        if (!any_runs(path)) {
            return true;
        }
        (void)nanosleep(&moment, NULL);
    }
    return false;
}

static void
become(uid_t uid)
{
    if (setgroups(0, NULL) != 0 || setresgid(uid, uid, uid) != 0 ||
        setresuid(uid, uid, uid) != 0 || prctl(PR_SET_DUMPABLE, 1) != 0) {
        text_die("cannot become uid %d", (int)uid);
    }
}

static void
be_host(const struct host *host, struct house *house, bool drop)
{
    PJWT_AUTO(text) char *wrong = NULL;

    if (drop) {
        become(ORDINARY);
    }
    house_furnish(house);
    house_verify(house, "rogue-inspect");
    guest_watch();
    wrong = host->run(house);
    if (wrong == NULL && !host_gone(house->verify)) {
        wrong = text_format("a judge is left");
    }
    (void)snprintf(note, NOTE, "%s", wrong == NULL ? "" : wrong);
    _exit(wrong == NULL ? 0 : 1);
}

static void
run(const struct host *host, struct house *house, const char *who, bool drop)
{
    PJWT_AUTO(text) char *name = text_format("%s, host %s", who, host->name);
    int status = 0;
    pid_t pid = -1;

    (void)snprintf(note, NOTE, "the host's process did not come to its end");
    (void)fflush(stdout);
    pid = fork();
    if (pid == 0) {
        be_host(host, house, drop);
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (strncmp(note, HOST_SKIP, strlen(HOST_SKIP)) == 0) {
        tap_skip(name, note + strlen(HOST_SKIP));
        return;
    }
    tap_result(WIFEXITED(status) && WEXITSTATUS(status) == 0, name, note);
}

static void
run_table(const struct host *host, struct house *house, const char *who, bool drop)
{
    for (; host->name != NULL; host++) {
        run(host, house, who, drop);
    }
}

static void
run_all(struct house *house, const char *who, bool drop)
{
    const struct host *const tables[] = {hosts_descriptors, hosts_signals, hosts_limits,
                                         hosts_processes,   hosts_threads, hosts_mute,
                                         hosts_race,        hosts_clocks,  hosts_denied};

    for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++) {
        run_table(tables[t], house, who, drop);
    }
    if (!drop) { /* else root has been there */
        run_table(hosts_crowded, house, who, drop);
    }
    house_demolish(house);
}

int
main(int argc, char **argv)
{
    struct house house = {0};
    bool root = getuid() == 0;

    if (argc != 2) {
        text_die("usage: pam_hosts BUILD-TREE");
    }
    (void)umask(022);
    note = mmap(NULL, NOTE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (note == MAP_FAILED) {
        text_die("no memory");
    }
    keys_make();
    if (root) {
        house_build(&house, argv[1], 0);
        run_all(&house, "root", false);
    }
    house_build(&house, argv[1], root ? ORDINARY : getuid());
    run_all(&house, "user", root);
    keys_drop();
    return tap_end();
}
