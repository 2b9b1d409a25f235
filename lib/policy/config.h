/* What has the administrator decided? The config file, read whole and refused whole. */
#ifndef PJWT_POLICY_CONFIG_H
#define PJWT_POLICY_CONFIG_H

#include "lib/base/own.h"
#include "lib/base/verdict.h"
#include "lib/base/why.h"
#include "lib/jose/alg.h"

#include <stdbool.h>
#include <stddef.h>

#define PJWT_LEEWAY_MAX   120            /* seconds */
#define PJWT_LIFETIME_MAX (28 * 3600L)   /* seconds: the hard cap on exp - iat */
#define PJWT_AGE_MAX      (366 * 86400L) /* seconds: of a sign-in, of saved claims */

struct pjwt_list { /* of NUL-terminated strings, owned by the config */
    char **item;
    size_t count;
};

/* What a token's cnf (RFC 7800) comes to. */
enum pjwt_bind_key {
    PJWT_BIND_NO,         /* no key is looked at: a bound token is refused */
    PJWT_BIND_IF_PRESENT, /* a bound token needs its key */
    PJWT_BIND_REQUIRED    /* and a token must be bound */
};

struct pjwt_issuer {
    char *section;    /* the NAME of [issuer NAME] */
    const char *file; /* where the section starts; borrowed from the config's files */
    long line;
    char *iss;
    char *keys; /* a file name in keys/, without '/' */
    struct pjwt_list algorithms;
    pjwt_algs algs; /* the same, as a set: HMAC alone when `hmac`, else without */
    bool hmac;      /* its keys are shared secrets */
    struct pjwt_list audience;
    struct pjwt_list type;
    char *user;               /* the claim that names the local user */
    char *user_strip;         /* what that claim must end in, and loses; NULL: nothing */
    char *user_map;           /* a file name beside the config file, without '/'; NULL: none */
    struct pjwt_list require; /* NAME=VALUE|VALUE..., all must hold: lib/policy/require.h */
    long max_lifetime;        /* seconds */
    long leeway;              /* seconds */
    bool one_time;            /* each token logs in once */
    char *jti_claim;          /* the claim that stands for jti */
    enum pjwt_bind_key bind_key;
    char *decrypt; /* a file name in private/, without '/'; NULL: none */
};

struct pjwt_service {
    struct pjwt_list names; /* the NAMEs of [service NAME…] */
    const char *file;       /* where the section starts; borrowed from the config's files */
    long line;
    long issuers_line; /* where `issuers` stands; 0: nowhere */
    struct pjwt_list accept;
    bool jwt;                 /* accept lists it */
    bool ticket;              /* accept lists it */
    struct pjwt_list issuers; /* sections; empty: every issuer */
    struct pjwt_list require; /* as an issuer's, and beside it */
    long max_auth_age;        /* seconds; 0: not asked for */
    long claims_max_age;      /* seconds, of a ticket's claims; 0: not asked for */
    char *require_group;      /* a local group; NULL: none */
    long login_ticket; /* seconds that a login's own ticket is good for at most; 0: it has none
                        */
    struct pjwt_list login_ticket_for; /* the services where it is good */
    bool token_only;
    struct pjwt_list callers; /* who but root may ask; empty */
    long warn_before;         /* seconds; 0: never */
};

/* When is a login ended that is open already? */
enum pjwt_end {
    PJWT_END_REVOKED, /* when what it rests on is revoked */
    PJWT_END_EXPIRED, /* then, and when what it rests on expires */
    PJWT_END_NO
};

/*
 * No section inherits from another, and none overrides another. A token is judged by the
 * section of its issuer and by that of the service, and both must let it pass:
 * lib/policy/demands.h is the one place where they meet. [root], [tickets] and [paths] stand
 * once and hold everywhere.
 */
struct pjwt_config {
    char *file;             /* absolute */
    struct pjwt_list files; /* it and those of conf.d, in the order they were read */
    char *dir;              /* DIR(file), where user maps lie */
    char *keys_dir;         /* DIR(file)/keys */
    char *private_dir;      /* DIR(file)/private */
    char *state;            /* [paths] */
    char *run;              /* [paths] */
    struct pjwt_issuer *issuer;
    size_t issuers;
    struct pjwt_service *service;
    size_t services;
    long ticket_lifetime;  /* seconds */
    long ticket_idle;      /* seconds; 0: no limit */
    long ticket_renewable; /* seconds; 0: not at all */
    enum pjwt_end logins_end;
    struct pjwt_list system_users;
    struct pjwt_given *given; /* lib/policy/given.h: where each option stands; owned */
    size_t givens;
};

/*
 * Reads `path` (absolute, borrowed) and the files of conf.d beside it, in the order of their
 * names. `*config` is owned by the caller. `why` starts with file:line where there is one.
 *
 * Reasons: CONFIG_MISSING, CONFIG_EMPTY (no section at all), CONFIG_UNSAFE, CONFIG_UNREAD,
 * CONFIG_BAD, NO_MEMORY.
 */
pjwt_verdict pjwt_config_load(const char *path, struct pjwt_config **config,
                              struct pjwt_why *why) PJWT_MUST_USE;
void pjwt_config_free(struct pjwt_config *config);
PJWT_DEFINE_DROP(config, struct pjwt_config, pjwt_config_free)

/* Borrowed from the config; NULL when there is none. Compared byte for byte. */
const struct pjwt_service *pjwt_config_service(const struct pjwt_config *config,
                                               const char *name);
const struct pjwt_issuer *pjwt_config_issuer_by_iss(const struct pjwt_config *config,
                                                    const char *iss);
const struct pjwt_issuer *pjwt_config_issuer_by_section(const struct pjwt_config *config,
                                                        const char *section);
bool pjwt_list_has(const struct pjwt_list *list, const char *value);

/* DIR/NAME, owned by the caller (pjwt_drop_text); NULL without memory. */
char *pjwt_config_path(const char *dir, const char *name);

#endif
