/* How does a ticket reach its owner? */
#include "helper/cmd/ticket_out.h"

#include "helper/cmd/instant.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "helper/cmd/who.h"
#include "lib/store/revocations.h"

#include <errno.h>
#include <string.h>

/* The only copy of its secret is lost, or in nobody knows whose hands. */
static bool
take_back(const struct pjwt_cmd *cmd, const struct pjwt_ticket *row, struct pjwt_store *store)
{
    char by[PJWT_USER_MAX + 16];

    pjwt_who(by, sizeof(by));
    return pjwt_ok(
        pjwt_revocation_ticket(store, row->id, cmd->now, by, "it could not be handed over"));
}

static enum pjwt_exit
say_lost(const struct pjwt_cmd *cmd, const struct pjwt_ticket *row, struct pjwt_store *store)
{
    const char *error = strerror(errno);

    if (store == NULL) { /* logins may rest on it, and nobody can use it any more */
        return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE, "it can only be revoked",
                              "standard output: %s: ticket %s is renewed and lost", error,
                              row->id);
    }
    if (!take_back(cmd, row, store)) {
        return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE, "revoke it",
                              "standard output: %s: ticket %s is made and lost", error,
                              row->id);
    }
    return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE, "ask again",
                          "standard output: %s: ticket %s was made and is revoked", error,
                          row->id);
}

enum pjwt_exit
pjwt_ticket_hand_over(const struct pjwt_cmd *cmd, const struct pjwt_ticket *row,
                      const struct pjwt_secret *text, struct pjwt_store *store)
{
    char until[PJWT_INSTANT_SIZE];
    char span[PJWT_SPAN_SIZE];

    if (!pjwt_output_secret(text)) {
        return say_lost(cmd, row, store);
    }
    pjwt_say_if_public(cmd);
    pjwt_say_line("ticket %s for %s at %s: good%s until %s (%s)", row->id, row->user,
                  row->services, row->one_time != 0 ? " once," : "",
                  pjwt_instant_text(row->expires, until),
                  pjwt_instant_span(row->expires - cmd->now, span));
    return PJWT_EXIT_OK;
}
