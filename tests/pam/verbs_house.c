/* What stands ready on the machine before somebody logs in? */
#include "tests/pam/config_text.h"
#include "tests/pam/mint.h"
#include "tests/pam/text.h"
#include "tests/pam/verbs.h"

#include <string.h>

/* [clock] 1767225600, or +5m from what it was */
void
verb_clock(struct scene *scene, char *text)
{
    scene->house->now = mint_time(text, scene->house->now);
    house_write(scene->house);
}

/* [config] issuer corp: leeway = 0s · [config] remove service su · [config] text FREE TEXT */
void
verb_config(struct scene *scene, char *text)
{
    char **config = &scene->house->config;
    char *colon = strstr(text, ": ");

    if (strcmp(text, "none") == 0) {
        return;
    }
    if (strncmp(text, "remove ", 7) == 0) {
        config_text_remove(config, text + 7);
    } else if (strncmp(text, "text ", 5) == 0) {
        text_add(config, "%s\n", text + 5);
    } else if (colon != NULL) {
        *colon = '\0';
        config_text_set(config, text, colon + 2);
    } else {
        scene_wrong(scene, "[config] %s: no SECTION: OPTION = VALUE", text);
    }
    house_write(scene->house);
}

static json_t *
published_key(const struct house *house, const char *kid, size_t *index)
{
    const json_t *keys = json_object_get(house->keys, "keys");

    for (size_t i = 0; i < json_array_size(keys); i++) {
        json_t *key = json_array_get(keys, i);

        if (strcmp(json_string_value(json_object_get(key, "kid")), kid) == 0) {
            *index = i;
            return key;
        }
    }
    return NULL;
}

/* [keys] drop KID · twice KID · member KID NAME JSON (JSON null takes it out) */
void
verb_keys(struct scene *scene, char *text)
{
    json_t *keys = json_object_get(scene->house->keys, "keys");
    char *act = text_word(&text);
    char *kid = text_word(&text);
    char *name = kid == NULL ? NULL : text_word(&text);
    size_t index = 0;
    json_t *key = kid == NULL ? NULL : published_key(scene->house, kid, &index);

    if (act != NULL && strcmp(act, "as-they-are") == 0) {
        return;
    }
    if (key == NULL) {
        scene_wrong(scene, "[keys] no such key");
    } else if (strcmp(act, "drop") == 0) {
        (void)json_array_remove(keys, index);
    } else if (strcmp(act, "twice") == 0) {
        (void)json_array_append_new(keys, json_deep_copy(key));
    } else if (strcmp(act, "member") == 0 && name != NULL) {
        json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);

        if (json_is_null(value)) {
            (void)json_object_del(key, name);
            json_decref(value);
        } else {
            (void)json_object_set_new(key, name, value);
        }
    } else {
        scene_wrong(scene, "[keys] neither drop, twice nor member");
    }
    house_write(scene->house);
}

/* [world] user dave 1500 · without alice · group ops · member ops alice */
void
verb_world(struct scene *scene, char *text)
{
    if (strncmp(text, "without ", 8) == 0) {
        PJWT_AUTO(text) char *line = text_format("user %s ", text + 8);
        char *at = strstr(scene->house->users, line);

        if (at == NULL) {
            scene_wrong(scene, "[world] has no user %s", text + 8);
            return;
        }
        memmove(at, strchr(at, '\n') + 1, strlen(strchr(at, '\n')));
    } else {
        text_add(&scene->house->users, "%s\n", text);
    }
    house_write(scene->house);
}

/* [verify] rogue-silent · missing · good · /an/absolute/path */
void
verb_verify(struct scene *scene, char *text)
{
    struct house *house = scene->house;

    if (text[0] == '/') {
        free(house->verify);
        house->verify = text_copy(text, strlen(text));
        house_write(house);
    } else {
        house_verify(house, text);
    }
}

/* [args] debug: behind config= and verify= in pam.d */
void
verb_args(struct scene *scene, char *text)
{
    free(scene->house->arguments);
    scene->house->arguments = text_copy(text, strlen(text));
    house_write(scene->house);
}

/* [earlier] ask · silent: a module above ours that prompts for a password, or does not */
void
verb_earlier(struct scene *scene, char *text)
{
    free(scene->house->earlier);
    scene->house->earlier = text_copy(text, strlen(text));
    house_write(scene->house);
}
