#include "lib/policy/binding.h"

#include "lib/base/base64url.h"
#include "lib/jose/key.h"
#include "lib/jose/ssh_key.h"

#include <string.h>

#define METHOD "publickey " /* and not hostbased, whose key is a machine's */

/* RFC 7638 with SHA-256: 43 characters of canonical base64url. */
static pjwt_verdict
from_jkt(const json_t *jkt, char thumbprint[PJWT_THUMBPRINT_SIZE], struct pjwt_why *why)
{
    const char *text = json_string_value(jkt);
    unsigned char hash[PJWT_BASE64URL_BYTES(PJWT_THUMBPRINT_SIZE)];
    size_t len = 0;

    if (text == NULL || strlen(text) != PJWT_THUMBPRINT_SIZE - 1 ||
        !pjwt_ok(pjwt_base64url_decode(text, PJWT_THUMBPRINT_SIZE - 1, hash, &len))) {
        pjwt_why_set(why, "cnf's jkt is no RFC 7638 thumbprint");
        return PJWT_SAY(CLAIM_BAD);
    }
    memcpy(thumbprint, text, PJWT_THUMBPRINT_SIZE);
    return PJWT_SAY(OK);
}

/* RFC 7800 section 3.2: a public key. One that is told to everybody proves nothing. */
static pjwt_verdict
from_jwk(const json_t *jwk, char thumbprint[PJWT_THUMBPRINT_SIZE], struct pjwt_why *why)
{
    static const char *const private_members[] = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"};
    pjwt_verdict v = PJWT_SAY(UNSET);

    for (size_t i = 0; i < sizeof(private_members) / sizeof(private_members[0]); i++) {
        if (!json_is_object(jwk) || json_object_get(jwk, private_members[i]) != NULL) {
            pjwt_why_set(why, "cnf's jwk is no public key");
            return PJWT_SAY(CLAIM_BAD);
        }
    }
    v = pjwt_key_thumbprint(jwk, thumbprint);
    if (v.reason == PJWT_KEY_BAD) {
        pjwt_why_set(why, "cnf's jwk is no key that has a thumbprint here");
        return PJWT_SAY(CNF_KIND);
    }
    return v;
}

/* RFC 7800 section 3.1: other members are other ways to confirm (kid, jku, x5t#S256). What is
 * not understood must not be passed over. */
static pjwt_verdict
bound_to(const json_t *cnf, char thumbprint[PJWT_THUMBPRINT_SIZE], struct pjwt_why *why)
{
    const json_t *jkt = json_object_get(cnf, "jkt");
    const json_t *jwk = json_object_get(cnf, "jwk");

    if (!json_is_object(cnf)) {
        pjwt_why_set(why, "cnf is no object");
        return PJWT_SAY(CLAIM_BAD);
    }
    if (json_object_size(cnf) != 1 || (jkt == NULL && jwk == NULL)) {
        pjwt_why_set(why, "cnf must have one member, jkt or jwk");
        return PJWT_SAY(CNF_KIND);
    }
    return jkt != NULL ? from_jkt(jkt, thumbprint, why) : from_jwk(jwk, thumbprint, why);
}

/* One line of what sshd has seen: `*match` becomes true, or `why` says what the key is. A kind
 * without a JWK is no key to compare with; what sshd could not have written refuses. */
static pjwt_verdict
compare(const char *line, size_t len, const char *thumbprint, bool *match, pjwt_verdict *so_far,
        struct pjwt_why *why)
{
    PJWT_AUTO(json) json_t *jwk = NULL;
    char ours[PJWT_THUMBPRINT_SIZE];
    bool known = false;
    pjwt_verdict v = pjwt_ssh_key_read(line, len, &jwk, &known, why);

    if (v.reason == PJWT_SSH_KEY && !known) {
        *so_far = v;
        return PJWT_SAY(OK);
    }
    PJWT_TRY(v);
    PJWT_TRY(pjwt_key_thumbprint(jwk, ours));
    *match = *match || strcmp(ours, thumbprint) == 0;
    *so_far = PJWT_SAY(CNF_OTHER);
    pjwt_why_set(why, "bound to the key %s; the ssh key is %s", thumbprint, ours);
    return PJWT_SAY(OK);
}

static pjwt_verdict
find_proved(const char *info, const char *thumbprint, struct pjwt_why *why)
{
    pjwt_verdict so_far = PJWT_SAY(CNF);
    bool match = false;

    pjwt_why_set(why, "sshd has seen no key proved before the token");
    for (const char *line = info; *line != '\0'; line += *line == '\n') {
        size_t len = strcspn(line, "\n");

        if (strncmp(line, METHOD, strlen(METHOD)) == 0) {
            PJWT_TRY(compare(line + strlen(METHOD), len - strlen(METHOD), thumbprint, &match,
                             &so_far, why));
        }
        line += len;
    }
    if (match) {
        pjwt_why_set(why, "bound to the ssh key %s", thumbprint);
        return PJWT_SAY(OK);
    }
    return so_far;
}

static pjwt_verdict
check(const json_t *cnf, const struct pjwt_issuer *issuer, const char *service,
      const char *info, struct pjwt_why *why)
{
    char thumbprint[PJWT_THUMBPRINT_SIZE];

    if (cnf == NULL) {
        pjwt_why_set(why, "the token has no cnf");
        return issuer->bind_key == PJWT_BIND_REQUIRED ? PJWT_SAY(CNF_MISSING) : PJWT_SAY(OK);
    }
    if (issuer->bind_key == PJWT_BIND_NO) {
        pjwt_why_set(why, "the token has cnf, and bind_key = no looks at no key");
        return PJWT_SAY(CNF);
    }
    PJWT_TRY(bound_to(cnf, thumbprint, why));
    if (strcmp(service, PJWT_BINDING_SERVICE) != 0) {
        pjwt_why_set(why, "a key is proved in the service " PJWT_BINDING_SERVICE " alone");
        return PJWT_SAY(CNF);
    }
    return find_proved(info == NULL ? "" : info, thumbprint, why);
}

pjwt_verdict
pjwt_binding_check(const json_t *claims, const struct pjwt_issuer *issuer, const char *service,
                   const char *ssh_auth_info, struct pjwt_report *report)
{
    /* RFC 7800 section 3.1: a token bound to a key is good only with proof of that key. */
    PJWT_CHECK(
        report, "binding",
        check(json_object_get(claims, "cnf"), issuer, service, ssh_auth_info, &report->why));
    return PJWT_SAY(OK);
}
