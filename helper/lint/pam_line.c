#include "helper/lint/pam_line.h"

#include <string.h>
#include <strings.h>

#define BLANKS " \t\n"

static const char *const phases[PJWT_PAM_PHASES] = {"auth", "account", "password", "session"};

const char *
pjwt_pam_phase_name(enum pjwt_pam_phase phase)
{
    return phases[phase];
}

/* Cuts a comment and the blanks at the end of one physical line. Does the next one go on with
 * it? */
static bool
finish_line(char *line, size_t *len)
{
    char *hash = memchr(line, '#', *len);

    if (hash != NULL) { /* also behind a backslash: what a comment ends is not continued */
        *len = (size_t)(hash - line);
        return false;
    }
    while (*len > 0 && strchr(BLANKS, line[*len - 1]) != NULL) {
        --*len;
    }
    if (*len > 0 && line[*len - 1] == '\\') {
        line[*len - 1] = ' ';
        return true;
    }
    return false;
}

bool
pjwt_pam_next_line(char **text, long *next, long *number, char **line)
{
    char *out = *text;
    bool more = true;

    *line = out;
    *number = *next;
    while (more && **text != '\0') {
        char *start = *text;
        char *end = strchrnul(start, '\n');
        size_t len = (size_t)(end - start);

        *text = *end == '\0' ? end : end + 1;
        ++*next;
        more = finish_line(start, &len);
        memmove(out, start, len);
        out += len;
        if (!more && strspn(*line, BLANKS) >= (size_t)(out - *line)) { /* nothing so far */
            out = *line;
            *number = *next;
            more = **text != '\0';
        }
    }
    *out = '\0';
    return out > *line;
}

char *
pjwt_pam_word(char **text)
{
    char *start = *text + strspn(*text, BLANKS);
    char *in = start;
    char *out = start;

    if (*start == '\0') {
        *text = start;
        return NULL;
    }
    if (*start != '[') {
        in += strcspn(in, BLANKS);
        *text = *in == '\0' ? in : in + 1;
        *in = '\0';
        return start;
    }
    for (in++; *in != '\0' && *in != ']'; in++) {
        if (in[0] == '\\' && in[1] == ']') {
            in++;
        }
        *out++ = *in;
    }
    *text = *in == '\0' ? in : in + 1;
    *out = '\0';
    return start;
}

static void
fail(struct pjwt_pam_line *said, const char *fault)
{
    said->kind = PJWT_PAM_FAILS;
    said->fault = fault;
    for (int i = 0; i < PJWT_PAM_CODES; i++) {
        said->action[i] = PJWT_PAM_BAD;
    }
}

/* The most sensitive phase when it is none: libpam fails there. */
static void
read_phase(const char *word, struct pjwt_pam_line *said)
{
    said->quiet = *word == '-';
    word += said->quiet ? 1 : 0;
    for (int i = 0; i < PJWT_PAM_PHASES; i++) {
        if (strcasecmp(phases[i], word) == 0) {
            said->phase = (enum pjwt_pam_phase)i;
            return;
        }
    }
    fail(said, "neither auth, account, password nor session");
}

static void
read_control(const char *word, struct pjwt_pam_line *said)
{
    if (word == NULL) {
        fail(said, "no control word");
    } else if (strcasecmp(word, "include") == 0) {
        said->kind = PJWT_PAM_INCLUDE;
    } else if (strcasecmp(word, "substack") == 0) {
        said->kind = PJWT_PAM_SUBSTACK;
    } else if (!pjwt_pam_control_read(word, said->action)) {
        said->fault = "a malformed control word: every answer counts as bad";
    }
}

void
pjwt_pam_line_read(char *line, struct pjwt_pam_line *said)
{
    char *word = pjwt_pam_word(&line);

    *said = (struct pjwt_pam_line){.kind = PJWT_PAM_MODULE};
    if (word != NULL && strcmp(word, "@include") == 0) {
        said->kind = PJWT_PAM_AT_INCLUDE;
    } else {
        read_phase(word == NULL ? "" : word, said);
        if (said->kind != PJWT_PAM_FAILS) {
            read_control(pjwt_pam_word(&line), said);
        }
    }
    if (said->kind != PJWT_PAM_FAILS) {
        said->target = pjwt_pam_word(&line);
        if (said->target == NULL) {
            fail(said, "no module");
        }
    }
    said->args = line;
}
