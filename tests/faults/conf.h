/* Which issuers and services does the house know? */
#ifndef PJWT_FAULTS_CONF_H
#define PJWT_FAULTS_CONF_H

#include <stdbool.h>

/* Writes pam_jwt.conf, and the user map that it names, into `dir` (borrowed). */
bool conf_make(const char *dir);

#endif
