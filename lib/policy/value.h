/* Is this text a proper value for its option? One parser for each kind of value. */
#ifndef PJWT_POLICY_VALUE_H
#define PJWT_POLICY_VALUE_H

#include "lib/policy/options.h"

/* Into a char *, owned by the config. */
pjwt_option_parse_fn pjwt_value_iss;    /* no blank, fits a grant */
pjwt_option_parse_fn pjwt_value_file;   /* a name in a directory of ours */
pjwt_option_parse_fn pjwt_value_claim;  /* a member's name, or a JSON Pointer */
pjwt_option_parse_fn pjwt_value_path;   /* absolute */
pjwt_option_parse_fn pjwt_value_suffix; /* no blank */
pjwt_option_parse_fn pjwt_value_group;  /* one name, which may hold a blank */

/* Into a struct pjwt_list. */
pjwt_option_parse_fn pjwt_value_words;
pjwt_option_parse_fn pjwt_value_algorithms;
pjwt_option_parse_fn pjwt_value_kinds;    /* jwt, ticket */
pjwt_option_parse_fn pjwt_value_sections; /* names that a section may have */
pjwt_option_parse_fn pjwt_value_users;    /* may be empty */
pjwt_option_parse_fn pjwt_value_nobody;   /* must be */
pjwt_option_parse_fn pjwt_value_services; /* names that a PAM service may have */
pjwt_option_parse_fn pjwt_value_require;  /* NAME=VALUE|VALUE...: require_value.c */

/* Into a long, in seconds. */
pjwt_option_parse_fn pjwt_value_max_lifetime;
pjwt_option_parse_fn pjwt_value_leeway;
pjwt_option_parse_fn pjwt_value_age;
pjwt_option_parse_fn pjwt_value_ticket_lifetime;
pjwt_option_parse_fn pjwt_value_renewable;
pjwt_option_parse_fn pjwt_value_warn_before;
pjwt_option_parse_fn pjwt_value_login_ticket;

/* Into an enum pjwt_bind_key. */
pjwt_option_parse_fn pjwt_value_bind_key;

/* Into a bool. */
pjwt_option_parse_fn pjwt_value_yes_no;

/* Into an enum pjwt_end. */
pjwt_option_parse_fn pjwt_value_ending;

/* ^[A-Za-z0-9_.-]{1,64}$, and with '@' for a PAM service. */
bool pjwt_value_section_name(const char *name);
bool pjwt_value_service_name(const char *name);

#endif
