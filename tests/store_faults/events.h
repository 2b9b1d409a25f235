/* What was recorded? For record.c and cut.c alone. */
#ifndef PJWT_STORE_FAULTS_EVENTS_H
#define PJWT_STORE_FAULTS_EVENTS_H

#include "tests/store_faults/house.h"

#define EVENTS 65536

enum what { WRITE, CUT, SYNC };

struct event {
    enum what what;
    size_t file;
    size_t at, len;
    unsigned char *bytes;
};

extern struct event events[EVENTS];
extern size_t events_count;
extern struct house_image events_before[HOUSE_FILES]; /* the files at the start */

#endif
