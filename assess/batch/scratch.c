#include "batch/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

int scratch_open(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "sort-XXXXXX", NULL);
    int fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);

    if (fd >= 0)
        g_unlink(path);
    return fd;
}

gboolean scratch_write(int fd, const void *data, gsize size, guint64 offset)
{
    const char *at = data;

    while (size > 0) {
        gssize n = pwrite(fd, at, size, (off_t)offset);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return FALSE;
        at += n;
        size -= (gsize)n;
        offset += (guint64)n;
    }
    return TRUE;
}

gboolean scratch_read(int fd, void *data, gsize size, guint64 offset)
{
    char *at = data;

    while (size > 0) {
        gssize n = pread(fd, at, size, (off_t)offset);

        if (n < 0 && errno == EINTR)
            continue;
        if (n == 0)
            errno = EIO;
        if (n <= 0)
            return FALSE;
        at += n;
        size -= (gsize)n;
        offset += (guint64)n;
    }
    return TRUE;
}
