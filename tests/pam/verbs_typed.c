/* What does the person hold, and type? */
#include "tests/pam/forge.h"
#include "tests/pam/mint.h"
#include "tests/pam/text.h"
#include "tests/pam/verbs.h"

#include "lib/store/tickets.h"

#include <stdio.h>
#include <string.h>

#define PART 500

/* "as=NAME" as the first word gives the value another name than its line's. */
static const char *
name_of(char **text, const char *preset)
{
    char *rest = *text;
    char *name = strncmp(rest, "as=", 3) == 0 ? text_word(&rest) : NULL;

    if (name == NULL) {
        return preset;
    }
    *text = rest;
    return name + 3;
}

void
verb_token(struct scene *scene, char *text)
{
    const char *name = name_of(&text, "token");
    PJWT_AUTO(text) char *error = NULL;
    PJWT_AUTO(text) char *token = mint_token(text, scene->house->now, &error);

    if (token == NULL) {
        scene_wrong(scene, "[token] %s", error);
        return;
    }
    values_set(&scene->values, name, token);
}

/* [forge] none · flip=signature:0 · hs256=es256-a · …: changes %token */
void
verb_forge(struct scene *scene, char *text)
{
    const char *token = values_get(&scene->values, "token");
    PJWT_AUTO(text) char *error = NULL;
    PJWT_AUTO(text) char *forged = NULL;

    if (strcmp(text, "nothing") == 0) {
        return;
    }
    forged = token == NULL ? NULL : forge_token(token, text, &error);
    if (forged == NULL) {
        scene_wrong(scene, "[forge] %s", error == NULL ? "there is no %token" : error);
        return;
    }
    values_set(&scene->values, "token", forged);
}

static bool
take_ticket_word(struct pjwt_ticket *row, char *word, int64_t now)
{
    char *value = NULL;

    if ((value = text_after(word, "user")) != NULL) {
        (void)snprintf(row->user, sizeof(row->user), "%s", value);
    } else if ((value = text_after(word, "services")) != NULL) {
        (void)snprintf(row->services, sizeof(row->services), "%s", value);
    } else if ((value = text_after(word, "created")) != NULL) {
        row->created = mint_time(value, now);
    } else if ((value = text_after(word, "expires")) != NULL) {
        row->expires = mint_time(value, now);
    } else if ((value = text_after(word, "iss")) != NULL) {
        (void)snprintf(row->iss, sizeof(row->iss), "%s", value);
    } else if ((value = text_after(word, "iat")) != NULL) {
        row->iat = mint_time(value, now);
    } else if ((value = text_after(word, "auth_time")) != NULL) {
        row->auth_time = mint_time(value, now);
    } else if ((value = text_after(word, "claims")) != NULL) {
        row->claims = value;
    } else if ((value = text_after(word, "idle")) != NULL) {
        row->idle = mint_time(value, now) - now;
    } else if ((value = text_after(word, "from")) != NULL) {
        (void)snprintf(row->from, sizeof(row->from), "%s", value);
    } else if ((value = text_after(word, "once")) != NULL) {
        row->one_time = strcmp(value, "yes") == 0;
    }
    return value != NULL;
}

/* A ticket of the right form that no store has, for stored=no. */
static pjwt_verdict
issue(struct pjwt_store *store, struct pjwt_ticket *row, bool stored,
      struct pjwt_secret **ticket)
{
    struct pjwt_ticket_text text = {0};

    return stored ? pjwt_ticket_issue(store, row, ticket) : pjwt_ticket_make(ticket, &text);
}

/* [ticket] user=alice services=sshd,sudo expires=+8h created=-1m idle=+1h
 * from=192.0.2.0/24 once=yes stored=no: %ticket; and of the token it was exchanged from: iss=I
 * iat=-1h auth_time=-2h claims={"groups":["a"]} */
