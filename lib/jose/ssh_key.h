/* Which key does an ssh public key hold? As a JWK, so that it has an RFC 7638 thumbprint. RFC
 * 4253 section 6.6, RFC 5656 section 3.1, RFC 8709 section 4, and the certificates of OpenSSH's
 * PROTOCOL.certkeys, in which the same fields stand behind a nonce. */
#ifndef PJWT_JOSE_SSH_KEY_H
#define PJWT_JOSE_SSH_KEY_H

#include "lib/base/json.h"
#include "lib/base/verdict.h"
#include "lib/base/why.h"

#include <stdbool.h>
#include <stddef.h>

#define PJWT_SSH_BLOB_MAX 6144 /* bytes of the longest key or certificate that is looked at */

/*
 * The key in `blob` (borrowed): Ed25519, ECDSA on P-256, P-384 or P-521, RSA, or the one that a
 * certificate for a user vouches for. `*jwk` (owned by the caller) has its kty and parameters.
 * Nothing may stand behind the last field. That the signature of a certificate is good, and
 * that somebody holds the key, is sshd's to know and not looked at.
 *
 * Reasons: SSH_KEY (`*known`, when not NULL, tells a malformed key from one of a kind that has
 * no JWK, such as sk-ssh-ed25519@openssh.com or ssh-dss: false), NO_MEMORY.
 */
pjwt_verdict pjwt_ssh_key_jwk(const void *blob, size_t len, json_t **jwk, bool *known,
                              struct pjwt_why *why) PJWT_MUST_USE;

/* The same of `len` characters (borrowed) "ALGORITHM BASE64", as sshd and ssh-keygen write
 * them, without a comment. The algorithm must be the blob's. Reasons: as above. */
pjwt_verdict pjwt_ssh_key_read(const char *text, size_t len, json_t **jwk, bool *known,
                               struct pjwt_why *why) PJWT_MUST_USE;

#endif
