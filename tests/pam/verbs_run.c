/* What happens when the application calls libpam? One run, and the host looked at afterwards.
 */
#include "tests/pam/guest.h"
#include "tests/pam/journal.h"
#include "tests/pam/text.h"
#include "tests/pam/verbs.h"

#include <string.h>

static int
establish(pam_handle_t *pamh, int flags)
{
    return pam_setcred(pamh, flags | (int)PAM_ESTABLISH_CRED);
}

/* libpam makes PAM_PERM_DENIED of a lone PAM_IGNORE: see house_pam_d.c. */
static int
account(pam_handle_t *pamh, int flags)
{
    int code = pam_acct_mgmt(pamh, flags);

    return code == HOUSE_IGNORED ? PAM_IGNORE : code;
}

static const struct phase {
    const char *name;
    int (*call)(pam_handle_t *pamh, int flags);
} phases[] = {
    {"authenticate", pam_authenticate},
    {"setcred", establish},
    {"acct_mgmt", account},
    {"open_session", pam_open_session},
    {"close_session", pam_close_session},
    {"chauthtok", pam_chauthtok},
};

#define CODE(name)  \
    {               \
#name, name \
    }
static const struct {
    const char *name;
    int code;
} codes[] = {
    CODE(PAM_SUCCESS),     CODE(PAM_AUTH_ERR),     CODE(PAM_SERVICE_ERR),
    CODE(PAM_SYSTEM_ERR),  CODE(PAM_CONV_ERR),     CODE(PAM_AUTHINFO_UNAVAIL),
    CODE(PAM_PERM_DENIED), CODE(PAM_ACCT_EXPIRED), CODE(PAM_IGNORE),
    CODE(PAM_BUF_ERR),
};

static const char *
code_name(int code)
{
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        if (codes[i].code == code) {
            return codes[i].name;
        }
    }
    return "a code that the design does not know";
}

static const struct phase *
find_phase(const char *name)
{
    for (size_t i = 0; i < sizeof(phases) / sizeof(phases[0]); i++) {
        if (strcmp(phases[i].name, name) == 0) {
            return &phases[i];
        }
    }
    return NULL;
}

static void
look_at_host(struct scene *scene)
{
    PJWT_AUTO(text) char *now = guest_describe();
    PJWT_AUTO(text) char *changed = guest_changed(scene->before, now);

    if (changed != NULL) {
        scene_wrong(scene, "%s: %s", scene->phase, changed);
    }
    if (journal_openlogs() != 0) {
        scene_wrong(scene, "%s: openlog was called", scene->phase);
    }
}

static void
look_at_talk(struct scene *scene)
{
    if (scene->talk.fault != NULL) {
        scene_wrong(scene, "%s: %s", scene->phase, scene->talk.fault);
    } else if (scene->talk.asked != scene->talk.prompts) {
        scene_wrong(scene, "%s: %zu of %zu prompts were asked", scene->phase, scene->talk.asked,
                    scene->talk.prompts);
    }
}

/* A control passes with PAM_SUCCESS; where the case itself refuses, being passed over is as
 * good. */
static void
look_at_code(struct scene *scene, const char *expected)
{
    const char *code = code_name(scene->code);
    bool right = strcmp(code, expected) == 0;

    if (scene->control) {
        right = scene->code == PAM_SUCCESS || (scene->code == PAM_IGNORE && !right);
    }
    scene->refused = scene->refused || scene->code != PAM_SUCCESS;
    if (!right) {
        scene_wrong(scene, "%s returned %s (%d), not %s", scene->phase, code, scene->code,
                    scene->control ? "PAM_SUCCESS" : expected);
    }
}

/* [run] authenticate = PAM_AUTH_ERR */
void
verb_run(struct scene *scene, char *text)
{
    char *name = text_word(&text);
    char *equals = name == NULL ? NULL : text_word(&text);
    char *expected = equals == NULL ? NULL : text_word(&text);
    const struct phase *phase = name == NULL ? NULL : find_phase(name);
    pam_handle_t *pamh = NULL;

    expect_settle(scene);
    pamh = scene_handle(scene);
    if (phase == NULL || expected == NULL || pamh == NULL) {
        scene_wrong(scene, "[run] needs PHASE = CODE");
        return;
    }
    scene->phase = phase->name;
    scene->code = phase->call(pamh, scene->flags);
    scene->silent = scene->flags != 0;
    scene->running = true;
    look_at_code(scene, expected);
    look_at_talk(scene);
    look_at_host(scene);
}
