#include "intake/contents.h"

#include <string.h>

enum { SLOTS_LEAST = 16 };

typedef struct {
    ContentsColumn seen;
    guint64 *slots; /* hashes of different texts, 0: free; open addressing, at most half full */
    guint n_slots;
    guint64 last; /* the hash seen before: cells repeat */
} Column;

typedef struct {
    guint column;
    gsize size;
} Cell;

struct Contents {
    Column *columns;
    guint n_columns;
    ContentsRows rows;
    GByteArray *row; /* the cells of this row that are not blank, one after the other: a row that is
                      * not ended counts for nothing */
    GArray *cells;   /* of Cell: those of them that have a column */
    guint at;        /* cells of this row, blank ones too */
    gboolean has_text; /* in one of them */
    gboolean has_more; /* in one that is too many */
};

Contents *contents_new(guint n_columns)
{
    Contents *contents = g_new0(Contents, 1);

    contents->columns = g_new0(Column, n_columns);
    contents->n_columns = n_columns;
    contents->row = g_byte_array_new();
    contents->cells = g_array_new(FALSE, FALSE, sizeof(Cell));
    return contents;
}

void contents_free(Contents *contents)
{
    if (!contents)
        return;
    for (guint i = 0; i < contents->n_columns; i++)
        g_free(contents->columns[i].slots);
    g_byte_array_unref(contents->row);
    g_array_unref(contents->cells);
    g_free(contents->columns);
    g_free(contents);
}

/* FNV-1a over words, mixed; never 0. */
static guint64 hash(const char *bytes, gsize size)
{
    const guint64 prime = G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    guint64 value = size * prime + 1, word;

    for (; size >= sizeof word; size -= sizeof word, bytes += sizeof word) {
        memcpy(&word, bytes, sizeof word);
        value = (value ^ word) * prime;
        value ^= value >> 29;
    }
    for (gsize i = 0; i < size; i++)
        value = (value ^ (guchar)bytes[i]) * G_GUINT64_CONSTANT(0x100000001b3);
    value ^= value >> 32;
    value *= prime;
    return value | 1;
}

static void put(Column *column, guint64 value)
{
    guint at = (guint)(value >> 32) & (column->n_slots - 1);

    while (column->slots[at] != 0 && column->slots[at] != value)
        at = (at + 1) & (column->n_slots - 1);
    column->seen.distinct += column->slots[at] == 0;
    column->slots[at] = value;
}

static void grow(Column *column)
{
    guint64 *old = column->slots;
    guint n = column->n_slots;

    column->n_slots = MAX(SLOTS_LEAST, 2 * n);
    column->slots = g_new0(guint64, column->n_slots);
    column->seen.distinct = 0;
    for (guint i = 0; i < n; i++)
        if (old[i] != 0)
            put(column, old[i]);
    g_free(old);
}

static void count_text(Column *column, const char *bytes, gsize size)
{
    guint64 value = hash(bytes, size);

    if (value == column->last || column->seen.is_more)
        return;
    column->last = value;
    if (2 * column->seen.distinct >= column->n_slots)
        grow(column);
    put(column, value);
    if (column->seen.distinct > CONTENTS_DISTINCT) {
        column->seen.distinct = CONTENTS_DISTINCT;
        column->seen.is_more = TRUE;
        g_clear_pointer(&column->slots, g_free);
    }
}

/* Digits with what stands in numbers, "37.5", "1,234", "85%". */
static void look_at(ContentsColumn *seen, const char *bytes, gsize size)
{
    Personal personal = personal_text(bytes, size);
    gboolean has_percent = size > 1 && bytes[size - 1] == '%';
    gsize digits = 0, n = size - (has_percent ? 1 : 0);

    seen->looked_at++;
    seen->personal[personal]++;
    for (gsize i = 0; i < n; i++) {
        digits += (gsize)g_ascii_isdigit(bytes[i]);
        if (!g_ascii_isdigit(bytes[i]) && !strchr("+-., ", bytes[i]))
            return;
    }
    if (digits == 0)
        return;
    seen->numbers++;
    seen->percents += (guint)has_percent;
}

static gboolean is_blank(const char *bytes, gsize size)
{
    for (gsize i = 0; i < size; i++)
        if (!g_ascii_isspace(bytes[i]))
            return FALSE;
    return TRUE;
}

void contents_cell(Contents *contents, const void *bytes, gsize size)
{
    const Cell cell = { contents->at++, size };

    if (is_blank(bytes, size))
        return;
    contents->has_text = TRUE;
    if (cell.column >= contents->n_columns) {
        contents->has_more = TRUE;
        return;
    }
    g_byte_array_append(contents->row, bytes, (guint)size);
    g_array_append_val(contents->cells, cell);
}

void contents_drop_row(Contents *contents)
{
    contents->at = 0;
    contents->has_text = contents->has_more = FALSE;
    g_byte_array_set_size(contents->row, 0);
    g_array_set_size(contents->cells, 0);
}

static void count_cells(Contents *contents)
{
    const char *bytes = (const char *)contents->row->data;

    for (guint i = 0; i < contents->cells->len; i++) {
        const Cell *cell = &g_array_index(contents->cells, Cell, i);
        Column *column = &contents->columns[cell->column];

        column->seen.filled++;
        count_text(column, bytes, cell->size);
        if (column->seen.looked_at < CONTENTS_LOOKED_AT)
            look_at(&column->seen, bytes, cell->size);
        bytes += cell->size;
    }
}

void contents_row(Contents *contents)
{
    ContentsRows *rows = &contents->rows;

    count_cells(contents);
    rows->rows++;
    if (!contents->has_text) {
        rows->blank++;
    } else if (contents->at < contents->n_columns) {
        if (rows->short_rows++ == 0)
            rows->first_short = rows->rows;
    } else if (contents->has_more) {
        if (rows->long_rows++ == 0)
            rows->first_long = rows->rows;
    }
    contents_drop_row(contents);
}

guint contents_n_columns(const Contents *contents)
{
    return contents->n_columns;
}

const ContentsColumn *contents_column(const Contents *contents, guint column)
{
    return &contents->columns[column].seen;
}

const ContentsRows *contents_rows(const Contents *contents)
{
    return &contents->rows;
}

Personal contents_personal(const Contents *contents, guint column, const char *name)
{
    const ContentsColumn *seen = contents_column(contents, column);
    Personal named = personal_column(name);

    if (named != PERSONAL_NOT)
        return named;
    for (Personal kind = PERSONAL_MAIL; kind <= PERSONAL_PLACE; kind++)
        if (seen->personal[kind] > 0 && 2 * seen->personal[kind] >= seen->looked_at)
            return kind;
    return personal_text(name, strlen(name));
}
