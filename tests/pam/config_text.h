/* What stands in a case's config file? A good one, changed line by line. */
#ifndef PJWT_TEST_CONFIG_TEXT_H
#define PJWT_TEST_CONFIG_TEXT_H

/* The good one; `state` and `run` are directories. Owned by the caller. */
char *config_text_good(const char *state, const char *run);

/* Sets `option` ("name = value") in `section` ("issuer corp"), which is added when there is
 * none; an option with an empty value is taken out. */
void config_text_set(char **config, const char *section, const char *option);

/* Takes out a section whole. */
void config_text_remove(char **config, const char *section);

#endif
