#include "cohort/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum {
    PIECE = 256 * 1024, /* bytes asked for at a time */
    WAIT = 100          /* milliseconds between two looks at `stop` */
};

struct Stream {
    char *name; /* for messages */
    int fd;
    const gint *stop;
    gboolean is_file, is_at_end;
    guint64 size, taken;
    gint64 changed;
    GByteArray *head; /* looked at and not yet read; NULL before */
    gsize head_read;
};

Stream *stream_open(const char *path, const gint *stop, GError **error)
{
    gboolean is_stdin = strcmp(path, "-") == 0;
    g_autoptr(Stream) stream = g_new0(Stream, 1);
    struct stat found;

    stream->name = g_strdup(is_stdin ? "standard input" : path);
    stream->stop = stop;
    stream->fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (stream->fd < 0 || fstat(stream->fd, &found) != 0) {
        file_fault(error, FILE_IO_ERROR_READ, stream->name, errno);
        return NULL;
    }
    if (S_ISDIR(found.st_mode)) {
        file_fault(error, FILE_IO_ERROR_READ, stream->name, EISDIR);
        return NULL;
    }
    stream->is_file = S_ISREG(found.st_mode);
    if (stream->is_file) {
        stream->size = (guint64)found.st_size;
        stream->changed = (gint64)found.st_mtim.tv_sec * 1000000000 + (gint64)found.st_mtim.tv_nsec;
        posix_fadvise(stream->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
    return g_steal_pointer(&stream);
}

void stream_free(Stream *stream)
{
    if (!stream)
        return;
    if (stream->fd > STDIN_FILENO)
        close(stream->fd);
    if (stream->head)
        g_byte_array_unref(stream->head);
    g_free(stream->name);
    g_free(stream);
}

/* FALSE if the wait was stopped. */
static gboolean wait_for_bytes(const Stream *stream)
{
    struct pollfd wanted = { .fd = stream->fd, .events = POLLIN };

    if (stream->is_file)
        return TRUE;
    while (!stream->stop || !g_atomic_int_get(stream->stop)) {
        int n = poll(&wanted, 1, WAIT);

        if (n > 0 || (n < 0 && errno != EINTR))
            return TRUE;
    }
    return FALSE;
}

/* As many bytes as there are, up to `size`; -1 with `error`. */
static gssize take(Stream *stream, void *to, gsize size, GError **error)
{
    gsize done = 0;

    while (done < size && !stream->is_at_end) {
        gssize n = wait_for_bytes(stream)
                       ? read(stream->fd, (char *)to + done, MIN(size - done, PIECE))
                       : 0;

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            file_fault(error, FILE_IO_ERROR_READ, stream->name, errno);
            return -1;
        }
        stream->is_at_end = n == 0;
        done += (gsize)n;
        stream->taken += (guint64)n;
    }
    return (gssize)done;
}

const char *stream_head(Stream *stream, gsize *size, gboolean *is_whole, GError **error)
{
    gssize n;

    if (!stream->head) {
        stream->head = g_byte_array_sized_new(STREAM_HEAD);
        g_byte_array_set_size(stream->head, STREAM_HEAD);
        n = take(stream, stream->head->data, STREAM_HEAD, error);
        g_byte_array_set_size(stream->head, n < 0 ? 0 : (guint)n);
        if (n < 0)
            return NULL;
    }
    *size = stream->head->len;
    *is_whole = stream->is_at_end;
    return (const char *)stream->head->data;
}

gssize stream_read(Stream *stream, char *to, gsize size, GError **error)
{
    gsize left = stream->head ? stream->head->len - stream->head_read : 0;
    gsize ready = MIN(left, size);
    gssize more;

    if (ready > 0) {
        memcpy(to, stream->head->data + stream->head_read, ready);
        stream->head_read += ready;
        if (ready == left)
            g_clear_pointer(&stream->head, g_byte_array_unref);
    }
    more = ready < size ? take(stream, to + ready, size - ready, error) : 0;
    return more < 0 ? -1 : (gssize)ready + more;
}

guint64 stream_taken(const Stream *stream)
{
    return stream->taken - (stream->head ? stream->head->len - stream->head_read : 0);
}

guint64 stream_size(const Stream *stream)
{
    return stream->size;
}

gint64 stream_changed(const Stream *stream)
{
    return stream->changed;
}
