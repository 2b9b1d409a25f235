/* What does one slot of the ring of refusals say? For refusals.c alone. */
#ifndef PJWT_STORE_REFUSALS_TEXT_H
#define PJWT_STORE_REFUSALS_TEXT_H

#include "lib/store/refusals.h"

#define PJWT_REFUSALS_SLOT 1024 /* bytes: one line, padded with blanks */

struct pjwt_refusals_record {
    unsigned long number; /* rises with each that is kept */
    struct pjwt_refusal refusal;
};

/* Fills the slot: a line of fields with tabs between them, its number at both ends. */
void pjwt_refusals_write(const struct pjwt_refusal *refusal, unsigned long number,
                         char slot[PJWT_REFUSALS_SLOT]);

/* Takes the slot apart in place; false when it is empty or torn. `record` borrows from it. */
bool pjwt_refusals_parse(char slot[PJWT_REFUSALS_SLOT], struct pjwt_refusals_record *record);

#endif
