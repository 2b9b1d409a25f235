#include "helper/lint/findings.h"

static const struct {
    enum pjwt_severity severity;
    const char *code;
    const char *text;
    const char *cure;
} rows[] = {
#define PJWT_FINDING_ROW(name, severity, code, text, cure) \
    {PJWT_LINT_##severity, code, text, cure},
    PJWT_FINDINGS(PJWT_FINDING_ROW)
#undef PJWT_FINDING_ROW
};

enum pjwt_severity
pjwt_finding_severity(enum pjwt_finding finding)
{
    return rows[finding].severity;
}

const char *
pjwt_finding_code(enum pjwt_finding finding)
{
    return rows[finding].code;
}

const char *
pjwt_finding_text(enum pjwt_finding finding)
{
    return rows[finding].text;
}

const char *
pjwt_finding_cure(enum pjwt_finding finding)
{
    return rows[finding].cure;
}

const char *
pjwt_severity_word(enum pjwt_severity severity)
{
    return severity == PJWT_LINT_ERROR     ? "error"
           : severity == PJWT_LINT_WARNING ? "warning"
                                           : "note";
}
