/* How does a config value become a list of words? */
#include "lib/policy/list.h"

#include <string.h>

bool
pjwt_list_add(struct pjwt_list *list, const char *word, size_t len)
{
    PJWT_AUTO(text) char *copy = strndup(word, len);
    char **item = NULL;

    if (copy == NULL) {
        return false;
    }
    item = reallocarray(list->item, list->count + 1, sizeof(*item));
    if (item == NULL) {
        return false;
    }
    list->item = item;
    list->item[list->count++] = pjwt_take(copy);
    return true;
}

/* A blank inside an element is most often a forgotten comma. */
static bool
add_word(struct pjwt_list *list, const char *text, size_t len, const char **expected)
{
    if (strcspn(text, " \t") < len) {
        *expected = "commas between list elements, and no blank inside one";
        return false;
    }
    *expected = NULL;
    return pjwt_list_add(list, text, len);
}

/* One element, not yet trimmed. */
static bool
take_element(struct pjwt_list *list, const char *text, size_t len, pjwt_list_take_fn *take,
             const char **expected)
{
    size_t lead = strspn(text, " \t"); /* ends at the separator, if not before */

    text += lead;
    len -= lead;
    while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t')) {
        len--;
    }
    if (len == 0) {
        *expected = "no empty list element";
        return false;
    }
    if (len > 1 && text[0] == text[len - 1] && strchr("\"'", text[0]) != NULL) {
        *expected = "list elements without quotes around them";
        return false;
    }
    return take(list, text, len, expected);
}

bool
pjwt_list_each(struct pjwt_list *list, const char *text, pjwt_list_take_fn *take,
               const char **expected)
{
    if (*text == '\n') { /* nothing stands beside the "=": the list is below */
        text++;
    }
    while (*text != '\0') {
        size_t len = strcspn(text, ",\n");
        bool more = text[len] != '\0';

        if (!take_element(list, text, len, take, expected)) {
            return false;
        }
        text += len + (more ? 1 : 0);
        if (more && *text == '\0') {
            *expected = "no comma behind the last list element";
            return false;
        }
    }
    return true;
}

bool
pjwt_list_split(struct pjwt_list *list, const char *text, const char **expected)
{
    return pjwt_list_each(list, text, add_word, expected);
}

void
pjwt_list_clear(struct pjwt_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->item[i]);
    }
    free(list->item);
    *list = (struct pjwt_list){0};
}

bool
pjwt_list_has(const struct pjwt_list *list, const char *value)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->item[i], value) == 0) {
            return true;
        }
    }
    return false;
}
