/* How does the section that we ship for a real issuer come into the config? */
#include "tests/pam/config_text.h"
#include "tests/pam/text.h"
#include "tests/pam/verbs.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define SHIPPED "conf/issuers"

/* The whole of a small file, or NULL when there is none. */
static char *
read_text(const char *path)
{
    PJWT_AUTO(fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
    char *text = NULL;
    char bytes[4096];
    ssize_t n = 0;

    while (fd >= 0 && (n = read(fd, bytes, sizeof(bytes))) > 0) {
        text_add(&text, "%.*s", (int)n, bytes);
    }
    return text;
}

static void
put_keys(const struct house *house, const char *name)
{
    PJWT_AUTO(text) char *dir = house_path(house, "keys_dir");
    PJWT_AUTO(text) char *path = text_format("%s/%s.jwks", dir, name);
    PJWT_AUTO(text) char *set = json_dumps(house->keys, JSON_COMPACT);

    house_put(path, set, 0644);
}

static void
put_map(const struct house *house, const char *name)
{
    PJWT_AUTO(text) char *from = text_format(SHIPPED "/%s.users", name);
    PJWT_AUTO(text) char *map = read_text(from);
    PJWT_AUTO(text) char *etc = house_path(house, "etc");
    PJWT_AUTO(text) char *to = text_format("%s/%s.users", etc, name);

    if (map != NULL) {
        house_put(to, map, 0644);
    }
}

/* [issuer] github: conf/issuers/github.conf, word for word, beside the issuer corp */
void
verb_issuer(struct scene *scene, char *text)
{
    struct house *house = scene->house;
    PJWT_AUTO(text) char *path = text_format(SHIPPED "/%s.conf", text);
    PJWT_AUTO(text) char *section = read_text(path);
    PJWT_AUTO(text) char *issuers = text_format("issuers = corp, %s", text);

    if (section == NULL) {
        scene_wrong(scene, "[issuer] there is no %s", path);
        return;
    }
    text_add(&house->config, "\n%s", section);
    config_text_set(&house->config, "service sshd", issuers);
    put_keys(house, text);
    put_map(house, text);
    house_write(house);
}
