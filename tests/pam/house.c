#include "tests/pam/house.h"

#include "tests/pam/config_text.h"
#include "tests/pam/keys.h"
#include "tests/pam/sealing.h"
#include "tests/pam/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const struct {
    const char *name;
    const char *path;
} things[] = {
    {"base", ""},
    {"etc", "/case/etc"},
    {"config", "/case/etc/pam_jwt.conf"},
    {"conf_d", "/case/etc/conf.d"},
    {"map", "/case/etc/corp.users"},
    {"keys_dir", "/case/etc/keys"},
    {"keys", "/case/etc/keys/corp.jwks"},
    {"private", "/case/etc/private"},
    {"decrypt", "/case/etc/private/corp-dec.jwks"},
    {"world", "/case/etc/world"},
    {"state", "/case/state"},
    {"store", "/case/state/sessions.db"},
    {"wal", "/case/state/sessions.db-wal"},
    {"guard", "/case/state/sessions.guard"},
    {"template", "/template"},
    {"queue", "/case/state/queue.lock"},
    {"run", "/case/run"},
    {"pam_d", "/case/pam.d"},
    {"judges", "/case/judges"},
    {"good-judge", "/bin/pamjwt-verify"},
    {"rogue", "/bin/rogue"},
    {"earlier", "/bin/pam_earlier.so"},
};

char *
house_path(const struct house *house, const char *name)
{
    if (strcmp(name, "judge") == 0) {
        return text_copy(house->verify, strlen(house->verify));
    }
    for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++) {
        if (strcmp(things[i].name, name) == 0) {
            return text_format("%s%s", house->base, things[i].path);
        }
    }
    return NULL;
}

static void
make_dir(const struct house *house, const char *name, mode_t mode)
{
    PJWT_AUTO(text) char *path = house_path(house, name);

    if ((mkdir(path, mode) != 0 && errno != EEXIST) || chmod(path, mode) != 0) {
        text_die("cannot make %s: %s", path, strerror(errno));
    }
}

static void
give(const char *path, uid_t owner)
{
    if (lchown(path, owner, (gid_t)-1) != 0) {
        text_die("cannot give %s away: %s", path, strerror(errno));
    }
}

/* Copies, because a build tree may lie where the ordinary user cannot go, or be writable by a
 * group. */
static void
bring(const struct house *house, const char *from, const char *name, uid_t owner)
{
    PJWT_AUTO(text) char *to = text_format("%s/bin/%s", house->base, name);

    house_copy(from, to, 0755);
    give(to, owner);
}

void
house_build(struct house *house, const char *out, uid_t owner)
{
    const char *tmp = getenv("TMPDIR");
    PJWT_AUTO(text) char *module = text_format("%s/pam_jwt.so", out);
    PJWT_AUTO(text) char *judge = text_format("%s/tests/pamjwt-verify-test", out);
    PJWT_AUTO(text) char *rogue = text_format("%s/tests/pam/rogue/rogue", out);
    PJWT_AUTO(text) char *earlier = text_format("%s/tests/pam/pam_earlier.so", out);
    PJWT_AUTO(text) char *bin = NULL;

    *house = (struct house){0};
    house->base = text_format("%s/pam_jwt-cases-XXXXXX", tmp == NULL ? "/tmp" : tmp);
    if (mkdtemp(house->base) == NULL || chmod(house->base, 0755) != 0) {
        text_die("no directory %s: %s", house->base, strerror(errno));
    }
    bin = text_format("%s/bin", house->base);
    if (mkdir(bin, 0755) != 0) {
        text_die("no directory %s: %s", bin, strerror(errno));
    }
    bring(house, module, "pam_jwt.so", owner);
    bring(house, judge, "pamjwt-verify", owner);
    bring(house, rogue, "rogue", owner);
    bring(house, earlier, "pam_earlier.so", owner);
    give(bin, owner);
    give(house->base, owner);
    house->module = text_format("%s/pam_jwt.so", bin);
}

static void
forget(struct house *house)
{
    pjwt_drop_text(&house->verify);
    pjwt_drop_text(&house->arguments);
    pjwt_drop_text(&house->earlier);
    pjwt_drop_text(&house->config);
    pjwt_drop_text(&house->users);
    json_decref(house->keys);
    house->keys = NULL;
}

