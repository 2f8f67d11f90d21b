#include "batch/ledger.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/file.h"
#include "batch/folder.h"

struct Ledger {
    char *path;                 /* for messages */
    FILE *companies, *left_out; /* the latter NULL if nobody is */
    guint64 offset;
};

Ledger *ledger_open(const char *folder, guint64 offset, GError **error)
{
    g_autoptr(Ledger) ledger = g_new0(Ledger, 1);
    g_autofree char *left_out = folder_part(folder, LEDGER_LEFT_OUT);

    ledger->path = folder_part(folder, LEDGER_COMPANIES);
    ledger->offset = offset;
    ledger->companies = fopen(ledger->path, "rbe");
    if (!ledger->companies) {
        file_fault(error, FILE_IO_ERROR_READ, ledger->path, errno);
        return NULL;
    }
    ledger->left_out = fopen(left_out, "rbe");
    if (!ledger->left_out && errno != ENOENT) {
        file_fault(error, FILE_IO_ERROR_READ, left_out, errno);
        return NULL;
    }
    return g_steal_pointer(&ledger);
}

void ledger_free(Ledger *ledger)
{
    if (!ledger)
        return;
    if (ledger->companies)
        fclose(ledger->companies);
    if (ledger->left_out)
        fclose(ledger->left_out);
    g_free(ledger->path);
    g_free(ledger);
}

/* The next one that is left out; its record is G_MAXUINT64 after the last. */
static LeftOut next_left_out(const Ledger *ledger)
{
    LeftOut next;

    if (!ledger->left_out || fread(&next, sizeof next, 1, ledger->left_out) != 1)
        return (LeftOut){ G_MAXUINT64, 0 };
    return next;
}

guint64 ledger_size(const Ledger *ledger)
{
    struct stat info;

    return fstat(fileno(ledger->companies), &info) == 0 ? (guint64)info.st_size / sizeof(Company)
                                                        : 0;
}

gboolean ledger_each(Ledger *ledger, LedgerVisitor visit, gpointer data, GError **error)
{
    guint64 offset = ledger->offset;
    Company company;
    LeftOut next;

    rewind(ledger->companies);
    if (ledger->left_out)
        rewind(ledger->left_out);
    next = next_left_out(ledger);
    while (fread(&company, sizeof company, 1, ledger->companies) == 1) {
        gboolean is_left_out = company.record == next.record;

        company.offset = offset;
        if (!visit(&company, is_left_out ? &next : NULL, data))
            return TRUE;
        if (is_left_out)
            next = next_left_out(ledger);
        else
            offset += company.length;
    }
    if (ferror(ledger->companies) || (ledger->left_out && ferror(ledger->left_out)))
        return file_fault(error, FILE_IO_ERROR_READ, ledger->path, EIO);
    return TRUE;
}
