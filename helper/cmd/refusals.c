/* Which of the refusals that the judge kept are asked for? */
#include "helper/cmd/refusals.h"

#include "helper/cmd/advice.h"
#include "helper/cmd/output.h"
#include "lib/base/quoted.h"
#include "lib/store/refusals.h"

#include <stdio.h>
#include <string.h>

struct search {
    const struct pjwt_refusals_wanted *wanted;
    json_t *rows;
};

/* The ring clips harder than the log: what was clipped matches by what is left of it. */
static bool
matches(const char *wanted, const char *kept)
{
    char quoted[PJWT_QUOTED_MAX];
    const char *text = pjwt_quoted(wanted, "", quoted, sizeof(quoted));
    size_t len = strlen(kept);

    if (wanted[0] == '\0' || strcmp(text, kept) == 0) {
        return true;
    }
    return len > 3 && strcmp(kept + len - 3, "...") == 0 && strncmp(text, kept, len - 3) == 0;
}

static const char *
known(const char *kept)
{
    return strcmp(kept, "-") == 0 ? NULL : kept;
}

static json_t *
json_of(const struct pjwt_refusal *r)
{
    json_t *row = json_object();

    pjwt_output_set_time(row, "at", r->at);
    pjwt_output_set(row, "code", pjwt_code(r->verdict));
    pjwt_output_set(row, "text", pjwt_text(r->verdict));
    pjwt_output_set(row, "why", known(r->why));
    pjwt_output_set(row, "attempt", known(r->attempt));
    pjwt_output_set(row, "phase", known(r->phase));
    pjwt_output_set(row, "user", known(r->user));
    pjwt_output_set(row, "service", known(r->service));
    pjwt_output_set(row, "rhost", known(r->rhost));
    pjwt_output_set(row, "issuer", known(r->issuer));
    pjwt_output_set(row, "kid", known(r->kid));
    pjwt_output_set(row, "id", known(r->id));
    (void)json_object_set_new(row, "authentic", json_boolean(r->authentic));
    pjwt_output_set(row, "cause", pjwt_cause(r->verdict));
    pjwt_output_set(row, "cure", pjwt_advice(r->verdict));
    return row;
}

static bool
take(void *context, const struct pjwt_refusal *refusal)
{
    struct search *search = context;

    if (matches(search->wanted->user, refusal->user) &&
        matches(search->wanted->service, refusal->service) &&
        matches(search->wanted->attempt, refusal->attempt)) {
        (void)json_array_append_new(search->rows, json_of(refusal));
    }
    return json_array_size(search->rows) < search->wanted->most;
}

enum pjwt_file
pjwt_refusals_rows(const char *run, const struct pjwt_refusals_wanted *wanted, json_t *rows,
                   struct pjwt_why *why)
{
    struct search search = {wanted, rows};

    return pjwt_refusals_read(run, take, &search, why);
}

static const char *
text_of(const json_t *row, const char *name)
{
    const char *value = json_string_value(json_object_get(row, name));

    return value == NULL ? "-" : value;
}

void
pjwt_refusals_print(const json_t *row)
{
    (void)printf("%s %s:%s user=%s rhost=%s reason=%s attempt=%s (%s)\n", text_of(row, "at"),
                 text_of(row, "service"), text_of(row, "phase"), text_of(row, "user"),
                 text_of(row, "rhost"), text_of(row, "code"), text_of(row, "attempt"),
                 text_of(row, "why"));
}