/* Made once and copied for each case: making one waits for the disk. */
static void
make_store(const struct house *house)
{
    PJWT_AUTO(text) char *template = house_path(house, "template");
    struct pjwt_why why = {""};
    bool made = false;
    pjwt_verdict v = pjwt_store_init(template, &made, &why);

    if (!pjwt_ok(v)) {
        text_die("no store: %s %s", pjwt_code(v), why.text);
    }
}

static void
furnish_store(const struct house *house)
{
    static const char *const files[] = {PJWT_STORE_FILE, PJWT_STORE_QUEUE, "sessions.guard"};
    PJWT_AUTO(text) char *template = house_path(house, "template");
    PJWT_AUTO(text) char *state = house_path(house, "state");

    if (access(template, F_OK) != 0) {
        make_store(house);
    }
    make_dir(house, "state", 0700);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        PJWT_AUTO(text) char *from = text_format("%s/%s", template, files[i]);
        PJWT_AUTO(text) char *to = text_format("%s/%s", state, files[i]);

        house_copy(from, to, 0600);
    }
}

void
house_furnish(struct house *house)
{
    PJWT_AUTO(text) char *dir = text_format("%s/case", house->base);
    PJWT_AUTO(text) char *state = house_path(house, "state");
    PJWT_AUTO(text) char *run = house_path(house, "run");

    forget(house);
    house_remove(dir);
    if (mkdir(dir, 0755) != 0) {
        text_die("no directory %s: %s", dir, strerror(errno));
    }
    make_dir(house, "etc", 0755);
    make_dir(house, "keys_dir", 0755);
    make_dir(house, "private", 0700);
    make_dir(house, "run", 0755);
    make_dir(house, "pam_d", 0755);
    make_dir(house, "judges", 0755);
    furnish_store(house);
    house->now = HOUSE_NOON;
    house->verify = house_path(house, "good-judge");
    house->arguments = text_copy("", 0);
    house->earlier = text_copy("", 0);
    house->config = config_text_good(state, run);
    house->keys = keys_published();
    house->users = text_format("user root 0\nuser daemon 1\nuser alice 1001\n"
                               "user bob 1002\nuser carol 1003\nuser nobody 65534\n");
    house_write(house);
}

void
house_write(const struct house *house)
{
    PJWT_AUTO(text) char *config = house_path(house, "config");
    PJWT_AUTO(text) char *keys = house_path(house, "keys");
    PJWT_AUTO(text) char *world = house_path(house, "world");
    PJWT_AUTO(text) char *decrypt = house_path(house, "decrypt");
    PJWT_AUTO(text) char *set = json_dumps(house->keys, JSON_COMPACT);
    PJWT_AUTO(text) char *openers = sealing_set();
    PJWT_AUTO(text)
    char *said = text_format("now %lld\n%s", (long long)house->now, house->users);

    house_put(config, house->config, 0644);
    house_put(keys, set, 0644);
    house_put(decrypt, openers, 0600);
    house_put(world, said, 0644);
    house_write_pam_d(house);
}

void
house_demolish(struct house *house)
{
    forget(house);
    house_remove(house->base);
    pjwt_drop_text(&house->base);
    pjwt_drop_text(&house->module);
}

void
house_verify(struct house *house, const char *name)
{
    PJWT_AUTO(text) char *judges = house_path(house, "judges");
    PJWT_AUTO(text)
    char *from = house_path(house, strncmp(name, "rogue-", 6) == 0 ? "rogue" : "good-judge");

    free(house->verify);
    house->verify = text_format("%s/%s", judges, name);
    if (strcmp(name, "missing") != 0) {
        house_copy(from, house->verify, 0755);
    }
    house_write_pam_d(house);
}

struct pjwt_store *
house_store(const struct house *house)
{
    PJWT_AUTO(text) char *state = house_path(house, "state");
    struct pjwt_store *store = NULL;
    struct pjwt_why why = {""};
    pjwt_verdict v = pjwt_store_open(state, &store, &why);

    if (!pjwt_ok(v)) {
        text_die("cannot open the store: %s %s", pjwt_code(v), why.text);
    }
    return store;
}