void
verb_ticket(struct scene *scene, char *text)
{
    const char *name = name_of(&text, "ticket");
    int64_t now = scene->house->now;
    struct pjwt_ticket row = {
        .user = "alice", .services = "sshd", .created = now - 60, .expires = now + 3600};
    PJWT_AUTO(store) struct pjwt_store *store = house_store(scene->house);
    PJWT_AUTO(secret) struct pjwt_secret *ticket = NULL;
    bool stored = true;
    char *word = NULL;
    pjwt_verdict v = PJWT_SAY(UNSET);

    while ((word = text_word(&text)) != NULL) {
        if (text_after(word, "stored") != NULL) {
            stored = strcmp(word, "stored=no") != 0;
        } else if (!take_ticket_word(&row, word, now)) {
            scene_wrong(scene, "[ticket] cannot have %s", word);
        }
    }
    v = issue(store, &row, stored, &ticket);
    if (!pjwt_ok(v)) {
        scene_wrong(scene, "[ticket] %s", pjwt_code(v));
        return;
    }
    values_set(&scene->values, name, pjwt_secret_bytes(ticket));
}

/* [typed] %token[0:40].%x*16: any text, as %typed */
void
verb_typed(struct scene *scene, char *text)
{
    const char *name = name_of(&text, "typed");
    PJWT_AUTO(text) char *typed = values_expand(&scene->values, text);

    if (typed == NULL) {
        scene_wrong(scene, "[typed] %s: a name that no line has made", text);
        return;
    }
    values_set(&scene->values, name, typed);
}

/* The prompts that a long answer goes through: slices of 500, and an empty one when the last is
 * full. */
static void
expect_parts(struct scene *scene, const char *answer)
{
    size_t len = strlen(answer);

    for (size_t at = 0, part = 1; at <= len; at += PART, part++) {
        size_t slice = len - at < PART ? len - at : PART;
        PJWT_AUTO(text) char *text = text_copy(answer + at, slice);
        PJWT_AUTO(text)
        char *prompt =
            part == 1 ? text_format("Token: ") : text_format("Token part %zu: ", part);

        talk_expect(&scene->talk, PAM_PROMPT_ECHO_OFF, prompt, TALK_ANSWER, text);
        values_set(&scene->values, "parts", answer);
    }
}

static void
expect_prompt(struct scene *scene, char *text)
{
    char *bar = strchr(text, '|');
    PJWT_AUTO(text) char *answer = NULL;
    PJWT_AUTO(text) char *name = NULL;
    enum talk_how how = TALK_ANSWER;

    if (bar == NULL) {
        scene_wrong(scene, "[prompts] %s: no |ANSWER", text);
        return;
    }
    *bar++ = '\0';
    if (strcmp(bar, "%null") == 0 || strcmp(bar, "%error") == 0) {
        how = strcmp(bar, "%null") == 0 ? TALK_NULL : TALK_ERROR;
    } else {
        answer = values_expand(&scene->values, bar);
        if (answer == NULL) {
            scene_wrong(scene, "[prompts] %s: a name that no line has made", bar);
            return;
        }
        name = text_format("answer %zu", scene->talk.prompts);
        values_set(&scene->values, name, answer); /* so that no log may hold it */
    }
    talk_expect(&scene->talk, PAM_PROMPT_ECHO_OFF, text, how, answer);
}

/* [prompts] echo_off = Token: |%token · parts = %token · control_only = Token: |%token for what
 * only the passing variant asks */
void
verb_prompts(struct scene *scene, char *text)
{
    expect_settle(scene);
    if (strcmp(text, "none") == 0) {
        return;
    }
    if (strncmp(text, "control_only = ", 15) == 0) {
        if (scene->control) {
            expect_prompt(scene, text + 15);
        }
    } else if (strncmp(text, "echo_off = ", 11) == 0) {
        expect_prompt(scene, text + 11);
    } else if (strncmp(text, "parts = ", 8) == 0) {
        PJWT_AUTO(text) char *answer = values_expand(&scene->values, text + 8);

        if (answer == NULL) {
            scene_wrong(scene, "[prompts] %s: a name that no line has made", text);
            return;
        }
        expect_parts(scene, answer);
    } else {
        scene_wrong(scene, "[prompts] neither echo_off nor parts: %s", text);
    }
}
