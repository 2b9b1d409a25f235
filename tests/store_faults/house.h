/* Where does a trial happen? A directory in memory, its files as bytes, counts of how it ended.
 */
#ifndef PJWT_STORE_FAULTS_HOUSE_H
#define PJWT_STORE_FAULTS_HOUSE_H

#include "tests/store_faults/story.h"

#define HOUSE_FILES 3 /* session file, log, guard */

extern const char *const house_names[HOUSE_FILES];

struct house_image {
    unsigned char *bytes;
    size_t len;
};

/* Makes the directory (once) and removes it; ends the program when it cannot. */
const char *house_dir(void);
void house_remove(void);

/* A new, empty store in it. */
void house_build(void);
struct pjwt_store *house_open(void);

/* As an administrator's command: what it changes stands in the audit. */
void house_act(struct pjwt_store *store);

/* What its files hold; the caller frees the bytes. */
void house_read(struct house_image image[HOUSE_FILES]);
void house_free(struct house_image image[HOUSE_FILES]);

/* Makes them exactly that; SQLite's index goes, as after a boot. */
void house_write(const struct house_image image[HOUSE_FILES]);

/* How often which word came. */
#define HOUSE_WORDS 16
struct house_tally {
    struct {
        char word[32];
        size_t count;
    } of[HOUSE_WORDS];
};

void house_tally_add(struct house_tally *tally, const char *word);

/* Prints "# WHAT: WORD N, WORD N", or nothing when there was none. */
void house_tally_print(const struct house_tally *tally, const char *what);

/* The counts of a row of trials, and their line of TAP. */
struct house_counts {
    size_t right, refused, wrong, crashed;
    struct house_tally codes; /* of the refusals */
    struct pjwt_why first;    /* what went wrong first */
    size_t first_trial;
};

void house_count(struct house_counts *counts, size_t trial, enum story_end end,
                 const struct pjwt_why *words);

/* Runs `work` in a process of its own, so that a crash is told. */
void house_try(struct house_counts *counts, size_t trial,
               enum story_end (*work)(void *context, struct pjwt_why *words), void *context);

/* `may_refuse`: a refusal is an answer too. */
void house_report(const char *name, const struct house_counts *counts, bool may_refuse);

/* The end of the program: its plan, and its exit status. */
int house_finish(void);
void house_skip(const char *name, const char *why);

/* What is left of an operation that should never fail here. */
_Noreturn void house_die(const char *what);

#endif
