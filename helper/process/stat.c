#include "helper/process/stat.h"

#include "lib/base/own.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Fields of /proc/PID/stat, counted from 1. */
#define PARENT_FIELD  4
#define SESSION_FIELD 6
#define TTY_FIELD     7
#define START_FIELD   22

#define BOOT_ID "/proc/sys/kernel/random/boot_id"

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

static bool
pid_in(const char *at, int wanted, pid_t *pid)
{
    uint64_t number = 0;

    if (!number_in(at, wanted, &number) || number > INT_MAX) {
        return false;
    }
    *pid = (pid_t)number;
    return true;
}

/* Behind the last ')', because a process may call itself anything. */
static bool
parse(const char *stat, struct pjwt_process *process)
{
    const char *at = strrchr(stat, ')');
    uint64_t tty = 0;

    if (at == NULL || at[1] != ' ' || at[2] == '\0') {
        return false;
    }
    process->state = at[2];
    if (!number_in(at + 1, TTY_FIELD, &tty)) {
        return false;
    }
    process->tty = (unsigned)tty;
    return pid_in(at + 1, PARENT_FIELD, &process->parent) &&
           pid_in(at + 1, SESSION_FIELD, &process->session) &&
           number_in(at + 1, START_FIELD, &process->started);
}

static ssize_t
read_file(const char *path, char *text, size_t size)
{
    PJWT_AUTO(fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, size - 1);

    text[n < 0 ? 0 : n] = '\0';
    return n;
}

bool
pjwt_process_read(pid_t pid, struct pjwt_process *process)
{
    struct pjwt_process found = {.pid = pid};
    char path[64] = "";
    char stat[1024] = "";

    (void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    if (read_file(path, stat, sizeof(stat)) <= 0 || !parse(stat, &found)) {
        return false;
    }
    *process = found;
    return true;
}

/* Unix98 pseudo-terminals have the majors 136 to 143; in the number 20 bits of minor are split.
 * Documentation/admin-guide/devices.txt, linux/kdev_t.h. */
const char *
pjwt_process_tty(const struct pjwt_process *process, char out[PJWT_TTY_SIZE])
{
    unsigned major = process->tty >> 8 & 0xfffU;
    unsigned minor = (process->tty & 0xffU) | (process->tty >> 12 & 0xfff00U);

    out[0] = '\0';
    if (major >= 136 && major <= 143) {
        (void)snprintf(out, PJWT_TTY_SIZE, "pts/%u", (major - 136) * 256 + minor);
    } else if (major == 4 && minor < 64) {
        (void)snprintf(out, PJWT_TTY_SIZE, "tty%u", minor);
    } else if (process->tty != 0) {
        (void)snprintf(out, PJWT_TTY_SIZE, "tty %u:%u", major, minor);
    }
    return out;
}

bool
pjwt_process_lives(pid_t pid, uint64_t started)
{
    struct pjwt_process process = {0};

    return pid > 0 && started > 0 && pjwt_process_read(pid, &process) &&
           process.started == started && process.state != 'Z' && process.state != 'X';
}

static void
read_boot(char boot[PJWT_BOOT_SIZE])
{
    char text[PJWT_BOOT_SIZE + 1];
    ssize_t n = read_file(BOOT_ID, text, sizeof(text));

    text[n < 0 ? 0 : strcspn(text, "\n")] = '\0';
    (void)snprintf(boot, PJWT_BOOT_SIZE, "%.*s", PJWT_BOOT_SIZE - 1, text);
}

void
pjwt_process_boot(char boot[PJWT_BOOT_SIZE])
{
    static char known[PJWT_BOOT_SIZE]; /* a boot lasts longer than any process */

    if (known[0] == '\0') {
        read_boot(known);
    }
    memcpy(boot, known, sizeof(known));
}

static bool
lives(void *context, int64_t pid, int64_t started)
{
    (void)context;
    return pid > 0 && pjwt_process_lives((pid_t)pid, (uint64_t)started);
}

const struct pjwt_living *
pjwt_process_living(void)
{
    static const struct pjwt_living living = {.lives = lives};

    return &living;
}
