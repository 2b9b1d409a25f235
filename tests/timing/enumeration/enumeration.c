/* Does the time of a refusal tell which users exist?
 *
 * usage: enumeration BUILD-TREE [SAMPLES]. Prints TAP with the figures: real, unknown, system
 * and blocked users come in random order, with credentials that prove nothing, through real
 * libpam and the judge of the cases. The first row comes twice, as a control of the measuring
 * itself. */
#include "tests/pam/journal.h"
#include "tests/pam/keys.h"
#include "tests/pam/play.h"
#include "tests/pam/tap.h"
#include "tests/pam/text.h"
#include "tests/timing/enumeration/sample.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define FILLER                                                                     \
    "\x08\n\r\x7fINCORRECT" /* what sshd hands on for users that it does not admit \
                             */
#define TOO_MUCH 0.01       /* of the median: a difference that is one */

static const struct who {
    const char *name, *user, *typed;
} rows[] = {
    {"alice, who is real: a forged token", "alice", "forged"},
    {"the same again", "alice", "forged"},
    {"bob, who is real, and the token says alice", "bob", "forged"},
    {"nosuchuser, who is not", "nosuchuser", "forged"},
    {"daemon, a system user", "daemon", "forged"},
    {"carol, who is blocked", "carol", "forged"},
    {"nosuchuser, by sshd: its filler of that length", "nosuchuser", "filler"},
    {"alice: a ticket that is not stored", "alice", "ticket"},
    {"alice: something else", "alice", "rubbish"},
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

struct bench {
    struct house house;
    struct scene maker;
    size_t samples;
    double *times[ROWS]; /* microseconds */
};

static double
now(void)
{
    struct timespec t = {0};

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void
prepare(struct bench *bench, const char *out)
{
    struct scene *maker = &bench->maker;
    PJWT_AUTO(text) char *filler = NULL;
    size_t len = 0;

    house_build(&bench->house, out, getuid());
    house_furnish(&bench->house);
    scene_start(maker, &bench->house, false);
    play_line(maker, "block", "carol");
    play_line(maker, "ticket", "stored=no");
    play_line(maker, "token", "key=es256-a");
    play_line(maker, "forge", "flip=signature:0");
    if (maker->wrong != NULL) {
        text_die("%s", maker->wrong);
    }
    len = strlen(values_get(&maker->values, "token"));
    while (filler == NULL || strlen(filler) < len) {
        text_add(&filler, "%s", FILLER);
    }
    filler[len] = '\0';
    values_set(&maker->values, "forged", values_get(&maker->values, "token"));
    values_set(&maker->values, "filler", filler);
    values_set(&maker->values, "rubbish", "hello world, this is no token");
}

/* One refusal, as an application goes through it; its microseconds. */
static double
refuse(struct bench *bench, const struct who *who)
{
    struct talk talk = {0};
    const struct pam_conv conv = {talk_conversation, &talk};
    PJWT_AUTO(text) char *pam_d = house_path(&bench->house, "pam_d");
    union {
        void (*function)(int, unsigned, void *);
        const void *item;
    } delay = {.function = talk_delay};
    pam_handle_t *pamh = NULL;
    double start = 0;
    double end = 0;
    int code = PAM_SUCCESS;

    talk_expect(&talk, PAM_PROMPT_ECHO_OFF, "Token: ", TALK_ANSWER,
                values_get(&bench->maker.values, who->typed));
    if (pam_start_confdir("sshd", who->user, &conv, pam_d, &pamh) != PAM_SUCCESS) {
        text_die("pam_start failed");
    }
    (void)pam_set_item(pamh, PAM_FAIL_DELAY, delay.item);
    start = now();
    code = pam_authenticate(pamh, 0);
    end = now();
    if (code != PAM_AUTH_ERR || talk.fault != NULL || talk.messages != 1) {
        text_die("%s: code %d, %zu messages: not the refusal of everybody", who->name, code,
                 talk.messages);
    }
    (void)pam_end(pamh, code);
    talk_clear(&talk);
    journal_clear();
    return end - start;
}

/* Every round has each row once, in an order of its own. */
static void
measure(struct bench *bench)
{
    size_t order[ROWS];

    for (size_t i = 0; i < ROWS; i++) {
        order[i] = i;
        (void)refuse(bench, &rows[i]); /* warms up, and is not counted */
    }
    for (size_t n = 0; n < bench->samples; n++) {
        for (size_t i = ROWS - 1; i > 0; i--) {
            size_t j = (size_t)random() % (i + 1);
            size_t swap = order[i];

            order[i] = order[j];
            order[j] = swap;
        }
        for (size_t i = 0; i < ROWS; i++) {
            bench->times[order[i]][n] = refuse(bench, &rows[order[i]]);
        }
    }
}

static void
report(struct bench *bench, size_t row)
{
    size_t n = bench->samples;
    struct sample_difference d = sample_compare(bench->times[0], bench->times[row], n);
    double median = sample_median(bench->times[row], n);
    double much = TOO_MUCH * median;
    bool differs = d.low > much || d.high < -much;
    PJWT_AUTO(text)
    char *name = text_format("%s: median %.0f us of %zu, %+.1f us (99 %%: %+.1f to %+.1f), "
                             "Welch's t %+.1f",
                             rows[row].name, median, n, d.median, d.low, d.high, d.t);

    tap_result(!differs, name, "more than 1 % from the first row, beyond doubt");
}

int
main(int argc, char **argv)
{
    struct bench bench = {.samples = 1000};

    if (argc < 2 || argc > 3) {
        text_die("usage: enumeration BUILD-TREE [SAMPLES]");
    }
    if (argc == 3) {
        bench.samples = (size_t)strtoul(argv[2], NULL, 10);
    }
    if (bench.samples < 10) {
        text_die("fewer than 10 samples say nothing");
    }
    (void)umask(022);
    keys_make();
    prepare(&bench, argv[1]);
    for (size_t i = 0; i < ROWS; i++) {
        bench.times[i] = calloc(bench.samples, sizeof(double));
        if (bench.times[i] == NULL) {
            abort();
        }
    }
    measure(&bench);
    for (size_t i = 0; i < ROWS; i++) {
        report(&bench, i);
    }
    for (size_t i = 0; i < ROWS; i++) {
        free(bench.times[i]);
    }
    scene_end(&bench.maker);
    house_demolish(&bench.house);
    keys_drop();
    return tap_end();
}
