/* Is an answer that decodes written back byte for byte, and does an acceptance always say who?
 */
#include "tests/fuzz/support/fuzz.h"

#include "lib/wire/answer.h"

#include <string.h>

static void
check(const uint8_t *bytes, size_t len, enum pjwt_ask asked)
{
    PJWT_AUTO(secret) struct pjwt_secret *again = NULL;
    struct pjwt_answer answer = {0};

    if (!pjwt_ok(pjwt_answer_decode(bytes, len, asked, &answer))) {
        FUZZ_MUST(answer.verdict.reason == PJWT_UNSET);
        return;
    }
    FUZZ_MUST(answer.verdict.reason != PJWT_UNSET);
    if (asked == PJWT_ASK_AUTH && pjwt_ok(answer.verdict)) {
        FUZZ_MUST(answer.has_grant && answer.looked && answer.authentic);
        FUZZ_MUST(answer.grant.user[0] != '\0' && answer.grant.service[0] != '\0');
    }
    FUZZ_MUST(pjwt_ok(pjwt_answer_encode(&answer, &again)));
    FUZZ_MUST(pjwt_secret_len(again) == len &&
              memcmp(pjwt_secret_bytes(again), bytes, len) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    check(bytes, len, PJWT_ASK_AUTH);
    check(bytes, len, PJWT_ASK_ACCOUNT);
    check(bytes, len, PJWT_ASK_OPEN);
    return 0;
}
