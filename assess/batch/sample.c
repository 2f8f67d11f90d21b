#include "batch/sample.h"

#include <string.h>

#include "batch/batch.h"
#include "batch/podium.h"
#include "batch/roll.h"
#include "batch/writer.h"
#include "report/csv.h"

enum { HASH_SIZE = 65 /* hexadecimal, and its end */ };

static const char *const CELLS[] = { "company", "uscc", "level", "level_possible", "record" };

typedef struct {
    char hash[HASH_SIZE];
    guint64 record;
    char *row; /* without the place; NULL while it is only looked at */
} Lot;

typedef struct {
    GChecksum *checksum;
    const char *seed;
    int company, code; /* columns */
    int cells[G_N_ELEMENTS(CELLS)];
    Podium *podium;
} Draw;

static int compare_lots(gconstpointer a, gconstpointer b)
{
    const Lot *first = a, *second = b;
    int order = strcmp(first->hash, second->hash);

    return order != 0 ? order : (first->record > second->record) - (first->record < second->record);
}

static void lot_free(gpointer data)
{
    Lot *lot = data;

    g_free(lot->row);
    g_free(lot);
}

static const char *cell_at(const char *const *cells, int column)
{
    return column == ROLL_NO_COLUMN ? "" : cells[column];
}

static const char *key_of(const Draw *draw, const char *const *cells)
{
    const char *code = cell_at(cells, draw->code), *company = cell_at(cells, draw->company);

    if (*code)
        return code;
    return *company ? company : cells[0];
}

static void append_row(const Draw *draw, GString *out, const char *const *cells)
{
    for (guint i = 0; i < G_N_ELEMENTS(CELLS); i++) {
        if (draw->cells[i] == ROLL_NO_COLUMN)
            continue;
        g_string_append_c(out, ',');
        csv_cell(out, cells ? cells[draw->cells[i]] : CELLS[i]);
    }
    g_string_append_c(out, ',');
}

static void offer(Draw *draw, const char *const *cells)
{
    const char *key = key_of(draw, cells);
    Lot lot = { .record = roll_record(cells) };
    GString *row;

    g_checksum_reset(draw->checksum);
    g_checksum_update(draw->checksum, (const guchar *)draw->seed, -1);
    g_checksum_update(draw->checksum, (const guchar *)":", 1);
    g_checksum_update(draw->checksum, (const guchar *)key, -1);
    g_strlcpy(lot.hash, g_checksum_get_string(draw->checksum), sizeof lot.hash);
    if (!podium_wants(draw->podium, &lot))
        return;
    row = g_string_new(NULL);
    append_row(draw, row, cells);
    csv_cell(row, key);
    g_string_append_printf(row, ",%s\r\n", lot.hash);
    lot.row = g_string_free(row, FALSE);
    podium_add(draw->podium, g_memdup2(&lot, sizeof lot));
}

static gboolean draw_all(Draw *draw, const char *path, GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autoptr(Roll) roll = roll_open(path, error);
    const char *const *cells;

    if (!roll)
        return FALSE;
    draw->company = roll_column(roll, "company");
    draw->code = roll_column(roll, "uscc");
    for (guint i = 0; i < G_N_ELEMENTS(CELLS); i++)
        draw->cells[i] = roll_column(roll, CELLS[i]);
    while ((cells = roll_next(roll, &fault)) != NULL)
        offer(draw, cells);
    if (!fault)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&fault));
    return FALSE;
}

static guint write_lots(const Draw *draw, Writer *writer, gboolean has_mark)
{
    const GPtrArray *lots = podium_order(draw->podium);
    g_autoptr(GString) text = g_string_new(has_mark ? CSV_MARK "place" : "place");

    append_row(draw, text, NULL);
    g_string_append(text, "key,sha256\r\n");
    for (guint i = 0; i < lots->len; i++)
        g_string_append_printf(text, "%u%s", i + 1, ((const Lot *)lots->pdata[i])->row);
    writer_append(writer, text->str, text->len);
    writer_sync(writer);
    return lots->len;
}

gboolean sample_write(const char *folder, guint size, const char *seed, gboolean has_mark,
                      guint *drawn, GError **error)
{
    g_autofree char *results = g_build_filename(folder, BATCH_RESULTS, NULL);
    g_autofree char *path = g_build_filename(folder, SAMPLE_FILE, NULL);
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autoptr(Podium) podium = podium_new(size, compare_lots, lot_free);
    g_autoptr(Writer) writer = writer_open(path, FALSE, 0, error);
    Draw draw = { .checksum = checksum, .seed = seed, .podium = podium };

    if (!writer || !draw_all(&draw, results, error))
        return FALSE;
    *drawn = write_lots(&draw, writer, has_mark);
    if (!writer_error(writer))
        return TRUE;
    g_propagate_error(error, g_error_copy(writer_error(writer)));
    return FALSE;
}
