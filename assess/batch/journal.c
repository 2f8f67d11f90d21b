#include "batch/journal.h"

#include <string.h>

#include "base/file.h"

struct Journal {
    GKeyFile *file;
};

Journal *journal_new(void)
{
    Journal *journal = g_new0(Journal, 1);

    journal->file = g_key_file_new();
    return journal;
}

Journal *journal_read(const char *path, GError **error)
{
    g_autoptr(Journal) journal = journal_new();
    g_autoptr(GBytes) bytes = file_read(path, error);
    gsize size;
    const char *data;

    if (!bytes)
        return NULL;
    data = g_bytes_get_data(bytes, &size);
    if (size == 0 || !g_key_file_load_from_data(journal->file, data, size, 0, NULL)) {
        g_set_error(error, FILE_IO_ERROR, FILE_IO_ERROR_READ, "\"%s\" is damaged", path);
        return NULL;
    }
    return g_steal_pointer(&journal);
}

void journal_free(Journal *journal)
{
    if (!journal)
        return;
    g_key_file_unref(journal->file);
    g_free(journal);
}

void journal_set_number(Journal *journal, const char *group, const char *key, guint64 number)
{
    g_key_file_set_uint64(journal->file, group, key, number);
}

void journal_set_text(Journal *journal, const char *group, const char *key, const char *text)
{
    g_key_file_set_string(journal->file, group, key, text ? text : "");
}

guint64 journal_number(const Journal *journal, const char *group, const char *key)
{
    return g_key_file_get_uint64(journal->file, group, key, NULL);
}

char *journal_text(const Journal *journal, const char *group, const char *key)
{
    return g_key_file_get_string(journal->file, group, key, NULL);
}

/* In their order, NULL-terminated; none for a group that is not there. Free with g_strfreev(). */
static char **keys_of(const Journal *journal, const char *group)
{
    char **keys = g_key_file_get_keys(journal->file, group, NULL, NULL);

    return keys ? keys : g_new0(char *, 1);
}

void journal_copy(Journal *journal, const Journal *from, const char *group)
{
    g_auto(GStrv) keys = keys_of(from, group);

    g_key_file_remove_group(journal->file, group, NULL);
    for (char **key = keys; *key; key++) {
        g_autofree char *value = g_key_file_get_value(from->file, group, *key, NULL);

        g_key_file_set_value(journal->file, group, *key, value);
    }
}

static gboolean differs(const Journal *journal, const Journal *other, const char *group,
                        const char *key)
{
    g_autofree char *one = journal_text(journal, group, key);
    g_autofree char *two = journal_text(other, group, key);

    return g_strcmp0(one, two) != 0;
}

char *journal_difference(const Journal *journal, const Journal *other, const char *group)
{
    const Journal *const both[] = { journal, other };

    for (guint i = 0; i < G_N_ELEMENTS(both); i++) {
        g_auto(GStrv) keys = keys_of(both[i], group);

        for (char **key = keys; *key; key++)
            if (differs(journal, other, group, *key))
                return g_strdup(*key);
    }
    return NULL;
}

char *journal_bytes(const Journal *journal)
{
    return g_key_file_to_data(journal->file, NULL, NULL);
}

gboolean journal_save(const Journal *journal, const char *path, GError **error)
{
    g_autofree char *bytes = journal_bytes(journal);

    return file_write(path, bytes, strlen(bytes), TRUE, error);
}
