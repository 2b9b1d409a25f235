#include "tests/unit/support/spending.h"

#include <string.h>

const struct pjwt_asker spending_asker = {
    .pid = 200, .started = 7000, .parent = 100, .parent_started = 6000};
const struct pjwt_grant spending_token = {.user = "alice",
                                          .service = "sshd",
                                          .iss = "https://idp.example.com",
                                          .sub = "s-1",
                                          .jti = "j-1",
                                          .iat = NOW - 60,
                                          .issued = NOW - 60,
                                          .expires = NOW + 300,
                                          .leeway = 30,
                                          .one_time = true};

pjwt_verdict
spending_admit(struct scratch *s, const struct pjwt_grant *grant, int64_t now)
{
    const struct pjwt_clock clock = {.now = now, .up = UP + (now - NOW), .boot = "a"};
    char id[PJWT_HANDOFF_SIZE] = "untouched";
    pjwt_verdict v = pjwt_admit(s->store, grant, NULL, &spending_asker, &clock, id);

    assert_int_equal(strcmp(id, "untouched") != 0, pjwt_ok(v));
    return v;
}

pjwt_verdict
spending_look(struct scratch *s, const struct pjwt_grant *grant)
{
    struct pjwt_report report = {0};

    return pjwt_replay_check(s->store, grant, &report);
}
