#include "tests/unit/support/key_choice.h"

#include <string.h>

struct pjwt_report choice_report;

static const char *
signer_of(const char *header)
{
    if (strstr(header, "RS256") != NULL) {
        return fixture_rsa;
    }
    return strstr(header, "ES256") != NULL ? fixture_p256 : fixture_ed25519;
}

pjwt_verdict
choose_from_file(struct scratch *s, const char *header, pjwt_algs allowed)
{
    PJWT_AUTO(secret) struct pjwt_secret *token = fixture_sign(signer_of(header), header, "{}");
    PJWT_AUTO(jws) struct pjwt_jws *jws = NULL;
    PJWT_AUTO(key) struct pjwt_key *key = NULL;
    pjwt_verdict verdict = PJWT_SAY(UNSET);

    choice_report = (struct pjwt_report){0};
    assert_reason(pjwt_jws_parse(token, &jws, &choice_report), OK);
    verdict =
        pjwt_keyset_select(scratch_path(s, "keys.jwks"), allowed, jws, &key, &choice_report);
    assert_int_equal(pjwt_ok(verdict), key != NULL);
    return pjwt_ok(verdict) ? fixture_prove(token, key) : verdict;
}

pjwt_verdict
choose_from(struct scratch *s, const char *set, const char *header)
{
    scratch_write(s, "keys.jwks", fixture_quotes(set), 0644);
    return choose_from_file(s, header, FIXTURE_ANY);
}
