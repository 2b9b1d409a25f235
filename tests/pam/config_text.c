#include "tests/pam/config_text.h"

#include "tests/pam/text.h"

#include <stdbool.h>
#include <string.h>

static const char good[] = "[issuer corp]\n"
                           "iss = https://idp.example.com/realms/corp\n"
                           "keys = corp.jwks\n"
                           "algorithms = Ed25519, ES256, RS256\n"
                           "audience = pam:web1.example.com\n"
                           "type = at+jwt\n"
                           "user = preferred_username\n"
                           "max_lifetime = 90m\n"
                           "leeway = 30s\n"
                           "\n"
                           "[service sshd]\n"
                           "accept = jwt, ticket\n"
                           "issuers = corp\n"
                           "\n"
                           "[service su]\n"
                           "accept = jwt, ticket\n"
                           "\n"
                           "[service sudo]\n"
                           "accept = ticket\n"
                           "\n";

char *
config_text_good(const char *state, const char *run)
{
    return text_format("%s[paths]\nstate = %s\nrun = %s\n", good, state, run);
}

/* The first line behind the section's header, or NULL. */
static char *
find_section(char *config, const char *section)
{
    PJWT_AUTO(text) char *header = text_format("[%s]\n", section);
    char *at = strstr(config, header);

    return at == NULL ? NULL : at + strlen(header);
}

static char *
end_of_section(char *from)
{
    char *next = strstr(from, "\n[");

    return next == NULL ? from + strlen(from) : next + 1;
}

/* The section's line that sets the same name, or NULL. */
static char *
find_option(char *from, const char *option)
{
    size_t name = strcspn(option, " =");
    char *end = end_of_section(from);

    for (char *line = from; line < end; line += strcspn(line, "\n") + 1) {
        if (strncmp(line, option, name) == 0 && (line[name] == ' ' || line[name] == '=')) {
            return line;
        }
    }
    return NULL;
}

/* Replaces `len` bytes at `at`, which is in `*config`. */
static void
splice(char **config, const char *at, size_t len, const char *line)
{
    char *spliced = text_format("%.*s%s%s%s", (int)(at - *config), *config, line,
                                line[0] == '\0' ? "" : "\n", at + len);

    free(*config);
    *config = spliced;
}

void
config_text_set(char **config, const char *section, const char *option)
{
    const char *equals = strchr(option, '=');
    bool out = equals != NULL && equals[1 + strspn(equals + 1, " ")] == '\0';
    char *from = find_section(*config, section);
    char *at = NULL;

    if (from == NULL) {
        text_add(config, "\n[%s]\n", section);
        from = *config + strlen(*config);
    }
    at = find_option(from, option);
    splice(config, at == NULL ? from : at, at == NULL ? 0 : strcspn(at, "\n") + 1,
           out ? "" : option);
}

void
config_text_remove(char **config, const char *section)
{
    char *from = find_section(*config, section);
    size_t header = strlen(section) + 3;

    if (from == NULL) {
        text_die("the config has no section [%s]", section);
    }
    splice(config, from - header, (size_t)(end_of_section(from) - from) + header, "");
}
