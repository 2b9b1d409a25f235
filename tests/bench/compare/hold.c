/* What becomes of a credential that is typed, once or many times over?
 *
 * usage: compare-hold CONFDIR SERVICE USER FILE try FITS     one attempt
 *        compare-hold CONFDIR SERVICE USER FILE hold N       N logins, open at once
 *
 * `try` prints the PAM code, how many prompts there were, and the last message; FITS is the
 * longest answer that goes through whole. `hold` takes the lines of FILE by turns, says "open",
 * waits for the end of its input, closes them all, and says "closed". */
#include "tests/bench/compare/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
attempt(struct host *host, const char *file)
{
    int rc = PAM_SYSTEM_ERR;

    if (!host_read(host, file, 0)) {
        return 2;
    }
    rc = host_auth(host);
    (void)printf("%s %u %s\n", host_code(rc), host->prompts, host->said);
    host_end(host, rc);
    return rc == PAM_SUCCESS ? 0 : 1;
}

/* One is like another: all that differs is the handle. */
static int
open_all(struct host *host, const char *file, pam_handle_t **handle, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int rc = host_read(host, file, i) ? host_login(host) : PAM_SYSTEM_ERR;

        handle[i] = host->pamh;
        if (rc != PAM_SUCCESS) {
            (void)fprintf(stderr, "login %zu: %s %s\n", i, host_code(rc), host->said);
            return rc;
        }
    }
    return PAM_SUCCESS;
}

static int
close_all(struct host *host, pam_handle_t **handle, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int rc = PAM_SUCCESS;

        host->pamh = handle[i];
        rc = host_close(host);
        host_end(host, rc);
        if (rc != PAM_SUCCESS) {
            (void)fprintf(stderr, "the end of login %zu: %s\n", i, host_code(rc));
            return rc;
        }
    }
    return PAM_SUCCESS;
}

static int
hold(struct host *host, const char *file, size_t count)
{
    pam_handle_t **handle = calloc(count, sizeof(pam_handle_t *));
    int status = 1;

    if (handle != NULL && open_all(host, file, handle, count) == PAM_SUCCESS) {
        (void)puts("open");
        (void)fflush(stdout);
        (void)getchar();
        status = close_all(host, handle, count) == PAM_SUCCESS ? 0 : 1;
        (void)puts("closed");
    }
    free(handle);
    return status;
}

int
main(int argc, char **argv)
{
    static struct host host;
    size_t number = argc == 7 ? strtoul(argv[6], NULL, 10) : 0;

    if (number > 0) {
        host = (struct host){.confdir = argv[1], .service = argv[2], .user = argv[3]};
        if (strcmp(argv[5], "try") == 0) {
            host.fits = number;
            return attempt(&host, argv[4]);
        }
        if (strcmp(argv[5], "hold") == 0) {
            return hold(&host, argv[4], number);
        }
    }
    (void)fputs("usage: compare-hold CONFDIR SERVICE USER FILE try FITS | hold N\n", stderr);
    return 2;
}
