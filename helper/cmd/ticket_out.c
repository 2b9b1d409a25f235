/* How does a ticket reach its owner? */
#include "helper/cmd/ticket_out.h"

#include "helper/cmd/instant.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"

enum pjwt_exit
pjwt_ticket_hand_over(const struct pjwt_cmd *cmd, const struct pjwt_ticket *row,
                      const struct pjwt_secret *text)
{
    char until[PJWT_INSTANT_SIZE];
    char span[PJWT_SPAN_SIZE];

    if (!pjwt_output_secret(text)) {
        return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE, "revoke it and issue another",
                              "standard output: %m: ticket %s is made and lost", row->id);
    }
    pjwt_say_if_public(cmd);
    pjwt_say_line("ticket %s for %s at %s: good%s until %s (%s)", row->id, row->user,
                  row->services, row->one_time != 0 ? " once," : "",
                  pjwt_instant_text(row->expires, until),
                  pjwt_instant_span(row->expires - cmd->now, span));
    return PJWT_EXIT_OK;
}
