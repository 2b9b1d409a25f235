/* How does `explain` end? */
#include "helper/cmd/advice.h"
#include "helper/cmd/explain.h"
#include "helper/cmd/output.h"
#include "helper/cmd/say.h"

#include <stdio.h>

/* Here a file that a login cannot use is the login's reason, not ours. */
static enum pjwt_exit
status_of(pjwt_verdict v)
{
    enum pjwt_class class = pjwt_class_of(v);

    if (pjwt_ok(v)) {
        return PJWT_EXIT_OK;
    }
    return class == PJWT_CLASS_DENY || class == PJWT_CLASS_EXPIRED ||
                   v.reason == PJWT_SERVICE_NONE
               ? PJWT_EXIT_REFUSED
               : PJWT_EXIT_UNAVAILABLE;
}

/* Of the first refusal; the report has that of the last check. */
static const struct pjwt_why *
why_of(const struct pjwt_explain *e)
{
    return pjwt_ok(e->checks.first) ? &e->report.why : &e->checks.why;
}

static void
print_json(const struct pjwt_explain *e, pjwt_verdict v)
{
    PJWT_AUTO(json)
    json_t *object =
        json_pack("{s:b, s:s, s:s, s:b, s:O}", "accepted", pjwt_ok(v) && e->credential, "code",
                  pjwt_code(v), "text", pjwt_text(v), "authentic", e->report.authentic,
                  "checks", e->checks.rows);

    pjwt_output_set(object, "why", pjwt_ok(v) ? NULL : why_of(e)->text);
    pjwt_output_set(object, "cause", pjwt_ok(v) ? NULL : pjwt_cause(v));
    pjwt_output_set(object, "cure", pjwt_ok(v) ? NULL : pjwt_advice(v));
    pjwt_output_set(object, "hint", e->hint.text);
    pjwt_output_set(object, "service", e->scene.service);
    pjwt_output_set(object, "user", e->scene.user);
    pjwt_output_set_time(object, "at", e->scene.now);
    pjwt_output_set(object, "issuer", e->report.issuer);
    pjwt_output_set(object, "kid", e->report.kid);
    pjwt_output_set(object, "id", e->report.id);
    pjwt_output_set_time(object, "decided_by", e->report.at);
    pjwt_output_set_time(object, "expires", e->grant.expires);
    if (e->around != NULL) {
        (void)json_object_update(object, e->around);
    }
    pjwt_output_json(object, true);
}

enum pjwt_exit
pjwt_explain_conclude(const struct pjwt_explain *e, pjwt_verdict v)
{
    const char *word = !pjwt_ok(v)     ? "refused"
                       : e->credential ? "accepted"
                                       : "nothing stands against a login";
    const struct pjwt_why *why = why_of(e);
    bool more = !pjwt_ok(v) && why->text[0] != '\0';

    if (e->checks.json) {
        print_json(e, v);
        return status_of(v);
    }
    if (!pjwt_ok(v) && pjwt_ok(e->checks.first)) {
        pjwt_checks_cure(&e->checks, v); /* no check bears its name */
    }
    if (e->around != NULL) {
        pjwt_explain_print_around(e);
    }
    if (e->hint.text[0] != '\0') {
        (void)printf("hint: %s\n", e->hint.text);
    }
    if (status_of(v) == PJWT_EXIT_UNAVAILABLE) {
        (void)fflush(stdout);
        (void)pjwt_say_verdict(e->cmd, v, why);
        return PJWT_EXIT_UNAVAILABLE;
    }
    (void)printf("%s: %s: %s%s%s%s\n", word, pjwt_code(v), pjwt_text(v), more ? " (" : "",
                 more ? why->text : "", more ? ")" : "");
    return status_of(v);
}
