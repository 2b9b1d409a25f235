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

/* A test for each row, at most 64: the verdict is the row's, and the report tells it too. To be
 * returned from main(). */
int binding_run(const struct binding_row *rows, size_t count);

#define BINDING_RUN(rows) binding_run(rows, sizeof(rows) / sizeof((rows)[0]))

#endif
