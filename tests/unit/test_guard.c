/* Is a session file refused that is older than what was acknowledged, and no other? */
#include "tests/unit/support/scratch.h"

#include "lib/store/admit.h"
#include "lib/store/change.h"
#include "lib/store/db.h"
#include "lib/store/guard.h"
#include "lib/store/revocation_list.h"
#include "lib/store/tickets.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

#define APART 4096 /* of the two slots */

static struct pjwt_why why;

static pjwt_verdict
try_open(struct scratch *s)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;

    return pjwt_store_open(scratch_path(s, "state"), &store, &why);
}

/* Stands in the place of libc's: how often was the guard's mark put on the disk? */
static int watched = -1;
static int synced;

int
fdatasync(int fd)
{
    synced += fd == watched;
    return (int)syscall(SYS_fdatasync, fd);
}

static struct pjwt_guard
guard_of(struct scratch *s)
{
    struct pjwt_guard guard = {.number = -1};

    assert_reason(pjwt_guard_read(s->store->guard, &guard, &why), OK);
    return guard;
}

static void
spoil_slot(struct scratch *s, int slot, off_t at)
{
    unsigned char byte = 0;

    assert_int_equal(pread(s->store->guard, &byte, 1, slot * APART + at), 1);
    byte ^= 1;
    assert_int_equal(pwrite(s->store->guard, &byte, 1, slot * APART + at), 1);
}

static void
test_every_commit_counts(void **state)
{
    struct scratch *s = *state;
    struct pjwt_guard row = {.number = 0};

    assert_int_equal(guard_of(s).number, 1);
    for (int64_t i = 2; i < 6; i++) {
        assert_reason(pjwt_block_add(s->store, "eve", 1, 0, "root", ""), OK);
        assert_int_equal(guard_of(s).number, i);
        assert_reason(pjwt_guard_row(s->store, &row), OK);
        assert_int_equal(row.number, i);
    }
    assert_reason(pjwt_block_remove(s->store, "nobody"),
                  NOT_FOUND); /* what is taken back not */
    assert_int_equal(guard_of(s).number, 5);
    assert_reason(try_open(s), OK);
}

/* A process that dies between commit and guard leaves the guard behind: that is allowed. */
static void
test_a_guard_behind(void **state)
{
    struct scratch *s = *state;
    struct pjwt_guard guard = guard_of(s);

    assert_reason(pjwt_block_add(s->store, "eve", 1, 0, "root", ""), OK);
    assert_reason(pjwt_block_add(s->store, "eve", 1, 0, "root", ""), OK);
    assert_reason(pjwt_guard_make(scratch_path(s, "state"), &guard, &why), OK);
    assert_reason(try_open(s), OK);
    scratch_reopen(s);
    assert_reason(pjwt_block_add(s->store, "eve", 1, 0, "root", ""), OK);
    assert_int_equal(guard_of(s).number, 4);
}

static void
test_a_store_behind(void **state)
{
    struct scratch *s = *state;
    struct pjwt_guard guard = guard_of(s);

    guard.number++;
    assert_reason(pjwt_guard_write(s->store->guard, &guard, true), OK);
    assert_reason(try_open(s), STORE_BEHIND);
    assert_string_equal(why.text, "it ends with commit 1, and 2 was acknowledged");
    /* Nor does one that is open already go on. */
    assert_reason(pjwt_block_add(s->store, "eve", 1, 0, "root", ""), STORE_BEHIND);
    guard.number--;
    assert_reason(pjwt_guard_make(scratch_path(s, "state"), &guard, &why), OK);
    assert_reason(try_open(s), OK);
}

static void
test_another_store(void **state)
{
    struct scratch *s = *state;
    struct pjwt_guard guard = guard_of(s);

    guard.store[0] ^= 1;
    assert_reason(pjwt_guard_make(scratch_path(s, "state"), &guard, &why), OK);
    assert_reason(try_open(s), STORE_BEHIND);
    assert_non_null(strstr(why.text, "not the session file"));
    guard.store[0] ^= 1;
    assert_reason(pjwt_guard_make(scratch_path(s, "state"), &guard, &why), OK);
    assert_reason(try_open(s), OK);
}

/* One damaged slot leaves the other, which may be a commit older; two say nothing. */
static void
test_slots(void **state)
{
    static const off_t places[] = {0, 8, 24, 40, 56, 63};
    struct scratch *s = *state;

    assert_reason(pjwt_block_add(s->store, "eve", 1, 0, "root", ""), OK);
    for (size_t i = 0; i < PJWT_COUNT(places); i++) {
        spoil_slot(s, 0, places[i]); /* of commit 2 */
        assert_int_equal(guard_of(s).number, 1);
        assert_reason(try_open(s), OK);
        spoil_slot(s, 1, places[i]);
        assert_reason(try_open(s), STORE_BEHIND);
        assert_string_equal(why.text, "sessions.guard is damaged");
        spoil_slot(s, 0, places[i]);
        assert_int_equal(guard_of(s).number, 2);
        spoil_slot(s, 1, places[i]);
    }
    assert_int_equal(truncate(scratch_path(s, "state/sessions.guard"), 10), 0);
    assert_reason(try_open(s), STORE_BEHIND);
}

