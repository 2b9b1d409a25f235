/* Does the module decide as its cases say, through real libpam, for root and for an ordinary
 * user? `pam_cases BUILD-TREE DIRECTORY|CASE…` prints TAP. */
#include "tests/pam/guest.h"
#include "tests/pam/keys.h"
#include "tests/pam/play.h"
#include "tests/pam/tap.h"
#include "tests/pam/text.h"

#include <glob.h>
#include <grp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#define ORDINARY 65534 /* nobody: a uid that owns nothing */

/* "[as] root" or "[as] user": who can play it; "[as] first": once is enough, because it waits;
 * NULL: everybody. */
static const char *
player(const struct script *script)
{
    for (size_t i = 0; i < script->count; i++) {
        if (strcmp(script->line[i].name, "as") == 0) {
            return script->line[i].text;
        }
    }
    return NULL;
}

static bool dropped; /* this is the second pass */

static void
run_case(const struct script *script, const char *path, struct house *house, const char *who)
{
    const char *slash = strrchr(path, '/');
    const char *file = slash == NULL ? path : slash + 1;
    const char *only = player(script);
    PJWT_AUTO(text)
    char *name = text_format("%s, %.*s: %s", who, (int)strcspn(file, "."), file, script->title);
    PJWT_AUTO(text) char *wrong = NULL;

    if (only != NULL && strcmp(only, who) != 0 && !(strcmp(only, "first") == 0 && !dropped)) {
        if (!dropped && getuid() != 0 && strcmp(only, "root") == 0) {
            tap_skip(name, "needs root");
        }
        return;
    }
    wrong = play_case(script, house);
    tap_result(wrong == NULL, name, wrong);
}

/* Every case that the arguments name: files, or directories of files. */
static void
find_cases(char **arguments, int count, glob_t *found)
{
    for (int i = 0; i < count; i++) {
        struct stat st = {0};
        bool dir = stat(arguments[i], &st) == 0 && S_ISDIR(st.st_mode);
        PJWT_AUTO(text) char *pattern = text_format("%s%s", arguments[i], dir ? "/*.case" : "");

        if (glob(pattern, i > 0 ? GLOB_APPEND : 0, NULL, found) != 0) {
            text_die("no cases at %s", arguments[i]);
        }
    }
}

/* All of them before anything runs: later we may not be able to read them. */
static struct script *
read_all(const glob_t *found)
{
    struct script *scripts = calloc(found->gl_pathc + 1, sizeof(*scripts));
    char *error = NULL;

    if (scripts == NULL) {
        abort();
    }
    for (size_t i = 0; i < found->gl_pathc; i++) {
        if (!script_read(found->gl_pathv[i], &scripts[i], &error)) {
            text_die("%s: %s", found->gl_pathv[i], error);
        }
    }
    return scripts;
}

/* For good, as login(1) does it. /proc must still show us to ourselves. */
static void
become(uid_t uid)
{
    if (setgroups(0, NULL) != 0 || setresgid(uid, uid, uid) != 0 ||
        setresuid(uid, uid, uid) != 0 || prctl(PR_SET_DUMPABLE, 1) != 0) {
        text_die("cannot become uid %d", (int)uid);
    }
}

/* Under AddressSanitizer: what is kept from reuse makes every fork slower. */
const char *__asan_default_options(void);

__attribute__((visibility("default"))) const char *
__asan_default_options(void)
{
    return "quarantine_size_mb=4";
}

static void
run_all(const glob_t *found, const struct script *scripts, struct house *house, const char *who)
{
    for (size_t i = 0; i < found->gl_pathc; i++) {
        run_case(&scripts[i], found->gl_pathv[i], house, who);
    }
    house_demolish(house);
}

int
main(int argc, char **argv)
{
    struct script *scripts = NULL;
    struct house house = {0};
    struct house ordinary = {0};
    glob_t found = {0};
    bool root = getuid() == 0;

    if (argc < 3) {
        text_die("usage: pam_cases BUILD-TREE DIRECTORY|CASE...");
    }
    (void)umask(022);
    find_cases(argv + 2, argc - 2, &found);
    scripts = read_all(&found);
    keys_make();
    guest_watch();
    house_build(&ordinary, argv[1], root ? ORDINARY : getuid());
    if (root) {
        house_build(&house, argv[1], 0);
        run_all(&found, scripts, &house, "root");
        become(ORDINARY);
        dropped = true;
    }
    run_all(&found, scripts, &ordinary, "user");
    for (size_t i = 0; i < found.gl_pathc; i++) {
        script_drop(&scripts[i]);
    }
    free(scripts);
    globfree(&found);
    keys_drop();
    return tap_end();
}
