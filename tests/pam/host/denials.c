/* What does somebody deny who starts a host, or a machine that has no more of it? */
#include "tests/pam/host/denial.h"
#include "tests/pam/host/host.h"
#include "tests/pam/text.h"

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

#define HOARD 4096 /* pieces of memory */
#define PIECE 8192 /* bytes: a judge's question and answer are larger */

static struct rlimit before; /* of what is denied now */
static __rlimit_resource_t denied;

static bool
limit(__rlimit_resource_t resource, rlim_t soft, bool hard)
{
    struct rlimit now = {0};

    denied = resource;
    if (getrlimit(resource, &before) != 0) {
        return false;
    }
    now = (struct rlimit){soft, hard ? soft : before.rlim_max};
    return setrlimit(resource, &now) == 0;
}

static void
give_back(void)
{
    (void)setrlimit(denied, &before); /* a hard limit stays, except for root */
}

static enum denial_end
judge_resets(void)
{
    return DENIAL_ACCEPTED;
}

/* Root's judge takes it back, if it may; an ordinary user's does without, and says so. */
static enum denial_end
root_resets(void)
{
    return host_may_raise_limits() ? DENIAL_ACCEPTED : DENIAL_PROCESS;
}

static enum denial_end
no_judge(void)
{
    return DENIAL_START;
}

static enum denial_end
no_judge_but_roots(void)
{
    return getuid() == 0 ? DENIAL_ACCEPTED : DENIAL_START;
}

static enum denial_end
no_memory(void)
{
    return DENIAL_MEMORY;
}

static bool
deny_4_files(void)
{
    return limit(RLIMIT_NOFILE, 4, false);
}

static bool
deny_8_files(void)
{
    return limit(RLIMIT_NOFILE, 8, false);
}

static bool
deny_size(void)
{
    return limit(RLIMIT_FSIZE, 0, true);
}

static bool
deny_size_softly(void)
{
    return limit(RLIMIT_FSIZE, 0, false);
}

static bool
deny_processes(void)
{
    return limit(RLIMIT_NPROC, 0, true);
}

static bool
deny_judges_memory(void)
{
    return limit(RLIMIT_AS, 200 << 20, true);
}

static bool
deny_judges_data(void)
{
    return limit(RLIMIT_DATA, 32 << 20, true);
}

static void *hoard[HOARD];

/* All that there is of any size worth having: what is small is left to libpam. */
static bool
deny_memory(void)
{
    if (!limit(RLIMIT_AS, 1 << 20, false)) { /* less than is in use: nothing can be added */
        return false;
    }
    for (size_t i = 0; i < HOARD; i++) {
        hoard[i] = malloc(PIECE);
        if (hoard[i] == NULL) {
            return true;
        }
    }
    errno = ENOBUFS;
    return false;
}

static void
give_memory_back(void)
{
    for (size_t i = 0; i < HOARD; i++) {
        free(hoard[i]);
        hoard[i] = NULL;
    }
    give_back();
}

/* Under AddressSanitizer a program has terabytes before it begins, and ends without any more.
 */
static char *
of_memory(struct house *house, const struct denial *denial)
{
#ifdef __SANITIZE_ADDRESS__
    (void)denial;
    (void)house;
    return text_format(HOST_SKIP "memory cannot be denied under AddressSanitizer");
#else
    return host_denied(house, denial);
#endif
}

DENIED(files_4, host_denied, deny_4_files, give_back, no_judge, false)
DENIED(files_8, host_denied, deny_8_files, give_back, no_judge, false)
DENIED(size, host_denied, deny_size, give_back, root_resets, true)
DENIED(size_softly, host_denied, deny_size_softly, give_back, judge_resets, false)
DENIED(processes, host_denied, deny_processes, give_back, no_judge_but_roots, true)
DENIED(judges_memory, of_memory, deny_judges_memory, give_back, root_resets, true)
DENIED(judges_data, of_memory, deny_judges_data, give_back, root_resets, true)
DENIED(memory, of_memory, deny_memory, give_memory_back, no_memory, false)

const struct host hosts_denied[] = {
    {"denied descriptors past 4, in each phase", files_4},
    {"denied descriptors past 8, in each phase", files_8},
    {"denied files of any size (RLIMIT_FSIZE 0), in each phase", size},
    {"denied files of any size until it is raised, in each phase", size_softly},
    {"denied processes (RLIMIT_NPROC 0), in each phase", processes},
    {"denied the memory that a judge needs (RLIMIT_AS), in each phase", judges_memory},
    {"denied the memory that a judge needs (RLIMIT_DATA), in each phase", judges_data},
    {"denied any more memory, in each phase", memory},
    {NULL, NULL},
};
