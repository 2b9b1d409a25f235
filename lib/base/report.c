#include "lib/base/report.h"

#include <string.h>

pjwt_verdict
pjwt_report_check(struct pjwt_report *report, const char *check, pjwt_verdict v)
{
    if (report->checked != NULL) {
        report->checked(report->context, check, v, report->why.text);
    }
    if (pjwt_ok(v)) {
        pjwt_why_clear(&report->why);
    }
    return v;
}

void
pjwt_report_name(char *field, size_t size, const char *value)
{
    size_t len = value == NULL ? 0 : strnlen(value, size - 1);

    if (len > 0) {
        memcpy(field, value, len);
    }
    field[len] = '\0';
}
