/* Is the session file one that a login would take? */
#include "lib/store/store.h"
#include "helper/cmd/open.h"
#include "helper/lint/lint.h"

#include <unistd.h>

void
pjwt_lint_store(struct pjwt_lint *lint)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    PJWT_AUTO(text) char *state = NULL;
    struct pjwt_store_counts counts = {0};
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(UNSET);

    if (lint->config == NULL || (state = pjwt_lint_path(lint, lint->config->state)) == NULL) {
        return;
    }
    pjwt_open_patience();
    v = pjwt_store_open(state, &store, &why);
    if (pjwt_ok(v)) {
        v = pjwt_store_count(store, &counts);
    }
    pjwt_open_patience_end();
    if (v.reason == PJWT_STORE_BUSY ||
        (v.reason == PJWT_STORE_UNREAD && access(state, R_OK | W_OK | X_OK) != 0)) {
        pjwt_lint_unexamined(lint, state, pjwt_text(v));
    } else if (!pjwt_ok(v) && v.reason != PJWT_STORE_UNSAFE) { /* files.c says that one */
        pjwt_lint_add(lint, PJWT_FINDING_STORE, state, 0, "%s%s%s", pjwt_text(v),
                      why.text[0] == '\0' ? "" : ": ", why.text);
    }
}
