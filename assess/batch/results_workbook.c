#include "batch/results_workbook.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/text.h"
#include "batch/batch.h"
#include "batch/roll.h"
#include "page/xlsx.h"

enum { CODE_WIDTH = 20, NAME_WIDTH = 34, LEVEL_WIDTH = 16, NUMBER_WIDTH = 11, LIST_WIDTH = 40 };

typedef enum { COLUMN_TEXT, COLUMN_COUNT, COLUMN_DECIMAL, COLUMN_LEVEL } ColumnKind;

/* One level, or none: how it is shown. */
typedef struct {
    const char *id, *title;
    XlsxLook look;
} Shown;

typedef struct {
    const Plan *plan;
    Roll *roll;
    Xlsx *xlsx;
    ColumnKind *kinds;
    GArray *levels; /* of Shown; the first is none */
    XlsxLook plain, head;
} Sheet;

/* ---- columns ---- */

static const struct {
    const char *name;
    ColumnKind kind;
    guint width;
} COLUMNS[] = {
    { "record", COLUMN_COUNT, NUMBER_WIDTH },
    { "company", COLUMN_TEXT, NAME_WIDTH },
    { "uscc", COLUMN_TEXT, CODE_WIDTH },
    { "level", COLUMN_LEVEL, LEVEL_WIDTH },
    { "level_possible", COLUMN_LEVEL, LEVEL_WIDTH },
    { "official_level", COLUMN_LEVEL, LEVEL_WIDTH },
    { "official_level_possible", COLUMN_LEVEL, LEVEL_WIDTH },
    { "evidenced_level", COLUMN_LEVEL, LEVEL_WIDTH },
    { "evidenced_level_possible", COLUMN_LEVEL, LEVEL_WIDTH },
    { "score_low", COLUMN_DECIMAL, NUMBER_WIDTH },
    { "score_high", COLUMN_DECIMAL, NUMBER_WIDTH },
    { "answered", COLUMN_COUNT, NUMBER_WIDTH },
    { "asked", COLUMN_COUNT, NUMBER_WIDTH },
    { "not_applicable", COLUMN_COUNT, NUMBER_WIDTH },
    { "blockers", COLUMN_TEXT, LIST_WIDTH },
    { "decisive_blanks", COLUMN_TEXT, LIST_WIDTH },
    { "findings", COLUMN_COUNT, NUMBER_WIDTH },
};

static gboolean is_bound(const Rubric *rubric, const char *name)
{
    for (guint i = 0; i < rubric->dimensions->len; i++) {
        const char *id = RUBRIC_DIMENSION(rubric, i)->id;

        if (g_str_has_prefix(name, id) &&
            (strcmp(name + strlen(id), "_low") == 0 || strcmp(name + strlen(id), "_high") == 0))
            return TRUE;
    }
    return FALSE;
}

static void set_column(Sheet *sheet, guint column)
{
    const char *name = roll_name(sheet->roll, column);
    guint width = LEVEL_WIDTH;

    sheet->kinds[column] = COLUMN_TEXT;
    if (is_bound(sheet->plan->rubric, name)) {
        sheet->kinds[column] = COLUMN_DECIMAL;
        width = NUMBER_WIDTH;
    }
    for (guint i = 0; i < G_N_ELEMENTS(COLUMNS); i++)
        if (strcmp(COLUMNS[i].name, name) == 0) {
            sheet->kinds[column] = COLUMNS[i].kind;
            width = COLUMNS[i].width;
        }
    xlsx_width(sheet->xlsx, column, width);
}

/* ---- levels ---- */

/* `parts` of a hundred of the colour on paper. */
static Colour mixed(Colour colour, Colour paper, guint parts)
{
    Colour mix = 0;

    for (guint shift = 0; shift < 24; shift += 8) {
        guint one = (guint)(colour >> shift) & 0xff, other = (guint)(paper >> shift) & 0xff;

        mix |= (Colour)((one * parts + other * (100 - parts)) / 100) << shift;
    }
    return mix;
}

/* The higher a level, the more of the accent; below the first that of what is not met. */
static void find_levels(Sheet *sheet, const Template *template, const char *language)
{
    const Rubric *rubric = sheet->plan->rubric;
    const Colour *tones = template->theme->tones;
    guint n = rubric->levels->len;
    Shown none = { .id = "none",
                   .title = wording_get(template->wording, "words", "none", language),
                   .look = { .ink = tones[TONE_UNMET],
                             .fill = mixed(tones[TONE_UNMET], tones[TONE_PAPER], 10) } };

    g_array_append_val(sheet->levels, none);
    for (guint i = 0; i < n; i++) {
        const Level *level = RUBRIC_LEVEL(rubric, i);
        Shown shown = { .id = level->id,
                        .title = localized_or(&level->title, language, level->id),
                        .look = { .bold = i + 1 == n,
                                  .ink = tones[TONE_INK],
                                  .fill = mixed(tones[TONE_ACCENT_SOFT], tones[TONE_PAPER],
                                                100 * (i + 1) / n) } };

        g_array_append_val(sheet->levels, shown);
    }
}

