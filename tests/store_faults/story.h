/* What was promised about the store, and is it kept? Operations whose acknowledgement is
 * written down, and a check of the store against them. */
#ifndef PJWT_STORE_FAULTS_STORY_H
#define PJWT_STORE_FAULTS_STORY_H

#include "lib/base/why.h"
#include "lib/store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STORY_NOW   1767225600
#define STORY_FACTS 512

enum story_state { STORY_NOTHING, STORY_BEGUN, STORY_ACKNOWLEDGED };

enum story_kind {
    STORY_ISSUE,    /* a ticket is good */
    STORY_JTI,      /* a token is refused by its jti */
    STORY_BLOCK,    /* a user is refused */
    STORY_LOGIN,    /* a login was handed off */
    STORY_EXCHANGE, /* a token is spent, and the ticket made of it is good */
    STORY_REVOKE,   /* the ticket of fact `of` is not */
    STORY_RENEW,    /* that ticket has another secret, and only that one is good */
    STORY_SPEND,    /* the login of fact `of` is taken, and never again */
    STORY_UNDO,     /* the token of fact `of` is good again */
    STORY_UNBLOCK,  /* that user is */
    STORY_PRUNE     /* what ended is forgotten, and nothing else */
};
#define STORY_KINDS 11

struct story_fact {
    enum story_kind kind;
    enum story_state state;
    size_t of;
    size_t number;                    /* of the token that an exchange spends */
    char text[72];                    /* the ticket, jti, user or login */
    size_t begun_at, acknowledged_at; /* for who counts events */
};

/* May lie in memory that two processes share. */
struct story {
    size_t count;
    size_t base;       /* where its names begin: two stories of one store share none */
    char trouble[256]; /* of an operation that should have worked */
    struct story_fact fact[STORY_FACTS];
};

/* Numbers from a seed, the same on every machine (splitmix64). */
uint64_t story_random(uint64_t *state);
size_t story_below(uint64_t *state, size_t limit);

/* Does one operation of a kind that `random` chooses; false, and `trouble` tells, when it
 * failed. */
bool story_step(struct story *story, struct pjwt_store *store, uint64_t *random);

/* The operation that began and was not acknowledged; NULL: none. */
const char *story_doing(const struct story *story);

bool story_full(const struct story *story);

enum story_end {
    STORY_RIGHT,   /* all that was acknowledged holds */
    STORY_REFUSED, /* the store refuses, with a clear line */
    STORY_WRONG    /* it forgot something, admits what is revoked, or refuses without a word */
};

/* `words` tells what was refused or wrong. */
enum story_end story_check(const struct story *story, const char *dir, struct pjwt_why *words);

#endif
