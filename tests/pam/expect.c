/* Did the last run leave what the case says: in the log, for the person, in the PAM
 * environment? */
#include "tests/pam/journal.h"
#include "tests/pam/text.h"
#include "tests/pam/verbs.h"

#include "lib/base/verdict.h"

#include <fnmatch.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>

#define SHAPE                                                                       \
    "^(accepted|refused|passed) user=[^ ]+ service=[^ ]+ rhost=[^ ]+ issuer=[^ ]+ " \
    "kid=[^ ]+ id=[^ ]+ reason=[a-z0-9-]+ attempt=[0-9a-f]{12}( why=\"[^\"]*\")?( " \
    "hint=[^ ]+)?$"

#define DELAY_US 1000000 /* libpam gives half of it to one and a half */

static bool
well_formed(const char *line)
{
    regex_t regex;
    bool matches = false;

    if (regcomp(&regex, SHAPE, REG_EXTENDED | REG_NOSUB) != 0) {
        text_die("regcomp");
    }
    matches = regexec(&regex, line, 0, NULL, 0) == 0;
    regfree(&regex);
    return matches;
}

/* The word behind `name` in a log line; "" when there is none. Owned by the caller. */
static char *
field(const char *line, const char *name)
{
    PJWT_AUTO(text) char *key = text_format(" %s=", name);
    const char *at = strstr(line, key);

    at = at == NULL ? "" : at + strlen(key);
    return text_copy(at, strcspn(at, " "));
}

static bool
is_decision(const struct journal_line *line)
{
    return journal_ours(line) != NULL && line->priority != LOG_DEBUG;
}

/* The next line of ours that no [log] has taken; NULL when there is none. */
static const struct journal_line *
next_line(struct scene *scene)
{
    while (scene->logged < journal_count()) {
        const struct journal_line *line = journal_line(scene->logged++);

        if (is_decision(line)) {
            return line;
        }
    }
    return NULL;
}

static int
priority_of(const char *line)
{
    PJWT_AUTO(text) char *reason = field(line, "reason");
    enum pjwt_class class = pjwt_class_of(pjwt_verdict_from_code(reason));

    if (class == PJWT_CLASS_ALLOW || class == PJWT_CLASS_ABSTAIN) {
        return LOG_INFO;
    }
    return class == PJWT_CLASS_DENY || class == PJWT_CLASS_EXPIRED ? LOG_NOTICE : LOG_ERR;
}

static void
check_line(struct scene *scene, const struct journal_line *line)
{
    const char *said = journal_ours(line);

    if (!well_formed(said)) {
        scene_wrong(scene, "%s: a log line of another shape: %s", scene->phase, said);
    } else if (line->priority != priority_of(said)) {
        scene_wrong(scene, "%s: priority %d: %s", scene->phase, line->priority, said);
    }
}

static bool
has_word(const char *line, const char *word)
{
    PJWT_AUTO(text) char *copy = text_copy(line, strlen(line));
    char *rest = copy;
    char *candidate = NULL;

    while ((candidate = text_word(&rest)) != NULL) {
        if (fnmatch(word, candidate, FNM_NOESCAPE) == 0) {
            return true;
        }
    }
    return false;
}

/* [log] refused user=alice reason=expired: the next line has these words; * stands for
 * anything */
void
verb_log(struct scene *scene, char *text)
{
    const struct journal_line *line = next_line(scene);
    const char *said = line == NULL ? NULL : journal_ours(line);
    char *word = NULL;

    if (said == NULL && scene->control && scene->logged > 0) {
        return; /* accepted at once, where the case needs several credentials */
    }
    if (said == NULL) {
        scene_wrong(scene, "%s logged nothing", scene->phase);
        return;
    }
    check_line(scene, line);
    if (scene->control) {
        if (strncmp(said, "accepted ", 9) != 0 &&
            (strncmp(said, "passed ", 7) != 0 || strncmp(text, "refused ", 8) != 0)) {
            scene_wrong(scene, "%s logged %s", scene->phase, said);
        }
        return;
    }
    while ((word = text_word(&text)) != NULL) {
        if (!has_word(said, word)) {
            scene_wrong(scene, "%s logged no %s: %s", scene->phase, word, said);
        }
    }
}

/* [why] *GLOB*: the line that [log] took, whole */
void
verb_why(struct scene *scene, char *text)
{
    const char *said =
        scene->logged == 0 ? NULL : journal_ours(journal_line(scene->logged - 1));

    if (!scene->control && (said == NULL || fnmatch(text, said, FNM_NOESCAPE) != 0)) {
        scene_wrong(scene, "%s logged %s", scene->phase, said == NULL ? "nothing" : said);
    }
}

