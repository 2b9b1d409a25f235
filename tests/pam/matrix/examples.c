#include "tests/pam/matrix/examples.h"

#include "tests/pam/journal.h"
#include "tests/pam/matrix/guest_login.h"
#include "tests/pam/play.h"
#include "tests/pam/tap.h"
#include "tests/pam/text.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *const examples[] = {"sshd", "sudo", "sudo-i", "su", "su-l", "generic"};

const size_t example_count = sizeof(examples) / sizeof(examples[0]);

/* One line of an example, with our module's path and arguments. libpam looks for what is
 * included in /etc/pam.d alone, unless it is told the whole path. */
static void
add_example_line(char **text, const char *line, const char *ours, const char *dir)
{
    const char *at = strstr(line, "pam_jwt.so");
    const char *include = strstr(line, " include ");

    if (line[0] != '#' && at != NULL) {
        text_add(text, "%.*s%s", (int)(at - line), line, ours);
    } else if (line[0] != '#' && include != NULL) {
        include += strlen(" include ");
        include += strspn(include, " ");
        text_add(text, "%.*s%s/%s", (int)(include - line), line, dir, include);
    } else {
        text_add(text, "%s", line);
    }
}

void
example_bring(const struct house *house, const char *from)
{
    PJWT_AUTO(text) char *dir = text_format("%s/examples", house->base);
    struct stat owner = {0};

    /* who removes the house removes this as well */
    if (mkdir(dir, 0755) != 0 || stat(house->base, &owner) != 0 ||
        chown(dir, owner.st_uid, (gid_t)-1) != 0) {
        text_die("no directory %s", dir);
    }
    for (size_t i = 0; i < example_count; i++) {
        PJWT_AUTO(text) char *path = text_format("%s/%s", from, examples[i]);
        PJWT_AUTO(text) char *to = text_format("%s/%s", dir, examples[i]);

        house_copy(path, to, 0644);
    }
}

static void
copy_example(const struct house *house, const char *name)
{
    PJWT_AUTO(text) char *path = text_format("%s/examples/%s", house->base, name);
    PJWT_AUTO(text) char *dir = house_path(house, "pam_d");
    PJWT_AUTO(text) char *to = text_format("%s/%s", dir, name);
    PJWT_AUTO(text) char *ours = house_module(house);
    PJWT_AUTO(text) char *text = NULL;
    FILE *file = fopen(path, "re");
    char line[512] = "";

    if (file == NULL) {
        text_die("no example %s", path);
    }
    while (fgets(line, sizeof(line), file) != NULL) {
        add_example_line(&text, line, ours, dir);
    }
    (void)fclose(file);
    house_put(to, text, 0644);
}

static bool
example_admits(struct house *house, const char *service, const struct row *row)
{
    struct scene scene = {0};
    int code = PAM_SUCCESS;

    house_furnish(house);
    scene_start(&scene, house, false);
    play_line(&scene, "config", "service sudo: accept = jwt, ticket");
    play_line(&scene, "config", "text [service sudo-i su-l generic]");
    play_line(&scene, "service", service);
    guest_play(&scene, row->setup, ROW_LINES);
    for (size_t i = 0; i < example_count; i++) {
        copy_example(house, examples[i]);
    }
    code = pam_authenticate(scene_handle(&scene), 0);
    scene_end(&scene);
    return code == PAM_SUCCESS;
}

void
example_try(struct house *house, const char *service)
{
    PJWT_AUTO(text) char *wrong = NULL;
    PJWT_AUTO(text) char *name = NULL;
    size_t refused = 0;

    for (const struct row *row = phases[0].rows; row->name != NULL; row++) {
        bool elsewhere = strcmp(row->name, "no section") == 0 && strcmp(service, "sshd") != 0;

        if (!elsewhere && example_admits(house, service, row)) {
            text_add(&wrong, "%s is admitted\n", row->name);
        }
        refused++;
    }
    if (!example_admits(house, service, &phases[0].good[0])) {
        text_add(&wrong, "a good token is refused\n");
    }
    name = text_format("the example %s: refuses in %zu ways, and admits a good token", service,
                       refused);
    tap_result(wrong == NULL, name, wrong);
    journal_clear();
}
