/* A token, the keys that sshd saw proved, and whether that login may go on. */
#ifndef PJWT_TEST_BINDING_ROW_H
#define PJWT_TEST_BINDING_ROW_H

#include "tests/unit/support/scratch.h"

#include "lib/policy/binding.h"

/* In texts, @ED and @P256 stand for the keys' thumbprints, @ed, @p256 and @cert for their lines
 * and that of a certificate, @jwk for a JWK. */
struct binding_row {
    const char *name;
    const char *cnf;  /* NULL: none */
    const char *info; /* NULL: none */
    enum pjwt_bind_key bind_key;
    const char *service; /* NULL: sshd */
    pjwt_verdict verdict;
    const char *why; /* a part of it */
};

/* What most rows have. */
#define IF PJWT_BIND_IF_PRESENT
#define OK_     \
    {           \
        PJWT_OK \
    }

/* For a struct CMUnitTest whose initial state is a row: the verdict is the row's, and the
 * report tells it too. */
void binding_check_row(void **state);

#endif
