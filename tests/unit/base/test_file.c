#include "base/file.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *folder;

static void make_folder(void)
{
    folder = g_dir_make_tmp("test-file-XXXXXX", NULL);
    cr_assert(ne(ptr, folder, NULL));
}

static void remove_folder(void)
{
    GDir *entries = g_dir_open(folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(entries))) {
        g_autofree char *path = g_build_filename(folder, name, NULL);

        g_remove(path);
    }
    g_dir_close(entries);
    g_rmdir(folder);
    g_free(folder);
}

TestSuite(file, .init = make_folder, .fini = remove_folder);

/* How many entries the folder has. */
static int entries(void)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    int n = 0;

    while (g_dir_read_name(dir))
        n++;
    g_dir_close(dir);
    return n;
}

static char *in_folder(const char *name)
{
    return g_build_filename(folder, name, NULL);
}

static void expect_text(const char *path, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = file_read(path, &error);

    cr_assert(ne(ptr, bytes, NULL), "%s", error ? error->message : "");
    cr_expect(eq(sz, g_bytes_get_size(bytes), strlen(text)));
    cr_expect(zero(int, strncmp(g_bytes_get_data(bytes, NULL), text, g_bytes_get_size(bytes))));
}

/* `says` has one %s for the path. */
static void expect_refusal(GError *error, FileIoError code, const char *says, const char *path)
{
    g_auto(GStrv) parts = g_strsplit(says, "%s", 2);
    g_autofree char *expected = g_strconcat(parts[0], path, parts[1], NULL);

    cr_assert(ne(ptr, error, NULL), "expected %s", expected);
    cr_expect(eq(str, error->message, expected));
    cr_expect(eq(int, error->code, (int)code));
}

Test(file, reads_what_was_written_to_the_byte)
{
    static const char data[] = "a\0b\r\n\xff";
    g_autofree char *path = in_folder("data");
    g_autoptr(GBytes) bytes = NULL;

    cr_assert(file_write(path, data, sizeof data, FALSE, NULL));
    bytes = file_read(path, NULL);
    cr_assert(ne(ptr, bytes, NULL));
    cr_assert(eq(sz, g_bytes_get_size(bytes), sizeof data));
    cr_expect(zero(int, memcmp(g_bytes_get_data(bytes, NULL), data, sizeof data)));
    cr_expect(eq(int, entries(), 1), "no temporary file is left");
}

Test(file, reads_sizes_around_a_chunk_and_nothing_at_all)
{
    static const gsize sizes[] = { 0, 1, 65535, 65536, 65537, 300000 };
    g_autofree char *path = in_folder("data");

    for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autofree char *data = g_malloc(sizes[i] + 1);
        g_autoptr(GBytes) bytes = NULL;

        memset(data, 'a' + (int)i, sizes[i]);
        cr_assert(file_write(path, data, sizes[i], TRUE, NULL));
        bytes = file_read(path, NULL);
        cr_assert(eq(sz, g_bytes_get_size(bytes), sizes[i]));
        cr_expect(sizes[i] == 0 || memcmp(g_bytes_get_data(bytes, NULL), data, sizes[i]) == 0);
    }
}

Test(file, refuses_to_read_what_is_no_file)
{
    g_autofree char *missing = in_folder("none.csv");
    g_autofree char *below = in_folder("plain/x.csv"), *plain = in_folder("plain");
    g_autoptr(GError) first = NULL, second = NULL, third = NULL;

    cr_expect(zero(ptr, file_read(missing, &first)));
    expect_refusal(first, FILE_IO_ERROR_READ, "cannot read \"%s\": no such file", missing);
    cr_expect(zero(ptr, file_read(folder, &second)));
    expect_refusal(second, FILE_IO_ERROR_READ, "\"%s\" is a directory, expected a file", folder);
    cr_assert(file_write(plain, "", 0, FALSE, NULL));
    cr_expect(zero(ptr, file_read(below, &third)));
    expect_refusal(third, FILE_IO_ERROR_READ, "cannot read \"%s\": not a directory", below);
}

Test(file, refuses_to_read_more_than_the_limit)
{
    g_autofree char *path = in_folder("huge");
    g_autoptr(GError) error = NULL;

    cr_assert(file_write(path, "x", 1, FALSE, NULL));
    cr_assert(zero(int, truncate(path, (off_t)FILE_LIMIT + 1)));
    cr_expect(zero(ptr, file_read(path, &error)));
    expect_refusal(error, FILE_IO_ERROR_READ, "\"%s\" is larger than 512 MiB", path);
}

