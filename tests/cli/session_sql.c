/* How does a test look into a session file, or change it behind our back? The sqlite3 command
 * cannot: its pages have no checksums. `session_sql STATE-DIR SQL` prints each row on a line.
 */
#include "lib/store/db.h"
#include "lib/store/store.h"

#include <stdio.h>

static int
print_row(void *context, int count, char **values, char **names)
{
    (void)context;
    (void)names;
    for (int i = 0; i < count; i++) {
        (void)printf("%s%s", i == 0 ? "" : "|", values[i] == NULL ? "" : values[i]);
    }
    (void)putchar('\n');
    return 0;
}

int
main(int argc, char **argv)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v = PJWT_SAY(UNSET);

    if (argc != 3) {
        (void)fprintf(stderr, "usage: session_sql STATE-DIR SQL\n");
        return 2;
    }
    v = pjwt_store_open(argv[1], &store, &why);
    if (!pjwt_ok(v)) {
        (void)fprintf(stderr, "session_sql: %s: %s\n", pjwt_code(v), why.text);
        return 1;
    }
    if (sqlite3_exec(store->db, argv[2], print_row, NULL, NULL) != SQLITE_OK) {
        (void)fprintf(stderr, "session_sql: %s\n", sqlite3_errmsg(store->db));
        return 1;
    }
    return 0;
}
