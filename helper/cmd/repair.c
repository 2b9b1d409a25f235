/* What may be set right once an administrator has looked? */
#include "helper/cmd/repair.h"

#include "helper/cmd/say.h"

enum pjwt_exit
pjwt_repair_run(const struct pjwt_cmd *cmd)
{
    bool clock = pjwt_flags_on(&cmd->args, "clock");
    bool restore = pjwt_flags_on(&cmd->args, "accept-restore");

    /* Each after a look of its own, and each with an end of its own. */
    if (clock && restore) {
        return pjwt_say_usage(cmd, "--clock and --accept-restore: one after the other");
    }
    if (clock) {
        return pjwt_repair_clock(cmd);
    }
    if (restore) {
        return pjwt_repair_accept(cmd);
    }
    return pjwt_say_usage(cmd, "say what to repair: --clock or --accept-restore");
}
