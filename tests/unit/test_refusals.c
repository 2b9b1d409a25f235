/* Is a refusal kept, in bounded room, and is a login never held up by it? */
#include "tests/unit/support/scratch.h"

#include "lib/store/refusals.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST (257L * 1024)

struct seen {
    size_t count;
    char user[300][128]; /* in the order they come */
    char last[1024];     /* all of the newest */
};

static const struct pjwt_refusal plain = {.at = 1767225600,
                                          .verdict = {PJWT_EXPIRED},
                                          .authentic = true,
                                          .phase = "auth",
                                          .user = "alice",
                                          .service = "sshd",
                                          .rhost = "192.0.2.7",
                                          .issuer = "corp",
                                          .kid = "one",
                                          .id = "7d1c9b",
                                          .attempt = "3f9a61c07b2e",
                                          .why = "exp is 331s ago, leeway 30s"};

static bool
see(void *context, const struct pjwt_refusal *r)
{
    struct seen *seen = context;

    if (seen->count == 0) {
        (void)snprintf(seen->last, sizeof(seen->last), "%ld %s %d %s %s %s %s %s %s %s %s (%s)",
                       (long)r->at, pjwt_code(r->verdict), r->authentic, r->phase, r->user,
                       r->service, r->rhost, r->issuer, r->kid, r->id, r->attempt, r->why);
    }
    (void)snprintf(seen->user[seen->count++], sizeof(seen->user[0]), "%s", r->user);
    return seen->count < 300;
}

static void
keep(struct scratch *s, struct pjwt_refusal refusal)
{
    pjwt_refusals_keep(scratch_path(s, "run"), &refusal);
}

static struct seen
look(struct scratch *s)
{
    struct seen seen = {0};
    struct pjwt_why why = {""};

    assert_int_equal(pjwt_refusals_read(scratch_path(s, "run"), see, &seen, &why),
                     PJWT_FILE_OK);
    return seen;
}

static void
all_of_it_comes_back(void **state)
{
    struct scratch *s = *state;
    struct pjwt_why why = {""};
    struct seen seen = {0};

    assert_int_equal(pjwt_refusals_read(scratch_path(s, "run"), see, &seen, &why),
                     PJWT_FILE_MISSING);
    keep(s, plain);
    seen = look(s);
    assert_int_equal(seen.count, 1);
    assert_string_equal(seen.last, "1767225600 expired 1 auth alice sshd 192.0.2.7 corp one "
                                   "7d1c9b 3f9a61c07b2e (exp is 331s ago, leeway 30s)");
    assert_int_equal(scratch_mode(s, "run"), 0711);
    assert_int_equal(scratch_mode(s, "run/refusals"), 0600);
}

static void
nobody_can_forge_a_line(void **state)
{
    struct scratch *s = *state;
    struct pjwt_refusal odd = plain;
    char lengthy[256];
    struct seen seen;

    memset(lengthy, '\n', sizeof(lengthy) - 1);
    lengthy[sizeof(lengthy) - 1] = '\0';
    odd.user = "a\tb\nc";
    odd.service = odd.rhost = odd.issuer = odd.kid = odd.id = lengthy;
    odd.why = lengthy;
    keep(s, odd);
    seen = look(s);
    assert_int_equal(seen.count, 1);
    assert_string_equal(seen.user[0], "a\\x09b\\x0ac");
    assert_non_null(strstr(seen.last, "\\x0a... "));
    assert_null(strpbrk(seen.last, "\t\n"));
    odd = plain;
    odd.user = odd.kid = "";
    keep(s, odd);
    seen = look(s);
    assert_int_equal(seen.count, 2);
    assert_string_equal(seen.user[0], "-");
}

static void
the_room_is_bounded_and_shared(void **state)
{
    struct scratch *s = *state;
    struct pjwt_refusal guess = plain;
    struct seen seen;
    struct stat st;
    bool alice = false;

    keep(s, plain);
    guess.authentic = false;
    for (int i = 0; i < 1000; i++) {
        char name[16];

        (void)snprintf(name, sizeof(name), "user%d", i);
        guess.user = name;
        guess.at++;
        keep(s, guess);
    }
    seen = look(s);
    assert_string_equal(seen.user[0], "user999");
    assert_string_equal(seen.user[1], "user998");
    assert_in_range(seen.count, 33, 256);
    for (size_t i = 0; i < seen.count; i++) {
        alice = alice || strcmp(seen.user[i], "alice") == 0;
    }
    assert_true(alice); /* hers proved authentic: guesses do not push it out */
    assert_int_equal(stat(scratch_path(s, "run/refusals"), &st), 0);
    assert_in_range(st.st_size, 1024, MOST);
}

