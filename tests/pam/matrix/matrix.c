/* Does a refusal of ours refuse in every stack where pam_deny in our place would?
 *
 * usage: pam_matrix BUILD-TREE PAM.D-EXAMPLES. Prints TAP: a row is a bad credential, or
 * another reason to refuse, through every stack that CONTROL x BEFORE x BEHIND can make. Where
 * the control value itself tells our code from pam_deny's, the result must be that of pam_debug
 * with our code; how many those are stands behind the name. */
#include "tests/pam/journal.h"
#include "tests/pam/keys.h"
#include "tests/pam/matrix/control.h"
#include "tests/pam/matrix/examples.h"
#include "tests/pam/matrix/guest_login.h"
#include "tests/pam/play.h"
#include "tests/pam/tap.h"
#include "tests/pam/text.h"

#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#define ORDINARY 65534 /* so that pam_rootok of the example for su says nothing */

static const char *const befores[] = {"", "required pam_permit.so"};
static const char *const behinds[] = {"", "required pam_permit.so", "required pam_deny.so"};

#define STACKS_MAX 256
#define BEFORES    (sizeof(befores) / sizeof(befores[0]))
#define BEHINDS    (sizeof(behinds) / sizeof(behinds[0]))

struct stack {
    const struct phase *phase;
    const char *control, *before, *behind;
};

static void
add_line(char **text, const char *type, const char *rest)
{
    if (rest[0] != '\0') {
        text_add(text, "%s %s\n", type, rest);
    }
}

/* `module` in our place in the phase that is looked at; ourselves in auth otherwise. */
static void
write_stack(const struct house *house, const struct stack *stack, const char *module)
{
    PJWT_AUTO(text) char *dir = house_path(house, "pam_d");
    PJWT_AUTO(text) char *path = text_format("%s/sshd", dir);
    PJWT_AUTO(text) char *ours = house_module(house);
    PJWT_AUTO(text) char *text = NULL;
    const char *type = stack->phase->type;

    add_line(&text, type, stack->before);
    text_add(&text, "%s %s %s\n", type, stack->control, module == NULL ? ours : module);
    add_line(&text, type, stack->behind);
    if (strcmp(type, "auth") != 0) {
        text_add(&text, "auth [success=ok default=die] %s", ours);
    }
    house_put(path, text, 0644);
}

/* What happens between the two to every handle; the rest happens to the house, once. */
static bool
happens_to_handle(struct guest *guest, const char *const line[2])
{
    if (line[0] != NULL && strcmp(line[0], "user") == 0) {
        return guest == NULL || pam_set_item(guest->pamh, PAM_USER, line[1]) == PAM_SUCCESS;
    }
    if (line[0] != NULL && strcmp(line[0], "env") == 0) {
        return guest == NULL || pam_putenv(guest->pamh, line[1]) == PAM_SUCCESS;
    }
    return false;
}

static struct stack
stack_of(const struct phase *phase, size_t i)
{
    size_t around = i % (BEFORES * BEHINDS);

    return (struct stack){phase, controls[i / (BEFORES * BEHINDS)], befores[around / BEHINDS],
                          behinds[around % BEHINDS]};
}

/* The row through every stack: all log in, then it happens, then all are checked. The last
 * guest goes through the pam.d of the cases, which gives the module's own code. */
static void
run_row(struct house *house, const struct row *row, const struct phase *phase,
        struct guest *guests, size_t stacks)
{
    struct scene maker = {0};

    house_furnish(house);
    scene_start(&maker, house, false);
    guest_play(&maker, row->setup, ROW_LINES);
    for (size_t i = 0; i <= stacks; i++) {
        if (i < stacks) {
            struct stack stack = stack_of(phase, i);

            write_stack(house, &stack, NULL);
        } else {
            house_write_pam_d(house);
        }
        guest_start(&guests[i], house, &maker);
        if (row->authenticate) {
            guest_log_in(&guests[i], &maker);
        }
        (void)happens_to_handle(&guests[i], row->between);
    }
    if (!happens_to_handle(NULL, row->between)) {
        guest_play(&maker, &row->between, 1);
    }
    for (size_t i = 0; i <= stacks; i++) {
        guest_run(&guests[i], phase);
    }
    scene_end(&maker);
}

