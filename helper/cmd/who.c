#include "helper/cmd/who.h"

#include "lib/policy/user.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define ENTRY_BYTES 16384 /* a longer passwd entry shows as its uid */

/* sudo alone starts us as root with a name of its own choosing in the environment. */
static const char *
name_from_sudo(void)
{
    const char *name = getuid() == 0 ? getenv("SUDO_USER") : NULL;

    return name != NULL && pjwt_user_name_valid(name) ? name : NULL;
}

void
pjwt_who(char *out, size_t size)
{
    char buffer[ENTRY_BYTES];
    struct passwd entry;
    struct passwd *found = NULL;
    const char *name = name_from_sudo();

    if (name == NULL && getpwuid_r(getuid(), &entry, buffer, sizeof(buffer), &found) == 0 &&
        found != NULL && pjwt_user_name_valid(found->pw_name)) {
        name = found->pw_name;
    }
    if (name != NULL) {
        (void)snprintf(out, size, "%s", name);
    } else {
        (void)snprintf(out, size, "uid %lu", (unsigned long)getuid());
    }
}