static void write_level(const Sheet *sheet, guint row, guint column, const char *id)
{
    for (guint i = 0; i < sheet->levels->len; i++) {
        const Shown *shown = &g_array_index(sheet->levels, Shown, i);

        if (strcmp(shown->id, id) == 0)
            xlsx_text(sheet->xlsx, row, column, shown->title, &shown->look);
    }
}

/* ---- rows ---- */

/* What keeps a spreadsheet from running a text is not needed here. */
static const char *unguarded(const char *text)
{
    return text[0] == '\'' && text_runs(text + 1) ? text + 1 : text;
}

static void write_cell(const Sheet *sheet, guint row, guint column, const char *text)
{
    if (*text == '\0')
        return;
    switch (sheet->kinds[column]) {
    case COLUMN_TEXT:
        xlsx_text(sheet->xlsx, row, column, unguarded(text), &sheet->plain);
        break;
    case COLUMN_COUNT:
        xlsx_count(sheet->xlsx, row, column, (guint)g_ascii_strtoull(text, NULL, 10),
                   &sheet->plain);
        break;
    case COLUMN_DECIMAL:
        xlsx_decimal(sheet->xlsx, row, column, text, 0, FALSE, &sheet->plain);
        break;
    case COLUMN_LEVEL:
        write_level(sheet, row, column, text);
        break;
    }
}

/* Result: how many. */
static guint write_rows(Sheet *sheet, GError **error)
{
    guint n = roll_n_columns(sheet->roll), row = 0;
    const char *const *cells;

    for (guint i = 0; i < n; i++)
        set_column(sheet, i);
    for (guint i = 0; i < n; i++)
        xlsx_text(sheet->xlsx, 0, i, roll_name(sheet->roll, i), &sheet->head);
    while ((cells = roll_next(sheet->roll, error)) != NULL && row + 1 < XLSX_ROWS) {
        row++;
        for (guint i = 0; i < n; i++)
            write_cell(sheet, row, i, cells[i]);
    }
    return row;
}

static gboolean write_sheet(Sheet *sheet, const char *foot, GError **error)
{
    g_autoptr(GError) fault = NULL;
    guint rows;

    xlsx_sheet(sheet->xlsx, "results");
    rows = write_rows(sheet, &fault);
    if (fault) {
        g_propagate_error(error, g_steal_pointer(&fault));
        return FALSE;
    }
    xlsx_freeze(sheet->xlsx, 1, MIN(2, roll_n_columns(sheet->roll) - 1));
    xlsx_filter(sheet->xlsx, (XlsxRange){ 0, 0, rows, roll_n_columns(sheet->roll) - 1 });
    xlsx_print(sheet->xlsx, 1, foot);
    return TRUE;
}

gboolean results_workbook(const char *folder, const Plan *plan, const Template *template,
                          const char *language, gint32 date, GError **error)
{
    const Rubric *rubric = plan->rubric;
    g_autofree char *results = g_build_filename(folder, BATCH_RESULTS, NULL);
    g_autofree char *path = g_build_filename(folder, RESULTS_WORKBOOK, NULL);
    g_autofree char *title = g_strdup_printf(
        "%s %s", localized_or(&rubric->title, language, rubric->id), rubric->edition);
    g_autoptr(Roll) roll = roll_open(results, error);
    g_autofree ColumnKind *kinds = roll ? g_new0(ColumnKind, roll_n_columns(roll)) : NULL;
    g_autoptr(GArray) levels = g_array_new(FALSE, FALSE, sizeof(Shown));
    Sheet sheet = { .plan = plan,
                    .roll = roll,
                    .kinds = kinds,
                    .levels = levels,
                    .head = { .bold = TRUE,
                              .ink = template->theme->tones[TONE_PAPER],
                              .fill = template->theme->tones[TONE_ACCENT] } };
    const XlsxInfo info = { .title = title, .date = date };
    gboolean is_done;

    if (!roll)
        return FALSE;
    sheet.xlsx = xlsx_new_long(path, folder, error);
    if (!sheet.xlsx)
        return FALSE;
    find_levels(&sheet, template, language);
    is_done = write_sheet(&sheet, title, error) && xlsx_write(sheet.xlsx, &info, error);
    xlsx_free(sheet.xlsx);
    if (!is_done)
        g_unlink(path);
    return is_done;
}
