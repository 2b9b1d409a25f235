/* What was written to syslog? A receiver on one socket that keeps every line, and can say when
 * it has them all.
 *
 *   logsink SOCKET FILE      receive until killed; prints "ready" once it listens
 *   logsink --flush SOCKET   return when everything sent before this is in FILE */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#define LINE_MAX_BYTES 65536
#define FLUSH          "logsink: flush"
#define FLUSH_SECONDS  10

static int
usage(void)
{
    fputs("usage: logsink SOCKET FILE\n       logsink --flush SOCKET\n", stderr);
    return 2;
}

static int
failed(const char *what)
{
    perror(what);
    return 1;
}

static int
address(const char *path, struct sockaddr_un *to)
{
    *to = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof(to->sun_path)) {
        return -1;
    }
    memcpy(to->sun_path, path, strlen(path));
    return 0;
}

/* One datagram is one entry: line ends inside it would forge others, so they are shown. */
static void
keep(FILE *file, const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (line[i] == '\n' || line[i] == '\0') {
            fputs(i + 1 == len ? "" : "\\n", file);
        } else {
            fputc(line[i], file);
        }
    }
    fputc('\n', file);
    fflush(file);
}

static int
receive(int sock, FILE *file)
{
    static char line[LINE_MAX_BYTES];

    for (;;) {
        struct sockaddr_un from = {0};
        socklen_t size = sizeof(from);
        ssize_t n = recvfrom(sock, line, sizeof(line), 0, (struct sockaddr *)&from, &size);

        if (n < 0) {
            return failed("recvfrom");
        }
        if ((size_t)n == strlen(FLUSH) && memcmp(line, FLUSH, (size_t)n) == 0) {
            (void)sendto(sock, FLUSH, strlen(FLUSH), 0, (struct sockaddr *)&from, size);
        } else {
            keep(file, line, (size_t)n);
        }
    }
}

static int
serve(const char *path, const char *name)
{
    struct sockaddr_un here;
    int sock = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    FILE *file = fopen(name, "ae");

    if (sock < 0 || file == NULL || address(path, &here) != 0) {
        return failed(name);
    }
    (void)unlink(path);
    if (bind(sock, (struct sockaddr *)&here, sizeof(here)) != 0 || chmod(path, 0666) != 0) {
        return failed(path);
    }
    puts("ready");
    fflush(stdout);
    return receive(sock, file);
}

/* Datagrams keep their order, so the echo comes after everything sent before. */
static int
flush(const char *path)
{
    struct sockaddr_un there, any = {.sun_family = AF_UNIX};
    struct timeval limit = {.tv_sec = FLUSH_SECONDS};
    char echo[sizeof(FLUSH)];
    int sock = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (sock < 0 || address(path, &there) != 0 ||
        bind(sock, (struct sockaddr *)&any, sizeof(any.sun_family)) != 0 ||
        setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)) != 0 ||
        sendto(sock, FLUSH, strlen(FLUSH), 0, (struct sockaddr *)&there, sizeof(there)) < 0 ||
        recv(sock, echo, sizeof(echo), 0) < 0) {
        return failed(path);
    }
    return 0;
}

int
main(int argc, char **argv)
{
    if (argc != 3) {
        return usage();
    }
    return strcmp(argv[1], "--flush") == 0 ? flush(argv[2]) : serve(argv[1], argv[2]);
}
