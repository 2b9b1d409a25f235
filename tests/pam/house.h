/* Where does a case live? A directory with a module, a judge, a config file, keys, a store, a
 * pam.d, all owned by who runs the tests: the machine's own are never touched. */
#ifndef PJWT_TEST_HOUSE_H
#define PJWT_TEST_HOUSE_H

#include "lib/store/store.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define HOUSE_NOON 1767225600 /* the judge's clock unless a case sets it */

struct house {
    char *base;      /* removed at the end */
    char *module;    /* a copy, absolute */
    char *verify;    /* the judge that pam.d names */
    char *arguments; /* further module arguments, or "" */
    char *earlier;   /* the argument of a pam_earlier.so above ours, or "" for none */
    char *config;    /* the config file's text */
    json_t *keys;    /* the issuer's key set */
    char *users;     /* lines `user NAME UID` */
    int64_t now;
};

/* Copies module and judges from the build tree `out` into a new directory that belongs to
 * `owner`; once a run. */
void house_build(struct house *house, const char *out, uid_t owner);
/* Everything good again, as before any case. */
void house_furnish(struct house *house);
/* Writes what the fields above say: config, keys, world, pam.d. */
void house_write(const struct house *house);
/* Our module with its arguments, as a line of pam.d has it; owned by the caller. */
char *house_module(const struct house *house);
/* The part that is pam.d: account gives HOUSE_IGNORED where the module gave PAM_IGNORE. */
#define HOUSE_IGNORED PAM_AUTH_ERR
void house_write_pam_d(const struct house *house);
void house_demolish(struct house *house);

/* The path of a thing by its name in a case ("config", "keys", "store", "judge" …), or NULL;
 * owned by the caller. */
char *house_path(const struct house *house, const char *name);

/* Puts a copy of the program NAME of the build (or of "rogue", under the name rogue-MODE) into
 * the case's own directory and makes it the judge. */
void house_verify(struct house *house, const char *name);

/* The store, opened; owned by the caller. */
struct pjwt_store *house_store(const struct house *house);

void house_put(const char *path, const char *text, mode_t mode);
void house_copy(const char *from, const char *to, mode_t mode);
void house_remove(const char *path);

#endif
