/* How far has a case come? What its lines have set up, what the last run did, what went
 * wrong. */
#ifndef PJWT_TEST_SCENE_H
#define PJWT_TEST_SCENE_H

#include "tests/pam/house.h"
#include "tests/pam/talk.h"
#include "tests/pam/values.h"

#include <security/pam_appl.h>
#include <stdbool.h>

struct scene {
    struct house *house; /* borrowed */
    bool control;        /* the passing variant: every run must succeed */
    struct values values;
    struct talk talk;
    pam_handle_t *pamh; /* NULL until the first run */
    char *service;
    char *user;
    char *ruser;
    char *rhost;
    int flags;
    char *before; /* the host before anything ran */
    bool refused; /* some run did not end in PAM_SUCCESS */
    /* the last run, until its expectations are settled */
    bool running;
    int code;
    bool silent;
    const char *phase; /* static */
    size_t logged;     /* journal lines that a [log] line has taken */
    size_t told;       /* messages that a [say] line has taken */
    bool said;         /* the case has [say] lines for this run */
    char *wrong;       /* the first thing that went wrong */
};

void scene_start(struct scene *scene, struct house *house, bool control);
/* Ends the handle and forgets everything but `wrong`. */
void scene_end(struct scene *scene);

/* Takes the host as it is now for what it must stay. */
void scene_refresh(struct scene *scene);

/* Notes what went wrong first. */
void scene_wrong(struct scene *scene, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The handle for the next run, started when there is none; NULL when libpam refuses. */
pam_handle_t *scene_handle(struct scene *scene);
void scene_drop_handle(struct scene *scene);

#endif
