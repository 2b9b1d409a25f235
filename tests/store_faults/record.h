/* What reached the disk, and when? A VFS below the one under test, and the guard's own writes:
 * every write and sync in their order, to be cut off anywhere. */
#ifndef PJWT_STORE_FAULTS_RECORD_H
#define PJWT_STORE_FAULTS_RECORD_H

#include "tests/store_faults/house.h"

/* Becomes SQLite's default VFS; to be called before anything is opened. */
void record_install(void);

/* Starts with the files as they are, taken for durable; ends. */
void record_start(void);
void record_stop(void);

/* How many events there are. */
size_t record_count(void);

/* The files as a power cut before event `at` may leave them: all that was synced; of the rest
 * each sector with a chance of `chance` in 4, in any order. The caller frees them. */
void record_cut(size_t at, unsigned chance, uint64_t *random,
                struct house_image image[HOUSE_FILES]);

#endif
