/* What does every fuzz target share? A property that must hold, keys whose private parts are
 * published, and files that exist in memory alone. */
#ifndef PJWT_FUZZ_H
#define PJWT_FUZZ_H

#include "lib/base/json.h"
#include "lib/base/report.h"
#include "lib/base/secret.h"
#include "lib/jose/jws.h"

#include <stddef.h>
#include <stdint.h>

/* The property: what the target claims of every input. Ends the process, so that the fuzzer
 * keeps the input. */
#define FUZZ_MUST(property) fuzz_must((property), __FILE__, __LINE__, #property)
void fuzz_must(bool holds, const char *file, int line, const char *words);

/* libFuzzer's own two names. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* From now on every file that the code under test reads holds these bytes (borrowed), and no
 * directory exists; NULL gives the real files back. */
void fuzz_files_hold(const void *bytes, size_t len);

/* And those whose names end in ".users" hold these (a borrowed text), whatever the others do.
 */
void fuzz_files_hold_maps(const char *text);
/* While files are held: those that must be secret hold this text (borrowed) instead. */
void fuzz_files_hold_secret(const char *text);

/* The Ed25519 example of RFC 8037 section A.1 as a private JWK; its public half, and the public
 * keys of RFC 7515 sections A.2 (RSA) and A.3 (P-256), as members without kid. */
extern const char fuzz_private_key[];
#define FUZZ_ED25519                                             \
    "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_" \
    "7TyWQHOg7hcvPapiMlrwIaaPcHURo\""
#define FUZZ_P256                                                                          \
    "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU" \
    "\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\""

/* That private key, ready to sign; built once, never released. */
const struct pjwt_key *fuzz_signer(void);

/* A compact JWS over these texts, whatever they hold, signed by fuzz_signer(). Owned by the
 * caller. */
struct pjwt_secret *fuzz_signed(const char *header, size_t header_len, const char *payload,
                                size_t payload_len);

/* Parses a token that must parse; owned by the caller and borrowing from `typed`. */
struct pjwt_jws *fuzz_parsed(const struct pjwt_secret *typed);

#endif
