/* What if the machine denies what a judge needs, in the middle of a login? Each phase is
 * refused, or the judge takes back what its caller may not deny; nothing is left behind, and
 * the next login is a login. */
#include "tests/pam/guest.h"
#include "tests/pam/host/denial.h"
#include "tests/pam/host/host.h"
#include "tests/pam/play.h"
#include "tests/pam/text.h"
#include "tests/pam/verbs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <security/pam_appl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOTE 2048

static const struct phase {
    const char *name;
    int (*call)(pam_handle_t *pamh, int flags);
    bool checks; /* account and session: one code for every refusal */
} phases[] = {
    {"authenticate", pam_authenticate, false},
    {"acct_mgmt", pam_acct_mgmt, true},
    {"open_session", pam_open_session, true},
};
#define PHASES (sizeof(phases) / sizeof(phases[0]))

static const struct {
    const char *reason;
    int code; /* of authenticate */
} endings[] = {
    [DENIAL_ACCEPTED] = {"ok", PAM_SUCCESS},
    [DENIAL_START] = {"judge-start", PAM_SYSTEM_ERR},
    [DENIAL_PROCESS] = {"process", PAM_SYSTEM_ERR},
    [DENIAL_MEMORY] = {"no-memory", PAM_BUF_ERR},
    [DENIAL_KILLED] = {"judge-silent", PAM_AUTH_ERR},
};

/* The phases before it, which are denied nothing. */
static void
come_to(struct scene *scene, const struct phase *phase)
{
    if (phase == &phases[0]) {
        play_line(scene, "token", "");
        play_line(scene, "prompts", "echo_off = Token: |%token");
        return;
    }
    host_authenticate(scene, "PAM_SUCCESS", "accepted user=alice reason=ok");
    if (phase == &phases[2]) {
        play_line(scene, "run", "acct_mgmt = PAM_SUCCESS");
        play_line(scene, "log", "accepted user=alice reason=ok");
    }
}

/* Nothing of ours may run between `deny` and `allow` but libpam and the module. */
static void
run_denied(struct scene *scene, const struct phase *phase, const struct denial *denial)
{
    enum denial_end end = denial->end();
    int wanted = end == DENIAL_ACCEPTED ? PAM_SUCCESS
                 : phase->checks        ? PAM_PERM_DENIED
                                        : endings[end].code;
    PJWT_AUTO(text)
    char *log =
        text_format("%s user=alice reason=%s", end == DENIAL_ACCEPTED ? "accepted" : "refused",
                    endings[end].reason);
    pam_handle_t *pamh = scene_handle(scene);
    PJWT_AUTO(text) char *before = guest_describe();
    PJWT_AUTO(text) char *after = NULL;
    PJWT_AUTO(text) char *changed = NULL;

    expect_settle(scene);
    if (scene->wrong != NULL || !denial->deny()) {
        scene_wrong(scene, "it cannot be denied: %s", strerror(errno));
        return;
    }
    scene->phase = phase->name;
    scene->code = phase->call(pamh, 0);
    denial->allow();
    if (end == DENIAL_KILLED) {
        wanted = scene->code == PAM_SUCCESS ? PAM_AUTH_ERR : scene->code;
    } else {
        scene->running = true;
        play_line(scene, "log", log);
    }
    if (scene->code != wanted) {
        scene_wrong(scene, "%s returned %d, not %d", phase->name, scene->code, wanted);
    }
    after = guest_describe();
    changed = denial->lasts ? NULL : guest_changed(before, after);
    if (changed != NULL) {
        scene_wrong(scene, "%s: %s", phase->name, changed);
    }
}

static char *
one_phase(struct house *house, const struct phase *phase, const struct denial *denial)
{
    struct scene scene = {0};
    int status = 0;

    scene_start(&scene, house, false);
    come_to(&scene, phase);
    run_denied(&scene, phase, denial);
    if (scene.wrong == NULL &&
        (waitpid(-1, &status, WNOHANG | (int)__WALL) != -1 || errno != ECHILD)) {
        scene_wrong(&scene, "%s: a child is left", phase->name);
    }
    return play_end(&scene);
}

/* In a process of its own, so that what cannot be given back is denied to nobody else. */
static char *
apart(struct house *house, const struct phase *phase, const struct denial *denial)
{
    char *note = mmap(NULL, NOTE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    char *wrong = NULL;
    int status = 0;
    pid_t pid = note == MAP_FAILED ? -1 : fork();

    if (pid == 0) {
        wrong = one_phase(house, phase, denial);
        (void)snprintf(note, NOTE, "%s", wrong == NULL ? "" : wrong);
        _exit(wrong == NULL ? 0 : 1);
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (denial->end() == DENIAL_KILLED && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) {
        wrong = NULL;
    } else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        wrong = text_format("%s: %s", phase->name,
                            WIFEXITED(status) ? note : "the host was killed");
    }
    (void)munmap(note, NOTE);
    return wrong;
}

/* The names in a directory of the house, and whether somebody still stands in the queue. */
static void
list(const struct house *house, const char *name, char **text)
{
    PJWT_AUTO(text) char *path = house_path(house, name);
    struct dirent **entry = NULL;
    int count = scandir(path, &entry, NULL, alphasort);

    text_add(text, "%s:", name);
    for (int i = 0; i < count; i++) {
        text_add(text, " %s", entry[i]->d_name);
        free(entry[i]);
    }
    free(entry);
}

static char *
traces(const struct house *house)
{
    PJWT_AUTO(text) char *queue = house_path(house, "queue");
    PJWT_AUTO(fd) int fd = open(queue, O_RDONLY | O_CLOEXEC);
    PJWT_AUTO(store) struct pjwt_store *store = house_store(house);
    struct pjwt_store_counts counts = {0};
    char *text = NULL;

    list(house, "run", &text);
    list(house, "state", &text);
    text_add(&text, " queue %s", flock(fd, LOCK_EX | LOCK_NB) == 0 ? "free" : "held");
    if (pjwt_ok(pjwt_store_count(store, &counts))) {
        text_add(&text, " logins %ld", counts.logins);
    }
    return text;
}

char *
host_denied(struct house *house, const struct denial *denial)
{
    PJWT_AUTO(text) char *before = NULL;
    char *wrong = NULL;

    house_verify(house, "good");
    wrong = host_log_in(house);
    before = traces(house);
    for (size_t i = 0; i < PHASES && wrong == NULL; i++) {
        PJWT_AUTO(text) char *after = NULL;

        wrong = apart(house, &phases[i], denial);
        if (wrong == NULL && !host_gone(house->verify)) {
            wrong = text_format("%s: a judge is left", phases[i].name);
        }
        after = traces(house);
        /* A session that was opened has its row, until its process is known to be gone. */
        if (wrong == NULL && denial->end() != DENIAL_ACCEPTED && strcmp(before, after) != 0) {
            wrong = text_format("%s: before: %s; after: %s", phases[i].name, before, after);
        }
    }
    return wrong == NULL ? host_log_in(house) : wrong;
}
