#include "helper/cmd/actor.h"

#include "helper/cmd/output.h"
#include "helper/cmd/who.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

/* The text as one field of a log line: no quote, no control character. */
static void
plain(const char *text, char *out, size_t size)
{
    (void)snprintf(out, size, "%s", text);
    pjwt_output_clean(out, "");
    for (char *c = strchr(out, '"'); c != NULL; c = strchr(c, '"')) {
        *c = '\'';
    }
}

static void
log_audit(void *context, const struct pjwt_audit *row)
{
    char object[PJWT_AUDIT_OBJECT];
    char why[PJWT_AUDIT_WHY];

    (void)context;
    plain(row->object, object, sizeof(object));
    plain(row->why, why, sizeof(why));
    openlog("pamjwt", LOG_PID, LOG_AUTHPRIV);
    syslog(LOG_NOTICE, "%s on=\"%s\" by=\"%s\" from=\"%s\" reason=\"%s\"", row->act, object,
           row->who, row->from, why);
    closelog();
}

/* The terminal, else where the ssh client is. Whoever is root can say anything; it is for
 * finding out who did a thing, not for proving it. */
static void
find_place(char *from, size_t size)
{
    const char *given = getenv("SSH_CONNECTION");
    const char *ssh = given == NULL ? "" : given;
    char tty[64] = "";

    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO && tty[0] == '\0'; fd++) {
        if (ttyname_r(fd, tty, sizeof(tty)) != 0) {
            tty[0] = '\0';
        }
    }
    (void)snprintf(from, size, "%s%s%.*s", strncmp(tty, "/dev/", 5) == 0 ? tty + 5 : tty,
                   tty[0] != '\0' && ssh[0] != '\0' ? " " : "", (int)strcspn(ssh, " "), ssh);
    pjwt_output_clean(from, "");
}

void
pjwt_actor_find(const struct pjwt_cmd *cmd, struct pjwt_actor *actor)
{
    *actor = (struct pjwt_actor){.at = cmd->now, .audited = log_audit};
    pjwt_who(actor->who, sizeof(actor->who));
    find_place(actor->from, sizeof(actor->from));
}

void
pjwt_actor_log(const struct pjwt_cmd *cmd, const char *act, const char *object)
{
    struct pjwt_audit row = {.at = cmd->now};
    struct pjwt_actor actor = {.at = cmd->now};

    pjwt_actor_find(cmd, &actor);
    memcpy(row.who, actor.who, sizeof(row.who));
    memcpy(row.from, actor.from, sizeof(row.from));
    (void)snprintf(row.act, sizeof(row.act), "%s", act);
    (void)snprintf(row.object, sizeof(row.object), "%s", object);
    log_audit(NULL, &row);
}
