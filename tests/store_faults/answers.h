/* What does the store say of one fact, and is that right? For story.c alone. */
#ifndef PJWT_STORE_FAULTS_ANSWERS_H
#define PJWT_STORE_FAULTS_ANSWERS_H

#include "tests/store_faults/story.h"

/* `ended`: another fact ended this one, or began to. */
enum story_end answers_check(const struct story *story, size_t at, bool ended,
                             struct pjwt_store *store, struct pjwt_why *words);

/* Is `v` one that a damaged, old or full store may give, and does its line say why? */
enum story_end answers_refused(pjwt_verdict v, const struct pjwt_why *why,
                               struct pjwt_why *words);

#endif