static void
guesses_at_one_leave_others(void **state)
{
    struct scratch *s = *state;
    struct pjwt_refusal guess = plain;
    size_t others = 0;
    struct seen seen;

    guess.authentic = false;
    for (char name[2] = "a"; name[0] <= 'p'; name[0]++) {
        guess.user = name;
        keep(s, guess);
    }
    guess.user = "root";
    for (int i = 0; i < 500; i++) {
        guess.at++;
        keep(s, guess);
    }
    seen = look(s);
    for (size_t i = 0; i < seen.count; i++) {
        others += strlen(seen.user[i]) == 1;
    }
    assert_in_range(others, 8, 16);
    assert_int_equal(seen.count - others, 32);
}

static void
who_finds_it_locked_goes_on(void **state)
{
    struct scratch *s = *state;
    int fd = -1;

    keep(s, plain);
    fd = open(scratch_path(s, "run/refusals"), O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    keep(s, plain); /* a wait would never end */
    assert_int_equal(look(s).count, 1);
    assert_int_equal(flock(fd, LOCK_UN), 0);
    keep(s, plain);
    assert_int_equal(look(s).count, 2);
    assert_int_equal(close(fd), 0);
}

static void
a_torn_slot_is_passed_over(void **state)
{
    struct scratch *s = *state;
    struct seen seen;
    int fd = -1;

    keep(s, plain);
    keep(s, plain);
    fd = open(scratch_path(s, "run/refusals"), O_RDWR | O_CLOEXEC);
    for (off_t at = 1024; at < MOST; at += 1024) {
        char first = 0;

        if (pread(fd, &first, 1, at) == 1 && first == '0') {
            assert_int_equal(pwrite(fd, "9", 1, at), 1);
            break;
        }
    }
    assert_int_equal(close(fd), 0);
    seen = look(s);
    assert_int_equal(seen.count, 1);
    scratch_write(s, "run/refusals", "rubbish", 0600);
    assert_int_equal(look(s).count, 0);
    keep(s, plain);
    assert_int_equal(look(s).count, 1);
}

/* Somebody else's file, a link, a directory in its place: nothing is written, nobody waits. */
static void
what_is_not_ours_is_left_alone(void **state)
{
    struct scratch *s = *state;
    char target[PATH_MAX];

    scratch_mkdir(s, "run", 0777);
    keep(s, plain);
    assert_int_equal(access(scratch_path(s, "run/refusals"), F_OK), -1);
    assert_int_equal(chmod(scratch_path(s, "run"), 0711), 0);
    scratch_write(s, "other", "kept", 0600);
    scratch_set_text(target, sizeof(target), scratch_path(s, "other"));
    assert_int_equal(symlink(target, scratch_path(s, "run/refusals")), 0);
    keep(s, plain);
    assert_int_equal(unlink(scratch_path(s, "run/refusals")), 0);
    assert_int_equal(mkfifo(scratch_path(s, "run/refusals"), 0600), 0);
    keep(s, plain);
    assert_int_equal(unlink(scratch_path(s, "run/refusals")), 0);
    scratch_write(s, "run/refusals", "", 0644);
    keep(s, plain);
    assert_int_equal(scratch_mode(s, "run/refusals"), 0644);
    assert_int_equal(chmod(scratch_path(s, "run/refusals"), 0600), 0);
    keep(s, plain); /* control */
    assert_int_equal(look(s).count, 1);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(all_of_it_comes_back),           CASE(nobody_can_forge_a_line),
        CASE(the_room_is_bounded_and_shared), CASE(guesses_at_one_leave_others),
        CASE(who_finds_it_locked_goes_on),    CASE(a_torn_slot_is_passed_over),
        CASE(what_is_not_ours_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
