/* Who releases this? The scope that declares it with PJWT_AUTO, unless pjwt_take() hands it on.
 */
#ifndef PJWT_BASE_OWN_H
#define PJWT_BASE_OWN_H

#include <stdlib.h>
#include <unistd.h>

#define PJWT_AUTO(type) __attribute__((cleanup(pjwt_drop_##type)))

#define PJWT_DEFINE_DROP(name, type, release)     \
    static inline void pjwt_drop_##name(type **p) \
    {                                             \
        if (*p != NULL) {                         \
            release(*p);                          \
        }                                         \
        *p = NULL;                                \
    }

PJWT_DEFINE_DROP(text, char, free)

/* For descriptors: -1 owns nothing. */
static inline void
pjwt_drop_fd(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd);
    }
    *fd = -1;
}

#define pjwt_take(p)                \
    ({                              \
        __typeof__(p) taken_ = (p); \
        (p) = NULL;                 \
        taken_;                     \
    })

#define pjwt_take_fd(fd)   \
    ({                     \
        int taken_ = (fd); \
        (fd) = -1;         \
        taken_;            \
    })

#endif
