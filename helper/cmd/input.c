#include "helper/cmd/input.h"

#include "helper/cmd/output.h"
#include "helper/cmd/say.h"
#include "lib/base/json.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#define BLANKS " \t\r\n"

bool
pjwt_input_nobody(void)
{
    struct stat st;

    return fstat(STDIN_FILENO, &st) != 0 || S_ISCHR(st.st_mode);
}

/* Fills `text` to its room or to the end of the file; false with errno set. */
static bool
read_all(int fd, struct pjwt_secret *text)
{
    size_t len = 0;
    size_t room = pjwt_secret_room(text);

    while (len < room) {
        ssize_t got = read(fd, pjwt_secret_buffer(text) + len, room - len);

        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return false;
        }
        if (got == 0) {
            break;
        }
        len += (size_t)got;
    }
    pjwt_secret_set_len(text, len);
    return true;
}

static enum pjwt_exit
open_input(const struct pjwt_cmd *cmd, const char *name, int *fd)
{
    *fd = strcmp(name, "-") == 0 ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                                 : open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (*fd >= 0) {
        return PJWT_EXIT_OK;
    }
    return pjwt_say_error(cmd, errno == ENOENT ? PJWT_EXIT_REFUSED : PJWT_EXIT_UNAVAILABLE,
                          NULL, "%s: %m", strcmp(name, "-") == 0 ? "standard input" : name);
}

enum pjwt_exit
pjwt_input_read(const struct pjwt_cmd *cmd, const char *name, size_t max,
                struct pjwt_secret **text)
{
    PJWT_AUTO(secret) struct pjwt_secret *read_so_far = pjwt_secret_new(max + 1);
    int fd __attribute__((cleanup(pjwt_drop_fd))) = -1;
    enum pjwt_exit status = open_input(cmd, name, &fd);

    if (status != PJWT_EXIT_OK) {
        return status;
    }
    if (read_so_far == NULL) {
        return pjwt_say_verdict(cmd, PJWT_SAY(NO_MEMORY), NULL);
    }
    if (!read_all(fd, read_so_far)) {
        return pjwt_say_error(cmd, PJWT_EXIT_UNAVAILABLE, NULL, "%s: %m", name);
    }
    if (pjwt_secret_len(read_so_far) > max) {
        return pjwt_say_error(cmd, PJWT_EXIT_REFUSED, NULL, "%s: more than %zu bytes", name,
                              max);
    }
    *text = pjwt_take(read_so_far);
    return PJWT_EXIT_OK;
}

static bool
is_blank(char c)
{
    return c != '\0' && strchr(BLANKS, c) != NULL;
}

enum pjwt_exit
pjwt_input_trim(const struct pjwt_cmd *cmd, const struct pjwt_secret *text,
                struct pjwt_secret **credential)
{
    const char *start = pjwt_secret_bytes(text);
    size_t len = pjwt_secret_len(text);

    while (len > 0 && is_blank(start[len - 1])) {
        len--;
    }
    while (len > 0 && is_blank(*start)) {
        start++;
        len--;
    }
    *credential = pjwt_secret_copy(start, len);
    return *credential != NULL ? PJWT_EXIT_OK
                               : pjwt_say_verdict(cmd, PJWT_SAY(NO_MEMORY), NULL);
}

enum pjwt_exit
pjwt_input_credential(const struct pjwt_cmd *cmd, const char *name,
                      struct pjwt_secret **credential)
{
    PJWT_AUTO(secret) struct pjwt_secret *text = NULL;

    PJWT_OR_EXIT(pjwt_input_read(cmd, name, PJWT_INPUT_CREDENTIAL_MAX, &text));
    return pjwt_input_trim(cmd, text, credential);
}

bool
pjwt_input_is_text(const char *text)
{
    PJWT_AUTO(json) json_t *utf8 = json_string(text);

    return utf8 != NULL;
}

bool
pjwt_input_is_line(const char *text)
{
    PJWT_AUTO(text) char *clean = strdup(text);

    if (clean == NULL || !pjwt_input_is_text(text)) {
        return false;
    }
    pjwt_output_clean(clean, "");
    return strcmp(clean, text) == 0;
}

enum pjwt_exit
pjwt_input_note(const struct pjwt_cmd *cmd, const char *flag, char *out, size_t size)
{
    const char *text = pjwt_flags_value(&cmd->args, flag);
    size_t len = text == NULL ? 0 : strlen(text);

    if (len >= size) {
        return pjwt_say_usage(cmd, "--%s: at most %zu bytes", flag, size - 1);
    }
    if (len > 0 && !pjwt_input_is_line(text)) {
        return pjwt_say_usage(cmd, "--%s: one line of printable UTF-8", flag);
    }
    memcpy(out, len == 0 ? "" : text, len + 1);
    return PJWT_EXIT_OK;
}