Test(file, shows_no_control_characters_of_a_path)
{
    g_autoptr(GError) error = NULL;

    cr_expect(zero(ptr, file_read("no/\x1b[31m.csv", &error)));
    expect_refusal(error, FILE_IO_ERROR_READ, "cannot read \"%s\": no such file", "no/[31m.csv");
}

Test(file, reads_standard_input)
{
    int ends[2];

    cr_assert(zero(int, pipe(ends)));
    cr_assert(eq(long, (long)write(ends[1], "q,a\n", 4), 4));
    close(ends[1]);
    cr_assert(eq(int, dup2(ends[0], STDIN_FILENO), STDIN_FILENO));
    expect_text("-", "q,a\n");
}

Test(file, hashes_with_sha256)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static("abc", 3);
    g_autofree char *hash = file_sha256(bytes);

    cr_expect(eq(str, hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

Test(file, keeps_an_existing_file_unless_told_to_replace_it)
{
    g_autofree char *path = in_folder("report.json");
    g_autoptr(GError) error = NULL;

    cr_assert(file_write(path, "old", 3, FALSE, NULL));
    cr_expect(eq(int, file_write(path, "new", 3, FALSE, &error), FALSE));
    expect_refusal(error, FILE_IO_ERROR_EXISTS, "\"%s\" is there already", path);
    expect_text(path, "old");
    cr_expect(file_write(path, "newer", 5, TRUE, NULL));
    expect_text(path, "newer");
    cr_expect(eq(int, entries(), 1));
}

/* The limit of a file's size stands for a disk that is full after so many bytes. */
Test(file, a_disk_full_at_any_byte_leaves_no_file_or_the_old_one)
{
    enum { SIZE = 3000 };
    g_autofree char *path = in_folder("report.json");
    g_autofree char *data = g_strnfill(SIZE, 'x');
    struct rlimit limit;

    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    for (limit.rlim_cur = 0; limit.rlim_cur < SIZE; limit.rlim_cur++) {
        gboolean has_old = limit.rlim_cur % 2 == 1;

        if (has_old)
            cr_assert(file_write(path, "old", 0, FALSE, NULL));
        setrlimit(RLIMIT_FSIZE, &limit);
        cr_expect_not(file_write(path, data, SIZE, TRUE, NULL), "%lu bytes", limit.rlim_cur);
        cr_expect(eq(int, entries(), has_old), "%lu bytes", limit.rlim_cur);
        if (has_old)
            expect_text(path, "");
        unlink(path);
    }
    setrlimit(RLIMIT_FSIZE, &limit);
    cr_expect(file_write(path, data, SIZE, TRUE, NULL));
    cr_expect(eq(int, entries(), 1));
}

Test(file, a_link_that_leads_nowhere_counts_as_existing)
{
    g_autofree char *path = in_folder("link"), *target = in_folder("target");
    g_autoptr(GError) error = NULL;

    cr_assert(zero(int, symlink(target, path)));
    cr_expect(eq(int, file_write(path, "x", 1, FALSE, &error), FALSE));
    expect_refusal(error, FILE_IO_ERROR_EXISTS, "\"%s\" is there already", path);
    cr_expect(eq(int, g_file_test(target, G_FILE_TEST_EXISTS), FALSE));
}

Test(file, a_replaced_link_leaves_its_target_alone)
{
    g_autofree char *path = in_folder("link"), *target = in_folder("target");

    cr_assert(file_write(target, "keep", 4, FALSE, NULL));
    cr_assert(zero(int, symlink(target, path)));
    cr_expect(file_write(path, "new", 3, TRUE, NULL));
    expect_text(target, "keep");
    expect_text(path, "new");
}

Test(file, new_files_are_as_open_as_the_umask_lets_them)
{
    g_autofree char *path = in_folder("data");
    struct stat found;

    umask(027);
    cr_assert(file_write(path, "x", 1, FALSE, NULL));
    cr_assert(zero(int, stat(path, &found)));
    cr_expect(eq(uint, found.st_mode & 0777, 0640));
}

Test(file, refuses_to_write_where_there_is_no_folder)
{
    g_autofree char *path = in_folder("none/report.json"), *plain = in_folder("plain");
    g_autofree char *below = in_folder("plain/report.json");
    g_autoptr(GError) first = NULL, second = NULL, third = NULL;

    cr_expect(eq(int, file_write(path, "x", 1, TRUE, &first), FALSE));
    expect_refusal(first, FILE_IO_ERROR_WRITE, "cannot write \"%s\": no such directory", path);
    cr_assert(file_write(plain, "", 0, FALSE, NULL));
    cr_expect(eq(int, file_write(below, "x", 1, TRUE, &second), FALSE));
    expect_refusal(second, FILE_IO_ERROR_WRITE, "cannot write \"%s\": not a directory", below);
    cr_expect(eq(int, file_write(folder, "x", 1, TRUE, &third), FALSE));
    expect_refusal(third, FILE_IO_ERROR_WRITE,
                   "cannot write \"%s\": it is a directory, expected a file", folder);
}

Test(file, a_name_too_long_for_the_system_leaves_nothing_behind)
{
    g_autofree char *name = g_strnfill(300, 'n');
    g_autofree char *path = in_folder(name);
    g_autoptr(GError) error = NULL;

    cr_expect(eq(int, file_write(path, "x", 1, FALSE, &error), FALSE));
    expect_refusal(error, FILE_IO_ERROR_WRITE, "cannot write \"%s\": file name too long", path);
    cr_expect(eq(int, entries(), 0));
}

Test(file, a_write_cut_short_changes_nothing_and_leaves_nothing_behind)
{
    const struct rlimit limit = { 100, 100 };
    g_autofree char *path = in_folder("report.pdf"), *other = in_folder("other.pdf");
    g_autofree char *data = g_strnfill(5000, 'd');
    g_autoptr(GError) first = NULL, second = NULL;

    cr_assert(file_write(path, "old", 3, FALSE, NULL));
    signal(SIGXFSZ, SIG_IGN);
    cr_assert(zero(int, setrlimit(RLIMIT_FSIZE, &limit)));
    cr_expect(eq(int, file_write(path, data, 5000, TRUE, &first), FALSE));
    expect_refusal(first, FILE_IO_ERROR_WRITE, "cannot write \"%s\": file too large", path);
    cr_expect(eq(int, file_write(other, data, 5000, FALSE, &second), FALSE));
    expect_refusal(second, FILE_IO_ERROR_WRITE, "cannot write \"%s\": file too large", other);
    expect_text(path, "old");
    cr_expect(eq(int, entries(), 1));
}

Test(file, writes_devices_and_pipes_directly)
{
    g_autofree char *path = in_folder("full");
    g_autoptr(GError) first = NULL, second = NULL;
    struct stat found;

    cr_expect(file_write("/dev/null", "x", 1, FALSE, NULL));
    cr_assert(zero(int, stat("/dev/null", &found)));
    cr_expect(eq(int, S_ISCHR(found.st_mode) != 0, TRUE));
    cr_expect(eq(int, file_write("/dev/full", "x", 1, FALSE, &first), FALSE));
    expect_refusal(first, FILE_IO_ERROR_WRITE, "cannot write \"%s\": no space left on device",
                   "/dev/full");
    cr_assert(zero(int, symlink("/dev/full", path)));
    cr_expect(eq(int, file_write(path, "x", 1, TRUE, &second), FALSE));
    expect_refusal(second, FILE_IO_ERROR_WRITE, "cannot write \"%s\": no space left on device",
                   path);
}

Test(file, writes_standard_output_by_each_of_its_names)
{
    static const char *const names[] = { "-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1" };
    g_autofree char *path = in_folder("out");
    int saved = dup(STDOUT_FILENO);

    cr_assert(ne(ptr, freopen(path, "w", stdout), NULL));
    printf("printed first ");
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        cr_expect(file_write(names[i], "x", 1, FALSE, NULL), "%s", names[i]);
    fflush(stdout);
    dup2(saved, STDOUT_FILENO);
    expect_text(path, "printed first xxxx");
}

Test(file, a_full_standard_output_is_reported)
{
    g_autoptr(GError) error = NULL;
    int saved = dup(STDOUT_FILENO);

    cr_assert(ne(ptr, freopen("/dev/full", "w", stdout), NULL));
    cr_expect(eq(int, file_write("-", "x", 1, FALSE, &error), FALSE));
    dup2(saved, STDOUT_FILENO);
    expect_refusal(error, FILE_IO_ERROR_WRITE, "cannot write \"%s\": no space left on device",
                   "standard output");
}

Test(file, of_many_writers_of_a_new_file_one_wins)
{
    g_autofree char *path = in_folder("report.json");
    int winners = 0, status;

    for (int i = 0; i < 8; i++)
        if (fork() == 0)
            _exit(file_write(path, "0123456789", 10, FALSE, NULL) ? 0 : 1);
    while (wait(&status) > 0)
        winners += WIFEXITED(status) && WEXITSTATUS(status) == 0;
    cr_expect(eq(int, winners, 1));
    expect_text(path, "0123456789");
    cr_expect(eq(int, entries(), 1));
}
