#include "tests/unit/support/login_trial.h"

#include "lib/login_ticket.h"
#include "lib/store/admit.h"
#include "lib/store/db.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

const struct pjwt_asker trial_monitor = {.pid = 100, .parent = 1, .started = 7};
const struct pjwt_grant trial_by_token = {.user = "alice",
                                          .service = "sshd",
                                          .iss = IDP,
                                          .sub = "alice",
                                          .jti = "j-1",
                                          .iat = NOW - 60,
                                          .auth_time = NOW - 3600,
                                          .issued = NOW - 60,
                                          .expires = NOW + 600};

/* The user may write where we may. */
static bool
find(void *context, const char *name, uid_t *uid)
{
    (void)context;
    *uid = geteuid();
    return strcmp(name, "alice") == 0 || strcmp(name, "root") == 0;
}

static bool
lives(void *context, int64_t pid, int64_t started)
{
    return *(const bool *)context && pid == trial_monitor.pid &&
           started == (int64_t)trial_monitor.started;
}

void
trial_start(struct trial *t, void **state, const char *login_ticket)
{
    char text[2048];
    int n = 0;

    *t = (struct trial){.s = *state, .alive = true};
    n = snprintf(text, sizeof(text),
                 "[service sshd]\n%s[root]\nsystem_users = alice\n[paths]\nrun = %s\n",
                 login_ticket, scratch_path(t->s, "run"));
    assert_in_range(n, 1, sizeof(text) - 1);
    t->config = config_load_good(t->s, text);
    t->living = (struct pjwt_living){.lives = lives, .context = &t->alive};
    t->users = (struct pjwt_users){.find = find};
    t->scene = (struct pjwt_scene){.now = NOW,
                                   .users = &t->users,
                                   .user = "alice",
                                   .ruser = "",
                                   .service = "sshd",
                                   .rhost = "192.0.2.7",
                                   .tty = "",
                                   .boot = "boot",
                                   .living = &t->living,
                                   .asker = &trial_monitor};
}

void
trial_end(struct trial *t)
{
    pjwt_drop_config(&t->config);
}

void
trial_accept(struct trial *t, const struct pjwt_grant *grant, const char *claims,
             char id[PJWT_HANDOFF_SIZE])
{
    static const struct pjwt_clock at_now = {.now = NOW, .up = 10, .boot = "boot"};

    assert_reason(pjwt_admit(t->s->store, grant, claims, &trial_monitor, &at_now, id), OK);
}

pjwt_verdict
trial_open(struct trial *t, const struct pjwt_grant *grant)
{
    char id[PJWT_HANDOFF_SIZE] = "";

    trial_accept(t, grant, CLAIMS, id);
    return pjwt_open(t->config, t->s->store, &t->scene, id, t->opened, t->file, &t->report);
}

static bool
keep(void *context, const struct pjwt_ticket *row)
{
    *(struct pjwt_ticket *)context = *row;
    return true;
}

struct pjwt_ticket
trial_ticket(struct trial *t)
{
    struct pjwt_ticket row = {.id = ""};

    assert_reason(pjwt_ticket_list(t->s->store, NULL, keep, &row), OK);
    return row;
}

pjwt_verdict
trial_check(struct trial *t)
{
    return pjwt_login_ticket_check(t->s->store, &t->scene, trial_ticket(t).id, &t->report);
}

struct pjwt_secret *
trial_text(const struct trial *t)
{
    char text[128] = "";
    FILE *file = fopen(t->file, "re");
    size_t len = 0;

    assert_non_null(file);
    len = fread(text, 1, sizeof(text), file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(text[len - 1], '\n');
    return pjwt_secret_copy(text, len - 1);
}

int64_t
trial_count(struct trial *t, const char *sql)
{
    int64_t number = -1;

    assert_reason(pjwt_db_number(t->s->store, sql, &number), OK);
    return number;
}
