#include "lib/store/random.h"

#include <errno.h>
#include <sys/random.h>

pjwt_verdict
pjwt_random_fill(void *bytes, size_t len)
{
    unsigned char *at = bytes;

    while (len > 0) {
        ssize_t got = getrandom(at, len, 0); /* waits, once after boot, until it is seeded */

        if (got < 0 && errno != EINTR) {
            return PJWT_SAY(INTERNAL);
        }
        if (got > 0) {
            at += got;
            len -= (size_t)got;
        }
    }
    return PJWT_SAY(OK);
}
