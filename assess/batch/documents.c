#define _GNU_SOURCE /* O_PATH, syncfs() */

#include "batch/documents.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

struct Documents {
    char *path;
    int fd; /* of the folder */
};

enum { FOLDER_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

Documents *documents_new(const char *folder, GError **error)
{
    g_autoptr(Documents) documents = g_new0(Documents, 1);

    documents->fd = -1;
    documents->path = g_build_filename(folder, DOCUMENTS_FOLDER, NULL);
    if (mkdir(documents->path, 0777) != 0) {
        if (errno == EEXIST)
            g_set_error(error, FILE_IO_ERROR, FILE_IO_ERROR_EXISTS, "\"%s\" is there already",
                        documents->path);
        else
            file_fault(error, FILE_IO_ERROR_WRITE, documents->path, errno);
        return NULL;
    }
    documents->fd = open(documents->path, FOLDER_FLAGS);
    if (documents->fd < 0) {
        file_fault(error, FILE_IO_ERROR_WRITE, documents->path, errno);
        return NULL;
    }
    return g_steal_pointer(&documents);
}

void documents_free(Documents *documents)
{
    if (!documents)
        return;
    if (documents->fd >= 0) {
        close(documents->fd);
        rmdir(documents->path); /* which keeps a folder with something in it */
    }
    g_free(documents->path);
    g_free(documents);
}

/* ---- places ---- */

static char *folder_of(guint64 number)
{
    return g_strdup_printf("%03" G_GUINT64_FORMAT, (number - 1) / DOCUMENTS_A_FOLDER);
}

char *documents_place(guint64 number, const char *name)
{
    g_autofree char *folder = folder_of(number);

    return g_build_filename(folder, name, NULL);
}

static gboolean fail(const Documents *documents, const char *place, int code, GError **error)
{
    g_autofree char *path = g_build_filename(documents->path, place, NULL);

    if (code == EEXIST) {
        g_set_error(error, FILE_IO_ERROR, FILE_IO_ERROR_EXISTS, "\"%s\" is there already", path);
        return FALSE;
    }
    return file_fault(error, FILE_IO_ERROR_WRITE, path, code);
}

gboolean documents_prepare(const Documents *documents, guint64 number, GError **error)
{
    g_autofree char *folder = folder_of(number);

    if ((number - 1) % DOCUMENTS_A_FOLDER != 0 || mkdirat(documents->fd, folder, 0777) == 0)
        return TRUE;
    return fail(documents, folder, errno, error);
}

/* ---- files ---- */

/* 0 or an errno. */
static int write_new(int folder, const char *name, const void *data, gsize size)
{
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    int code;

    if (fd < 0)
        return errno;
    code = file_write_all(fd, data, size);
    if (close(fd) != 0 && code == 0 && errno != EINTR)
        code = errno;
    if (code != 0)
        unlinkat(folder, name, 0);
    return code;
}

gboolean documents_write(const Documents *documents, const char *place, const void *data,
                         gsize size, GError **error)
{
    const char *name = strchr(place, G_DIR_SEPARATOR) + 1;
    g_autofree char *folder = g_strndup(place, (gsize)(name - place) - 1);
    int fd = openat(documents->fd, folder, FOLDER_FLAGS | O_PATH);
    int code;

    if (fd < 0)
        return fail(documents, place, errno, error);
    code = write_new(fd, name, data, size);
    close(fd);
    return code == 0 || fail(documents, place, code, error);
}

gboolean documents_sync(const Documents *documents, GError **error)
{
    return syncfs(documents->fd) == 0 || fail(documents, "", errno, error);
}
