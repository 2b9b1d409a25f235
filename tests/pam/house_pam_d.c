/* Which code did the module itself return? The pam.d lines are such that it comes out. */
#include "tests/pam/house.h"
#include "tests/pam/text.h"

static const char *const services[] = {"sshd", "su", "sudo", "login"};

char *
house_module(const struct house *house)
{
    PJWT_AUTO(text) char *config = house_path(house, "config");

    return text_format("%s config=%s verify=%s %s\n", house->module, config, house->verify,
                       house->arguments);
}

/* Below ours a second one looks whether PAM_AUTHTOK is as it was, after a refusal too. */
static void
add_auth(const struct house *house, const char *line, char **text)
{
    PJWT_AUTO(text) char *earlier = house_path(house, "earlier");

    if (house->earlier[0] == '\0') {
        text_add(text, "auth [success=ok default=die] %s", line);
        return;
    }
    text_add(text, "auth required %s %s\n", earlier, house->earlier);
    text_add(text, "auth required %s", line);
    text_add(text, "auth required %s same\n", earlier);
}

void
house_write_pam_d(const struct house *house)
{
    PJWT_AUTO(text) char *dir = house_path(house, "pam_d");
    PJWT_AUTO(text) char *line = house_module(house);
    PJWT_AUTO(text) char *text = NULL;

    add_auth(house, line, &text);
    /* libpam makes PAM_PERM_DENIED of an ignored module with nothing behind it, so another one
     * stands there that says so. */
    text_add(&text, "account [success=1 ignore=ignore default=die] %s", line);
    text_add(&text, "account [default=die] pam_succeed_if.so quiet user = -\n");
    text_add(&text, "account required pam_permit.so\n");
    text_add(&text, "session [success=ok default=die] %s", line);
    text_add(&text, "password [success=ok default=die] %s", line);
    for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
        PJWT_AUTO(text) char *path = text_format("%s/%s", dir, services[i]);

        house_put(path, text, 0644);
    }
}
