#include "report/grid.h"

#include "page/paragraph.h"

static const double PAD_X = 5, PAD_Y = 3.6, PAD_BAND = 3.5;
static const double MARK_SIZE = 8, MARK_GAP = 4;
static const double RULE = 0.4, HEAD_RULE = 0.9;

typedef struct {
    Line line;
    guint words; /* of the cell's */
    Role role;
    double top; /* below the row's upper padding */
} Piece;

typedef struct {
    GArray *pieces; /* of Piece */
    double height;
    guint element; /* on the canvas, from the first drawing on */
} Field;

typedef struct {
    GArray *fields; /* of Field */
    double height;
    guint element;
} Measured;

struct Grid {
    const Listing *table;
    const Theme *theme;
    double width, head_height;
    double *left, *room; /* by column: offset, width */
    GArray *rows;        /* of Measured */
};

static void field_clear(gpointer data)
{
    g_array_unref(((Field *)data)->pieces);
}

static void measured_clear(gpointer data)
{
    g_array_unref(((Measured *)data)->fields);
}

static double text_indent(const ListingCell *cell)
{
    return cell->mark.kind == MARK_NONE ? 0 : mark_width(cell->mark, MARK_SIZE) + MARK_GAP;
}

static Field measure_cell(const Grid *grid, Canvas *canvas, const ListingCell *cell, double width)
{
    Field field = { g_array_new(FALSE, FALSE, sizeof(Piece)), 0, 0 };
    double room = width - 2 * PAD_X - text_indent(cell);

    for (guint i = 0; i < cell->n_words; i++) {
        const TextStyle *style = &grid->theme->styles[cell->words[i].role];
        g_autoptr(GArray) lines =
            paragraph_lines(canvas->font, cell->words[i].text, style->size, room);

        for (guint n = 0; n < lines->len; n++) {
            Piece piece = { g_array_index(lines, Line, n), i, cell->words[i].role, field.height };

            g_array_append_val(field.pieces, piece);
            field.height += style->leading;
        }
    }
    return field;
}

static double row_padding(const Row *row)
{
    return row->band ? PAD_BAND : PAD_Y;
}

static Measured measure_row(const Grid *grid, Canvas *canvas, const Row *row)
{
    Measured measured = { g_array_new(FALSE, FALSE, sizeof(Field)), 0, 0 };

    g_array_set_clear_func(measured.fields, field_clear);
    for (guint i = 0; i < row->cells->len && i < grid->table->columns->len; i++) {
        double width = row->band ? grid->width : grid->room[i];
        Field field = measure_cell(grid, canvas, &g_array_index(row->cells, ListingCell, i), width);

        g_array_append_val(measured.fields, field);
        measured.height = MAX(measured.height, field.height);
    }
    measured.height += 2 * row_padding(row);
    return measured;
}

static const Column *column_at(const Grid *grid, guint i)
{
    return &g_array_index(grid->table->columns, Column, i);
}

static void measure_columns(Grid *grid, Canvas *canvas)
{
    guint n = grid->table->columns->len;
    const TextStyle *style = &grid->theme->styles[ROLE_LABEL];
    double sum = 0, at = 0;

    for (guint i = 0; i < n; i++)
        sum += column_at(grid, i)->share;
    grid->left = g_new0(double, n);
    grid->room = g_new0(double, n);
    for (guint i = 0; i < n; i++) {
        double height;

        grid->left[i] = at;
        grid->room[i] = grid->width * column_at(grid, i)->share / sum;
        at += grid->room[i];
        height = canvas_paragraph_height(canvas, grid->room[i] - 2 * PAD_X,
                                         column_at(grid, i)->head, style, 0);
        grid->head_height = MAX(grid->head_height, height + 2 * PAD_BAND);
    }
}

