/* How is what ended long ago forgotten, so that no login notices? */
#include "lib/store/prune.h"
#include "helper/cmd/actor.h"
#include "helper/cmd/instant.h"
#include "helper/cmd/open.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "helper/world.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define NS_A_SECOND INT64_C(1000000000)
#define HOLD_NS     10000000  /* a batch should take no longer: a login may stand behind it */
#define CARRY_NS    30000000  /* nor this behind it: the disk is the same one */
#define REST_NS     1000000   /* and at least so long the line is free for others */
#define SHOW_NS     250000000 /* between two lines of progress */
#define BATCH_START 64        /* rows of the first batch; what the disk can do is not known */
#define BATCH_LEAST 32        /* fewer would take as long: each asks the disk once */

struct pruning {
    const struct pjwt_cmd *cmd;
    const struct pjwt_config *config;
    struct pjwt_store *store;
    struct pjwt_prune prune;
    size_t batch;     /* rows of the next one */
    int64_t shown;    /* when progress was shown last, in ns */
    sigset_t signals; /* held back, and looked for between two batches */
    bool stopped;     /* by one of them */
};

static int64_t
nanoseconds(void)
{
    struct timespec t = {0};

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * NS_A_SECOND + t.tv_nsec;
}

/* Half as many when it took too long, waiting included: then others want to write as well. */
static void
fit(struct pruning *p, int64_t held, int64_t carried)
{
    if ((held > HOLD_NS || carried > CARRY_NS) && p->batch > BATCH_LEAST) {
        p->batch /= 2;
    } else if (held < HOLD_NS / 2 && carried < CARRY_NS / 2) {
        p->batch = p->batch * 2 < PJWT_PRUNE_BATCH ? p->batch * 2 : PJWT_PRUNE_BATCH;
    }
}

/* The lock of the line goes to whoever asks first, and not to who waited longest: so we stay
 * away for as long as we were there. A signal ends the run; what stops a job stops it here,
 * where nobody waits for it. */
static void
rest(struct pruning *p, int64_t ns)
{
    struct timespec t = {.tv_sec = (time_t)(ns / NS_A_SECOND),
                         .tv_nsec = (long)(ns % NS_A_SECOND)};
    int signal = sigtimedwait(&p->signals, NULL, &t);

    if (signal == SIGTSTP) {
        (void)raise(SIGSTOP);
    } else {
        p->stopped = signal > 0;
    }
}

static void
show(struct pruning *p, int64_t now)
{
    if (isatty(STDERR_FILENO) && now - p->shown >= SHOW_NS) {
        (void)fprintf(stderr, "\r%ld forgotten, now at %-12s", pjwt_prune_gone(&p->prune),
                      pjwt_prune_name((enum pjwt_prune_kind)p->prune.kind));
        p->shown = now;
    }
}

static void
show_end(const struct pruning *p)
{
    if (p->shown != 0) {
        (void)fprintf(stderr, "\r%60s\r", "");
    }
}

/* A log without room for many rows may have some for a few. */
static pjwt_verdict
step(struct pruning *p, bool *more)
{
    pjwt_verdict v = PJWT_SAY(UNSET);

    pjwt_open_patience(); /* for this one: a long run is no long wait */
    v = pjwt_prune_step(p->store, &p->prune, p->batch, more);
    while (v.reason == PJWT_STORE_FULL && p->batch > 1) {
        p->batch /= 2;
        v = pjwt_prune_step(p->store, &p->prune, p->batch, more);
    }
    pjwt_open_patience_end();
    return v;
}

/* What it wrote is put in its place outside the line; then others have their turn. */
static void
carry(struct pruning *p, int64_t from)
{
    int64_t done = nanoseconds();
    int64_t carried = 0;

    pjwt_prune_carry(p->store);
    carried = nanoseconds() - done;
    fit(p, done - from, carried);
    rest(p, done - from > carried + REST_NS ? done - from - carried : REST_NS);
}

