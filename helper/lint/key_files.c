/* Which files lie in keys/ and private/, and does an issuer know them? */
#include "helper/lint/lint.h"
#include "lib/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

PJWT_DEFINE_DROP(dir, DIR, closedir)

typedef bool named_fn(const struct pjwt_issuer *issuer, const char *name);

static bool
named_public(const struct pjwt_issuer *issuer, const char *name)
{
    return strcmp(issuer->keys, name) == 0;
}

/* What signs for an issuer lies in a file of its section's name. */
static bool
named_private(const struct pjwt_issuer *issuer, const char *name)
{
    size_t len = strlen(issuer->section);

    return (issuer->decrypt != NULL && strcmp(issuer->decrypt, name) == 0) ||
           (strncmp(issuer->section, name, len) == 0 && strcmp(name + len, ".jwks") == 0);
}

static bool
is_named(const struct pjwt_config *config, const char *name, named_fn *named)
{
    for (size_t i = 0; i < config->issuers; i++) {
        if (named(&config->issuer[i], name)) {
            return true;
        }
    }
    return false;
}

/* One file. A secret must be ours alone whether or not it is used. */
static void
look_at(struct pjwt_lint *lint, const char *path, const char *name, bool secret)
{
    struct pjwt_why why = {""};

    if (!is_named(lint->config, name, secret ? named_private : named_public)) {
        pjwt_lint_add(lint, PJWT_FINDING_KEYS_UNNAMED, path, 0, NULL);
    }
    if (secret && pjwt_file_check(path, PJWT_FILE_SECRET, &why) == PJWT_FILE_UNSAFE) {
        pjwt_lint_add(lint, PJWT_FINDING_FILE_UNSAFE, path, 0, "%s", why.text);
    }
}

static void
look_in(struct pjwt_lint *lint, const char *dir, bool secret)
{
    PJWT_AUTO(dir) DIR *open = opendir(dir);

    if (open == NULL) {
        if (errno != ENOENT) { /* a missing one is said elsewhere */
            pjwt_lint_unexamined(lint, dir, strerrordesc_np(errno));
        }
        return;
    }
    for (struct dirent *entry = NULL; (entry = readdir(open)) != NULL;) {
        PJWT_AUTO(text) char *path = NULL;

        if (entry->d_name[0] == '.') {
            continue;
        }
        path = pjwt_config_path(dir, entry->d_name);
        if (path == NULL) {
            lint->short_of_memory = true;
            return;
        }
        look_at(lint, path, entry->d_name, secret);
    }
}

void
pjwt_lint_key_files(struct pjwt_lint *lint)
{
    if (lint->config != NULL) {
        look_in(lint, lint->config->keys_dir, false);
        look_in(lint, lint->config->private_dir, true);
    }
}
