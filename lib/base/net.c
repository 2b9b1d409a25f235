/* Does a login come from that network? */
#include "lib/base/net.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <string.h>

static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

/* One address, in its own dress. */
static bool
read_address(const char *text, struct pjwt_net *net)
{
    struct pjwt_net found = {.family = AF_INET, .bits = 32};

    if (inet_pton(AF_INET, text, found.address) != 1) {
        found.family = AF_INET6;
        found.bits = 128;
        if (inet_pton(AF_INET6, text, found.address) != 1) {
            return false;
        }
    }
    *net = found;
    return true;
}

static bool
read_bits(const char *text, unsigned most, unsigned *bits)
{
    size_t digits = strspn(text, "0123456789");
    unsigned count = 0;

    if (digits == 0 || digits > 3 || text[digits] != '\0' || (text[0] == '0' && digits > 1)) {
        return false;
    }
    for (size_t i = 0; i < digits; i++) {
        count = 10 * count + (unsigned)(text[i] - '0');
    }
    *bits = count;
    return count <= most;
}

/* Bits of byte `i` that belong to a prefix of `bits`. */
static unsigned
mask(unsigned bits, size_t i)
{
    size_t before = 8 * i;

    if (bits <= before) {
        return 0;
    }
    return bits - before >= 8 ? 0xffU : (0xff00U >> (bits - before)) & 0xffU;
}

static bool
clean_behind(const struct pjwt_net *net)
{
    for (size_t i = 0; i < sizeof(net->address); i++) {
        if ((net->address[i] & ~mask(net->bits, i)) != 0) {
            return false;
        }
    }
    return true;
}

static bool
is_mapped(const struct pjwt_net *net)
{
    return net->family == AF_INET6 && memcmp(net->address, mapped, sizeof(mapped)) == 0;
}

bool
pjwt_net_parse(const char *text, struct pjwt_net *net)
{
    char address[PJWT_NET_MAX];
    size_t len = strcspn(text, "/");
    struct pjwt_net found = {0};

    if (strnlen(text, PJWT_NET_MAX) == PJWT_NET_MAX) {
        return false;
    }
    memcpy(address, text, len);
    address[len] = '\0';
    if (!read_address(address, &found) || is_mapped(&found) ||
        (text[len] == '/' && !read_bits(text + len + 1, found.bits, &found.bits)) ||
        !clean_behind(&found)) {
        return false;
    }
    *net = found;
    return true;
}

bool
pjwt_net_has(const struct pjwt_net *net, const char *host)
{
    struct pjwt_net one = {0};

    if (!read_address(host, &one)) {
        return false;
    }
    if (is_mapped(&one)) {
        one.family = AF_INET;
        memmove(one.address, one.address + sizeof(mapped), 4);
        memset(one.address + 4, 0, sizeof(one.address) - 4);
    }
    if (one.family != net->family) {
        return false;
    }
    for (size_t i = 0; i < sizeof(one.address); i++) {
        if ((((unsigned)one.address[i] ^ net->address[i]) & mask(net->bits, i)) != 0) {
            return false;
        }
    }
    return true;
}
