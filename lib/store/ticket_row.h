/* How does a ticket stand in the session file? One list of columns for all who read or write
 * them. Inside lib/store alone. */
#ifndef PJWT_STORE_TICKET_ROW_H
#define PJWT_STORE_TICKET_ROW_H

#include "lib/store/db.h"
#include "lib/store/tickets.h"

/* The columns of struct pjwt_ticket, for a SELECT. */
#define PJWT_TICKET_COLUMNS                                                          \
    "id,user,services,created,expires,one_time,spent_at,note,revoked_at,revoked_by," \
    "revoked_why,iss,sub,jti,kid,iat,auth_time,idle,last_used,renewable_until,"      \
    "lifetime,coalesce(from_net,'')"

/* Reads them, from the column `first` on. Reasons: STORE_DAMAGED, STORE_*. */
pjwt_verdict pjwt_ticket_row_read(struct pjwt_store *store, sqlite3_stmt *stmt, int first,
                                  struct pjwt_ticket *row) PJWT_MUST_USE;

/* Adds a row, inside a change that has begun; its claims too. Reasons: INTERNAL, STORE_*. */
pjwt_verdict pjwt_ticket_row_insert(struct pjwt_store *store, const struct pjwt_ticket *row,
                                    const unsigned char *hash) PJWT_MUST_USE;

#endif
