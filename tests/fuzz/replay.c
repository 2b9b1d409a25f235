/* Does every input that was kept still go through its target? Runs one without the fuzzer, so
 * that any compiler and any flavour can. usage: replay_NAME FOLDER */
#include "tests/fuzz/support/fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static bool
replay(const char *folder, const char *name)
{
    static uint8_t bytes[1 << 20];
    char path[512];
    FILE *file = NULL;
    size_t len = 0;

    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    len = fread(bytes, 1, sizeof(bytes), file);
    (void)fclose(file);
    for (size_t cut = 0; cut <= len;
         cut += 1 + len / 64) { /* and what is left when it is cut */
        (void)LLVMFuzzerTestOneInput(bytes, cut);
    }
    return LLVMFuzzerTestOneInput(bytes, len) == 0;
}

int
main(int argc, char **argv)
{
    DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;
    const struct dirent *entry = NULL;
    int count = 0;

    if (dir == NULL) {
        (void)fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    while ((entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] != '.') {
            bool good = replay(argv[1], entry->d_name);

            printf("%sok %d - %s\n", good ? "" : "not ", ++count, entry->d_name);
            (void)fflush(stdout);
        }
    }
    (void)closedir(dir);
    printf("1..%d\n", count);
    return 0;
}
