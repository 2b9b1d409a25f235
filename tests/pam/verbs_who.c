/* Who comes, from where, by which service? */
#include "tests/pam/text.h"
#include "tests/pam/verbs.h"

#include <string.h>

static void
keep(char **field, const char *text)
{
    free(*field);
    *field = text_copy(text, strlen(text));
}

void
verb_user(struct scene *scene, char *text)
{
    PJWT_AUTO(text) char *user = values_expand(&scene->values, text);

    keep(&scene->user, user == NULL ? text : user);
    if (scene->pamh != NULL) { /* as an application that changes its mind */
        (void)pam_set_item(scene->pamh, PAM_USER, scene->user);
    }
}

void
verb_service(struct scene *scene, char *text)
{
    keep(&scene->service, text);
}

void
verb_ruser(struct scene *scene, char *text)
{
    keep(&scene->ruser, text);
    if (scene->pamh != NULL) {
        (void)pam_set_item(scene->pamh, PAM_RUSER, scene->ruser);
    }
}

void
verb_rhost(struct scene *scene, char *text)
{
    PJWT_AUTO(text) char *rhost = values_expand(&scene->values, text);

    keep(&scene->rhost, rhost == NULL ? text : rhost);
}

/* [flags] silent · none */
void
verb_flags(struct scene *scene, char *text)
{
    scene->flags = strcmp(text, "silent") == 0 ? (int)PAM_SILENT : 0;
}

/* A good login by %token, before what the case is about. */
static void
authenticate(struct scene *scene)
{
    char run[] = "authenticate = PAM_SUCCESS";
    char log[] = "accepted reason=ok";

    talk_expect(&scene->talk, PAM_PROMPT_ECHO_OFF, "Token: ", TALK_ANSWER,
                values_get(&scene->values, "token"));
    verb_run(scene, run);
    verb_log(scene, log);
}

/* [handle] new: another login · same · authenticated: one that was accepted already */
void
verb_handle(struct scene *scene, char *text)
{
    expect_settle(scene);
    if (strcmp(text, "new") == 0) {
        scene_drop_handle(scene);
    } else if (strcmp(text, "authenticated") == 0) {
        authenticate(scene);
    } else if (strcmp(text, "same") != 0) {
        scene_wrong(scene, "[handle] is new, same or authenticated");
    }
}

/* [env] NAME=VALUE, or NAME to take it out: the PAM environment */
void
verb_env(struct scene *scene, char *text)
{
    pam_handle_t *pamh = scene_handle(scene);

    if (strcmp(text, "none") != 0 && pamh != NULL && pam_putenv(pamh, text) != PAM_SUCCESS) {
        scene_wrong(scene, "[env] %s cannot be put", text);
    }
}
