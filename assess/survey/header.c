#include "survey/header.h"

#include <string.h>

#include "base/text.h"
#include "intake/reply.h"
#include "intake/sheet.h"
#include "survey/layout_pattern.h"

enum {
    LEAST_DISTINCT = 90, /* percent of a row of names that are different */
    LEAST_GAPS = 2       /* blank cells over names: fewer are columns without a name */
};

#define EMPTY ""

/* ---- the records ---- */

static void record_clear(gpointer data)
{
    g_strfreev(((HeaderRecord *)data)->cells);
    g_strfreev(((HeaderRecord *)data)->folded);
}

static gboolean take_record(const CsvRecord *record, gpointer data)
{
    Header *header = data;
    HeaderRecord taken = { .cells = g_new0(char *, record->n_cells + 1),
                           .n_cells = record->n_cells,
                           .line = record->line,
                           .offset = record->offset };

    for (guint i = 0; i < record->n_cells; i++)
        taken.cells[i] = g_strdup(record->cells[i]);
    g_array_append_val(header->records, taken);
    return header->records->len < HEADER_RECORDS;
}

static const HeaderRecord *record_at(const Header *header, guint row)
{
    return row < header->records->len ? &g_array_index(header->records, HeaderRecord, row) : NULL;
}

static const char *cell_at(const Header *header, guint row, guint column)
{
    const HeaderRecord *record = record_at(header, row);

    return record && column < record->n_cells ? record->cells[column] : EMPTY;
}

static guint filled_cells(const HeaderRecord *record)
{
    guint filled = 0;

    for (guint i = 0; i < record->n_cells; i++)
        filled += !reply_is_blank(record->cells[i]);
    return filled;
}

static gboolean is_line_of_words(const HeaderRecord *record)
{
    guint filled = filled_cells(record);

    return filled == 0 || (filled == 1 && !reply_is_blank(record->cells[0]));
}

/* A title, a date, a line of words above the table: one cell where soon several stand. */
static void skip_preamble(Header *header)
{
    guint skip = 0;

    while (skip + 1 < header->records->len && is_line_of_words(record_at(header, skip)))
        skip++;
    if (skip > 0 && filled_cells(record_at(header, skip)) >= 3) {
        g_array_remove_range(header->records, 0, skip);
        header->skipped = skip;
    }
}

/* ---- signs ---- */

/* How many of the masks name a cell of the row. */
static guint cells_named(char *const *masks, const HeaderRecord *record)
{
    guint named = 0;

    for (; *masks; masks++)
        for (guint i = 0; i < record->n_cells; i++)
            if (layout_mask_match(*masks, record->folded[i])) {
                named++;
                break;
            }
    return named;
}

/* The rows in which signs stand, as signs are compared: once, since there are many of those. */
static void fold_rows(Header *header)
{
    for (guint row = 0; row < MIN(header->records->len, LAYOUT_HEADER_LIMIT); row++) {
        HeaderRecord *record = &g_array_index(header->records, HeaderRecord, row);

        record->folded = g_new0(char *, record->n_cells + 1);
        for (guint i = 0; i < record->n_cells; i++)
            record->folded[i] = binding_fold(record->cells[i]);
    }
}

/* Whether all its cells that are not blank begin so, two or more. */
static gboolean all_begin(const HeaderRecord *record, const char *start)
{
    guint n = 0;

    for (guint i = 0; i < record->n_cells; i++) {
        g_autofree char *folded = text_fold(record->cells[i]);

        if (*folded && !g_str_has_prefix(folded, start))
            return FALSE;
        n += *folded != '\0';
    }
    return n >= 2;
}

static gboolean only_has(const LayoutSign *sign, const HeaderRecord *record)
{
    guint n = 0;

    for (guint i = 0; i < record->n_cells; i++) {
        const char *folded = record->folded[i];
        gboolean is_named = *folded && layout_names(sign->only, folded);

        if (*folded && !is_named && !layout_names(sign->gaps, folded))
            return FALSE;
        n += is_named ? 1 : 0;
    }
    return n >= 2;
}

/* How strongly a row bears the sign, 0 if it does not. */
static guint sign_strength(const LayoutSign *sign, const HeaderRecord *record)
{
    guint strength = 1;
    const char *first = record->n_cells ? record->folded[0] : EMPTY;

    if (sign->cells) {
        guint named = cells_named(sign->cells, record);

        if (named < (sign->least ? sign->least : g_strv_length(sign->cells)))
            return 0;
        strength += 2 * named;
    }
    if (sign->first) {
        if (!layout_mask_match(sign->first, first))
            return 0;
        strength += 1;
    }
    if (sign->begins && !all_begin(record, sign->begins))
        return 0;
    if (sign->only && !only_has(sign, record))
        return 0;
    return strength + (sign->begins ? 20 : 0) + (sign->only ? 6 : 0);
}

