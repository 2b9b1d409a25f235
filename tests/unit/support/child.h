/* A second process for a test, in step with the first through pipes: no sleeps. */
#ifndef PJWT_TEST_CHILD_H
#define PJWT_TEST_CHILD_H

#include "tests/unit/support/scratch.h"

#include <sys/types.h>

struct test_child {
    pid_t pid;
    int to_parent[2];
    int to_child[2];
};

/* What the child does; its exit code, 0 to 100. It must not assert: it has no test around it.
 */
typedef int test_child_fn(struct scratch *s, struct test_child *child);

void test_child_start(struct test_child *child, test_child_fn *work, struct scratch *s);

/* On the child's side. */
void test_child_tell(struct test_child *child);
void test_child_wait(struct test_child *child);

/* On the parent's side. */
void test_parent_wait(struct test_child *child);
void test_parent_tell(struct test_child *child);

/* Waits for its end; the exit code, or -1 when a signal ended it. */
int test_child_end(struct test_child *child);

#endif
