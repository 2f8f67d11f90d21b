#include "batch/spool.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "batch/scratch.h"

/* Numbers up to `written`, a multiple of SPOOL_NUMBERS, are in the file, those behind in memory. */
struct Spool {
    char *folder;
    int fd; /* -1: there is no file */
    guint64 count, written;
    guint64 *last;   /* those in memory */
    guint64 *window; /* numbers of the file, read last; NULL before */
    guint64 begin;   /* place of the first of these; `written` or beyond: none is read */
};

Spool *spool_new(const char *folder)
{
    Spool *spool = g_new0(Spool, 1);

    spool->folder = g_strdup(folder);
    spool->fd = -1;
    spool->last = g_new(guint64, SPOOL_NUMBERS);
    spool_clear(spool);
    return spool;
}

void spool_free(Spool *spool)
{
    if (!spool)
        return;
    if (spool->fd >= 0)
        close(spool->fd);
    g_free(spool->window);
    g_free(spool->last);
    g_free(spool->folder);
    g_free(spool);
}

void spool_clear(Spool *spool)
{
    spool->count = spool->written = 0;
    spool->begin = G_MAXUINT64;
}

static gboolean write_last(Spool *spool, GError **error)
{
    if (spool->fd < 0)
        spool->fd = scratch_open(spool->folder);
    if (spool->fd < 0 || !scratch_write(spool->fd, spool->last, SPOOL_NUMBERS * sizeof(guint64),
                                        spool->written * sizeof(guint64)))
        return file_fault(error, FILE_IO_ERROR_WRITE, spool->folder, errno);
    spool->written += SPOOL_NUMBERS;
    return TRUE;
}

gboolean spool_add(Spool *spool, guint64 number, GError **error)
{
    if (spool->count - spool->written == SPOOL_NUMBERS && !write_last(spool, error))
        return FALSE;
    spool->last[spool->count++ - spool->written] = number;
    return TRUE;
}

guint64 spool_count(const Spool *spool)
{
    return spool->count;
}

static gboolean read_window(Spool *spool, guint64 begin, GError **error)
{
    if (!spool->window)
        spool->window = g_new(guint64, SPOOL_NUMBERS);
    if (!scratch_read(spool->fd, spool->window, SPOOL_NUMBERS * sizeof(guint64),
                      begin * sizeof(guint64)))
        return file_fault(error, FILE_IO_ERROR_READ, spool->folder, errno);
    spool->begin = begin;
    return TRUE;
}

gboolean spool_get(Spool *spool, guint64 place, guint64 *number, GError **error)
{
    guint64 begin = place - place % SPOOL_NUMBERS;

    g_assert(place < spool->count);
    if (place >= spool->written) {
        *number = spool->last[place - spool->written];
        return TRUE;
    }
    if (begin != spool->begin && !read_window(spool, begin, error))
        return FALSE;
    *number = spool->window[place - begin];
    return TRUE;
}
