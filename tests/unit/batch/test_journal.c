#include "batch/journal.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/file.h"

static Journal *example(void)
{
    Journal *journal = journal_new();

    journal_set_text(journal, "run", "survey", "a=b; \"c\"\n\xe5\x90\x8d");
    journal_set_number(journal, "run", "size", G_MAXUINT64);
    journal_set_text(journal, "run", "fault", NULL);
    return journal;
}

Test(journal, gives_back_what_was_saved)
{
    g_autofree char *path = g_strdup("journal-XXXXXX");
    g_autoptr(Journal) journal = example();
    g_autoptr(Journal) read = NULL;
    g_autofree char *text = NULL;

    close(g_mkstemp(path));
    cr_assert(journal_save(journal, path, NULL));
    read = journal_read(path, NULL);
    cr_assert(read != NULL);
    text = journal_text(read, "run", "survey");
    cr_expect(eq(str, text, "a=b; \"c\"\n\xe5\x90\x8d"));
    cr_expect(eq(u64, journal_number(read, "run", "size"), G_MAXUINT64));
    cr_expect(eq(u64, journal_number(read, "run", "none"), 0));
    cr_expect(journal_difference(journal, read, "run") == NULL);
    g_unlink(path);
}

Test(journal, names_the_first_key_that_differs)
{
    g_autoptr(Journal) one = example();
    g_autoptr(Journal) other = journal_new();
    g_autofree char *key = NULL;

    journal_copy(other, one, "run");
    cr_expect(journal_difference(one, other, "run") == NULL);
    journal_set_number(other, "run", "size", 1);
    journal_set_text(other, "state", "phase", "2");
    key = journal_difference(one, other, "run");
    cr_expect(eq(str, key, "size"));
}

Test(journal, that_is_damaged_is_refused)
{
    g_autofree char *path = g_strdup("journal-XXXXXX");
    g_autoptr(GError) error = NULL;

    close(g_mkstemp(path));
    cr_expect(journal_read(path, &error) == NULL);
    cr_expect(g_str_has_suffix(error->message, "is damaged"));
    g_unlink(path);
}
