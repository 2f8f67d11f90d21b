#define _GNU_SOURCE /* sync_file_range() */

#include "batch/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { AHEAD = 8 * 1024 * 1024 /* bytes that go to the disk without being waited for */ };

struct Writer {
    char *path;
    int fd;
    gboolean is_stdout;
    guint64 size, begun; /* up to here the disk was told to write */
    GError *error;
};

Writer *writer_open(const char *path, gboolean resumed, guint64 size, GError **error)
{
    g_autoptr(Writer) writer = g_new0(Writer, 1);
    struct stat found = { 0 };

    writer->is_stdout = strcmp(path, "-") == 0;
    writer->path = g_strdup(writer->is_stdout ? "standard output" : path);
    writer->size = writer->begun = resumed ? size : 0;
    if (writer->is_stdout) {
        writer->fd = STDOUT_FILENO;
        return g_steal_pointer(&writer);
    }
    writer->fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (writer->fd < 0 || fstat(writer->fd, &found) != 0) {
        file_fault(error, FILE_IO_ERROR_WRITE, path, errno);
        return NULL;
    }
    if ((guint64)found.st_size < writer->size) {
        g_set_error(error, FILE_IO_ERROR, FILE_IO_ERROR_WRITE,
                    "\"%s\" is shorter than the run left it", path);
        return NULL;
    }
    if (ftruncate(writer->fd, (off_t)writer->size) != 0 ||
        lseek(writer->fd, (off_t)writer->size, SEEK_SET) < 0) {
        file_fault(error, FILE_IO_ERROR_WRITE, path, errno);
        return NULL;
    }
    return g_steal_pointer(&writer);
}

void writer_free(Writer *writer)
{
    if (!writer)
        return;
    if (!writer->is_stdout && writer->fd >= 0)
        close(writer->fd);
    g_clear_error(&writer->error);
    g_free(writer->path);
    g_free(writer);
}

/* So that writer_sync() finds little to wait for. What does not work is not needed. */
static void begin_sync(Writer *writer)
{
    if (!writer->is_stdout)
        sync_file_range(writer->fd, (off_t)writer->begun, (off_t)(writer->size - writer->begun),
                        SYNC_FILE_RANGE_WRITE);
    writer->begun = writer->size;
}

gboolean writer_append(Writer *writer, const void *data, gsize size)
{
    int code = writer->error ? 0 : file_write_all(writer->fd, data, size);

    if (code != 0)
        file_fault(&writer->error, FILE_IO_ERROR_WRITE, writer->path, code);
    else if (!writer->error)
        writer->size += size;
    if (!writer->error && writer->size - writer->begun >= AHEAD)
        begin_sync(writer);
    return !writer->error;
}

gboolean writer_sync(Writer *writer)
{
    if (!writer->error && !writer->is_stdout && fdatasync(writer->fd) != 0)
        file_fault(&writer->error, FILE_IO_ERROR_WRITE, writer->path, errno);
    return !writer->error;
}

guint64 writer_size(const Writer *writer)
{
    return writer->size;
}

const GError *writer_error(const Writer *writer)
{
    return writer->error;
}
