#include "tests/unit/support/child.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

void
test_child_start(struct test_child *child, test_child_fn *work, struct scratch *s)
{
    assert_int_equal(pipe2(child->to_parent, O_CLOEXEC), 0);
    assert_int_equal(pipe2(child->to_child, O_CLOEXEC), 0);
    child->pid = fork();
    assert_true(child->pid >= 0);
    if (child->pid == 0) {
        (void)close(child->to_parent[0]); /* so that each side sees the end of the other */
        (void)close(child->to_child[1]);
        _exit(work(s, child));
    }
    (void)close(child->to_parent[1]);
    (void)close(child->to_child[0]);
}

void
test_child_tell(struct test_child *child)
{
    if (write(child->to_parent[1], ".", 1) != 1) {
        _exit(101);
    }
}

void
test_child_wait(struct test_child *child)
{
    char byte = 0;

    if (read(child->to_child[0], &byte, 1) != 1) {
        _exit(102);
    }
}

void
test_parent_wait(struct test_child *child)
{
    char byte = 0;

    assert_int_equal(read(child->to_parent[0], &byte, 1), 1);
}

void
test_parent_tell(struct test_child *child)
{
    assert_int_equal(write(child->to_child[1], ".", 1), 1);
}

int
test_child_end(struct test_child *child)
{
    int status = 0;

    (void)close(child->to_parent[0]);
    (void)close(child->to_child[1]);
    while (waitpid(child->pid, &status, 0) < 0) {
        assert_int_equal(errno, EINTR);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
