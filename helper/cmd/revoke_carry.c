/* How do revocations come from one machine to another? */
#include "helper/cmd/logins_end.h"
#include "helper/cmd/open.h"
#include "helper/cmd/output.h"
#include "helper/cmd/revoke_line.h"
#include "helper/cmd/say.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define BATCH 250 /* lines in one transaction, so that no login waits long behind it */

static bool
export_row(void *context, const struct pjwt_revoked *item)
{
    PJWT_AUTO(json) json_t *line = NULL;

    (void)context;
    if (strcmp(item->kind, "ticket") != 0) { /* no other machine has that one */
        line = pjwt_revoke_line_make(item);
        pjwt_output_json(line, false);
    }
    return ferror(stdout) == 0;
}

enum pjwt_exit
pjwt_revoke_export_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    PJWT_OR_EXIT(pjwt_open_store_to_read(cmd, config, &store));
    v = pjwt_revocation_list(store, export_row, NULL);
    return pjwt_ok(v) ? PJWT_EXIT_OK : pjwt_say_store(cmd, config, v);
}

struct import {
    FILE *from;
    const char *name;
    size_t line; /* the last one read, from 1 */
    size_t lines;
    struct pjwt_revoked *batch; /* BATCH of them */
    size_t count;
    struct pjwt_imported done;
};

static void
import_clear(struct import *import)
{
    free(import->batch);
    if (import->from != NULL && import->from != stdin) {
        (void)fclose(import->from);
    }
}

static enum pjwt_exit
say_bad_line(const struct pjwt_cmd *cmd, const struct import *import,
             const struct pjwt_why *why)
{
    return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, "nothing from this file was kept",
                          "%s:%zu: %s", import->name, import->line, why->text);
}

/* As fgets(3), but a NUL hides nothing of what stands behind it. False at the end. */
static bool
read_line(FILE *from, char line[PJWT_REVOKE_LINE_MAX], size_t *len)
{
    int c = EOF;

    *len = 0;
    while (*len < PJWT_REVOKE_LINE_MAX && (c = getc(from)) != EOF && c != '\n') {
        line[(*len)++] = (char)c;
    }
    return c != EOF || *len > 0;
}

/* The next line that is not empty, in `item`; `*end` when there is none. */
static enum pjwt_exit
read_item(const struct pjwt_cmd *cmd, struct import *import, struct pjwt_revoked *item,
          bool *end)
{
    char line[PJWT_REVOKE_LINE_MAX];
    struct pjwt_why why = {""};
    size_t len = 0;

    while (len == 0) {
        if (!read_line(import->from, line, &len)) {
            *end = true;
            return ferror(import->from) == 0 ? PJWT_EXIT_OK
                                             : pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE, NULL,
                                                              "%s: %m", import->name);
        }
        import->line++;
        if (len + 2 > sizeof(line)) {
            pjwt_why_set(&why, "longer than %d bytes", PJWT_REVOKE_LINE_MAX - 2);
            return say_bad_line(cmd, import, &why);
        }
    }
    if (!pjwt_revoke_line_read(line, len, item, &why)) {
        return say_bad_line(cmd, import, &why);
    }
    if (item->row.before > cmd->now + PJWT_LEEWAY_MAX) { /* as `revoke user` refuses it */
        pjwt_why_set(&why, "before: in the future; a block refuses what will be issued");
        return say_bad_line(cmd, import, &why);
    }
    return PJWT_EXIT_OK;
}

static enum pjwt_exit
write_batch(const struct pjwt_cmd *cmd, const struct pjwt_config *config,
            struct pjwt_store *store, struct import *import)
{
    pjwt_verdict v = pjwt_revocation_import(store, import->batch, import->count, &import->done);

    import->count = 0;
    return pjwt_ok(v) ? PJWT_EXIT_OK : pjwt_say_store(cmd, config, v);
}

/* `store` NULL: every line is only read. */
static enum pjwt_exit
pass(const struct pjwt_cmd *cmd, const struct pjwt_config *config, struct pjwt_store *store,
     struct import *import)
{
    bool end = false;

    while (!end) {
        PJWT_OR_EXIT(read_item(cmd, import, &import->batch[import->count], &end));
        import->lines += end ? 0 : 1;
        import->count += end || store == NULL ? 0 : 1;
        if (import->count == BATCH || (end && import->count > 0)) {
            PJWT_OR_EXIT(write_batch(cmd, config, store, import));
        }
    }
    return PJWT_EXIT_OK;
}

/* To the end of `from`; false with errno set. What cannot be read is not the end of it. */
static bool
copy(FILE *from, FILE *to)
{
    char bytes[4096];
    size_t n = 0;

    while ((n = fread(bytes, 1, sizeof(bytes), from)) > 0) {
        if (fwrite(bytes, 1, n, to) != n) {
            return false;
        }
    }
    return ferror(from) == 0 && fflush(to) == 0;
}

/* A pipe cannot be read twice: it goes through a file that nobody else sees. */
static enum pjwt_exit
open_twice(const struct pjwt_cmd *cmd, struct import *import)
{
    const char *name = cmd->args.operands > 0 ? cmd->args.operand[0] : "-";
    FILE *from = strcmp(name, "-") == 0 ? stdin : fopen(name, "re");
    const char *blame = NULL;
    bool copied = false;
    int error = 0;

    import->name = from == stdin ? "standard input" : name;
    if (from == NULL) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, NULL, "%s: %m", name);
    }
    import->from = tmpfile();
    copied = import->from != NULL && copy(from, import->from);
    error = errno;
    blame = ferror(from) != 0 ? import->name : "a temporary file";
    if (from != stdin) {
        (void)fclose(from);
    }
    if (!copied) {
        errno = error;
        return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE, "nothing was revoked", "%s: %m",
                              blame);
    }
    rewind(import->from);
    return PJWT_EXIT_OK;
}

enum pjwt_exit
pjwt_revoke_import_run(const struct pjwt_cmd *cmd)
{
    PJWT_AUTO(config) struct pjwt_config *config = NULL;
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct import import __attribute__((cleanup(import_clear))) = {0};
    enum pjwt_exit status = PJWT_EXIT_OK;
    enum pjwt_exit ended = PJWT_EXIT_OK;

    PJWT_OR_EXIT(pjwt_open_config(cmd, &config));
    import.batch = calloc(BATCH, sizeof(*import.batch));
    if (import.batch == NULL) {
        return pjwt_say_verdict(cmd, PJWT_SAY(NO_MEMORY), NULL);
    }
    PJWT_OR_EXIT(open_twice(cmd, &import));
    /* Read to its end first: half of a bad file is nothing that anybody meant. */
    PJWT_OR_EXIT(pass(cmd, config, NULL, &import));
    rewind(import.from);
    import.line = import.lines = 0;
    PJWT_OR_EXIT(pjwt_open_store_to_revoke(cmd, config, &store));
    status = pass(cmd, config, store, &import);
    pjwt_say_line("%zu read, %ld new or longer than before; %ld tickets ended.", import.lines,
                  import.done.changed, import.done.tickets);
    /* Also when a later batch could not be written: what was, counts. */
    ended = pjwt_logins_end_revoked(cmd, config, store);
    return status == PJWT_EXIT_OK ? ended : status;
}
