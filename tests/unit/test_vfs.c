/* Does each page and frame that was damaged name itself, and nothing else? */
#include "tests/unit/support/scratch.h"

#include "lib/store/connect.h"
#include "lib/store/db.h"
#include "lib/store/integrity.h"
#include "lib/store/page.h"
#include "lib/store/revocations.h"
#include "lib/store/upkeep.h"
#include "lib/store/uri.h"
#include "lib/store/vfs.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define FRAME 4120

static struct pjwt_why why;

/* Everything in the file, the log empty, nobody has it open. */
static void
settle(struct scratch *s)
{
    for (int i = 0; i < 9; i++) {
        assert_reason(pjwt_block_add(s->store, "eve", 1, 0, "root", ""), OK);
    }
    assert_reason(pjwt_connect_settle(s->store->db), OK);
    pjwt_drop_store(&s->store);
}

static off_t
size_of(struct scratch *s, const char *name)
{
    struct stat st;

    assert_int_equal(stat(scratch_path(s, name), &st), 0);
    return st.st_size;
}

static void
flip(struct scratch *s, const char *name, off_t at)
{
    int fd = open(scratch_path(s, name), O_RDWR | O_CLOEXEC);
    unsigned char byte = 0;

    assert_true(fd >= 0);
    assert_int_equal(pread(fd, &byte, 1, at), 1);
    byte ^= 4;
    assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    assert_int_equal(close(fd), 0);
}

/* Reads all of it through our VFS. */
static pjwt_verdict
read_whole(struct scratch *s)
{
    PJWT_AUTO(store) struct pjwt_store *store = NULL;
    struct pjwt_store_proof proof;

    pjwt_why_clear(&why);
    PJWT_TRY(pjwt_store_open(scratch_path(s, "state"), &store, &why));
    return pjwt_store_verify(store, &proof, &why);
}

static void
test_every_page_names_itself(void **state)
{
    struct scratch *s = *state;
    off_t pages = 0;

    settle(s);
    pages = size_of(s, "state/sessions.db") / PJWT_PAGE_SIZE;
    assert_in_range(pages, 8, 64);
    for (off_t i = 0; i < pages; i++) {
        char words[64];

        (void)snprintf(words, sizeof(words), "page %ld of the session file is not",
                       (long)i + 1);
        flip(s, "state/sessions.db", i * PJWT_PAGE_SIZE + 200 + 7 * i);
        assert_reason(read_whole(s), STORE_DAMAGED);
        assert_non_null(strstr(why.text, words));
        flip(s, "state/sessions.db", i * PJWT_PAGE_SIZE + 200 + 7 * i);
        assert_reason(read_whole(s), OK);
    }
}

/* The bytes that we read before there is a page to check. */
static void
test_header(void **state)
{
    struct scratch *s = *state;

    settle(s);
    for (off_t at = 0; at < PJWT_PAGE_HEADER; at++) {
        flip(s, "state/sessions.db", at);
        assert_reason(read_whole(s), STORE_DAMAGED);
        flip(s, "state/sessions.db", at);
    }
    assert_reason(read_whole(s), OK);
}

/* A page that is whole and another's. */
static void
test_misplaced_page(void **state)
{
    struct scratch *s = *state;
    unsigned char page[PJWT_PAGE_SIZE];
    int fd = -1;

    settle(s);
    fd = open(scratch_path(s, "state/sessions.db"), O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(pread(fd, page, sizeof(page), 4 * PJWT_PAGE_SIZE), sizeof(page));
    assert_int_equal(pwrite(fd, page, sizeof(page), 3 * PJWT_PAGE_SIZE), sizeof(page));
    assert_int_equal(close(fd), 0);
    assert_reason(read_whole(s), STORE_DAMAGED);
    assert_string_equal(why.text, "page 4 of the session file is not what was written: its "
                                  "checksum does not fit");
}

static void
test_cut_within_a_page(void **state)
{
    struct scratch *s = *state;
    off_t size = 0;

    settle(s);
    size = size_of(s, "state/sessions.db");
    assert_int_equal(truncate(scratch_path(s, "state/sessions.db"), size - 1), 0);
    assert_reason(read_whole(s), STORE_DAMAGED);
    assert_non_null(strstr(why.text, "is cut: the file ends within it"));
    assert_int_equal(truncate(scratch_path(s, "state/sessions.db"), 0), 0);
    assert_false(pjwt_ok(read_whole(s)));
}

/* While a process has the log open, SQLite reads frames without a look at their checksums. */
static void
test_frames_of_an_open_log(void **state)
{
    struct scratch *s = *state;
    struct pjwt_store *other = NULL;
    int64_t blocks = 0;
    off_t size = 0;

    assert_reason(pjwt_store_open(scratch_path(s, "state"), &other, &why), OK);
    assert_reason(pjwt_block_add(s->store, "eve", 1, 0, "root", ""), OK);
    size = size_of(s, "state/sessions.db-wal");
    assert_int_equal((size - 32) % FRAME, 0);
    for (off_t at = 32; at < size; at += FRAME) {
        flip(s, "state/sessions.db-wal", at + 2000);
    }
    assert_reason(pjwt_db_number(other, "SELECT count(*) FROM blocks", &blocks), STORE_DAMAGED);
    assert_reason(pjwt_store_explain(other, PJWT_SAY(STORE_DAMAGED), &why), STORE_DAMAGED);
    assert_non_null(strstr(why.text, "of the session file's log is not what was written"));
    /* And no checkpoint carries it into the file. */
    assert_reason(pjwt_connect_settle(other->db), STORE_DAMAGED);
    for (off_t at = 32; at < size; at += FRAME) {
        flip(s, "state/sessions.db-wal", at + 2000);
    }
    assert_reason(pjwt_db_number(other, "SELECT count(*) FROM blocks", &blocks), OK);
    assert_int_equal(blocks, 1);
    pjwt_store_close(other);
}

/* One that spills its cache reads its own frames back before their checksums are put right. */
static void
test_a_large_transaction(void **state)
{
    struct scratch *s = *state;
    int64_t sum = 0;

    scratch_sql(s, "PRAGMA cache_size=4; PRAGMA cache_spill=2; BEGIN;"
                   "CREATE TABLE many (n INTEGER PRIMARY KEY, t TEXT)");
    for (int round = 0; round < 3; round++) {
        scratch_sql(s,
                    "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM c WHERE i<400)"
                    " INSERT OR REPLACE INTO many SELECT i,hex(randomblob(200)) FROM c");
        assert_reason(pjwt_db_number(s->store, "SELECT count(*) FROM many", &sum), OK);
    }
    scratch_sql(s, "COMMIT");
    assert_int_equal(sum, 400);
    assert_reason(read_whole(s), OK);
    assert_reason(pjwt_connect_settle(s->store->db), OK);
    assert_reason(read_whole(s), OK);
}

static void
test_uri(void **state)
{
    char uri[PJWT_URI_MAX];

    (void)state;
    assert_reason(pjwt_uri("/a b/100%/x?y#z.db", "vfs=pjwt", uri), OK);
    assert_string_equal(uri, "file:/a%20b/100%25/x%3Fy%23z.db?vfs=pjwt");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, scratch_store_setup, scratch_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_every_page_names_itself), CASE(test_header),
        CASE(test_misplaced_page),          CASE(test_cut_within_a_page),
        CASE(test_frames_of_an_open_log),   CASE(test_a_large_transaction),
        cmocka_unit_test(test_uri),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
