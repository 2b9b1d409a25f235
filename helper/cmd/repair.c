/* What may be set right once an administrator has looked? */
#include "helper/cmd/repair.h"

#include "helper/cmd/say.h"

enum pjwt_exit
pjwt_repair_run(const struct pjwt_cmd *cmd)
{
    if (pjwt_flags_on(&cmd->args, "clock")) {
        return pjwt_repair_clock(cmd);
    }
    if (pjwt_flags_on(&cmd->args, "accept-restore")) {
        return pjwt_repair_accept(cmd);
    }
    return pjwt_say_usage(cmd, "say what to repair: --clock or --accept-restore");
}
