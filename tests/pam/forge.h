/* What does an attacker make of a token? */
#ifndef PJWT_TEST_FORGE_H
#define PJWT_TEST_FORGE_H

/*
 * Changes `token` as `words` (changed in place) say; owned by the caller, or NULL and `*error`
 * says why not.
 *
 *   none                  alg none and no signature
 *   hs256=KEY             HS256, with KEY's public JWK as the secret
 *   flip=SEGMENT:BYTE     one bit of that byte, after decoding; SEGMENT is header, payload or
 *                         signature, BYTE may be negative: from the end
 *   header=TEXT           another header, the signature as it was
 *   payload=TEXT          another payload, the signature as it was
 */
char *forge_token(const char *token, char *words, char **error);

#endif
