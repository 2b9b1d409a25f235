/* Does a user map that loads hold what its lines say, and nothing else? */
#include "tests/fuzz/support/fuzz.h"

#include "lib/policy/user.h"
#include "lib/policy/user_map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One line of the input, which ends at `len`, looked up in the map. */
static void
check_line(const struct pjwt_user_map *map, const char *line, size_t len)
{
    size_t name = strcspn(line, " \t\n");
    size_t blanks = strspn(line + name, " \t");
    char *value = strndup(line + name + blanks, len - name - blanks);
    const char *user = NULL;
    size_t found = 0;

    FUZZ_MUST(name > 0 && blanks > 0 && *value != '\0');
    for (size_t at = 0; (user = pjwt_user_map_next(map, value, &at)) != NULL;) {
        FUZZ_MUST(pjwt_user_name_valid(user));
        found += strlen(user) == name && memcmp(user, line, name) == 0;
    }
    FUZZ_MUST(found == 1);
    free(value);
}

/* Of a map that loaded: each line that is neither blank nor a comment maps something. */
static void
check_lines(const struct pjwt_user_map *map, const char *text)
{
    while (*text != '\0') {
        size_t len = strcspn(text, "\n");

        FUZZ_MUST(len <= PJWT_USER_MAP_LINE);
        if (*text != '#' && strspn(text, " \t") < len) {
            check_line(map, text, len);
        }
        text += len + (text[len] == '\n' ? 1 : 0);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    PJWT_AUTO(user_map) struct pjwt_user_map *map = NULL;
    PJWT_AUTO(text) char *text = malloc(len + 1);
    struct pjwt_why why = {""};
    size_t at = 0;
    pjwt_verdict v = PJWT_SAY(UNSET);

    FUZZ_MUST(text != NULL);
    memcpy(text, bytes, len);
    text[len] = '\0';
    fuzz_files_hold(text, len);
    v = pjwt_user_map_load("/etc/corp.users", &map, &why);
    fuzz_files_hold(NULL, 0);
    if (!pjwt_ok(v)) {
        FUZZ_MUST(map == NULL && why.text[0] != '\0' && v.reason == PJWT_MAP_BAD);
        return 0;
    }
    FUZZ_MUST(strlen(text) == len && pjwt_user_map_next(map, "", &at) == NULL);
    check_lines(map, text);
    return 0;
}
