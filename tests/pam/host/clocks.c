/* What if clocks leap, or somebody looks closely at how long a judge takes and what it holds?
 */
#include "tests/pam/host/host.h"
#include "tests/pam/play.h"
#include "tests/pam/text.h"

#include "helper/judge/even.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TRIES 150 /* of 20 ms: less than a judge waits for a lock */

static bool leaping;
static int leaps;
static int boottimes;

/* Before the C library's, for the module too: an hour more on every look at a clock that
 * somebody can set, or that stands still in suspend. */
__attribute__((visibility("default"))) int
clock_gettime(clockid_t id, struct timespec *time)
{
    int rc = (int)syscall(SYS_clock_gettime, id, time);

    boottimes += id == CLOCK_BOOTTIME;
    if (leaping && id != CLOCK_BOOTTIME) {
        time->tv_sec += 3600L * ++leaps;
    }
    return rc;
}

static char *
leaps_ahead(struct house *house)
{
    char *wrong = NULL;

    boottimes = 0;
    leaping = true;
    wrong = host_log_in(house);
    leaping = false;
    if (wrong == NULL && boottimes == 0) {
        return text_format("the module does not look at our clock");
    }
    return wrong;
}

static void
moment(void)
{
    const struct timespec fiftieth = {.tv_nsec = 20000000};

    (void)nanosleep(&fiftieth, NULL);
}

/* How many timers of that process go by CLOCK_BOOTTIME, and how many by others; see proc(5). */
static void
count_timers(pid_t pid, int *boottime, int *others)
{
    PJWT_AUTO(text) char *path = text_format("/proc/%d/timers", (int)pid);
    FILE *file = fopen(path, "re");
    char line[128] = "";
    int clock = 0;

    *boottime = *others = file == NULL ? -1 : 0;
    while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
        if (sscanf(line, "ClockID: %d", &clock) == 1) {
            *(clock == CLOCK_BOOTTIME ? boottime : others) += 1;
        }
    }
    if (file != NULL) {
        (void)fclose(file);
    }
}

/* A timer of another clock would stand still while the machine sleeps. */
static char *
reads_timers(struct house *house)
{
    PJWT_AUTO(text) char *judge = house_path(house, "good-judge");
    int boottime = 0;
    int others = 0;
    int talk = -1;
    pid_t pid = host_ask_nothing(judge, &talk);

    for (int i = 0; i < TRIES && boottime >= 0 && boottime + others < 2; i++) {
        moment();
        count_timers(pid, &boottime, &others);
    }
    (void)close(talk); /* the judge ends without a question */
    (void)waitpid(pid, NULL, 0);
    if (boottime < 0) { /* a kernel without CONFIG_CHECKPOINT_RESTORE does not tell */
        return NULL;
    }
    return boottime == 2 && others == 0
               ? NULL
               : text_format("%d timers by CLOCK_BOOTTIME, %d by others", boottime, others);
}

static pid_t
parent_of(pid_t pid)
{
    PJWT_AUTO(text) char *path = text_format("/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "re");
    char line[512] = "";
    const char *end = NULL;
    int parent = 0;

    if (file != NULL) {
        end = fgets(line, sizeof(line), file) == NULL ? NULL : strrchr(line, ')');
        (void)fclose(file);
    }
    return end != NULL && sscanf(end, ") %*c %d", &parent) == 1 ? parent : 0;
}

/* Host, go-between, judge; 0 when there is none yet. */
static pid_t
grandchild_of(pid_t host)
{
    DIR *proc = opendir("/proc");
    struct dirent *entry = NULL;
    pid_t found = 0;

    while (proc != NULL && found == 0 && (entry = readdir(proc)) != NULL) {
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);

        if (pid > 0 && parent_of(parent_of(pid)) == host) {
            found = pid;
        }
    }
    if (proc != NULL) {
        (void)closedir(proc);
    }
    return found;
}

static bool
may_read(pid_t pid)
{
    PJWT_AUTO(text) char *path = text_format("/proc/%d/environ", (int)pid);
    PJWT_AUTO(fd) int fd = open(path, O_RDONLY | O_CLOEXEC);

    return fd >= 0 || errno != EACCES;
}

/* Whether the judge of that host, which waits for a lock, becomes unreadable. */
static bool
hides(pid_t host)
{
    for (int i = 0; i < TRIES; i++) {
        pid_t judge = grandchild_of(host);

        if (judge > 0 && !may_read(judge)) {
            return true;
        }
        moment();
    }
    return false;
}

/* Its memory holds the credential, and its uid is the host's: no process of that user may look.
 * Root may look at everything. */
static char *
looks_into_judge(struct house *house)
{
    PJWT_AUTO(text) char *queue = house_path(house, "queue");
    PJWT_AUTO(fd) int lock = open(queue, O_RDWR | O_CLOEXEC);
    bool hidden = false;
    int status = 0;
    pid_t pid = -1;

    house_verify(house, "good");
    if (lock < 0 || flock(lock, LOCK_EX) != 0) {
        return text_format("cannot lock %s", queue);
    }
    pid = fork();
    if (pid == 0) {
        struct scene scene = {0};

        scene_start(&scene, house, false);
        host_authenticate(&scene, "PAM_SUCCESS", "accepted user=alice reason=ok");
        _exit(play_end(&scene) == NULL ? 0 : 1);
    }
    hidden = getuid() == 0 || hides(pid);
    (void)flock(lock, LOCK_UN);
    if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return text_format("the login behind the lock failed");
    }
    return hidden ? NULL : text_format("the judge can be read by its user");
}

/* The shortest of a few refusals of rubbish: sshd's own filler is such. */
static char *
measures_refusals(struct house *house)
{
    const int64_t least = PJWT_EVEN_MS * INT64_C(1000000);

    house_verify(house, "good");
    for (int i = 0; i < 5; i++) {
        struct scene scene = {0};
        struct timespec from = pjwt_even_start();
        struct timespec to = {0};
        char *wrong = NULL;

        scene_start(&scene, house, false);
        play_line(&scene, "prompts", "echo_off = Token: |rubbish");
        play_line(&scene, "run", "authenticate = PAM_AUTH_ERR");
        play_line(&scene, "log", "refused user=alice reason=malformed");
        wrong = play_end(&scene);
        if (wrong != NULL) {
            return wrong;
        }
        to = pjwt_even_start();
        if ((to.tv_sec - from.tv_sec) * INT64_C(1000000000) + to.tv_nsec - from.tv_nsec <
            least) {
            return text_format("a refusal took less than %d ms", PJWT_EVEN_MS);
        }
    }
    return NULL;
}

const struct host hosts_clocks[] = {
    {"whose clocks leap ahead", leaps_ahead},
    {"that reads its judge's timers", reads_timers},
    {"that looks into its judge", looks_into_judge},
    {"that measures its refusals", measures_refusals},
    {NULL, NULL},
};
