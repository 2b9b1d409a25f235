#include "helper/lint/pam_d.h"

#include "helper/lint/pam_reach.h"
#include "helper/lint/tree.h"
#include "lib/policy/list.h"

#include <stdio.h>
#include <string.h>

#define LIST_SCOPE __attribute__((cleanup(pjwt_list_clear)))

/* Where libpam looks, in this order: the first that is there counts. */
static const char *const places[] = {"/etc/pam.d/", "/usr/lib/pam.d/"};

#define PLACES (sizeof(places) / sizeof(places[0]))

/* A pjwt_pam_read_fn; `context` is the pjwt_lint. An absolute name is one below the root. */
static enum pjwt_pam_found
read_below(void *context, const char *name, char **text, char **path)
{
    struct pjwt_lint *lint = context;
    bool absolute = name[0] == '/';

    for (size_t i = 0; i < (absolute ? 1 : PLACES); i++) {
        PJWT_AUTO(text) char *whole = NULL;
        enum pjwt_tree found = PJWT_TREE_MISSING;

        if (asprintf(&whole, "%s%s%s", lint->root, absolute ? "" : places[i], name) < 0) {
            whole = NULL;
            lint->short_of_memory = true;
            return PJWT_PAM_UNREADABLE;
        }
        found = pjwt_tree_read(whole, PJWT_PAM_FILE_BYTES, text);
        if (found == PJWT_TREE_UNREADABLE) {
            pjwt_lint_unexamined(lint, whole, "");
            return PJWT_PAM_UNREADABLE;
        }
        if (found == PJWT_TREE_THERE) {
            *path = pjwt_take(whole);
            return PJWT_PAM_THERE;
        }
    }
    return PJWT_PAM_MISSING;
}

static bool
is_empty(const struct pjwt_pam_service *service)
{
    for (int i = 0; i < PJWT_PAM_PHASES; i++) {
        if (service->phase[i].count > 0) {
            return false;
        }
    }
    return true;
}

/* Moves what `other` has for the phases that the service leaves out. Its file names stay valid:
 * they move along. */
static void
fill_from_other(struct pjwt_lint *lint, struct pjwt_pam_service *service)
{
    PJWT_PAM_SERVICE_SCOPE struct pjwt_pam_service other = {.incomplete = false};

    (void)pjwt_pam_service_read(read_below, lint, "other", &other);
    for (size_t i = 0; i < other.files.count; i++) {
        char **grown = reallocarray(service->files.item, service->files.count + 1,
                                    sizeof(*service->files.item));

        if (grown == NULL) {
            lint->short_of_memory = true;
            return;
        }
        service->files.item = grown;
        service->files.item[service->files.count++] = pjwt_take(other.files.item[i]);
    }
    for (int i = 0; i < PJWT_PAM_PHASES; i++) {
        if (service->phase[i].count == 0) {
            service->phase[i] = other.phase[i];
            other.phase[i] = (struct pjwt_pam_stack){NULL, 0};
        }
    }
    service->incomplete = service->incomplete || other.incomplete;
}

enum pjwt_pam_found
pjwt_pam_d_service(struct pjwt_lint *lint, const char *name, struct pjwt_pam_service *service)
{
    enum pjwt_pam_found found = pjwt_pam_service_read(read_below, lint, name, service);

    if (found != PJWT_PAM_UNREADABLE && strcmp(name, "other") != 0 && !is_empty(service)) {
        fill_from_other(lint, service);
    }
    lint->short_of_memory = lint->short_of_memory || service->short_of_memory;
    return found;
}

bool
pjwt_pam_d_calls(const struct pjwt_pam_service *service, enum pjwt_pam_phase phase)
{
    return pjwt_pam_ours(&service->phase[phase], phase) != NULL;
}

/* What editors and packages leave behind is no service. */
static bool
is_leftover(const char *name)
{
    static const char *const marks[] = {"~",     ".dpkg-", ".rpm", ".bak",
                                        ".orig", ".ucf-",  ".old"};

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (strstr(name, marks[i]) != NULL) {
            return true;
        }
    }
    return false;
}

/* By convention these are only included: the lines of the other phases stand in others. */
static bool
is_fragment(const struct pjwt_lint *lint, const char *name)
{
    size_t len = strlen(name);

    if (lint->config != NULL && pjwt_config_service(lint->config, name) != NULL) {
        return false;
    }
    return strncmp(name, "common-", 7) == 0 ||
           (len > 5 && strcmp(name + len - 5, "-auth") == 0) ||
           (len > 6 && strcmp(name + len - 6, "-login") == 0);
}

void
pjwt_pam_d_services(struct pjwt_lint *lint, struct pjwt_list *names)
{
    for (size_t i = 0; i < PLACES; i++) {
        LIST_SCOPE struct pjwt_list here = {0};
        PJWT_AUTO(text) char *dir = pjwt_lint_path(lint, places[i]);

        if (dir != NULL &&
            pjwt_tree_list(dir, PJWT_PAM_SERVICES, &here) == PJWT_TREE_UNREADABLE) {
            pjwt_lint_unexamined(lint, dir, "");
        }
        for (size_t j = 0; j < here.count; j++) {
            const char *name = here.item[j];

            if (!is_leftover(name) && !is_fragment(lint, name) && !pjwt_list_has(names, name) &&
                !pjwt_list_add(names, name, strlen(name))) {
                lint->short_of_memory = true;
            }
        }
    }
}
