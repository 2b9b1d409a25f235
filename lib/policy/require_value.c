/* Is this text a proper list of requirements? */
#include "lib/policy/value.h"

#include "lib/policy/list.h"
#include "lib/policy/pointer.h"

#include <string.h>

#define BLANK(c) ((c) == ' ' || (c) == '\t')
#define FORM     "NAME=VALUE, or NAME=VALUE|VALUE"

/* `text` runs to '=' at `len`. */
static const char *
wrong_name(const char *text, size_t len)
{
    char name[PJWT_POINTER_MAX + 1] = "";

    if (len == 0 || len > PJWT_POINTER_MAX) {
        return FORM ": the name of a claim, or a JSON Pointer such as /a/b, before the =";
    }
    memcpy(name, text, len);
    if (strchr("!<>", name[len - 1]) != NULL) {
        return FORM ": there is no !=, < or >, so list the values that are allowed";
    }
    if (BLANK(name[len - 1])) {
        return FORM ", with no blank beside = or |";
    }
    if (strpbrk(name, " \t") != NULL || (*name == '/' && !pjwt_pointer_valid(name))) {
        return FORM ": the name of a claim, or a JSON Pointer such as /a/b, before the =";
    }
    return NULL;
}

/* One of the values between the bars. A blank inside it may be meant ("Domain Admins"). */
static const char *
wrong_value(const char *text, size_t len)
{
    const char *blank = NULL;

    if (len == 0 || *text == '=') {
        return len == 0 ? FORM ": a value is empty" : FORM ": one = is enough";
    }
    if (BLANK(text[0]) || BLANK(text[len - 1])) {
        return FORM ", with no blank beside = or |";
    }
    if (len > 1 && text[0] == text[len - 1] && strchr("\"'", text[0]) != NULL) {
        return FORM ", without quotes";
    }
    blank = memchr(text, ' ', len);
    blank = blank == NULL ? memchr(text, '\t', len) : blank;
    if (blank != NULL && memchr(blank, '=', len - (size_t)(blank - text)) != NULL) {
        return "commas between the requirements";
    }
    return NULL;
}

static const char *
wrong_values(const char *text, size_t len)
{
    const char *wrong = NULL;

    for (size_t at = 0; at <= len && wrong == NULL;) {
        const char *bar = memchr(text + at, '|', len - at);
        size_t word = bar == NULL ? len - at : (size_t)(bar - text) - at;

        wrong = wrong_value(text + at, word);
        at += word + 1;
    }
    return wrong;
}

static bool
take_requirement(struct pjwt_list *list, const char *text, size_t len, const char **expected)
{
    const char *equals = memchr(text, '=', len);
    size_t name = equals == NULL ? len : (size_t)(equals - text);

    if (equals == NULL) {
        *expected = FORM ": that a claim is there says nothing";
        return false;
    }
    *expected = wrong_name(text, name);
    if (*expected == NULL) {
        *expected = wrong_values(equals + 1, len - name - 1);
    }
    return *expected == NULL && pjwt_list_add(list, text, len);
}

bool
pjwt_value_require(void *field, const char *value, const char **expected)
{
    struct pjwt_list *list = field;

    if (!pjwt_list_each(list, value, take_requirement, expected)) {
        return false;
    }
    *expected = "at least one requirement, " FORM;
    return list->count > 0;
}
