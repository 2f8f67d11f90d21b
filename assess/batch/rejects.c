#include "batch/rejects.h"

#include "report/csv.h"

struct Rejects {
    GString *source; /* as a cell */
};

Rejects *rejects_new(const char *source)
{
    Rejects *rejects = g_new0(Rejects, 1);

    rejects->source = g_string_new(NULL);
    csv_cell(rejects->source, source);
    return rejects;
}

void rejects_free(Rejects *rejects)
{
    if (!rejects)
        return;
    g_string_free(rejects->source, TRUE);
    g_free(rejects);
}

void rejects_header(GString *out)
{
    csv_row(out, "source", "record", "line", "reason", NULL);
}

void rejects_row(const Rejects *rejects, guint64 record, guint64 line, const char *reason,
                 GString *out)
{
    g_string_append_len(out, rejects->source->str, (gssize)rejects->source->len);
    g_string_append_printf(out, ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT ",", record, line);
    csv_cell(out, reason);
    g_string_append(out, "\r\n");
}
