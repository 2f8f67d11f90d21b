#include "batch/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

char *folder_part(const char *folder, const char *name)
{
    return g_build_filename(folder, FOLDER_STATE, name, NULL);
}

char *folder_done(const char *folder, const char *name)
{
    return g_build_filename(folder, FOLDER_STATE, FOLDER_DONE, name, NULL);
}

char *folder_path(const char *folder, const char *name)
{
    return g_build_filename(folder, name, NULL);
}

static gboolean exists(const char *path)
{
    struct stat found;

    return lstat(path, &found) == 0;
}

gboolean folder_has_part(const char *folder, const char *name)
{
    g_autofree char *path = folder_part(folder, name);

    return exists(path);
}

gboolean folder_has(const char *folder, const char *name)
{
    g_autofree char *path = folder_path(folder, name);

    return exists(path);
}

gboolean folder_make_one(const char *path, GError **error)
{
    if (g_mkdir(path, 0777) == 0 || (errno == EEXIST && g_file_test(path, G_FILE_TEST_IS_DIR)))
        return TRUE;
    return file_fault(error, FILE_IO_ERROR_WRITE, path, errno == EEXIST ? ENOTDIR : errno);
}

gboolean folder_make(const char *folder, GError **error)
{
    g_autofree char *state = folder_path(folder, FOLDER_STATE);
    g_autofree char *done = folder_part(folder, FOLDER_DONE);

    return folder_make_one(folder, error) && folder_make_one(state, error) &&
           folder_make_one(done, error);
}

gboolean folder_remove(const char *path, GError **error)
{
    g_autoptr(GDir) dir = NULL;
    struct stat found;
    const char *name;

    if (lstat(path, &found) != 0)
        return errno == ENOENT || file_fault(error, FILE_IO_ERROR_WRITE, path, errno);
    if (!S_ISDIR(found.st_mode))
        return g_unlink(path) == 0 || file_fault(error, FILE_IO_ERROR_WRITE, path, errno);
    dir = g_dir_open(path, 0, NULL);
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *inner = g_build_filename(path, name, NULL);

        if (!folder_remove(inner, error))
            return FALSE;
    }
    return g_rmdir(path) == 0 || file_fault(error, FILE_IO_ERROR_WRITE, path, errno);
}

/* Make durable which files a folder has. */
static gboolean sync_folder(const char *path, GError **error)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    gboolean is_synced = fd >= 0 && fsync(fd) == 0;
    int code = errno;

    if (fd >= 0)
        close(fd);
    return is_synced || file_fault(error, FILE_IO_ERROR_WRITE, path, code);
}

gboolean folder_finish(const char *folder, const char *part, const char *name, GError **error)
{
    g_autofree char *from = folder_part(folder, part);
    g_autofree char *to = folder_done(folder, name);

    if (g_rename(from, to) == 0 || (errno == ENOENT && exists(to)))
        return TRUE;
    return file_fault(error, FILE_IO_ERROR_WRITE, to, errno);
}

static gboolean place_one(const char *folder, const char *name, GError **error)
{
    g_autofree char *from = folder_done(folder, name);
    g_autofree char *to = folder_path(folder, name);

    if (g_file_test(to, G_FILE_TEST_IS_DIR) && !g_file_test(to, G_FILE_TEST_IS_SYMLINK) &&
        !folder_remove(to, error))
        return FALSE;
    return g_rename(from, to) == 0 || file_fault(error, FILE_IO_ERROR_WRITE, to, errno);
}

gboolean folder_place(const char *folder, GError **error)
{
    g_autofree char *done = folder_part(folder, FOLDER_DONE);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    GDir *dir = g_dir_open(done, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir)))
        g_ptr_array_add(names, g_strdup(name));
    if (dir)
        g_dir_close(dir);
    for (guint i = 0; i < names->len; i++)
        if (!place_one(folder, names->pdata[i], error))
            return FALSE;
    return sync_folder(folder, error);
}

gboolean folder_forget(const char *folder, GError **error)
{
    g_autofree char *state = folder_path(folder, FOLDER_STATE);

    return folder_remove(state, error);
}
