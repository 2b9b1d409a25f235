#include "tests/store_faults/record.h"
#include "tests/store_faults/events.h"

#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct event events[EVENTS];
size_t events_count;
static bool recording;
struct house_image events_before[HOUSE_FILES];
static sqlite3_vfs *unix_vfs;

struct recorded {
    sqlite3_file base;
    size_t file; /* HOUSE_FILES: not of interest */
};

static sqlite3_file *
real(sqlite3_file *file)
{
    return (sqlite3_file *)((struct recorded *)file + 1);
}

static void
add(enum what what, size_t file, const void *bytes, size_t len, size_t at)
{
    struct event *event = &events[events_count];

    if (!recording || file >= HOUSE_FILES) {
        return;
    }
    if (events_count + 1 >= EVENTS) {
        house_die("too many events");
    }
    *event = (struct event){.what = what, .file = file, .at = at, .len = len};
    if (what == WRITE) {
        event->bytes = malloc(len);
        if (event->bytes == NULL) {
            house_die("memory");
        }
        memcpy(event->bytes, bytes, len);
    }
    events_count++;
}

static int
on_close(sqlite3_file *file)
{
    return real(file)->pMethods->xClose(real(file));
}

static int
on_read(sqlite3_file *file, void *out, int len, sqlite3_int64 at)
{
    return real(file)->pMethods->xRead(real(file), out, len, at);
}

static int
on_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at)
{
    add(WRITE, ((struct recorded *)file)->file, bytes, (size_t)len, (size_t)at);
    return real(file)->pMethods->xWrite(real(file), bytes, len, at);
}

static int
on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    add(CUT, ((struct recorded *)file)->file, NULL, 0, (size_t)size);
    return real(file)->pMethods->xTruncate(real(file), size);
}

static int
on_sync(sqlite3_file *file, int flags)
{
    int rc = real(file)->pMethods->xSync(real(file), flags);

    add(SYNC, ((struct recorded *)file)->file, NULL, 0, 0);
    return rc;
}

static int
on_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real(file)->pMethods->xFileSize(real(file), size);
}

static int
on_lock(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xLock(real(file), level);
}

static int
on_unlock(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xUnlock(real(file), level);
}

static int
on_reserved(sqlite3_file *file, int *held)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), held);
}

static int
on_control(sqlite3_file *file, int op, void *arg)
{
    return real(file)->pMethods->xFileControl(real(file), op, arg);
}

static int
on_sector(sqlite3_file *file)
{
    return real(file)->pMethods->xSectorSize(real(file));
}

static int
on_device(sqlite3_file *file)
{
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static int
on_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **at)
{
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, at);
}

static int
on_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}

static void
on_shm_barrier(sqlite3_file *file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}

static int
on_shm_unmap(sqlite3_file *file, int delete)
{
    return real(file)->pMethods->xShmUnmap(real(file), delete);
}

static const sqlite3_io_methods methods = {
    2,           on_close,       on_read,      on_write,   on_truncate, on_sync,   on_size,
    on_lock,     on_unlock,      on_reserved,  on_control, on_sector,   on_device, on_shm_map,
    on_shm_lock, on_shm_barrier, on_shm_unmap, NULL,       NULL};

static size_t
which(const char *name)
{
    size_t len = name == NULL ? 0 : strlen(name);

    for (size_t i = 0; i < HOUSE_FILES; i++) {
        size_t tail = strlen(house_names[i]);

        if (len > tail && strcmp(name + len - tail, house_names[i]) == 0) {
            return i;
        }
    }
    return HOUSE_FILES;
}

static int
on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    struct recorded *ours = (struct recorded *)file;
    int rc = SQLITE_OK;

    (void)vfs;
    *ours = (struct recorded){.file = which(name)};
    rc = unix_vfs->xOpen(unix_vfs, name, real(file), flags, out);
    if (rc == SQLITE_OK) {
        ours->base.pMethods = &methods;
    }
    return rc;
}

void
record_install(void)
{
    static sqlite3_vfs ours;

    unix_vfs = sqlite3_vfs_find(NULL);
    ours = *unix_vfs;
    ours.zName = "record";
    ours.pNext = NULL;
    ours.szOsFile += (int)sizeof(struct recorded);
    ours.xOpen = on_open;
    if (sqlite3_vfs_register(&ours, 1) != SQLITE_OK) {
        house_die("sqlite3_vfs_register");
    }
}

/* The guard is written past SQLite: the linker brings lib/'s own calls here (--wrap). Those for
 * the log's index too, which is never read after a power cut. */
ssize_t __real_pwrite(int fd, const void *bytes, size_t len, off_t at);
int __real_fdatasync(int fd);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t len, off_t at);
int __wrap_fdatasync(int fd);

static size_t
which_is_open(int fd)
{
    char link[64];
    char name[PATH_MAX] = "";

    (void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    return readlink(link, name, sizeof(name) - 1) < 0 ? HOUSE_FILES : which(name);
}

ssize_t
__wrap_pwrite(int fd, const void *bytes, size_t len, off_t at)
{
    add(WRITE, which_is_open(fd), bytes, len, (size_t)at);
    return __real_pwrite(fd, bytes, len, at);
}

int
__wrap_fdatasync(int fd)
{
    int result = __real_fdatasync(fd);

    add(SYNC, HOUSE_FILES - 1, NULL, 0, 0);
    return result;
}

void
record_start(void)
{
    for (size_t i = 0; i < events_count; i++) {
        free(events[i].bytes);
    }
    events_count = 0;
    house_free(events_before);
    house_read(events_before);
    recording = true;
}

void
record_stop(void)
{
    recording = false;
}

size_t
record_count(void)
{
    return events_count;
}
