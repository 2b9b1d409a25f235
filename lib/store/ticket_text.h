/* How is a ticket written? pjt1_<id: 12 base62>_<secret: 43 base62><crc32: 6 base62>, 67
 * characters. */
#ifndef PJWT_STORE_TICKET_TEXT_H
#define PJWT_STORE_TICKET_TEXT_H

#include "lib/base/grant.h"
#include "lib/base/report.h"
#include "lib/base/secret.h"

#define PJWT_TICKET_LEN    67
#define PJWT_TICKET_PREFIX "pjt1_"
#define PJWT_TICKET_HASH   32 /* bytes of SHA-256 */

struct pjwt_ticket_text {
    char id[PJWT_TICKET_ID_LEN + 1];
    unsigned char hash[PJWT_TICKET_HASH]; /* SHA-256 over a domain string, id and secret */
};

/* Reads `typed` (borrowed): length, alphabet, CRC-32 (as in zlib, over all that stands before
 * it: for typing errors and secret scanners, never for security), then hashes. The report
 * receives the id, unverified. Reasons: TICKET_BAD, INTERNAL. */
pjwt_verdict pjwt_ticket_parse(const struct pjwt_secret *typed, struct pjwt_ticket_text *ticket,
                               struct pjwt_report *report) PJWT_MUST_USE;

/* A new ticket: id and 32 secret bytes from getrandom(2). `*text` is owned by the caller.
 * Reasons: INTERNAL, NO_MEMORY. */
pjwt_verdict pjwt_ticket_make(struct pjwt_secret **text,
                              struct pjwt_ticket_text *ticket) PJWT_MUST_USE;

/* A new secret for the ticket `id` (borrowed, PJWT_TICKET_ID_LEN digits). The same otherwise.
 */
pjwt_verdict pjwt_ticket_remake(const char *id, struct pjwt_secret **text,
                                struct pjwt_ticket_text *ticket) PJWT_MUST_USE;

#endif
