/* Does this config value look like a slip of the pen? */
#ifndef PJWT_POLICY_SLIP_H
#define PJWT_POLICY_SLIP_H

/* What is wrong with `value` (borrowed; each indented line follows a '\n'), as a static phrase
 * that starts with a colon; NULL: nothing. Quotes around it, a comment behind it, a second '=':
 * no option has a use for them, and most would take them for part of the value. */
const char *pjwt_slip(const char *value);

#endif
