/* How is one login ended, and all that have outlived what they rest on? */
#include "helper/cmd/logins_end.h"
#include "helper/cmd/open.h"
#include "helper/cmd/say.h"
#include "helper/process/stat.h"
#include "lib/login_ticket.h"

#include <stdint.h>
#include <string.h>

static bool
has_id(void *context, struct pjwt_store *store, const struct pjwt_login_row *row)
{
    const char *id = context;

    (void)store;
    return strcmp(row->id, id) == 0;
}

enum pjwt_exit
pjwt_login_end_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    char id[PJWT_LOGIN_ID_LEN + 2];
    enum pjwt_exit status = PJWT_EXIT_OK;
    size_t ended = 0;

    pjwt_report_name(id, sizeof(id), cmd->args.operand[0]);
    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store_to_revoke(cmd, config, &store));
    status = pjwt_logins_end(cmd, config, store, has_id, id, &ended);
    if (status == PJWT_EXIT_OK && ended == 0) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, "`pamjwt login list` shows who is there",
                              "no open login has the id %s", id);
    }
    return status;
}

struct reaping {
    int64_t now;
    bool expired; /* end those too */
};

static bool
is_over(void *context, struct pjwt_store *store, const struct pjwt_login_row *row)
{
    const struct reaping *r = context;
    struct pjwt_report report = {0};
    pjwt_verdict v = pjwt_login_stands(store, row, r->now, &report);

    if (pjwt_class_of(v) == PJWT_CLASS_DENY && v.reason != PJWT_TICKET_UNKNOWN) {
        return true;
    }
    return r->expired && row->ours != 0 && row->grant.expires + row->grant.leeway <= r->now;
}

static bool
is_none(void *context, struct pjwt_store *store, const struct pjwt_login_row *row)
{
    (void)context;
    (void)store;
    (void)row;
    return false; /* only what is gone already is forgotten */
}

enum pjwt_exit
pjwt_reap_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct reaping reaping = {.now = cmd->now};
    enum pjwt_exit status = PJWT_EXIT_OK;
    char boot[PJWT_BOOT_SIZE];

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store(cmd, config, &store));
    reaping.expired = config->logins_end == PJWT_END_EXPIRED;
    status =
        pjwt_logins_end(cmd, config, store,
                        config->logins_end == PJWT_END_NO ? is_none : is_over, &reaping, NULL);
    pjwt_process_boot(boot);
    pjwt_login_ticket_sweep(config, store, pjwt_process_living(), boot, SIZE_MAX);
    return status;
}
