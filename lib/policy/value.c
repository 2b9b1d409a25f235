/* Is this text a proper value for its option? */
#include "lib/policy/value.h"

#include "lib/base/grant.h"
#include "lib/policy/config.h"
#include "lib/policy/list.h"
#include "lib/policy/pointer.h"
#include "lib/policy/user.h"

#include <string.h>

#define NAME_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"
#define NAME_LEN     64
#define FILE_LEN     255

/* Keeps a copy of `value` when it is `good`; no memory leaves `*expected` NULL. */
static bool
keep(void *field, const char *value, bool good, const char *words, const char **expected)
{
    char *copy = NULL;

    *expected = words;
    if (!good) {
        return false;
    }
    *expected = NULL;
    copy = strdup(value);
    if (copy == NULL) {
        return false;
    }
    *(char **)field = copy;
    return true;
}

bool
pjwt_value_iss(void *field, const char *value, const char **expected)
{
    bool good = *value != '\0' && strpbrk(value, " \t") == NULL && strlen(value) < PJWT_ISS_MAX;

    return keep(field, value, good, "the iss claim: 1 to 512 bytes without a blank", expected);
}

bool
pjwt_value_file(void *field, const char *value, const char **expected)
{
    bool good = *value != '\0' && *value != '.' && strpbrk(value, "/ \t") == NULL &&
                strlen(value) <= FILE_LEN;

    return keep(field, value, good, "a file name without / that does not start with a dot",
                expected);
}

bool
pjwt_value_claim(void *field, const char *value, const char **expected)
{
    bool good = *value != '\0' && strlen(value) <= PJWT_POINTER_MAX &&
                (*value != '/' || pjwt_pointer_valid(value));

    return keep(field, value, good, "the name of a claim, or a JSON Pointer such as /a/b",
                expected);
}

bool
pjwt_value_suffix(void *field, const char *value, const char **expected)
{
    bool good = *value != '\0' && strpbrk(value, " \t,") == NULL && strlen(value) <= FILE_LEN;

    return keep(field, value, good, "one suffix such as @corp.example, without a blank",
                expected);
}

bool
pjwt_value_group(void *field, const char *value, const char **expected)
{
    bool good = *value != '\0' && strpbrk(value, "\t,:|") == NULL && strlen(value) <= FILE_LEN;

    return keep(field, value, good, "the name of one local group", expected);
}

bool
pjwt_value_path(void *field, const char *value, const char **expected)
{
    return keep(field, value, *value == '/', "an absolute path", expected);
}

/* Every element must satisfy `good`; an empty list only where `empty` allows. */
static bool
keep_list(void *field, const char *value, bool empty, bool (*good)(const char *),
          const char *words, const char **expected)
{
    struct pjwt_list *list = field;

    if (!pjwt_list_split(list, value, expected)) {
        return false;
    }
    *expected = words;
    for (size_t i = 0; i < list->count; i++) {
        if (!good(list->item[i])) {
            return false;
        }
    }
    return empty || list->count > 0;
}

static bool
any_word(const char *word)
{
    return *word != '\0';
}

bool
pjwt_value_words(void *field, const char *value, const char **expected)
{
    return keep_list(field, value, false, any_word, "at least one word", expected);
}

static bool
known_algorithm(const char *word)
{
    return pjwt_alg_from_name(word, strlen(word)) != PJWT_ALG_NONE_KNOWN;
}

bool
pjwt_value_algorithms(void *field, const char *value, const char **expected)
{
    return keep_list(field, value, false, known_algorithm,
                     "any of Ed25519, Ed448, ES256, ES384, ES512, ES256K, RS256, RS384, RS512, "
                     "PS256, PS384, PS512, or HS256, HS384, HS512",
                     expected);
}

static bool
known_kind(const char *word)
{
    return strcmp(word, "jwt") == 0 || strcmp(word, "ticket") == 0;
}

bool
pjwt_value_kinds(void *field, const char *value, const char **expected)
{
    return keep_list(field, value, false, known_kind, "jwt, ticket or both", expected);
}

bool
pjwt_value_sections(void *field, const char *value, const char **expected)
{
    return keep_list(field, value, false, pjwt_value_section_name,
                     "names of [issuer NAME] sections", expected);
}

bool
pjwt_value_services(void *field, const char *value, const char **expected)
{
    return keep_list(field, value, false, pjwt_value_service_name, "names of PAM services",
                     expected);
}

bool
pjwt_value_users(void *field, const char *value, const char **expected)
{
    return keep_list(field, value, true, pjwt_user_name_valid, "local user names", expected);
}

static bool
no_word(const char *word)
{
    (void)word;
    return false;
}

/* A name that is taken and then not heeded would look like a door that is open. */
bool
pjwt_value_nobody(void *field, const char *value, const char **expected)
{
    return keep_list(field, value, true, no_word, "nothing: only root may ask, so far",
                     expected);
}

bool
pjwt_value_yes_no(void *field, const char *value, const char **expected)
{
    bool yes = strcmp(value, "yes") == 0;

    *expected = "yes or no";
    *(bool *)field = yes;
    return yes || strcmp(value, "no") == 0;
}

bool
pjwt_value_bind_key(void *field, const char *value, const char **expected)
{
    static const char *const words[] = {[PJWT_BIND_NO] = "no",
                                        [PJWT_BIND_IF_PRESENT] = "if-present",
                                        [PJWT_BIND_REQUIRED] = "required"};

    *expected = "no, if-present or required";
    for (enum pjwt_bind_key i = PJWT_BIND_NO; i <= PJWT_BIND_REQUIRED; i++) {
        if (strcmp(value, words[i]) == 0) {
            *(enum pjwt_bind_key *)field = i;
            return true;
        }
    }
    return false;
}

bool
pjwt_value_ending(void *field, const char *value, const char **expected)
{
    static const char *const names[] = {
        [PJWT_END_REVOKED] = "revoked", [PJWT_END_EXPIRED] = "expired", [PJWT_END_NO] = "no"};

    *expected = "revoked, expired or no";
    for (enum pjwt_end i = PJWT_END_REVOKED; i <= PJWT_END_NO; i++) {
        if (strcmp(value, names[i]) == 0) {
            *(enum pjwt_end *)field = i;
            return true;
        }
    }
    return false;
}

bool
pjwt_value_section_name(const char *name)
{
    size_t len = strlen(name);

    return len >= 1 && len <= NAME_LEN && strspn(name, NAME_LETTERS) == len;
}

bool
pjwt_value_service_name(const char *name)
{
    size_t len = strlen(name);

    return len >= 1 && len <= NAME_LEN && strspn(name, NAME_LETTERS "@") == len;
}
