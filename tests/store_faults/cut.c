/* What may a disk hold after the power went? The other half of record.h. */
#include "tests/store_faults/events.h"
#include "tests/store_faults/record.h"

#include <stdlib.h>
#include <string.h>

#define SECTOR 512

static void
grow(struct house_image *image, size_t len)
{
    if (len > image->len) {
        image->bytes = realloc(image->bytes, len);
        if (image->bytes == NULL) {
            house_die("memory");
        }
        memset(image->bytes + image->len, 0, len - image->len);
        image->len = len;
    }
}

/* A write's length counts as a whole when any of it does: file systems set the size at once. */
static void
apply(struct house_image *image, const struct event *event, unsigned chance, uint64_t *random)
{
    if (event->what == CUT) {
        if (story_below(random, 4) < chance) {
            image->len = event->at < image->len ? event->at : image->len;
        }
        return;
    }
    for (size_t done = 0; done < event->len;) {
        size_t room = SECTOR - (event->at + done) % SECTOR;
        size_t len = room < event->len - done ? room : event->len - done;

        if (story_below(random, 4) < chance) {
            grow(image, event->at + event->len);
            memcpy(image->bytes + event->at + done, event->bytes + done, len);
        }
        done += len;
    }
}

/* The last sync of that file before the cut. */
static size_t
synced(size_t file, size_t at)
{
    while (at > 0 && (events[at - 1].file != file || events[at - 1].what != SYNC)) {
        at--;
    }
    return at;
}

void
record_cut(size_t at, unsigned chance, uint64_t *random, struct house_image image[HOUSE_FILES])
{
    for (size_t file = 0; file < HOUSE_FILES; file++) {
        size_t durable = synced(file, at);

        image[file] = (struct house_image){0};
        grow(&image[file], events_before[file].len);
        if (events_before[file].len > 0) {
            memcpy(image[file].bytes, events_before[file].bytes, events_before[file].len);
        }
        for (size_t i = 0; i < at; i++) {
            if (events[i].file == file && events[i].what != SYNC) {
                apply(&image[file], &events[i], i < durable ? 4 : chance, random);
            }
        }
    }
}
