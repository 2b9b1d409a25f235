/* What if the host has threads, and handlers for fork? */
#include "tests/pam/host/host.h"
#include "tests/pam/text.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_bool stop;
static atomic_bool running;
static atomic_int forks;

/* Holds malloc's lock half of the time: a child that asked for memory would hang. */
static void *
allocate(void *context)
{
    (void)context;
    while (!atomic_load(&stop)) {
        free(malloc(100000));
        atomic_store(&running, true);
    }
    return NULL;
}

static char *
threaded(struct house *house)
{
    pthread_t thread;
    char *wrong = NULL;

    if (pthread_create(&thread, NULL, allocate, NULL) != 0) {
        return text_format("no thread");
    }
    while (!atomic_load(&running)) {
    }
    wrong = host_log_in(house);
    atomic_store(&stop, true);
    (void)pthread_join(thread, NULL);
    return wrong;
}

static void
count_fork(void)
{
    atomic_fetch_add(&forks, 1);
}

static char *
fork_handlers(struct house *house)
{
    char *wrong = NULL;

    if (pthread_atfork(count_fork, count_fork, count_fork) != 0) {
        return text_format("pthread_atfork failed");
    }
    wrong = host_log_in(house);
    if (wrong == NULL && atomic_load(&forks) != 0) {
        return text_format("the host's fork handlers ran");
    }
    return wrong;
}

const struct host hosts_threads[] = {
    {"with a second thread that allocates memory", threaded},
    {"with handlers for fork", fork_handlers},
    {NULL, NULL},
};
