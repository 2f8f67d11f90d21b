#include "batch/splice.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { PIECE = 256 * 1024 };

struct Splice {
    char *path;
    int fd;
    Writer *writer, *own; /* the latter is freed with it; or NULL */
    guint64 offset, size; /* what is to be copied */
    char *piece;
    GError *error;
};

Splice *splice_onto(const char *from, Writer *writer, GError **error)
{
    Splice *splice = g_new0(Splice, 1);

    splice->path = g_strdup(from);
    splice->writer = writer;
    splice->fd = open(from, O_RDONLY | O_CLOEXEC);
    if (splice->fd < 0) {
        file_fault(error, FILE_IO_ERROR_READ, from, errno);
        splice_free(splice);
        return NULL;
    }
    splice->piece = g_malloc(PIECE);
    return splice;
}

Splice *splice_open(const char *from, const char *to, GError **error)
{
    Writer *writer = writer_open(to, FALSE, 0, error);
    Splice *splice = writer ? splice_onto(from, writer, error) : NULL;

    if (splice)
        splice->own = writer;
    else
        writer_free(writer);
    return splice;
}

void splice_free(Splice *splice)
{
    if (!splice)
        return;
    if (splice->fd >= 0)
        close(splice->fd);
    writer_free(splice->own);
    g_clear_error(&splice->error);
    g_free(splice->piece);
    g_free(splice->path);
    g_free(splice);
}

static void copy(Splice *splice)
{
    while (splice->size > 0 && !splice->error) {
        gssize n = pread(splice->fd, splice->piece, (gsize)MIN(splice->size, PIECE),
                         (off_t)splice->offset);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            file_fault(&splice->error, FILE_IO_ERROR_READ, splice->path, n < 0 ? errno : EIO);
        } else if (!writer_append(splice->writer, splice->piece, (gsize)n)) {
            splice->error = g_error_copy(writer_error(splice->writer));
        } else {
            splice->offset += (guint64)n;
            splice->size -= (guint64)n;
        }
    }
}

void splice_add(Splice *splice, guint64 offset, guint64 size)
{
    if (splice->offset + splice->size != offset) {
        copy(splice);
        splice->offset = offset;
        splice->size = 0;
    }
    splice->size += size;
}

guint64 splice_size(const Splice *splice)
{
    struct stat found;

    return fstat(splice->fd, &found) == 0 ? (guint64)found.st_size : 0;
}

gboolean splice_error(const Splice *splice)
{
    return splice->error != NULL;
}

gboolean splice_flush(Splice *splice, GError **error)
{
    copy(splice);
    if (splice->error && error && !*error)
        *error = g_error_copy(splice->error);
    return !splice->error;
}

gboolean splice_end(Splice *splice, GError **error)
{
    if (!splice_flush(splice, error))
        return FALSE;
    if (!writer_sync(splice->writer)) {
        splice->error = g_error_copy(writer_error(splice->writer));
        return splice_flush(splice, error);
    }
    return TRUE;
}
