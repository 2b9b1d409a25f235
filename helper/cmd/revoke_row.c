#include "helper/cmd/revoke_row.h"

#include "helper/cmd/input.h"
#include "helper/cmd/instant.h"
#include "helper/cmd/logins_end.h"
#include "helper/cmd/longest.h"
#include "helper/cmd/open.h"
#include "helper/cmd/say.h"
#include "helper/cmd/who.h"
#include "helper/world.h"
#include "lib/store/clock.h"

#include <stdio.h>
#include <string.h>

static enum pjwt_exit
read_until(const struct pjwt_cmd *cmd, int64_t *until)
{
    const char *text = pjwt_flags_value(&cmd->args, "until");

    if (text == NULL) {
        return PJWT_EXIT_OK;
    }
    if (!pjwt_instant_parse(text, cmd->now, PJWT_INSTANT_FROM_NOW, until)) {
        return pjwt_say_usage(cmd,
                              "--until: %s is neither a span such as 2h nor a time such "
                              "as 2026-01-31T23:59:59Z",
                              text);
    }
    if (*until <= cmd->now) {
        return pjwt_say_usage(cmd, "--until: %s is not in the future", text);
    }
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_revoke_start(const struct pjwt_cmd *cmd, enum pjwt_revoke kind,
                  struct pjwt_revocation *row)
{
    *row = (struct pjwt_revocation){
        .kind = kind,
        .created = cmd->now,
        /* Whoever has a key can sign with it at any time. */
        .expires = kind == PJWT_REVOKE_KEY ? 0 : cmd->now + PJWT_LONGEST,
    };
    pjwt_who(row->by, sizeof(row->by));
    PJWT_OR_EXIT(read_until(cmd, &row->expires));
    return pjwt_input_note(cmd, "reason", row->why, sizeof(row->why));
}

/* When, if not now? What has not been issued yet is for `block` to refuse. */
enum pjwt_exit
pjwt_revoke_before(const struct pjwt_cmd *cmd, struct pjwt_revocation *row)
{
    const char *text = pjwt_flags_value(&cmd->args, "before");

    row->before = cmd->now;
    if (text == NULL) {
        return PJWT_EXIT_OK;
    }
    if (!pjwt_instant_parse(text, cmd->now, PJWT_INSTANT_AGO, &row->before) ||
        row->before <= 0) {
        return pjwt_say_usage(cmd,
                              "--before: %s is neither a span such as 2h nor a time such "
                              "as 2026-01-31T23:59:59Z",
                              text);
    }
    if (row->before > cmd->now) {
        return pjwt_say_usage(cmd,
                              "--before: %s is in the future; `pamjwt block` refuses what "
                              "will be issued",
                              text);
    }
    return PJWT_EXIT_OK;
}

static enum pjwt_exit
set_text(const struct pjwt_cmd *cmd, const char *what, char *field, size_t size,
         const char *value)
{
    size_t len = strlen(value);

    if (len == 0 || len >= size) {
        return pjwt_say_usage(cmd, "%s: 1 to %zu bytes", what, size - 1);
    }
    if (!pjwt_input_is_text(value)) {
        return pjwt_say_usage(cmd, "%s: no UTF-8, so no token has it", what);
    }
    memcpy(field, value, len + 1);
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_revoke_issuer(const struct pjwt_cmd *cmd, const struct pjwt_issuer *issuer,
                   struct pjwt_revocation *row)
{
    row->leeway = issuer->leeway;
    return set_text(cmd, "iss", row->iss, sizeof(row->iss), issuer->iss);
}

enum pjwt_exit
pjwt_revoke_section(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                    struct pjwt_revocation *row)
{
    const struct pjwt_issuer *issuer = NULL;

    PJWT_OR_EXIT(pjwt_open_issuer(cmd, config, cmd->args.operand[0], &issuer));
    return pjwt_revoke_issuer(cmd, issuer, row);
}

enum pjwt_exit
pjwt_revoke_value(const struct pjwt_cmd *cmd, const char *what, const char *value, size_t size,
                  struct pjwt_revocation *row)
{
    return set_text(cmd, what, row->value, size, value);
}

/* "Until now", by a clock that was set back, leaves out what was issued since. */
static void
warn_of_clock(const struct pjwt_cmd *cmd, const struct pjwt_revocation *row,
              struct pjwt_store *store)
{
    struct pjwt_clock clock = {0};
    struct pjwt_why why = {""};

    pjwt_world_clock(&clock);
    if (row->before == cmd->now && !pjwt_ok(pjwt_clock_check(store, &clock, &why))) {
        pjwt_say_warning(cmd,
                         "%s: what was issued in between is not revoked by this; set the clock "
                         "right and revoke again",
                         why.text);
    }
}

enum pjwt_exit
pjwt_revoke_remember(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
                     const struct pjwt_revocation *row, long *tickets)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(pjwt_open_store_to_revoke(cmd, config, &store));
    v = pjwt_revocation_add(store, row, tickets);
    if (pjwt_ok(v)) {
        warn_of_clock(cmd, row, store);
    }
    return pjwt_ok(v) ? PJWT_EXIT_OK : pjwt_say_store(cmd, config, v);
}

enum pjwt_exit
pjwt_revoke_logins(const struct pjwt_cmd *cmd, const struct pjwt_config *config)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;

    PJWT_OR_EXIT(pjwt_open_store_to_revoke(cmd, config, &store));
    return pjwt_logins_end_revoked(cmd, config, store);
}

const char *
pjwt_revoke_tickets(long tickets, char out[PJWT_REVOKE_TICKETS])
{
    (void)snprintf(out, PJWT_REVOKE_TICKETS, "%ld ticket%s", tickets, tickets == 1 ? "" : "s");
    return out;
}
