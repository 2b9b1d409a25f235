#include "helper/cmd/ssh_key_file.h"

#include "helper/cmd/input.h"
#include "helper/cmd/say.h"
#include "lib/jose/ssh_key.h"

#include <string.h>

#define FILE_MAX 16384 /* bytes; a longer one is no public key */

/* ALGORITHM and BASE64, without the comment behind them. */
static size_t
key_len(const char *text)
{
    size_t algorithm = strcspn(text, " \t\r\n");
    size_t base64 = text[algorithm] == ' ' ? strcspn(text + algorithm + 1, " \t\r\n") : 0;

    return base64 == 0 ? algorithm : algorithm + 1 + base64;
}

static pjwt_verdict
thumbprint_of(const char *text, char thumbprint[PJWT_THUMBPRINT_SIZE], struct pjwt_why *why)
{
    PJWT_AUTO(json) json_t *jwk = NULL;
    bool known = false;

    PJWT_TRY(pjwt_ssh_key_read(text, key_len(text), &jwk, &known, why));
    return pjwt_key_thumbprint(jwk, thumbprint);
}

enum pjwt_exit
pjwt_ssh_key_file(const struct pjwt_cmd *cmd, const char *name, char **info,
                  char thumbprint[PJWT_THUMBPRINT_SIZE])
{
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    PJWT_AUTO(text) char *line = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(pjwt_input_read(cmd, name, FILE_MAX, &text));
    v = thumbprint_of(pjwt_secret_bytes(text), thumbprint, &why);
    if (!pjwt_ok(v)) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, "name the .pub file of an ssh key",
                              "%s: %s", name, why.text);
    }
    if (asprintf(&line, "publickey %.*s\n", (int)key_len(pjwt_secret_bytes(text)),
                 pjwt_secret_bytes(text)) < 0) {
        return pjwt_say_verdict(cmd, PJWT_SAY(NO_MEMORY), NULL);
    }
    *info = pjwt_take(line);
    return PJWT_EXIT_OK;
}
