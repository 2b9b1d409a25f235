/* Does a login come from that network? IPv4 and IPv6, as CIDR (RFC 4632 section 3.1, RFC 4291
 * section 2.3). */
#ifndef PJWT_BASE_NET_H
#define PJWT_BASE_NET_H

#include <stdbool.h>

#define PJWT_NET_MAX 64 /* bytes of a network as text, with the NUL */

struct pjwt_net {
    int family; /* AF_INET or AF_INET6 */
    unsigned bits;
    unsigned char address[16];
};

/* Reads "192.0.2.0/24", "2001:db8::/32" or one address. False when it is none of these, when a
 * bit behind the prefix is set, or when it is an IPv4 network in the dress of IPv6 (RFC 4291
 * section 2.5.5): nothing is guessed. */
bool pjwt_net_parse(const char *text, struct pjwt_net *net);

/* Is `host` (borrowed) an address in it? A name, an address with a zone, and "" are in none; an
 * IPv4-mapped IPv6 address is that IPv4 address. */
bool pjwt_net_has(const struct pjwt_net *net, const char *host);

#endif
