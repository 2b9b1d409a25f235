/* How is a ticket made to last? */
#include "helper/cmd/input.h"
#include "helper/cmd/open.h"
#include "helper/cmd/say.h"
#include "helper/cmd/ticket_out.h"
#include "lib/store/tickets.h"

enum pjwt_exit
pjwt_ticket_renew_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *typed = NULL;
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;
    struct pjwt_report report = {0};
    struct pjwt_ticket row = {0};
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_input_credential(cmd, "-", &typed));
    PJWT_OR_EXIT(pjwt_open_store(cmd, config, &store));
    PJWT_OR_EXIT(pjwt_open_clock(cmd, store));
    v = pjwt_ticket_renew(store, typed, cmd->now, &row, &text, &report);
    if (!pjwt_ok(v)) {
        return pjwt_class_of(v) == PJWT_CLASS_STORE ? pjwt_say_store(cmd, config, v)
                                                    : pjwt_say_verdict(cmd, v, &report.why);
    }
    return pjwt_ticket_hand_over(cmd, &row, text, NULL);
}
