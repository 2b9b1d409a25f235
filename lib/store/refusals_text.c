/* What does one slot of the ring of refusals say? */
#include "lib/store/refusals_text.h"

#include "lib/base/quoted.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VALUE  96 /* bytes of a quoted value, with its NUL: the longest line fits */
#define FIELDS 13 /* of a line */
#define DIGITS 10 /* of the number at each end */
#define BODY   (PJWT_REFUSALS_SLOT - DIGITS - 1)

/* A tab would be another field; why is printable ASCII otherwise. */
static const char *
one_field(const char *why, char out[PJWT_WHY_MAX])
{
    size_t len = strnlen(why, PJWT_WHY_MAX - 1);

    for (size_t i = 0; i < len; i++) {
        out[i] = why[i];
        if (why[i] < 0x20 || why[i] > 0x7e) {
            out[i] = '?';
        }
    }
    out[len] = '\0';
    return len == 0 ? "-" : out;
}

void
pjwt_refusals_write(const struct pjwt_refusal *r, unsigned long number,
                    char slot[PJWT_REFUSALS_SLOT])
{
    char phase[VALUE], user[VALUE], service[VALUE], rhost[VALUE], issuer[VALUE];
    char kid[VALUE], id[VALUE], attempt[VALUE], why[PJWT_WHY_MAX];
    char end[DIGITS + 1];
    int used = 0;

    (void)snprintf(end, sizeof(end), "%010lu", number % 10000000000ul);
    used = snprintf(
        slot, BODY, "%s\t%" PRId64 "\t%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s", end, r->at,
        pjwt_code(r->verdict), r->authentic, pjwt_quoted(r->phase, "", phase, VALUE),
        pjwt_quoted(r->user, "", user, VALUE), pjwt_quoted(r->service, "", service, VALUE),
        pjwt_quoted(r->rhost, "", rhost, VALUE), pjwt_quoted(r->issuer, "", issuer, VALUE),
        pjwt_quoted(r->kid, "", kid, VALUE), pjwt_quoted(r->id, "", id, VALUE),
        pjwt_quoted(r->attempt, "", attempt, VALUE), one_field(r->why, why));
    used = used < 0 ? 0 : used >= BODY ? BODY - 1 : used;
    memset(slot + used, ' ', (size_t)(BODY - used));
    memcpy(slot + BODY, end, DIGITS);
    slot[PJWT_REFUSALS_SLOT - 1] = '\n';
}

/* The blanks at the end are padding; of a why that ends in some, they go too. */
static void
cut_padding(char *slot)
{
    size_t len = BODY;

    while (len > 0 && slot[len - 1] == ' ') {
        len--;
    }
    slot[len] = '\0';
}

static bool
split(char *line, char *field[FIELDS])
{
    size_t count = 0;

    for (char *next = line; next != NULL && count < FIELDS; count++) {
        field[count] = strsep(&next, "\t");
        if (count == FIELDS - 1) {
            return next == NULL;
        }
    }
    return false;
}

bool
pjwt_refusals_parse(char slot[PJWT_REFUSALS_SLOT], struct pjwt_refusals_record *record)
{
    char *f[FIELDS];

    if (slot[PJWT_REFUSALS_SLOT - 1] != '\n' || memcmp(slot, slot + BODY, DIGITS) != 0 ||
        memchr(slot, '\0', BODY) != NULL) {
        return false;
    }
    cut_padding(slot);
    if (!split(slot, f)) {
        return false;
    }
    record->number = strtoul(f[0], NULL, 10);
    record->refusal = (struct pjwt_refusal){.at = strtoll(f[1], NULL, 10),
                                            .verdict = pjwt_verdict_from_code(f[2]),
                                            .authentic = strcmp(f[3], "1") == 0,
                                            .phase = f[4],
                                            .user = f[5],
                                            .service = f[6],
                                            .rhost = f[7],
                                            .issuer = f[8],
                                            .kid = f[9],
                                            .id = f[10],
                                            .attempt = f[11],
                                            .why = f[12][0] == '\0' ? "-" : f[12]};
    return true;
}
