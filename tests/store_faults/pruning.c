#include "tests/store_faults/pruning.h"

#include "lib/store/prune.h"
#include "lib/store/revocations.h"

#include <stdio.h>

#define ROWS 5

static pjwt_verdict
add_ended(struct pjwt_store *store, int64_t now)
{
    for (int i = 0; i < ROWS; i++) {
        struct pjwt_revocation row = {.kind = PJWT_REVOKE_JTI,
                                      .iss = "https://idp",
                                      .created = now,
                                      .expires = now - PJWT_PRUNE_KEEP - i};

        (void)snprintf(row.value, sizeof(row.value), "ended-%d", i);
        PJWT_TRY(pjwt_revocation_add(store, &row, NULL));
    }
    return PJWT_SAY(OK);
}

static pjwt_verdict
to_the_end(struct pjwt_store *store, struct pjwt_prune *prune)
{
    bool more = true;

    while (more) {
        PJWT_TRY(pjwt_prune_step(store, prune, 2, &more));
        pjwt_prune_carry(store);
    }
    return PJWT_SAY(OK);
}

pjwt_verdict
pruning_run(struct pjwt_store *store, int64_t now)
{
    const struct pjwt_clock clock = {now, 5000, "a"};
    struct pjwt_prune prune = {0};
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_TRY(add_ended(store, now));
    PJWT_TRY(pjwt_prune_begin(store, &clock, &prune, &why));
    v = to_the_end(store, &prune);
    pjwt_prune_end(store);
    return v;
}
