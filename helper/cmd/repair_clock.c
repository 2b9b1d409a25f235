/* The clock was set back on purpose, or was wrong before: how do logins go on? */
#include "helper/cmd/instant.h"
#include "helper/cmd/open.h"
#include "helper/cmd/repair.h"
#include "helper/cmd/say.h"
#include "helper/world.h"
#include "lib/store/clock.h"

#include <stdio.h>

enum pjwt_exit
pjwt_repair_clock(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct pjwt_clock clock = {0};
    char then[PJWT_INSTANT_SIZE];
    char now[PJWT_INSTANT_SIZE];
    int64_t was = 0;
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store(cmd, config, &store));
    pjwt_world_clock(&clock);
    v = pjwt_clock_repair(store, &clock, &was);
    if (!pjwt_ok(v)) {
        return pjwt_say_store(cmd, config, v);
    }
    (void)printf("the clock's mark is %s; it was %s\n", pjwt_instant_text(clock.now, now),
                 was == 0 ? "none" : pjwt_instant_text(was, then));
    if (was > clock.now + PJWT_CLOCK_SLACK) {
        pjwt_say_line("What ended between the two is good again as far as the clock goes: if "
                      "the clock is not right now, set it and run this again.");
    }
    return PJWT_EXIT_OK;
}