/* Another module in our place answers at once, whoever comes. */
static int
run_instead(struct house *house, const struct stack *stack, const char *module)
{
    char alice[] = "alice";
    struct scene nobody = {.user = alice};
    struct guest guest = {0};
    int code = PAM_SUCCESS;

    write_stack(house, stack, module);
    guest_start(&guest, house, &nobody);
    guest_run(&guest, stack->phase);
    code = guest.code;
    guest_end(&guest);
    return code;
}

/* What is wrong with that row in that stack is added to `*wrong`. */
static void
compare(struct house *house, const struct row *row, const struct stack *stack,
        const struct guest *ours, size_t *told_apart, char **wrong)
{
    bool admitted = row->code == PAM_SUCCESS;
    bool alike = admitted || control_alike(stack->control, row->code, stack->phase->deny);
    PJWT_AUTO(text)
    char *same_code =
        text_format("pam_debug.so %s=%s", stack->phase->name, control_code(row->code));
    const char *instead = admitted ? "pam_permit.so" : alike ? "pam_deny.so" : same_code;
    int code = run_instead(house, stack, instead);

    *told_apart += alike ? 0 : 1;
    if ((ours->code == PAM_SUCCESS) != (code == PAM_SUCCESS)) {
        text_add(wrong, "%s, before %s, behind %s: %d, but %d with %s\n", stack->control,
                 stack->before, stack->behind, ours->code, code, instead);
    } else if (ours->code != PAM_SUCCESS && ours->setcred == PAM_SUCCESS &&
               strcmp(stack->phase->type, "auth") == 0) {
        text_add(wrong, "%s, before %s, behind %s: setcred succeeds after %d\n", stack->control,
                 stack->before, stack->behind, ours->code);
    }
}

static void
check_own_code(const struct phase *phase, const struct row *row, int own, char **wrong)
{
    if (strcmp(phase->type, "account") == 0 && own == HOUSE_IGNORED) {
        own = PAM_IGNORE;
    }
    if (own != row->code) {
        text_add(wrong, "the module itself returned %d\n", own);
    }
}

static void
through_every_stack(struct house *house, const struct phase *phase, const struct row *row)
{
    static struct guest guests[STACKS_MAX + 1];
    PJWT_AUTO(text) char *wrong = NULL;
    PJWT_AUTO(text) char *name = NULL;
    size_t told_apart = 0;
    size_t stacks = control_count * BEFORES * BEHINDS;

    run_row(house, row, phase, guests, stacks);
    check_own_code(phase, row, guests[stacks].code, &wrong);
    guest_end(&guests[stacks]);
    for (size_t i = 0; i < stacks; i++) {
        struct stack stack = stack_of(phase, i);

        compare(house, row, &stack, &guests[i], &told_apart, &wrong);
        guest_end(&guests[i]);
    }
    name = text_format("%s, %s: %zu stacks as with %s in our place, %zu tell %s from it",
                       phase->type, row->name, stacks - told_apart,
                       row->code == PAM_SUCCESS ? "pam_permit" : "pam_deny", told_apart,
                       control_code(row->code));
    tap_result(wrong == NULL, name, wrong);
    journal_clear();
}

static void
become(uid_t uid)
{
    if (setgroups(0, NULL) != 0 || setresgid(uid, uid, uid) != 0 ||
        setresuid(uid, uid, uid) != 0 || prctl(PR_SET_DUMPABLE, 1) != 0) {
        text_die("cannot become uid %d", (int)uid);
    }
}

static void
through_all(struct house *house)
{
    for (size_t p = 0; p < phase_count; p++) {
        for (const struct row *row = phases[p].rows; row->name != NULL; row++) {
            through_every_stack(house, &phases[p], row);
        }
        for (const struct row *row = phases[p].good; row->name != NULL; row++) {
            through_every_stack(house, &phases[p], row);
        }
    }
    for (size_t i = 0; i < example_count; i++) {
        example_try(house, examples[i]);
    }
}

int
main(int argc, char **argv)
{
    struct house house = {0};
    bool root = getuid() == 0;

    if (argc != 3) {
        text_die("usage: pam_matrix BUILD-TREE PAM.D-EXAMPLES");
    }
    (void)umask(022);
    keys_make();
    house_build(&house, argv[1], root ? ORDINARY : getuid());
    example_bring(&house, argv[2]);
    if (root) {
        become(ORDINARY);
    }
    through_all(&house);
    house_demolish(&house);
    keys_drop();
    return tap_end();
}
