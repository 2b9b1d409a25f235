/* One login as the judge sees it, whose process lives as long as the test says. */
#ifndef PJWT_TEST_LOGIN_TRIAL_H
#define PJWT_TEST_LOGIN_TRIAL_H

#include "tests/unit/support/config_files.h"

#include "lib/login.h"
#include "lib/store/tickets.h"

#define NOW    1767225600
#define IDP    "https://idp"
#define CLAIMS "{\"auth_time\":1767222000,\"groups\":[\"admins\"]}"
#define WANTED "login_ticket = 8h\nlogin_ticket_for = sudo, sudo-i\n"

struct trial {
    struct scratch *s;
    struct pjwt_config *config; /* owned */
    bool alive;
    struct pjwt_living living;
    struct pjwt_users users;
    struct pjwt_scene scene;
    struct pjwt_report report;
    char opened[PJWT_HANDOFF_SIZE];
    char file[PJWT_TICKET_FILE_MAX];
};

#define TRIAL __attribute__((cleanup(trial_end)))
void trial_end(struct trial *t);

/* alice at sshd, at NOW, by the process trial_monitor; `login_ticket` are lines of the
 * service's section, the run directory is dir/run. */
void trial_start(struct trial *t, void **state, const char *login_ticket);
extern const struct pjwt_asker trial_monitor;

/* A token of hers; its claims are CLAIMS. */
extern const struct pjwt_grant trial_by_token;

/* Accepts what `grant` is made of, and opens the session. */
pjwt_verdict trial_open(struct trial *t, const struct pjwt_grant *grant) PJWT_MUST_USE;

/* Accepts alone: `id` is for pjwt_open(). `claims` may be NULL. */
void trial_accept(struct trial *t, const struct pjwt_grant *grant, const char *claims,
                  char id[PJWT_HANDOFF_SIZE]);

/* The last ticket there is. */
struct pjwt_ticket trial_ticket(struct trial *t);

/* Is the login of that ticket still open? */
pjwt_verdict trial_check(struct trial *t) PJWT_MUST_USE;

/* What is in the user's file, without the line's end; owned by the caller. */
struct pjwt_secret *trial_text(const struct trial *t);

/* One number out of the session file. */
int64_t trial_count(struct trial *t, const char *sql);

#define TRIAL_TEST(function) \
    cmocka_unit_test_setup_teardown(function, scratch_store_setup, scratch_teardown)

#endif
