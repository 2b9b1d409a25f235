/* Which bytes? A borrowed run of them, for signing input and signatures. */
#ifndef PJWT_JOSE_OCTETS_H
#define PJWT_JOSE_OCTETS_H

#include <stddef.h>

struct pjwt_octets {
    const unsigned char *at;
    size_t len;
};

#endif