Grid *grid_new(const Listing *table, Canvas *canvas, const Theme *theme, double width)
{
    Grid *grid = g_new0(Grid, 1);

    grid->table = table;
    grid->theme = theme;
    grid->width = width;
    grid->rows = g_array_new(FALSE, FALSE, sizeof(Measured));
    g_array_set_clear_func(grid->rows, measured_clear);
    measure_columns(grid, canvas);
    for (guint i = 0; i < table->rows->len; i++) {
        Measured measured = measure_row(grid, canvas, table->rows->pdata[i]);

        g_array_append_val(grid->rows, measured);
    }
    return grid;
}

void grid_free(Grid *grid)
{
    if (!grid)
        return;
    g_array_unref(grid->rows);
    g_free(grid->left);
    g_free(grid->room);
    g_free(grid);
}

double grid_head_height(const Grid *grid)
{
    return grid->head_height;
}

double grid_row_height(const Grid *grid, guint row)
{
    return g_array_index(grid->rows, Measured, row).height;
}

double grid_kept_height(const Grid *grid, guint row)
{
    const Row *at = grid->table->rows->pdata[row];
    double height = grid_row_height(grid, row);
    gboolean keeps = at->band || row == 0 || row + 2 == grid->rows->len;

    return keeps && row + 1 < grid->rows->len ? height + grid_kept_height(grid, row + 1) : height;
}

void grid_draw_head(const Grid *grid, Canvas *canvas, double x, double top, gboolean again)
{
    const TextStyle *style = &grid->theme->styles[ROLE_LABEL];
    double bottom = top + grid->head_height;

    canvas_open(canvas, again ? TAG_ARTIFACT : TAG_ROW, NULL);
    for (guint i = 0; i < grid->table->columns->len; i++) {
        const Column *column = column_at(grid, i);
        double room = grid->room[i] - 2 * PAD_X;
        double height = canvas_paragraph_height(canvas, room, column->head, style, 0);

        canvas_open(canvas, again ? TAG_ARTIFACT : TAG_HEAD, NULL);
        canvas_paragraph(canvas, x + grid->left[i] + PAD_X, bottom - PAD_BAND - height, room,
                         column->head, style, column->align, 0);
        canvas_close(canvas);
    }
    canvas_close(canvas);
    canvas_line(canvas, x, bottom, x + grid->width, bottom, grid->theme->tones[TONE_ACCENT],
                HEAD_RULE);
}

static void draw_piece(Canvas *canvas, const Piece *piece, const TextStyle *style, double x,
                       double width, double y, Align align)
{
    double at = align == ALIGN_LEFT ? x : align == ALIGN_RIGHT ? x + width : x + width / 2;

    canvas_text_line(canvas, at, y + canvas_baseline(style), &piece->line, style, align);
}

/* Draw the lines of one cell that lie wholly between `from` and `to` below the row's upper padding.
 * Of several texts each is a paragraph. */
static void draw_pieces(const Grid *grid, Canvas *canvas, const ListingCell *cell,
                        const Field *field, Box box, Align align, double from, double to)
{
    guint open = cell->n_words; /* of the texts; none yet */

    for (guint i = 0; i < field->pieces->len; i++) {
        const Piece *piece = &g_array_index(field->pieces, Piece, i);
        const TextStyle *style = &grid->theme->styles[piece->role];
        TextStyle toned = *style;

        if (piece->top + 0.01 < from || piece->top + style->leading > to + 0.01)
            continue;
        if (piece->role == ROLE_TAG && cell->mark.kind != MARK_NONE && cell->mark.kind != MARK_PIPS)
            toned.colour = mark_colour(grid->theme, cell->mark);
        if (cell->n_words > 1 && piece->words != open) {
            if (open < cell->n_words)
                canvas_close(canvas);
            canvas_open(canvas, TAG_PARAGRAPH, NULL);
            open = piece->words;
        }
        draw_piece(canvas, piece, &toned, box.x, box.width, box.y + piece->top - from, align);
    }
    if (open < cell->n_words)
        canvas_close(canvas);
}

