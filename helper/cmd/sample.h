/* What does a new config file look like? The sample of this build, compiled in. */
#ifndef PJWT_CMD_SAMPLE_H
#define PJWT_CMD_SAMPLE_H

#include "lib/base/own.h"

/* conf/pam_jwt.conf as it is; made by helper/cmd/sample.mk. */
extern const char pjwt_sample_lines[];

/* The same, and with `dir` (not NULL) an active [paths] section behind it that keeps everything
 * in DIR/state and DIR/run. Owned by the caller (pjwt_drop_text); NULL without memory. */
char *pjwt_sample_text(const char *dir);

#endif
