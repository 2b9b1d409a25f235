#include "tests/pam/play.h"

#include "tests/pam/scene.h"
#include "tests/pam/text.h"
#include "tests/pam/verbs.h"

#include <string.h>

/* What anybody may do after anything: two minutes later, so that what was revoked until the
 * case's instant does not matter. */
static const char *const next_login[][2] = {
    {"clock", "+2m"},
    {"user", "carol"},
    {"token", "key=ed25519-a user=carol sub=f1-carol jti=id-next"},
    {"prompts", "echo_off = Token: |%token"},
    {"run", "authenticate = PAM_SUCCESS"},
    {"log", "accepted user=carol reason=ok"},
    {"run", "acct_mgmt = PAM_SUCCESS"},
    {"log", "accepted user=carol reason=ok"},
};

void
play_line(struct scene *scene, const char *name, const char *text)
{
    const struct verb *verb = verb_find(name);
    PJWT_AUTO(text) char *copy = text_copy(text, strlen(text));

    if (verb == NULL) {
        scene_wrong(scene, "there are no lines [%s]", name);
    } else if (scene->wrong == NULL) {
        verb->act(scene, copy);
    }
}

char *
play_end(struct scene *scene)
{
    if (scene->wrong == NULL) {
        expect_settle(scene);
    }
    scene_end(scene);
    return scene->wrong;
}

static char *
play(const struct script *script, struct house *house, bool control, bool *refused)
{
    struct scene scene = {0};
    PJWT_AUTO(text) char *wrong = NULL;

    house_furnish(house);
    scene_start(&scene, house, control);
    for (size_t i = 0; i < script->count && scene.wrong == NULL; i++) {
        play_line(&scene, script->line[i].name, script->line[i].text);
        if (scene.wrong != NULL) {
            wrong = pjwt_take(scene.wrong);
            scene.wrong = text_format("%sline %d: %s", control ? "control, " : "",
                                      script->line[i].number, wrong);
        }
    }
    *refused = scene.refused;
    return play_end(&scene);
}

static bool
breaks_something(const struct script *script)
{
    static const char *const breakers[] = {"file", "config", "verify", "args",
                                           "keys", "world",  "earlier"};

    for (size_t i = 0; i < script->count; i++) {
        for (size_t b = 0; b < sizeof(breakers) / sizeof(breakers[0]); b++) {
            if (strcmp(script->line[i].name, breakers[b]) == 0) {
                return true;
            }
        }
    }
    return false;
}

static char *
play_next_login(const struct script *script, struct house *house)
{
    struct scene scene = {0};
    PJWT_AUTO(text) char *wrong = NULL;

    if (breaks_something(script)) {
        house_furnish(house); /* what was broken is mended; the process is the same */
    }
    scene_start(&scene, house, false);
    for (size_t i = 0; i < sizeof(next_login) / sizeof(next_login[0]); i++) {
        play_line(&scene, next_login[i][0], next_login[i][1]);
    }
    wrong = play_end(&scene);
    return wrong == NULL ? NULL : text_format("the next good login: %s", wrong);
}

char *
play_case(const struct script *script, struct house *house)
{
    bool refused = false;
    bool control_refused = false;
    size_t controls = 0;
    char *wrong = play(script, house, false, &refused);
    struct script control = {0};

    if (wrong == NULL) {
        wrong = play_next_login(script, house);
    }
    while (wrong == NULL && script_control(script, controls, &control)) {
        controls++;
        wrong = play(&control, house, true, &control_refused);
        if (wrong == NULL) {
            wrong = play_next_login(&control, house);
        }
        script_drop(&control);
    }
    if (wrong == NULL && refused && controls == 0) {
        wrong = text_format("a refusal without a [control] that passes");
    }
    return wrong;
}
