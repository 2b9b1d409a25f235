/* Does the checksum say what its author's does, and does a page's tell every small damage? */
#include "tests/unit/support/scratch.h"

#include "lib/store/checksum.h"
#include "lib/store/page.h"

#include <stdlib.h>
#include <string.h>

/* Made by `xxhsum -H1` of xxHash 0.8.1: of the first N bytes of 0, 1, 2, … 255, 0, … */
static void
test_vectors(void **state)
{
    static const struct {
        size_t len;
        uint64_t sum;
    } cases[] = {
        {0, 0xef46db3751d8e999U},   {1, 0xe934a84adb052768U},    {3, 0xe5c7bb4533bc65ddU},
        {4, 0xffced8604453cc1eU},   {7, 0x14cc643f630c72d2U},    {8, 0x884a173614b81b8dU},
        {14, 0x5cda8b69bbfc1d45U},  {31, 0xc346d2b59b4d8ee1U},   {32, 0xcbf59c5116ff32b4U},
        {33, 0x0c535d1acafb8eadU},  {63, 0xe26aa9e2a95f8e4fU},   {64, 0xf7c67301db6713f0U},
        {101, 0xe99038495f85381eU}, {4080, 0x73fe0c487cd81f9cU}, {4088, 0xa0b098c6b23bb3fcU},
    };
    unsigned char bytes[4096];

    (void)state;
    for (size_t i = 0; i < sizeof(bytes); i++) {
        bytes[i] = (unsigned char)i;
    }
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_true(pjwt_checksum(bytes, cases[i].len) == cases[i].sum);
    }
}

static void
test_numbers(void **state)
{
    static const unsigned char bytes[8] = {8, 7, 6, 5, 4, 3, 2, 0x81};
    unsigned char out[8];

    (void)state;
    assert_true(pjwt_get_64(bytes) == 0x8102030405060708U);
    pjwt_put_64(out, 0x8102030405060708U);
    assert_memory_equal(out, bytes, sizeof(out));
}

static void
fill_page(unsigned char page[PJWT_PAGE_SIZE])
{
    for (size_t i = 0; i < PJWT_PAGE_SIZE; i++) {
        page[i] = (unsigned char)(i * 7 + i / 256);
    }
    pjwt_page_seal(page, 7);
}

static void
test_every_bit_counts(void **state)
{
    unsigned char page[PJWT_PAGE_SIZE];

    (void)state;
    fill_page(page);
    assert_true(pjwt_page_whole(page, 7));
    for (size_t bit = 0; bit < 8 * sizeof(page); bit++) {
        page[bit / 8] ^= (unsigned char)(1U << bit % 8);
        assert_false(pjwt_page_whole(page, 7));
        page[bit / 8] ^= (unsigned char)(1U << bit % 8);
    }
    assert_true(pjwt_page_whole(page, 7));
}

static void
test_a_page_has_its_place(void **state)
{
    unsigned char page[PJWT_PAGE_SIZE];

    (void)state;
    fill_page(page);
    assert_true(pjwt_page_whole(page, 7));
    assert_false(pjwt_page_whole(page, 8));
    memset(page, 0, sizeof(page));
    assert_false(pjwt_page_whole(page, 0));
    memset(page, 0xff, sizeof(page));
    assert_false(pjwt_page_whole(page, -1));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_every_bit_counts),
        cmocka_unit_test(test_a_page_has_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
