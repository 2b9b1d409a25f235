/* Does lint read and evaluate pam.d files as libpam does? Against the real one, with stacks
 * made at random and pam_debug(8) in every place. */
#include "helper/lint/pam_reach.h"
#include "lib/base/own.h"
#include "tests/unit/support/scratch.h"

#include <security/pam_appl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define STACKS 1500

struct home {
    char dir[256];
    uint64_t seed;
};

static unsigned
draw(struct home *home, unsigned below)
{
    home->seed = home->seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(home->seed >> 33) % below;
}

#define PICK(home, words) ((words)[draw((home), sizeof(words) / sizeof((words)[0]))])

static const char *const answers[] = {"success",         "success",     "auth_err",
                                      "ignore",          "perm_denied", "user_unknown",
                                      "new_authtok_reqd"};

static void
put_control(struct home *home, FILE *out)
{
    static const char *const words[] = {"required", "requisite",   "sufficient",
                                        "optional", "[requisite]", "REQUIRED"};
    static const char *const actions[] = {"ok", "done", "bad", "die", "ignore",  "reset",
                                          "1",  "2",    "3",   "0",   "nonsense"};
    unsigned pairs = draw(home, 4);

    if (draw(home, 2) == 0) {
        (void)fprintf(out, "%s ", PICK(home, words));
        return;
    }
    (void)fputc('[', out);
    for (unsigned i = 0; i < pairs; i++) {
        (void)fprintf(out, "%s=%s%s", PICK(home, answers), PICK(home, actions),
                      draw(home, 8) == 0 ? "" : " ");
    }
    if (draw(home, 4) > 0) {
        (void)fprintf(out, "default = %s", PICK(home, actions));
    }
    (void)fputs("] ", out);
}

static void
put_line(struct home *home, FILE *out, int depth)
{
    static const char *const ends[] = {"\n", "  \n", " # words\n", "\n\n# more\n"};
    static const char *const gaps[] = {" ", "\t", "  \\\n   "};
    /* Absolute names: libpam looks for others in /etc/pam.d, whatever its confdir. */
    static const char *const ways[] = {"include", "substack"};

    if (depth < 2 && draw(home, 5) == 0) {
        (void)fprintf(out, "auth%s%s %s/part%d\n", PICK(home, gaps), PICK(home, ways),
                      home->dir, draw(home, 8) == 0 ? 9 : depth + 1); /* part9 is not there */
        return;
    }
    if (draw(home, 12) == 0) { /* another phase, and a line that nobody can read */
        (void)fputs(
            draw(home, 2) == 0 ? "account required pam_debug.so\n" : "auht required x\n", out);
        return;
    }
    (void)fprintf(out, "%sauth%s", draw(home, 9) == 0 ? "-" : "", PICK(home, gaps));
    put_control(home, out);
    (void)fprintf(out, "pam_debug.so auth=%s%s", PICK(home, answers), PICK(home, ends));
}

static void
put_files(struct home *home)
{
    static const char *const names[] = {"tested", "part1", "part2"};

    for (int i = 0; i < 3; i++) {
        char path[300];
        unsigned lines = draw(home, 5) + (i == 0 ? 1 : 0);

        (void)snprintf(path, sizeof(path), "%s/%s", home->dir, names[i]);
        FILE *out = fopen(path, "we");
        assert_non_null(out);
        for (unsigned j = 0; j < lines; j++) {
            put_line(home, out, i);
        }
        assert_int_equal(fclose(out), 0);
    }
}

static enum pjwt_pam_found
read_one(void *context, const char *name, char **text, char **path)
{
    const struct home *home = context;
    char file[300];

    (void)snprintf(file, sizeof(file), "%s%s%s", name[0] == '/' ? "" : home->dir,
                   name[0] == '/' ? "" : "/", name);
    FILE *in = fopen(file, "re");
    if (in == NULL) {
        return PJWT_PAM_MISSING;
    }
    *text = calloc(1, PJWT_PAM_FILE_BYTES + 1);
    *path = strdup(file);
    assert_true(*text != NULL && *path != NULL);
    assert_true(fread(*text, 1, PJWT_PAM_FILE_BYTES, in) < PJWT_PAM_FILE_BYTES);
    (void)fclose(in);
    return PJWT_PAM_THERE;
}

static int
code_of(const char *args)
{
    char word[32] = "";

    assert_int_equal(sscanf(args, " auth=%31s", word), 1);
    for (int i = 0; i < PJWT_PAM_CODES; i++) {
        if (strcmp(pjwt_pam_code_name(i), word) == 0) {
            return i;
        }
    }
    fail_msg("no code %s", word);
    return -1;
}

static int
ours(struct home *home)
{
    PJWT_PAM_SERVICE_SCOPE struct pjwt_pam_service service = {.incomplete = false};
    const struct pjwt_pam_stack *auth = &service.phase[PJWT_PAM_AUTH];
    int answer[PJWT_PAM_LINES] = {0};

    assert_int_equal(pjwt_pam_service_read(read_one, home, "tested", &service), PJWT_PAM_THERE);
    assert_false(service.incomplete || service.short_of_memory);
    for (size_t i = 0; i < auth->count; i++) {
        answer[i] =
            auth->handler[i].kind == PJWT_PAM_MODULE ? code_of(auth->handler[i].args) : 0;
    }
    return auth->count == 0 ? -1 : pjwt_pam_stack_evaluate(auth, answer, NULL);
}

static int
say_nothing(int count, const struct pam_message **message, struct pam_response **response,
            void *context)
{
    (void)message, (void)context;
    *response = calloc((size_t)count, sizeof(**response));
    return PAM_SUCCESS;
}

static int
theirs(const struct home *home)
{
    const struct pam_conv conversation = {say_nothing, NULL};
    pam_handle_t *pamh = NULL;
    int status = PAM_ABORT;

    assert_int_equal(pam_start_confdir("tested", "nobody", &conversation, home->dir, &pamh),
                     PAM_SUCCESS);
    status = pam_authenticate(pamh, PAM_SILENT);
    (void)pam_end(pamh, status);
    return status;
}

/* The file as it stands, for whoever must mend a difference. */
static void
show(struct home *home, const char *name)
{
    PJWT_AUTO(text) char *text = NULL;
    PJWT_AUTO(text) char *path = NULL;

    if (read_one(home, name, &text, &path) == PJWT_PAM_THERE) {
        print_message("--- %s\n%s", name, text);
    }
}

static void
as_libpam_does(void **state)
{
    struct home home = {.seed = 7};
    size_t passed = 0, failed = 0, empty = 0;

    (void)snprintf(home.dir, sizeof(home.dir), "%s", ((struct scratch *)*state)->dir);
    for (int i = 0; i < STACKS; i++) {
        int mine = 0, real = 0;

        put_files(&home);
        mine = ours(&home);
        if (mine < 0) { /* libpam takes those of `other` */
            empty++;
            continue;
        }
        real = theirs(&home);
        if (mine != real) {
            show(&home, "tested");
            show(&home, "part1");
            show(&home, "part2");
        }
        assert_int_equal(mine, real);
        passed += real == PAM_SUCCESS ? 1 : 0;
        failed += real == PAM_SUCCESS ? 0 : 1;
    }
    print_message("# %zu stacks passed, %zu refused, %zu were empty\n", passed, failed, empty);
    assert_true(passed > STACKS / 20 && failed > STACKS / 20);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(as_libpam_does, scratch_setup, scratch_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
