/* Which ssh key is a login to be explained with? */
#include "helper/cmd/explain.h"
#include "helper/cmd/input.h"
#include "helper/cmd/say.h"

#include <stdio.h>
#include <string.h>

#define KEY_FILE_MAX 65536 /* bytes; the largest RSA certificate is smaller */
#define ALGORITHM    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@.-"
#define BASE64       "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="

/* "ALGORITHM BASE64 comment"; the words are cut out in place. */
static bool
split(char *line, const char **algorithm, const char **blob)
{
    char *next = NULL;

    line += strspn(line, " \t");
    *algorithm = strtok_r(line, " \t\r", &next);
    *blob = strtok_r(NULL, " \t\r", &next);
    return *algorithm != NULL && *blob != NULL &&
           strspn(*algorithm, ALGORITHM) == strlen(*algorithm) &&
           strspn(*blob, BASE64) == strlen(*blob) && strncmp(*blob, "AAAA", 4) == 0;
}

static enum pjwt_exit
refuse(const struct pjwt_cmd *cmd, const char *file, bool private)
{
    return pjwt_say_error(cmd, PJWT_EXIT_REFUSED,
                          private ? "name its public half, the file that ends in .pub"
                                  : "a line such as \"ssh-ed25519 AAAA... comment\"",
                          "%s: %s", file,
                          private ? "is a private key" : "is no public key of OpenSSH");
}

enum pjwt_exit
pjwt_explain_ssh_key(struct pjwt_explain *e, const char *file)
{
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL; /* it may be the wrong half */
    const char *algorithm = NULL;
    const char *blob = NULL;
    char *next = NULL;
    char *line = NULL;

    PJWT_OR_EXIT(pjwt_input_read(e->cmd, file, KEY_FILE_MAX, &text));
    if (strstr(pjwt_secret_bytes(text), "PRIVATE KEY-----") != NULL) {
        return refuse(e->cmd, file, true);
    }
    line = strtok_r(pjwt_secret_buffer(text), "\n", &next);
    while (line != NULL && (*line == '#' || line[strspn(line, " \t\r")] == '\0')) {
        line = strtok_r(NULL, "\n", &next);
    }
    if (line == NULL || !split(line, &algorithm, &blob)) {
        return refuse(e->cmd, file, false);
    }
    if (asprintf(&e->ssh_auth_info, "publickey %s %s\n", algorithm, blob) < 0) {
        e->ssh_auth_info = NULL;
        return pjwt_say_verdict(e->cmd, PJWT_SAY(NO_MEMORY), NULL);
    }
    e->scene.ssh_auth_info = e->ssh_auth_info;
    return PJWT_EXIT_OK;
}
