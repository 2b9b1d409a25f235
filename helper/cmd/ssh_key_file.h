/* Which ssh key is in this file? As ssh-keygen writes it: "ALGORITHM BASE64 [COMMENT]", a key
 * or a certificate. */
#ifndef PJWT_CMD_SSH_KEY_FILE_H
#define PJWT_CMD_SSH_KEY_FILE_H

#include "helper/cmd/command.h"
#include "lib/jose/key.h"

/* The line that sshd would put into SSH_AUTH_INFO_0 for it ("publickey ALGORITHM BASE64"),
 * owned by the caller (pjwt_drop_text), and its RFC 7638 thumbprint. Says what is wrong with
 * the file. */
enum pjwt_exit pjwt_ssh_key_file(const struct pjwt_cmd *cmd, const char *name, char **info,
                                 char thumbprint[PJWT_THUMBPRINT_SIZE]);

#endif
