#define _GNU_SOURCE /* renameat2(), strerrordesc_np() */

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

enum {
    READ_CHUNK = 64 * 1024, /* bytes asked for at a time */
    NAME_TRIES = 100        /* random names tried for a temporary file */
};

/* The system's reason in our words, whatever the locale. Free with g_free(). */
static char *reason(int code, const char *if_missing)
{
    char *text;

    if (code == ENOENT)
        return g_strdup(if_missing);
    text = g_strdup(strerrordesc_np(code) ? strerrordesc_np(code) : "unknown error");
    if (!g_ascii_isupper(text[1]))
        text[0] = g_ascii_tolower(text[0]);
    return text;
}

/* FALSE, so that a caller can return it. */
static gboolean refuse(GError **error, FileIoError code, const char *what, const char *path,
                       const char *why)
{
    g_autofree char *quoted = text_quote(path, PATH_MAX);

    g_set_error(error, FILE_IO_ERROR, code, "%s%s%s", what, quoted, why);
    return FALSE;
}

static gboolean refuse_read(GError **error, const char *path, int code)
{
    g_autofree char *text = reason(code, "no such file");
    g_autofree char *why = g_strconcat(": ", text, NULL);

    return refuse(error, FILE_IO_ERROR_READ, "cannot read ", path, why);
}

static gboolean refuse_write(GError **error, const char *path, int code)
{
    g_autofree char *text = reason(code, "no such directory");
    g_autofree char *why = g_strconcat(": ", text, NULL);

    return refuse(error, code == EPIPE ? FILE_IO_ERROR_CLOSED : FILE_IO_ERROR_WRITE,
                  "cannot write ", path, why);
}

static gboolean refuse_existing(GError **error, const char *path)
{
    return refuse(error, FILE_IO_ERROR_EXISTS, "", path, " is there already");
}

gboolean file_fault(GError **error, FileIoError code, const char *path, int number)
{
    return code == FILE_IO_ERROR_READ ? refuse_read(error, path, number)
                                      : refuse_write(error, path, number);
}

/* Reading. */

/* As many bytes as there are: 0 at the end, -1 with errno. */
static gssize read_chunk(int fd, guint8 *to, gsize size)
{
    gssize n;

    do
        n = read(fd, to, size);
    while (n < 0 && errno == EINTR);
    return n;
}

static GBytes *read_all(int fd, const char *path, gsize expected, GError **error)
{
    g_autoptr(GByteArray) bytes = g_byte_array_sized_new((guint)MIN(expected, FILE_LIMIT) + 1);
    gssize n;

    do {
        guint used = bytes->len;

        g_byte_array_set_size(bytes, used + READ_CHUNK);
        n = read_chunk(fd, bytes->data + used, READ_CHUNK);
        if (n < 0) {
            refuse_read(error, path, errno);
            return NULL;
        }
        g_byte_array_set_size(bytes, used + (guint)n);
        if (bytes->len > FILE_LIMIT) {
            refuse(error, FILE_IO_ERROR_READ, "", path, " is larger than 512 MiB");
            return NULL;
        }
    } while (n > 0);
    return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}

GBytes *file_read(const char *path, GError **error)
{
    gboolean is_stdin = g_str_equal(path, "-");
    const char *name = is_stdin ? "standard input" : path;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    GBytes *bytes = NULL;
    struct stat found;

    if (fd < 0 || fstat(fd, &found) != 0)
        refuse_read(error, name, errno);
    else if (S_ISDIR(found.st_mode))
        refuse(error, FILE_IO_ERROR_READ, "", name, " is a directory, expected a file");
    else
        bytes = read_all(fd, name, (gsize)MAX(found.st_size, 0), error);
    if (fd >= 0 && !is_stdin)
        close(fd);
    return bytes;
}

char *file_sha256(GBytes *bytes)
{
    return g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
}

/* Writing. */

int file_write_all(int fd, const void *data, gsize size)
{
    const char *at = data;

    while (size > 0) {
        gssize n = write(fd, at, size);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        at += n;
        size -= (gsize)n;
    }
    return 0;
}

