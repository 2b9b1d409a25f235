/* Is a line that `revoke import` takes one that `revoke export` would write, the same again? */
#include "tests/fuzz/support/fuzz.h"

#include "helper/cmd/revoke_line.h"

#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    PJWT_AUTO(json) json_t *line = NULL;
    PJWT_AUTO(text) char *text = NULL;
    struct pjwt_revoked item = {0};
    struct pjwt_revoked again = {0};
    struct pjwt_why why = {""};

    if (len > PJWT_REVOKE_LINE_MAX ||
        !pjwt_revoke_line_read((const char *)bytes, len, &item, &why)) {
        return 0;
    }
    FUZZ_MUST(memchr(item.kind, '\0', sizeof(item.kind)) != NULL && item.row.created > 0);
    line = pjwt_revoke_line_make(&item);
    text = json_dumps(line, JSON_COMPACT);
    FUZZ_MUST(text != NULL && pjwt_revoke_line_read(text, strlen(text), &again, &why));
    FUZZ_MUST(strcmp(again.kind, item.kind) == 0 && again.row.kind == item.row.kind &&
              strcmp(again.row.iss, item.row.iss) == 0 &&
              strcmp(again.row.value, item.row.value) == 0 &&
              again.row.before == item.row.before && again.row.created == item.row.created &&
              again.row.expires == item.row.expires && strcmp(again.row.by, item.row.by) == 0 &&
              strcmp(again.row.why, item.row.why) == 0);
    return 0;
}
