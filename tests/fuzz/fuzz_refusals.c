/* Does a slot of the ring of refusals, torn or not, give only what fits one line? */
#include "tests/fuzz/support/fuzz.h"

#include "lib/store/refusals_text.h"

#include <string.h>

static void
check_fields(const struct pjwt_refusal *r)
{
    const char *const field[] = {r->phase,  r->user, r->service, r->rhost,
                                 r->issuer, r->kid,  r->id,      r->attempt};

    for (size_t i = 0; i < sizeof(field) / sizeof(field[0]); i++) {
        FUZZ_MUST(strlen(field[i]) < PJWT_REFUSALS_SLOT && strchr(field[i], '\t') == NULL);
    }
    FUZZ_MUST(r->why[0] != '\0');
}

/* What was written must come back, whatever somebody calls himself. */
static void
check_written(const char *text)
{
    struct pjwt_refusal said = {.at = 1,
                                .verdict = {PJWT_EXPIRED},
                                .phase = "auth",
                                .user = text,
                                .service = text,
                                .rhost = text,
                                .issuer = text,
                                .kid = text,
                                .id = text,
                                .attempt = text,
                                .why = text};
    struct pjwt_refusals_record record;
    char slot[PJWT_REFUSALS_SLOT];

    pjwt_refusals_write(&said, 7, slot);
    FUZZ_MUST(memchr(slot, '\n', sizeof(slot)) == slot + sizeof(slot) - 1);
    FUZZ_MUST(pjwt_refusals_parse(slot, &record));
    FUZZ_MUST(record.number == 7 && record.refusal.verdict.reason == PJWT_EXPIRED);
    check_fields(&record.refusal);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    char slot[PJWT_REFUSALS_SLOT];
    char text[PJWT_REFUSALS_SLOT + 1] = "";
    struct pjwt_refusals_record record;
    size_t used = len < sizeof(slot) ? len : sizeof(slot);

    memset(slot, ' ', sizeof(slot));
    memcpy(slot, bytes, used);
    memcpy(text, bytes, used);
    if (pjwt_refusals_parse(slot, &record)) {
        check_fields(&record.refusal);
    }
    check_written(text);
    return 0;
}
