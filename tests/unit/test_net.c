/* Is a host in a network exactly when its address is? */
#include "lib/base/net.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
what_is_a_network(void **state)
{
    static const struct {
        const char *text;
        bool good;
    } cases[] = {
        {"192.0.2.0/24", true},
        {"192.0.2.1/24", false}, /* a bit behind the prefix */
        {"192.0.2.7", true},
        {"192.0.2.7/32", true},
        {"192.0.2.7/33", false},
        {"192.0.2.128/25", true},
        {"192.0.2.64/25", false},
        {"0.0.0.0/0", true},
        {"1.0.0.0/0", false},
        {"192.0.2/24", false},
        {"192.0.2.0/", false},
        {"192.0.2.0/024", false},
        {"192.0.2.0/2 4", false},
        {"192.0.2.0/-1", false},
        {"192.0.2.0/+24", false},
        {"192.0.2.0/255.255.255.0", false},
        {"192.0.2.0/99999999999999999999", false},
        {" 192.0.2.0/24", false},
        {"192.0.2.0/24 ", false},
        {"2001:db8::/32", true},
        {"2001:db8::1/32", false},
        {"2001:db8::1", true},
        {"2001:db8::1/128", true},
        {"2001:db8::1/129", false},
        {"2001:db8:8000::/33", true},
        {"2001:db8:4000::/33", false},
        {"::/0", true},
        {"::ffff:192.0.2.0/120", false}, /* IPv4 in the dress of IPv6 */
        {"fe80::1%lo", false},
        {"localhost", false},
        {"/24", false},
        {"/", false},
        {"", false},
        {"2001:0db8:0000:0000:0000:0000:0000:0001:0000:0000:0000:0000:0000", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct pjwt_net net = {.family = -1};

        if (pjwt_net_parse(cases[i].text, &net) != cases[i].good) {
            fail_msg("%s", cases[i].text);
        }
        assert_int_equal(net.family == -1, !cases[i].good);
    }
}

static void
who_is_in_it(void **state)
{
    static const struct {
        const char *net, *host;
        bool in;
    } cases[] = {
        {"192.0.2.0/24", "192.0.2.0", true},
        {"192.0.2.0/24", "192.0.2.255", true},
        {"192.0.2.0/24", "192.0.3.0", false},
        {"192.0.2.0/24", "192.0.1.255", false},
        {"192.0.2.0/24", "::ffff:192.0.2.9", true},
        {"192.0.2.0/24", "::ffff:192.0.3.9", false},
        {"192.0.2.0/24", "c000:0200::", false}, /* the same first bytes */
        {"192.0.2.128/25", "192.0.2.128", true},
        {"192.0.2.128/25", "192.0.2.127", false},
        {"192.0.2.7", "192.0.2.7", true},
        {"192.0.2.7", "192.0.2.6", false},
        {"0.0.0.0/0", "203.0.113.9", true},
        {"0.0.0.0/0", "2001:db8::1", false},
        {"2001:db8::/32", "2001:db8:ffff::1", true},
        {"2001:db8::/32", "2001:db9::1", false},
        {"2001:db8:8000::/33", "2001:db8:8000::1", true},
        {"2001:db8:8000::/33", "2001:db8:7fff::1", false},
        {"2001:db8::1", "2001:DB8:0::1", true},
        {"2001:db8::1", "2001:db8::2", false},
        {"::/0", "2001:db8::1", true},
        {"::/0", "::ffff:192.0.2.9", false},
        {"0.0.0.0/0", "", false},
        {"0.0.0.0/0", "localhost", false},
        {"0.0.0.0/0", "192.0.2.7 ", false},
        {"0.0.0.0/0", "192.0.2.7/32", false},
        {"0.0.0.0/0", "3221225991", false},
        {"::/0", "fe80::1%lo", false},
        {"::/0", "[::1]", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct pjwt_net net = {0};

        assert_true(pjwt_net_parse(cases[i].net, &net));
        if (pjwt_net_has(&net, cases[i].host) != cases[i].in) {
            fail_msg("%s in %s", cases[i].host, cases[i].net);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_a_network),
        cmocka_unit_test(who_is_in_it),
    };

    return cmocka_run_group_tests_name("net", tests, NULL, NULL);
}
