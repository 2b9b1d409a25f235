/* What does the application say to the module, and the module to the person? A scripted
 * conversation. */
#ifndef PJWT_TEST_TALK_H
#define PJWT_TEST_TALK_H

#include <security/pam_appl.h>
#include <stdbool.h>
#include <stddef.h>

#define TALK_MAX 64

enum talk_how { TALK_ANSWER, TALK_NULL, TALK_ERROR };

struct talk {
    size_t prompts; /* expected ones, in order */
    size_t asked;
    struct {
        int style;
        char *text;
        enum talk_how how;
        char *answer;
    } prompt[TALK_MAX];
    size_t messages; /* what the person was told */
    struct {
        int style;
        char *text;
    } message[TALK_MAX];
    char *fault; /* the first surprise: a prompt not expected, several in one call */
    int delays;  /* calls of the fail-delay function with a delay */
    int delay_code;
    unsigned delay_us;
};

/* `answer` (borrowed; NULL unless `how` is TALK_ANSWER) */
void talk_expect(struct talk *talk, int style, const char *text, enum talk_how how,
                 const char *answer);

/* Forgets everything. */
void talk_clear(struct talk *talk);

/* A pam_conv; its appdata is the struct talk. */
int talk_conversation(int count, const struct pam_message **messages,
                      struct pam_response **responses, void *appdata);

/* For PAM_FAIL_DELAY: remembers, and does not sleep. */
void talk_delay(int code, unsigned usec, void *appdata);

#endif
