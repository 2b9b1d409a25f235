/* How is the text of an encrypted token sealed? */
#include "lib/jose/jwe_content.h"

#include <string.h>

static const struct pjwt_content *const contents[] = {
    &pjwt_content_a128gcm,
    &pjwt_content_a256gcm,
    &pjwt_content_a128cbc_hs256,
    &pjwt_content_a256cbc_hs512,
};

#define CONTENTS (sizeof(contents) / sizeof(contents[0]))

const struct pjwt_content *
pjwt_content_at(size_t index)
{
    return index < CONTENTS ? contents[index] : NULL;
}

const struct pjwt_content *
pjwt_content_find(const char *name)
{
    for (size_t i = 0; i < CONTENTS; i++) {
        if (strcmp(contents[i]->name, name) == 0) {
            return contents[i];
        }
    }
    return NULL;
}

pjwt_verdict
pjwt_content_open(const struct pjwt_content *c, const unsigned char *key,
                  const struct pjwt_content_parts *sealed, struct pjwt_secret **text)
{
    PJWT_AUTO(secret) struct pjwt_secret *room = pjwt_secret_new(sealed->text.len);
    size_t len = 0;

    if (room == NULL) {
        return PJWT_SAY(NO_MEMORY);
    }
    /* RFC 7518 sections 5.2.2.2 and 5.3: the tag has its full length, never a prefix of it. */
    if (sealed->iv.len != c->iv || sealed->tag.len != c->tag) {
        return PJWT_SAY(DECRYPT);
    }
    if (!c->open(c, key, sealed, (unsigned char *)pjwt_secret_buffer(room), &len)) {
        return PJWT_SAY(DECRYPT);
    }
    pjwt_secret_set_len(room, len);
    *text = pjwt_take(room);
    return PJWT_SAY(OK);
}
