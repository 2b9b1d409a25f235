#include "tests/pam/scene.h"

#include "tests/pam/guest.h"
#include "tests/pam/journal.h"
#include "tests/pam/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

void
scene_start(struct scene *scene, struct house *house, bool control)
{
    *scene = (struct scene){.house = house, .control = control};
    scene->service = text_copy("sshd", 4);
    scene->user = text_copy("alice", 5);
    journal_clear();
    scene->before = guest_describe();
}

void
scene_refresh(struct scene *scene)
{
    free(scene->before);
    scene->before = guest_describe();
}

void
scene_end(struct scene *scene)
{
    scene_drop_handle(scene);
    talk_clear(&scene->talk);
    values_clear(&scene->values);
    pjwt_drop_text(&scene->service);
    pjwt_drop_text(&scene->user);
    pjwt_drop_text(&scene->ruser);
    pjwt_drop_text(&scene->rhost);
    pjwt_drop_text(&scene->before);
    journal_clear();
}

void
scene_wrong(struct scene *scene, const char *format, ...)
{
    va_list args;

    if (scene->wrong != NULL) {
        return;
    }
    va_start(args, format);
    if (vasprintf(&scene->wrong, format, args) < 0) {
        abort();
    }
    va_end(args);
}

static void
set_item(pam_handle_t *pamh, int type, const void *value)
{
    if (value != NULL && pam_set_item(pamh, type, value) != PAM_SUCCESS) {
        text_die("pam_set_item %d", type);
    }
}

pam_handle_t *
scene_handle(struct scene *scene)
{
    const struct pam_conv conv = {talk_conversation, &scene->talk};
    PJWT_AUTO(text) char *pam_d = house_path(scene->house, "pam_d");
    union {
        void (*function)(int, unsigned, void *);
        const void *item;
    } delay = {.function = talk_delay};

    if (scene->pamh != NULL) {
        return scene->pamh;
    }
    if (pam_start_confdir(scene->service, scene->user, &conv, pam_d, &scene->pamh) !=
        PAM_SUCCESS) {
        scene_wrong(scene, "pam_start failed");
        scene->pamh = NULL;
        return NULL;
    }
    set_item(scene->pamh, PAM_FAIL_DELAY, delay.item);
    set_item(scene->pamh, PAM_RUSER, scene->ruser);
    set_item(scene->pamh, PAM_RHOST, scene->rhost);
    return scene->pamh;
}

void
scene_drop_handle(struct scene *scene)
{
    if (scene->pamh != NULL) {
        (void)pam_end(scene->pamh, PAM_SUCCESS);
        scene->pamh = NULL;
    }
}
