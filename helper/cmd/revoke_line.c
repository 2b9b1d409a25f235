#include "helper/cmd/revoke_line.h"

#include "helper/cmd/input.h"
#include "helper/cmd/instant.h"
#include "helper/cmd/output.h"
#include "lib/policy/user.h"

#include <string.h>

/* Which members a kind has, beside those that every line has. */
static const struct kind {
    const char *name;
    size_t value; /* bytes of its value with the NUL; 0: it has none */
    enum pjwt_revoke kind;
    bool iss, dated;
} kinds[] = {
    {"jti", PJWT_JTI_MAX, PJWT_REVOKE_JTI, true, false},
    {"user", PJWT_USER_MAX, PJWT_REVOKE_USER, false, true},
    {"subject", PJWT_SUB_MAX, PJWT_REVOKE_SUBJECT, true, true},
    {"issuer", 0, PJWT_REVOKE_ISSUER, true, true},
    {"key", PJWT_KID_MAX, PJWT_REVOKE_KEY, true, false},
    {"block", PJWT_USER_MAX, PJWT_REVOKE_USER, false, false},
};

json_t *
pjwt_revoke_line_make(const struct pjwt_revoked *item)
{
    json_t *line = json_object();

    pjwt_output_set(line, "kind", item->kind);
    pjwt_output_set(line, "iss", item->row.iss);
    pjwt_output_set(line, "value", item->row.value);
    pjwt_output_set_time(line, "before", item->row.before);
    pjwt_output_set_time(line, "created", item->row.created);
    pjwt_output_set_time(line, "until", item->row.expires);
    pjwt_output_set(line, "by", item->row.by);
    pjwt_output_set(line, "reason", item->row.why);
    return line;
}

/* As a token may have it: any character but NUL. */
static bool
read_claim(const json_t *line, const char *name, char *field, size_t size, struct pjwt_why *why)
{
    const json_t *value = json_object_get(line, name);
    const char *text = json_string_value(value);
    size_t len = text == NULL ? 0 : strlen(text);

    if (len > 0 && len < size && json_string_length(value) == len) {
        memcpy(field, text, len + 1);
        return true;
    }
    pjwt_why_set(why, "%s: expected 1 to %zu bytes of text", name, size - 1);
    return false;
}

/* A string that fits, or null; false when there must be one and is none, or the reverse. */
static bool
read_text(const json_t *line, const char *name, bool needed, char *field, size_t size,
          struct pjwt_why *why)
{
    const json_t *value = json_object_get(line, name);
    const char *text = json_string_value(value);

    if ((value != NULL && json_is_null(value) && !needed) ||
        (text != NULL && text[0] != '\0' && strlen(text) < size && pjwt_input_is_line(text))) {
        memcpy(field, text == NULL ? "" : text, text == NULL ? 1 : strlen(text) + 1);
        return true;
    }
    pjwt_why_set(why, "%s: expected %s%zu bytes of printable text", name,
                 needed ? "1 to " : "null or 1 to ", size - 1);
    return false;
}

static bool
read_absent(const json_t *line, const char *name, struct pjwt_why *why)
{
    pjwt_why_set(why, "%s: expected null for this kind", name);
    return json_is_null(json_object_get(line, name));
}

static bool
read_time(const json_t *line, const char *name, bool needed, int64_t *instant,
          struct pjwt_why *why)
{
    const json_t *value = json_object_get(line, name);
    const char *text = json_string_value(value);

    if (value != NULL && json_is_null(value) && !needed) {
        return true;
    }
    /* A span would mean another time on each machine. */
    if (text != NULL && strchr(text, 'T') != NULL &&
        pjwt_instant_parse(text, 0, PJWT_INSTANT_FROM_NOW, instant) && *instant > 0) {
        return true;
    }
    pjwt_why_set(why, "%s: expected %sa time such as 2026-01-31T23:59:59Z", name,
                 needed ? "" : "null or ");
    return false;
}

static const struct kind *
read_kind(const json_t *line, struct pjwt_why *why)
{
    const char *name = json_string_value(json_object_get(line, "kind"));

    for (size_t i = 0; name != NULL && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            return &kinds[i];
        }
    }
    pjwt_why_set(why, "kind: expected jti, user, subject, issuer, key or block");
    return NULL;
}

static bool
read_members(const json_t *line, const struct kind *kind, struct pjwt_revocation *row,
             struct pjwt_why *why)
{
    return (kind->iss ? read_claim(line, "iss", row->iss, sizeof(row->iss), why)
                      : read_absent(line, "iss", why)) &&
           (kind->value > 0 ? read_claim(line, "value", row->value, kind->value, why)
                            : read_absent(line, "value", why)) &&
           read_time(line, "before", kind->dated, &row->before, why) &&
           read_time(line, "created", true, &row->created, why) &&
           read_time(line, "until", false, &row->expires, why) &&
           read_text(line, "by", true, row->by, sizeof(row->by), why) &&
           read_text(line, "reason", false, row->why, sizeof(row->why), why);
}

bool
pjwt_revoke_line_read(const char *line, size_t len, struct pjwt_revoked *item,
                      struct pjwt_why *why)
{
    PJWT_AUTO(json) json_t *object = NULL;
    struct pjwt_revoked read = {0};
    const struct kind *kind = NULL;

    if (!pjwt_ok(pjwt_json_object(line, len, &object))) {
        pjwt_why_set(why, "no JSON object");
        return false;
    }
    kind = read_kind(object, why);
    if (kind == NULL || !read_members(object, kind, &read.row, why)) {
        return false;
    }
    if (json_object_size(object) != 8) {
        pjwt_why_set(why, "a member that is none of those that `revoke export` writes");
        return false;
    }
    if (!kind->iss && !pjwt_user_name_valid(read.row.value)) {
        pjwt_why_set(why, "value: %.64s is no local user name", read.row.value);
        return false;
    }
    memcpy(read.kind, kind->name, strlen(kind->name) + 1);
    read.row.kind = kind->kind;
    /* Whose leeway it is, is not said: none is longer. */
    read.row.leeway = kind->iss ? PJWT_LEEWAY_MAX : 0;
    *item = read;
    return true;
}