static guint layout_strength(const Header *header, const Layout *layout, const LayoutSign **found,
                             guint *row)
{
    guint best = 0;

    for (guint i = 0; layout->signs && i < layout->signs->len; i++) {
        const LayoutSign *sign = &g_array_index(layout->signs, LayoutSign, i);

        for (guint at = 0; at < MIN(header->records->len, LAYOUT_HEADER_LIMIT); at++) {
            guint strength = sign->row == 0 || sign->row == at + 1
                                 ? sign_strength(sign, record_at(header, at))
                                 : 0;

            if (strength <= best)
                continue;
            best = strength;
            *found = sign;
            *row = at + 1;
        }
    }
    return best;
}

/* The layout whose signs are the strongest; NULL if there are none. */
static const Layout *strongest(const Header *header, const Layouts *layouts,
                               const LayoutSign **sign, guint *row)
{
    const Layout *found = NULL;
    guint best = 0;

    for (guint i = 0; layouts && i < layouts_count(layouts); i++) {
        const Layout *layout = layouts_at(layouts, i);
        const LayoutSign *one = NULL;
        guint at = 0, strength;

        strength = layout->named_only ? 0 : layout_strength(header, layout, &one, &at);
        if (strength <= best)
            continue;
        best = strength;
        *sign = one;
        *row = at;
        found = layout;
    }
    return found;
}

static void find_layout(Header *header, const Layouts *layouts)
{
    const LayoutSign *sign = NULL;
    const Layout *table = layouts ? layouts_find(layouts, "table") : NULL;
    const Layout *found = strongest(header, layouts, &sign, &header->sign_row);

    header->layout = found ? found : table ? table : layout_plain();
    header->why = found ? g_strdup_printf("row %u of the header has its sign \"%s\"",
                                          header->sign_row, sign->id)
                        : g_strdup("no sign of a tool stands in its first rows");
}

gboolean header_bears(const Header *header, const Layout *layout)
{
    const LayoutSign *sign;
    guint row;

    return !layout->signs || layout->signs->len == 0 ||
           layout_strength(header, layout, &sign, &row) > 0;
}

const Layout *header_signed_by(const Header *header, const Layouts *layouts)
{
    const LayoutSign *sign;
    guint row;

    return strongest(header, layouts, &sign, &row);
}

/* ---- rows of the header ---- */

static gboolean is_marked(const Header *header, guint row)
{
    const HeaderRecord *record = record_at(header, row);

    return record && (all_begin(record, "#") || all_begin(record, "{\"importid\""));
}

/* Percent of the cells of a row that are not blank and differ from all others. */
static guint distinct_percent(const HeaderRecord *record)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    guint n = 0;

    for (guint i = 0; i < record->n_cells; i++)
        if (!reply_is_blank(record->cells[i])) {
            g_hash_table_add(seen, record->cells[i]);
            n++;
        }
    return n ? g_hash_table_size(seen) * 100 / n : 0;
}

/* Blank cells of the first row with something below them. */
static guint gaps_over(const Header *header, const HeaderRecord *below)
{
    guint gaps = 0;

    for (guint i = 0; i < below->n_cells; i++)
        gaps += reply_is_blank(cell_at(header, 0, i)) && !reply_is_blank(below->cells[i]);
    return gaps;
}

/* "Q1", "Q12_3", "A[1]": letters, then digits. */
static gboolean is_code(const char *text)
{
    gsize letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");

    return letters >= 1 && letters <= 4 && g_ascii_isdigit(text[letters]) &&
           strspn(text + letters, "0123456789_.[]-") == strlen(text + letters);
}

static gboolean are_codes(const HeaderRecord *record)
{
    guint n = 0;

    for (guint i = 0; i < record->n_cells; i++) {
        if (reply_is_blank(record->cells[i]))
            continue;
        if (!is_code(record->cells[i]))
            return FALSE;
        n++;
    }
    return n >= 3 && distinct_percent(record) == 100;
}

/* How many cells of a row name something of the rubric. */
static guint names_in(const Binder *binder, const HeaderRecord *record)
{
    guint named = 0;

    for (guint i = 0; i < record->n_cells; i++)
        named += binder_name(binder, record->cells[i]).kind >= BINDING_QUESTION;
    return named;
}

