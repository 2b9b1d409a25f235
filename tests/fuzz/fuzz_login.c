/* With a signing oracle: does a token log in exactly when the rules, said a second time, let it
 * in? */
#include "tests/fuzz/support/edit.h"
#include "tests/fuzz/support/fuzz.h"
#include "tests/fuzz/support/rules.h"
#include "tests/fuzz/support/world.h"

#include <stdio.h>

/* Whoever reads the fuzzer's output wants the token, not the bytes that led to it. */
static void
compare(const struct edit_token *token, enum rules_service service, pjwt_verdict v)
{
    bool expected = rules_accept(token->header, token->header_len, token->payload,
                                 token->payload_len, service);

    if (pjwt_ok(v) != expected) {
        (void)fprintf(stderr, "%s\n%s\nverdict: %s; by the rules: %s\n", token->header,
                      token->payload, pjwt_code(v), expected ? "accepted" : "refused");
    }
    FUZZ_MUST(pjwt_ok(v) == expected);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    PJWT_AUTO(secret) struct pjwt_secret *typed = NULL;
    struct edit_token token = {0};

    world_prepare(RULES_CONFIG, NULL, RULES_MAP);
    edit_make(bytes, len, &token);
    typed = fuzz_signed(token.header, token.header_len, token.payload, token.payload_len);
    compare(&token, RULES_SSHD, world_judge(typed, RULES_SSHD));
    compare(&token, RULES_SU, world_judge(typed, RULES_SU));
    edit_clear(&token);
    return 0;
}