static void
test_no_guard(void **state)
{
    struct scratch *s = *state;
    bool made = false;

    assert_int_equal(unlink(scratch_path(s, "state/sessions.guard")), 0);
    assert_reason(try_open(s), STORE_BEHIND);
    assert_non_null(strstr(why.text, "sessions.guard"));
    assert_reason(pjwt_store_init(scratch_path(s, "state"), &made, &why), STORE_BEHIND);
}

/* Another file under its name: what is written to the old one would be written to nobody. */
static void
test_replaced_while_open(void **state)
{
    struct scratch *s = *state;
    char moved[128];

    (void)snprintf(moved, sizeof(moved), "%s/moved", s->dir);
    assert_reason(pjwt_block_add(s->store, "eve", 1, 0, "root", ""), OK);
    assert_int_equal(rename(scratch_path(s, "state/sessions.db"), moved), 0);
    assert_reason(pjwt_block_add(s->store, "eve", 1, 0, "root", ""), STORE_BUSY);
    assert_int_equal(rename(moved, scratch_path(s, "state/sessions.db")), 0);
    assert_reason(pjwt_block_add(s->store, "eve", 1, 0, "root", ""), OK);
}

/* The reserve: without it, and without room for it, there are revocations alone. */
static void
test_the_reserve_comes_back(void **state)
{
    struct scratch *s = *state;
    struct pjwt_guard guard = guard_of(s);

    assert_int_equal(unlink(scratch_path(s, "state/sessions.reserve")), 0);
    assert_reason(pjwt_block_add(s->store, "eve", 1, 0, "root", ""), OK);
    assert_int_equal(access(scratch_path(s, "state/sessions.reserve"), F_OK), -1);
    assert_reason(pjwt_block_remove(s->store, "eve"), OK); /* no revocation, so it makes it */
    assert_int_equal(access(scratch_path(s, "state/sessions.reserve"), F_OK), 0);
    assert_int_equal(guard_of(s).number, guard.number + 2);
}

/* Whatever takes something back needs no room: nothing of it waits for the reserve. */
static void
test_revoking_asks_for_no_room(void **state)
{
    struct scratch *s = *state;
    struct pjwt_ticket ticket = {
        .user = "eve", .services = "sshd", .created = 1, .expires = 1767225600};
    struct pjwt_revoked item = {
        .kind = "user",
        .row = {
            .kind = PJWT_REVOKE_USER, .value = "eve", .before = 1, .created = 1, .by = "root"}};
    struct pjwt_imported done = {0};
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

    assert_reason(pjwt_ticket_issue(s->store, &ticket, &text), OK);
    assert_int_equal(unlink(scratch_path(s, "state/sessions.reserve")), 0);
    assert_reason(pjwt_revocation_add(s->store, &item.row, NULL), OK);
    assert_reason(pjwt_revocation_import(s->store, &item, 1, &done), OK);
    assert_reason(pjwt_revocation_ticket(s->store, ticket.id, 1, "root", ""), OK);
    assert_int_equal(access(scratch_path(s, "state/sessions.reserve"), F_OK), -1);
}

static pjwt_verdict
admit(struct scratch *s, bool one_time)
{
    static const struct pjwt_asker asker = {.pid = 100, .parent = 1, .started = 7};
    static const struct pjwt_clock clock = {.now = 1767225600, .up = 5000, .boot = "b"};
    const struct pjwt_grant grant = {.user = "eve",
                                     .service = "sshd",
                                     .iss = "i",
                                     .jti = "j",
                                     .iat = clock.now,
                                     .issued = clock.now,
                                     .expires = clock.now + 60,
                                     .one_time = one_time};
    char id[PJWT_HANDOFF_SIZE];

    return pjwt_admit(s->store, &grant, NULL, &asker, &clock, id);
}

/* After a power cut what was revoked or spent must be missed; a login need not. */
static void
test_what_must_be_missed_is_synced(void **state)
{
    struct scratch *s = *state;

    watched = s->store->guard;
    synced = 0;
    assert_reason(admit(s, false), OK);
    assert_int_equal(synced, 0);
    assert_reason(admit(s, true), OK);
    assert_int_equal(synced, 1);
    assert_reason(pjwt_block_add(s->store, "eve", 1, 0, "root", ""), OK);
    assert_int_equal(synced, 2);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_every_commit_counts),
        CASE(test_a_guard_behind),
        CASE(test_a_store_behind),
        CASE(test_another_store),
        CASE(test_slots),
        CASE(test_no_guard),
        CASE(test_replaced_while_open),
        CASE(test_the_reserve_comes_back),
        CASE(test_revoking_asks_for_no_room),
        CASE(test_what_must_be_missed_is_synced),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
