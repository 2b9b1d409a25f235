/* What has the administrator set in sshd_config? sshd_config(5): the first value counts; what
 * stands in a Match block is not for everybody. */
#ifndef PJWT_LINT_SSHD_SETTINGS_H
#define PJWT_LINT_SSHD_SETTINGS_H

#include "helper/lint/lint.h"

#define PJWT_SSHD_BYTES 262144 /* of one file, and of what sshd prints */
#define PJWT_SSHD_FILES 64     /* included, all together */
#define PJWT_SSHD_VALUE 256

enum pjwt_sshd_key {
    PJWT_SSHD_USEPAM,
    PJWT_SSHD_KBDINT,
    PJWT_SSHD_PASSWORD,
    PJWT_SSHD_PUBKEY,
    PJWT_SSHD_METHODS,
    PJWT_SSHD_ROOT,
    PJWT_SSHD_TRIES,
    PJWT_SSHD_GRACE,
    PJWT_SSHD_KEYFILES,
    PJWT_SSHD_KEYS
};

struct pjwt_sshd_setting {
    char value[PJWT_SSHD_VALUE]; /* lower case; the preset when nobody set it */
    char *file;                  /* owned; NULL: nobody set it */
    long line;
    bool matched; /* by a Match block */
};

struct pjwt_sshd {
    struct pjwt_sshd_setting key[PJWT_SSHD_KEYS];
    const char *user; /* whose Match blocks count; NULL: nobody's. Borrowed */
    size_t files;
    bool there;      /* there is a sshd_config */
    bool incomplete; /* something could not be read */
    bool short_of_memory;
};

/* Reads etc/ssh/sshd_config below `root`, with what it includes. Clear it afterwards. */
void pjwt_sshd_settings_read(const char *root, const char *user, struct pjwt_sshd *sshd);

/* Takes the lines of `text` (NUL-terminated, taken apart in place), as if they stood in the
 * file `path`; also what `sshd -T` prints. */
void pjwt_sshd_settings_take(struct pjwt_sshd *sshd, const char *root, const char *path,
                             char *text);

void pjwt_sshd_settings_start(const char *user, struct pjwt_sshd *sshd);
void pjwt_sshd_settings_clear(struct pjwt_sshd *sshd);
#define PJWT_SSHD_SCOPE __attribute__((cleanup(pjwt_sshd_settings_clear)))

/* Is the value of that yes-or-no setting yes? */
bool pjwt_sshd_on(const struct pjwt_sshd *sshd, enum pjwt_sshd_key key);

#endif
