/* What is inside this encrypted token, and whose key opens it? */
#ifndef PJWT_DECRYPT_H
#define PJWT_DECRYPT_H

#include "lib/base/report.h"
#include "lib/base/secret.h"
#include "lib/policy/config.h"

/*
 * Decrypts `typed` (borrowed), an encrypted token, with the key that it names among the
 * decryption sets of the issuers that `service` accepts. `*inner` is owned by the caller: a
 * signed token by its form, still unproved. `*set` (borrowed from the config) is the file that
 * holds the key: only an issuer whose `decrypt` names it may have made what is inside.
 *
 * Reasons: ENCRYPTED (no such issuer has a set), those of pjwt_jwe_parse(),
 * pjwt_jwe_keyset_select() and pjwt_jwe_decrypt(), MALFORMED (no signed token inside).
 */
pjwt_verdict pjwt_decrypt(const struct pjwt_config *config, const struct pjwt_service *service,
                          const struct pjwt_secret *typed, struct pjwt_secret **inner,
                          const char **set, struct pjwt_report *report) PJWT_MUST_USE;

#endif