static pjwt_verdict
run(struct pruning *p)
{
    bool more = true;

    while (more && !p->stopped) {
        long gone = pjwt_prune_gone(&p->prune);
        int64_t from = nanoseconds();

        PJWT_TRY(step(p, &more));
        if (pjwt_prune_gone(&p->prune) > gone) {
            carry(p, from);
        } else { /* only read, and nobody waits for that */
            rest(p, 0);
        }
        show(p, nanoseconds());
    }
    p->stopped = p->stopped && more;
    return PJWT_SAY(OK);
}

static void
print(const struct pruning *p, bool complete)
{
    PJWT_AUTO(json) json_t *object = NULL;
    char words[PJWT_PRUNE_WORDS];

    pjwt_prune_words(&p->prune, words);
    if (!pjwt_flags_on(&p->cmd->args, "json")) {
        (void)printf("forgotten: %s\n", words);
        return;
    }
    object = json_object();
    for (int i = 0; i < PJWT_PRUNE_KINDS; i++) {
        (void)json_object_set_new(object, pjwt_prune_name((enum pjwt_prune_kind)i),
                                  json_integer(p->prune.gone[i]));
    }
    pjwt_output_set_time(object, "by", p->prune.by);
    (void)json_object_set_new(object, "complete", json_boolean(complete));
    pjwt_output_json(object, true);
}

/* A clock that jumped, or a machine that was off: the rest goes when that is confirmed. */
static void
say_behind(const struct pruning *p)
{
    char by[PJWT_INSTANT_SIZE];

    if (p->cmd->now - p->prune.by > 2 * (int64_t)PJWT_CLOCK_SLACK) {
        pjwt_say_line(
            "The clock is ahead of what CLOCK_BOOTTIME confirms; that counts after an "
            "hour. Until then the time is taken to be %s.",
            pjwt_instant_text(p->prune.by, by));
    }
}

static enum pjwt_exit
finish(const struct pruning *p, pjwt_verdict v)
{
    char words[PJWT_PRUNE_WORDS];

    pjwt_open_patience();
    pjwt_prune_end(p->store);
    pjwt_open_patience_end();
    show_end(p);
    print(p, pjwt_ok(v) && !p->stopped);
    if (pjwt_prune_gone(&p->prune) > 0) {
        pjwt_prune_words(&p->prune, words);
        pjwt_actor_log(p->cmd, "prune", words);
    }
    if (!pjwt_ok(v)) {
        return pjwt_say_store(p->cmd, p->config, v);
    }
    say_behind(p);
    if (p->stopped) {
        return pjwt_say_error(p->cmd, PJWT_EXIT_UNAVAILABLE,
                              "`pamjwt prune` goes on with the rest",
                              "stopped by a signal, between two batches");
    }
    return PJWT_EXIT_OK;
}

/* Until rest() asks for them: nothing must stop us while we stand in line. */
static void
hold_signals(struct pruning *p)
{
    static const int held[] = {SIGINT, SIGTERM, SIGHUP, SIGTSTP};
    sigset_t blocked;

    (void)sigemptyset(&p->signals);
    for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++) {
        (void)sigaddset(&p->signals, held[i]);
    }
    blocked = p->signals;
    (void)sigaddset(&blocked, SIGTTOU); /* for a line of progress */
    (void)sigprocmask(SIG_BLOCK, &blocked, NULL);
}

static pjwt_verdict
begin(struct pruning *p, struct pjwt_why *why)
{
    struct pjwt_clock clock = {0};

    hold_signals(p);
    pjwt_world_clock(&clock);
    return pjwt_prune_begin(p->store, &clock, &p->prune, why);
}

enum pjwt_exit
pjwt_prune_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct pruning p = {.cmd = cmd, .batch = BATCH_START};
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store(cmd, config, &store));
    p.config = config;
    p.store = store;
    v = begin(&p, &why);
    if (!pjwt_ok(v)) {
        return v.reason == PJWT_CLOCK_BACK ? pjwt_say_verdict(cmd, v, &why)
                                           : pjwt_say_store(cmd, config, v);
    }
    return finish(&p, run(&p));
}
