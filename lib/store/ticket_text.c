#include "lib/store/ticket_text.h"

#include "lib/store/base62.h"
#include "lib/store/crc32.h"
#include "lib/store/digest.h"
#include "lib/store/random.h"

#include <string.h>

#define DOMAIN       "pam_jwt ticket v1"
#define SECRET_BYTES 32
#define SECRET_LEN   43 /* digits: 62^42 < 2^256 < 62^43 */
#define CRC_LEN      6
#define ID_AT        (sizeof(PJWT_TICKET_PREFIX) - 1)
#define SECRET_AT    (ID_AT + PJWT_TICKET_ID_LEN + 1)
#define CRC_AT       (SECRET_AT + SECRET_LEN)

_Static_assert(CRC_AT + CRC_LEN == PJWT_TICKET_LEN, "the parts of a ticket add up");
_Static_assert(PJWT_TICKET_HASH == PJWT_DIGEST_SIZE, "a ticket is stored as one digest");

static pjwt_verdict
refuse(struct pjwt_report *report, const char *words)
{
    pjwt_why_set(&report->why, "%s", words);
    return PJWT_SAY(TICKET_BAD);
}

static void
write_crc(const char *text, char out[CRC_LEN])
{
    uint32_t crc = pjwt_crc32(text, CRC_AT);
    unsigned char bytes[4] = {(unsigned char)(crc >> 24), (unsigned char)(crc >> 16),
                              (unsigned char)(crc >> 8), (unsigned char)crc};

    pjwt_base62_write(bytes, sizeof(bytes), out, CRC_LEN);
}

/* The id and the digest of a text whose form is known to be good. */
static pjwt_verdict
describe(const char *text, struct pjwt_ticket_text *ticket)
{
    memcpy(ticket->id, text + ID_AT, PJWT_TICKET_ID_LEN);
    ticket->id[PJWT_TICKET_ID_LEN] = '\0';
    return pjwt_digest(DOMAIN, text + ID_AT, PJWT_TICKET_ID_LEN, text + SECRET_AT, SECRET_LEN,
                       ticket->hash);
}

pjwt_verdict
pjwt_ticket_parse(const struct pjwt_secret *typed, struct pjwt_ticket_text *ticket,
                  struct pjwt_report *report)
{
    const char *text = pjwt_secret_bytes(typed);
    char crc[CRC_LEN];

    if (pjwt_secret_len(typed) != PJWT_TICKET_LEN) {
        pjwt_why_set(&report->why, "%zu characters, not %d", pjwt_secret_len(typed),
                     PJWT_TICKET_LEN);
        return PJWT_SAY(TICKET_BAD);
    }
    if (memcmp(text, PJWT_TICKET_PREFIX, ID_AT) != 0 || text[SECRET_AT - 1] != '_' ||
        !pjwt_base62_all(text + ID_AT, PJWT_TICKET_ID_LEN) ||
        !pjwt_base62_all(text + SECRET_AT, SECRET_LEN + CRC_LEN)) {
        return refuse(report, "a character that does not belong there");
    }
    write_crc(text, crc);
    if (memcmp(text + CRC_AT, crc, CRC_LEN) != 0) {
        return refuse(report, "the checksum does not fit: mistyped");
    }
    if (!pjwt_base62_fits(text + SECRET_AT, SECRET_LEN, SECRET_BYTES)) {
        return refuse(report, "the secret is out of range"); /* one text for each value */
    }
    PJWT_TRY(describe(text, ticket));
    pjwt_report_name(report->id, sizeof(report->id), ticket->id);
    return PJWT_SAY(OK);
}

/* Digits, all equally likely: bytes from 248 on would favour the first eight. */
static pjwt_verdict
write_random_digits(char *out, size_t width)
{
    size_t done = 0;

    while (done < width) {
        unsigned char byte = 0;

        PJWT_TRY(pjwt_random_fill(&byte, 1));
        if (byte < 4 * 62) {
            out[done++] = pjwt_base62_digits[byte % 62];
        }
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
write_random_secret(char *out)
{
    unsigned char bytes[SECRET_BYTES];
    pjwt_verdict v = pjwt_random_fill(bytes, sizeof(bytes));

    if (pjwt_ok(v)) {
        pjwt_base62_write(bytes, sizeof(bytes), out, SECRET_LEN);
    }
    explicit_bzero(bytes, sizeof(bytes));
    return v;
}

/* `id` NULL: a new one. */
static pjwt_verdict
make(const char *id, struct pjwt_secret **text, struct pjwt_ticket_text *ticket)
{
    PJWT_AUTO(secret) struct pjwt_secret *made = pjwt_secret_new(PJWT_TICKET_LEN);
    char *at = NULL;

    if (made == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    at = pjwt_secret_buffer(made);
    memcpy(at, PJWT_TICKET_PREFIX, ID_AT);
    if (id == NULL) {
        PJWT_TRY(write_random_digits(at + ID_AT, PJWT_TICKET_ID_LEN));
    } else {
        memcpy(at + ID_AT, id, PJWT_TICKET_ID_LEN);
    }
    at[SECRET_AT - 1] = '_';
    PJWT_TRY(write_random_secret(at + SECRET_AT));
    write_crc(at, at + CRC_AT);
    pjwt_secret_set_len(made, PJWT_TICKET_LEN);
    PJWT_TRY(describe(at, ticket));
    *text = pjwt_take(made);
    return PJWT_SAY(OK);
}

pjwt_verdict
pjwt_ticket_make(struct pjwt_secret **text, struct pjwt_ticket_text *ticket)
{
    return make(NULL, text, ticket);
}

pjwt_verdict
pjwt_ticket_remake(const char *id, struct pjwt_secret **text, struct pjwt_ticket_text *ticket)
{
    return make(id, text, ticket);
}