/* [say] error = Refused: it expired * ago (attempt *). · [say] nothing */
void
verb_say(struct scene *scene, char *text)
{
    size_t i = scene->told;
    const char *said = i < scene->talk.messages ? scene->talk.message[i].text : NULL;

    scene->said = true;
    if (scene->control || strcmp(text, "nothing") == 0) {
        return;
    }
    scene->told++;
    if (said == NULL || strncmp(text, "error = ", 8) != 0 ||
        scene->talk.message[i].style != PAM_ERROR_MSG ||
        fnmatch(text + 8, said, FNM_NOESCAPE) != 0) {
        scene_wrong(scene, "%s told the person: %s", scene->phase,
                    said == NULL ? "nothing" : said);
    }
}

/* [expect-env] PAMJWT_LOGIN 32 · NAME absent: the length of a value in the PAM environment */
void
verb_expect_env(struct scene *scene, char *text)
{
    char *name = text_word(&text);
    char *want = name == NULL ? NULL : text_word(&text);
    const char *value =
        name == NULL || scene->pamh == NULL ? NULL : pam_getenv(scene->pamh, name);
    PJWT_AUTO(text)
    char *have = value == NULL ? text_format("absent") : text_format("%zu", strlen(value));

    if (scene->control || want == NULL || strcmp(have, want) == 0) {
        return;
    }
    scene_wrong(scene, "%s: %s is %s, not %s", scene->phase, name, have, want);
}

/* Whoever is refused, and no [say] line says otherwise, is told one sentence with the attempt
 * that the log names; nothing is said where nobody listens any more. */
static void
settle_messages(struct scene *scene, const char *line)
{
    bool quiet = scene->silent || scene->code == PAM_SUCCESS || scene->code == PAM_IGNORE ||
                 scene->code == PAM_CONV_ERR || line == NULL;
    PJWT_AUTO(text) char *attempt = line == NULL ? text_copy("", 0) : field(line, "attempt");

    if (scene->said && scene->talk.messages != scene->told && !scene->control) {
        scene_wrong(scene, "%s told the person more: %s", scene->phase,
                    scene->talk.message[scene->told].text);
    } else if (quiet && scene->talk.messages > scene->told) {
        scene_wrong(scene, "%s told the person: %s", scene->phase, scene->talk.message[0].text);
    } else if (!quiet &&
               (scene->talk.messages != 1 || scene->talk.message[0].style != PAM_ERROR_MSG ||
                attempt[0] == '\0' || strstr(scene->talk.message[0].text, attempt) == NULL)) {
        scene_wrong(scene, "%s told the person: %s", scene->phase,
                    scene->talk.messages == 0 ? "nothing" : scene->talk.message[0].text);
    }
}

static void
settle_delay(struct scene *scene)
{
    const struct talk *talk = &scene->talk;
    bool wanted = strcmp(scene->phase, "authenticate") == 0;
    bool right = talk->delays == 1 && talk->delay_code == scene->code &&
                 talk->delay_us >= DELAY_US / 2 && talk->delay_us <= DELAY_US * 3 / 2;

    if (wanted ? !right : talk->delays != 0) {
        scene_wrong(scene, "%s: %d delays, of %u us", scene->phase, talk->delays,
                    talk->delay_us);
    }
}

static void
settle_secrets(struct scene *scene)
{
    for (size_t i = 0; i < journal_count(); i++) {
        if (values_leak(&scene->values, journal_line(i)->text)) {
            scene_wrong(scene, "%s logged a piece of a credential: %s", scene->phase,
                        journal_line(i)->text);
        }
    }
    for (size_t i = 0; i < scene->talk.messages; i++) {
        if (values_leak(&scene->values, scene->talk.message[i].text)) {
            scene_wrong(scene, "%s said a piece of a credential: %s", scene->phase,
                        scene->talk.message[i].text);
        }
    }
}

/* Two lines of one run are two attempts: by its number one of them is found. */
static void
settle_attempts(struct scene *scene)
{
    PJWT_AUTO(text) char *before = NULL;

    for (size_t i = 0; i < journal_count(); i++) {
        const struct journal_line *line = journal_line(i);

        if (is_decision(line)) {
            PJWT_AUTO(text) char *attempt = field(journal_ours(line), "attempt");

            if (before != NULL && strcmp(before, attempt) == 0) {
                scene_wrong(scene, "%s: two lines with attempt %s", scene->phase, attempt);
            }
            free(before);
            before = pjwt_take(attempt);
        }
    }
}

void
expect_settle(struct scene *scene)
{
    const struct journal_line *more = NULL;
    const char *last = NULL;

    if (!scene->running) {
        return;
    }
    scene->running = false;
    more = next_line(scene);
    if (more != NULL) {
        scene_wrong(scene, "%s logged more: %s", scene->phase, more->text);
    }
    for (size_t i = 0; i < journal_count(); i++) {
        const struct journal_line *line = journal_line(i);

        last = is_decision(line) ? journal_ours(line) : last;
    }
    settle_messages(scene, last);
    settle_delay(scene);
    settle_secrets(scene);
    settle_attempts(scene);
    talk_clear(&scene->talk);
    journal_clear();
    scene->logged = scene->told = 0;
    scene->said = false;
}