/* Write, flush to the disk, close. 0 or an errno. */
static int write_and_close(int fd, const void *data, gsize size)
{
    int code = file_write_all(fd, data, size);

    if (code == 0 && fsync(fd) != 0 && errno != EINVAL && errno != ENOSYS && errno != EROFS)
        code = errno; /* those three: nothing to flush there, as with a pipe */
    if (close(fd) != 0 && code == 0 && errno != EINTR)
        code = errno;
    return code;
}

/* The number of an open stream that `path` names, or -1. Renaming onto such a name would break it.
 */
static int stream_of(const char *path)
{
    static const char *const folders[] = { "/dev/fd/", "/proc/self/fd/" };

    if (g_str_equal(path, "-") || g_str_equal(path, "/dev/stdout"))
        return STDOUT_FILENO;
    if (g_str_equal(path, "/dev/stderr"))
        return STDERR_FILENO;
    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        guint64 number;

        if (g_str_has_prefix(path, folders[i]) &&
            g_ascii_string_to_unsigned(path + strlen(folders[i]), 10, 0, INT_MAX, &number, NULL))
            return (int)number;
    }
    return -1;
}

/* What is printed so far comes first; the stream stays open. */
static gboolean write_stream(int fd, const char *path, const void *data, gsize size, GError **error)
{
    int code;

    fflush(fd == STDERR_FILENO ? stderr : stdout);
    code = file_write_all(fd, data, size);
    return code == 0 ||
           refuse_write(error, g_str_equal(path, "-") ? "standard output" : path, code);
}

/* Devices, pipes and the like take the bytes as they come. */
static gboolean write_special(const char *path, const void *data, gsize size, GError **error)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    int code = fd < 0 ? errno : write_and_close(fd, data, size);

    return code == 0 || refuse_write(error, path, code);
}

/* A new file in the folder of `path`; `name` gets its path. -1 with errno if it cannot be made. */
static int open_beside(const char *path, char **name)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int fd = -1;

    for (int i = 0; i < NAME_TRIES && (i == 0 || (fd < 0 && errno == EEXIST)); i++) {
        g_free(*name);
        *name = g_strdup_printf("%s/.assess-%08x", folder, g_random_int());
        fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    }
    return fd;
}

/* Give `temporary` its name, in one step, so that no other file is ever lost. 0 or an errno. */
static int rename_to(const char *temporary, const char *path, gboolean replace)
{
    if (replace)
        return rename(temporary, path) == 0 ? 0 : errno;
    if (renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    if (link(temporary, path) != 0) /* network file systems have no renameat2() */
        return errno;
    unlink(temporary);
    return 0;
}

static gboolean write_whole(const char *path, const void *data, gsize size, gboolean replace,
                            GError **error)
{
    g_autofree char *temporary = NULL;
    int fd = open_beside(path, &temporary);
    int code;

    if (fd < 0)
        return refuse_write(error, path, errno);
    code = write_and_close(fd, data, size);
    if (code == 0)
        code = rename_to(temporary, path, replace);
    if (code == 0)
        return TRUE;
    unlink(temporary);
    if (code == EEXIST && !replace)
        return refuse_existing(error, path);
    return refuse_write(error, path, code);
}

gboolean file_write(const char *path, const void *data, gsize size, gboolean replace,
                    GError **error)
{
    int stream = stream_of(path);
    struct stat found;

    if (stream >= 0)
        return write_stream(stream, path, data, size, error);
    if (stat(path, &found) == 0) {
        if (S_ISDIR(found.st_mode))
            return refuse(error, FILE_IO_ERROR_WRITE, "cannot write ", path,
                          ": it is a directory, expected a file");
        if (!S_ISREG(found.st_mode))
            return write_special(path, data, size, error);
    }
    if (!replace && lstat(path, &found) == 0) /* also a link that leads nowhere */
        return refuse_existing(error, path);
    return write_whole(path, data, size, replace, error);
}
