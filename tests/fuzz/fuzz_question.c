/* Is a question that decodes written back byte for byte? */
#include "tests/fuzz/support/fuzz.h"

#include "lib/wire/question.h"

#include <string.h>

static void
check_same(const uint8_t *bytes, size_t len, const struct pjwt_question *question)
{
    PJWT_AUTO(secret) struct pjwt_secret *again = NULL;

    FUZZ_MUST(pjwt_ok(pjwt_question_encode(question, &again)));
    FUZZ_MUST(pjwt_secret_len(again) == len &&
              memcmp(pjwt_secret_bytes(again), bytes, len) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    PJWT_QUESTION_SCOPE struct pjwt_question question;

    if (pjwt_ok(pjwt_question_decode(bytes, len, &question))) {
        check_same(bytes, len, &question);
    }
    return 0;
}
