/* Does whoever brings this token hold the key that it is bound to? RFC 7800, with the key that
 * sshd has seen proved. */
#ifndef PJWT_POLICY_BINDING_H
#define PJWT_POLICY_BINDING_H

#include "lib/base/report.h"
#include "lib/policy/config.h"

#include <jansson.h>

/* The PAM service whose application proves keys. */
#define PJWT_BINDING_SERVICE "sshd"

/*
 * `cnf` of `claims` (both borrowed), with one member: `jkt`, an RFC 7638 thumbprint, or `jwk`,
 * a public key (RFC 7800 section 3.2). It must be the thumbprint of a key in `ssh_auth_info`
 * (SSH_AUTH_INFO_0; NULL or "": none), which counts in the service sshd alone. With
 * `bind_key = no` a bound token is refused, whatever was proved; with `required` one without
 * cnf.
 *
 * Reasons: CNF, CNF_OTHER, CNF_KIND, CNF_MISSING, CLAIM_BAD, SSH_KEY, NO_MEMORY, INTERNAL.
 */
pjwt_verdict pjwt_binding_check(const json_t *claims, const struct pjwt_issuer *issuer,
                                const char *service, const char *ssh_auth_info,
                                struct pjwt_report *report) PJWT_MUST_USE;

#endif