static void draw_cell(const Grid *grid, Canvas *canvas, const ListingCell *cell, const Field *field,
                      Box box, Align align, double from, double to)
{
    double indent = text_indent(cell);
    gboolean links = cell->link && from <= 0;
    Box texts = { box.x + indent, box.y, box.width - indent, box.height };

    if (cell->mark.kind != MARK_NONE && from <= 0) {
        double line =
            field->pieces->len ? grid->theme->styles[cell->words[0].role].leading : box.height;

        mark_draw(canvas, grid->theme, cell->mark, box.x, box.y + line / 2, MARK_SIZE);
    }
    if (links)
        canvas_open(canvas, TAG_LINK, NULL);
    draw_pieces(grid, canvas, cell, field, texts, align, from, to);
    if (links) {
        canvas_link(canvas, cell->link, box, cell->n_words ? cell->words[0].text : NULL);
        canvas_close(canvas);
    }
}

/* Begin an element, or go on with what was begun on the page before. */
static void open_row(Canvas *canvas, Measured *measured)
{
    if (measured->element)
        canvas_resume(canvas, measured->element);
    else
        measured->element = canvas_open(canvas, TAG_ROW, NULL);
}

static void open_cell(const Grid *grid, Canvas *canvas, Field *field, gboolean band)
{
    if (field->element)
        canvas_resume(canvas, field->element);
    else
        field->element = band ? canvas_open_across(canvas, grid->table->columns->len)
                              : canvas_open(canvas, TAG_CELL, NULL);
}

/* The greatest offset not beyond `to` at which no line of the row is cut. */
static double cut_offset(const Grid *grid, const Measured *measured, double from, double to)
{
    gboolean moved = TRUE;

    while (moved && to > from) {
        moved = FALSE;
        for (guint i = 0; i < measured->fields->len; i++) {
            const GArray *pieces = g_array_index(measured->fields, Field, i).pieces;

            for (guint n = 0; n < pieces->len; n++) {
                const Piece *piece = &g_array_index(pieces, Piece, n);
                double end = piece->top + grid->theme->styles[piece->role].leading;

                if (piece->top < to - 0.01 && end > to + 0.01) {
                    to = piece->top;
                    moved = TRUE;
                }
            }
        }
    }
    return to;
}

double grid_draw_row(Grid *grid, Canvas *canvas, guint row, double x, double top, double from,
                     double room, double *used)
{
    const Row *at = grid->table->rows->pdata[row];
    Measured *measured = &g_array_index(grid->rows, Measured, row);
    double padding = row_padding(at), inner = measured->height - 2 * padding;
    double to = from + room - 2 * padding >= inner
                    ? inner
                    : cut_offset(grid, measured, from, from + room - 2 * padding);
    double height;

    if (to <= from)
        to = inner; /* not even one line fits: better beyond the margin than never */
    height = to - from + 2 * padding;
    if (at->band)
        canvas_rectangle(canvas, (Box){ x, top, grid->width, height },
                         &(Paint){ grid->theme->tones[TONE_PANEL], COLOUR_NONE, 0, 0 });
    if (at->anchor && from <= 0)
        canvas_anchor(canvas, at->anchor, top);
    open_row(canvas, measured);
    for (guint i = 0; i < measured->fields->len; i++) {
        double width = at->band ? grid->width : grid->room[i];
        Box box = { x + (at->band ? 0 : grid->left[i]) + PAD_X, top + padding, width - 2 * PAD_X,
                    to - from };
        Field *field = &g_array_index(measured->fields, Field, i);

        open_cell(grid, canvas, field, at->band);
        draw_cell(grid, canvas, &g_array_index(at->cells, ListingCell, i), field, box,
                  at->band ? ALIGN_LEFT : column_at(grid, i)->align, from, to);
        canvas_close(canvas);
    }
    canvas_close(canvas);
    canvas_line(canvas, x, top + height, x + grid->width, top + height,
                grid->theme->tones[TONE_HAIRLINE], RULE);
    *used = height;
    return to >= inner ? measured->height : to;
}