/* Whether the second row belongs to the header, too. */
static gboolean is_second_row(const Header *header, const Binder *binder)
{
    const HeaderRecord *first = record_at(header, 0), *second = record_at(header, 1);
    const HeaderRecord *third = record_at(header, 2);
    const CsvRecord cells = { .n_cells = first->n_cells,
                              .cells = (const char *const *)first->cells };
    guint filled = second ? filled_cells(second) : 0, named;

    /* below the names of a form stand an id and its wording */
    if (filled < 2 || sheet_is_header(&cells))
        return FALSE;
    if (is_marked(header, 1) || (are_codes(second) && !(third && are_codes(third))))
        return TRUE;
    if (gaps_over(header, second) >= LEAST_GAPS && filled > filled_cells(first) &&
        distinct_percent(second) >= LEAST_DISTINCT)
        return TRUE;
    named = names_in(binder, second);
    return named >= 2 && named * 2 >= filled;
}

static guint find_rows(const Header *header, const Binder *binder)
{
    guint rows = header->layout->header_rows;

    if (rows == 0)
        rows = MAX(is_second_row(header, binder) ? 2 : 1, header->sign_row);
    /* a row of marks is no answer, whatever the layout says */
    for (guint row = rows; row < LAYOUT_HEADER_LIMIT; row++)
        if (is_marked(header, row))
            rows = row + 1;
    return MIN(rows, header->records->len);
}

static guint find_columns(const Header *header)
{
    guint columns = 0;

    for (guint row = 0; row < header->rows; row++) {
        const HeaderRecord *record = record_at(header, row);

        for (guint i = columns; i < record->n_cells; i++)
            if (!reply_is_blank(record->cells[i]))
                columns = i + 1;
    }
    /* one that has no name is told if something stands in it */
    return MAX(columns, record_at(header, 0)->n_cells);
}

/* A blank cell of the first row belongs to the cell on its left if something stands below it. */
static void find_sources(Header *header)
{
    guint left = 0;

    header->sources = g_new(guint, header->n_columns);
    for (guint i = 0; i < header->n_columns; i++) {
        gboolean is_gap = header->is_filled && reply_is_blank(cell_at(header, 0, i));

        if (!is_gap)
            left = i;
        header->sources[i] = is_gap && !reply_is_blank(cell_at(header, 1, i)) ? left : i;
    }
    for (guint row = 1; row < header->rows; row++)
        header->marked[row] = is_marked(header, row);
}

Header *header_read(const Vocabulary *vocabulary, const Layouts *layouts, const Layout *layout,
                    const CsvText *text, Findings *findings)
{
    g_autoptr(Header) header = g_new0(Header, 1);
    g_autoptr(Binder) binder = NULL;

    header->records = g_array_new(FALSE, FALSE, sizeof(HeaderRecord));
    g_array_set_clear_func(header->records, record_clear);
    csv_read(text, take_record, header, findings);
    if (header->records->len == 0)
        return NULL;
    skip_preamble(header);
    fold_rows(header);
    if (layout) {
        header->layout = layout;
        header->why = g_strdup("it was named");
    } else {
        find_layout(header, layouts);
    }
    binder = binder_new(vocabulary, header->layout);
    header->rows = find_rows(header, binder);
    header->n_columns = find_columns(header);
    header->is_filled = header->rows > 1 && (header->layout->fill ||
                                             gaps_over(header, record_at(header, 1)) >= LEAST_GAPS);
    find_sources(header);
    return g_steal_pointer(&header);
}

void header_free(Header *header)
{
    if (!header)
        return;
    g_array_unref(header->records);
    g_free(header->why);
    g_free(header->sources);
    g_free(header);
}

/* ---- what stands over a column ---- */

const char *header_cell(const Header *header, guint row, guint column)
{
    if (header->marked[row])
        return EMPTY;
    return cell_at(header, row, row == 0 ? header->sources[column] : column);
}

gboolean header_is_shared(const Header *header, guint column)
{
    return header->sources[column] != column ||
           (column + 1 < header->n_columns && header->sources[column + 1] == column);
}

char *header_name(const Header *header, guint column)
{
    GString *name = g_string_new(NULL);

    for (guint row = 0; row < header->rows; row++) {
        const char *cell = header_cell(header, row, column);

        if (!reply_is_blank(cell) && strcmp(cell, name->str) != 0)
            g_string_append_printf(name, "%s%s", name->len ? " / " : "", cell);
    }
    return g_string_free(name, FALSE);
}

const HeaderRecord *header_first_record(const Header *header)
{
    return record_at(header, header->rows);
}
