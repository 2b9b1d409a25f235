#include "helper/cmd/advice.h"

#include <stddef.h>

#define KEYS_SAFE "make it and the directories above it root's, and writable by nobody else"

static const struct {
    enum pjwt_reason reason;
    const char *words;
} advice[] = {
    {PJWT_CONFIG_MISSING,
     "run `pamjwt init`, then describe an issuer or a service in the file"},
    {PJWT_CONFIG_EMPTY, "describe an issuer or a service in it"},
    {PJWT_CONFIG_UNSAFE,
     "make it and the directories above it root's, writable by nobody else"},
    {PJWT_CONFIG_UNREAD, "run this as root, or name another file with --config"},
    {PJWT_CONFIG_BAD, "mend that line; until then every login is refused"},
    {PJWT_SERVICE_NONE, "add a [service NAME] section for it"},
    {PJWT_STORE_MISSING, "run `pamjwt init`"},
    {PJWT_STORE_UNSAFE, "make the directory root's with mode 0700, its files 0600"},
    {PJWT_STORE_UNREAD, "run this as root, on a file system that can be written"},
    {PJWT_STORE_DAMAGED,
     "`pamjwt restore FILE` puts a backup back; until then logins are refused"},
    {PJWT_STORE_BEHIND, "put the newest one back, or `pamjwt repair --accept-restore`; until "
                        "then logins are refused"},
    {PJWT_STORE_SCHEMA, "run `pamjwt init` of the newest version that is installed"},
    {PJWT_STORE_BUSY, "another command or login is writing: try again"},
    {PJWT_STORE_FULL, "make room on that file system"},
    {PJWT_KEYS_UNREAD, "run this as root, and `pamjwt init` when a directory is missing"},
    {PJWT_KEYS_UNSAFE, KEYS_SAFE},
    {PJWT_KEYS_BAD, "mend the file, or remove it and add the keys again"},
    {PJWT_KEY_PRIVATE, "install the public key only: remove d, p, q, dp, dq, qi and k"},
    {PJWT_KEY_MIXED, "with hmac = yes only keys of kty oct belong there"},
    {PJWT_KEY_WEAK, "ask the issuer for a stronger key"},
    {PJWT_KID_DUPLICATE,
     "`pamjwt key remove` the old one first, or give the new one another kid"},
    {PJWT_JUDGE_START, "install it again: `make install`, with the same PREFIX as the module"},
    {PJWT_NO_MEMORY, "try again when the machine has memory to spare"},
};

const char *
pjwt_advice(pjwt_verdict v)
{
    for (size_t i = 0; i < sizeof(advice) / sizeof(advice[0]); i++) {
        if (advice[i].reason == v.reason) {
            return advice[i].words;
        }
    }
    return NULL;
}
