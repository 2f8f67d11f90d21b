#include "report/flow.h"

#include <math.h>

#include "page/paragraph.h"
#include "report/grid.h"

enum {
    FEWEST_LINES = 2, /* of a paragraph, on either side of a page break */
    HEADING_LINES = 8 /* the rest of a longer one is cut off, with an ellipsis */
};

static const double BEFORE_HEADING = 12, BEFORE_SUBHEADING = 8, AFTER_HEADING = 5,
                    AFTER_CAPTION = 4;
static const double ACROSS = 0.75, WIDEST = 0.4; /* of the diagonal, of the width */
static const double SHORT_TABLE = 0.3;           /* of a page: kept whole */
static const double MUCH_FREE = 0.4;             /* of a page: a chapter may begin in it */
static const double SPLIT_ROOM = 90; /* for the beginning of a row that no page can hold */

typedef struct {
    PdfCanvas *pdf;
    Canvas *canvas;
    const Theme *theme;
    const GPtrArray *blocks;
    GPtrArray *grids; /* of Grid *, by block, NULL for others */
    guint depth;
    const char *across; /* every page, under what it says; NULL for nothing */
    double width, y;
} Flow;

static double page_bottom(const Flow *flow)
{
    return flow->theme->page.height - flow->theme->page.bottom;
}

static double page_height(const Flow *flow)
{
    return page_bottom(flow) - flow->theme->page.top;
}

static double room(const Flow *flow)
{
    return page_bottom(flow) - flow->y;
}

/* From corner to corner, as large as the page takes it. */
static void draw_across(const Flow *flow)
{
    const PageSize *page = &flow->theme->page;
    double length = hypot(page->width, page->height) * ACROSS;
    TextStyle style = { 100, 100, flow->theme->tones[TONE_PANEL], TRUE };
    double angle = atan2(page->height, page->width);

    style.size = MIN(length / canvas_text_width(flow->canvas, flow->across, &style) * style.size,
                     page->width * WIDEST);
    canvas_open(flow->canvas, TAG_ARTIFACT, NULL);
    canvas_turned(flow->canvas, page->width / 2, page->height / 2, angle, flow->across, &style);
    canvas_close(flow->canvas);
}

static void new_page(Flow *flow)
{
    pdf_canvas_add_page(flow->pdf);
    flow->y = flow->theme->page.top;
    if (flow->across)
        draw_across(flow);
}

static gboolean at_top(const Flow *flow)
{
    return flow->y <= flow->theme->page.top + 0.01;
}

static const ReportBlock *block_at(const Flow *flow, guint i)
{
    return flow->blocks->pdata[i];
}

static double space_before(const Flow *flow, const ReportBlock *block)
{
    const PageSize *page = &flow->theme->page;

    if (block->kind != BLOCK_HEADING)
        return 0;
    return block->depth == 0 ? BEFORE_HEADING : MAX(BEFORE_SUBHEADING - page->gap / 2, 0);
}

static double space_after(const Flow *flow, const ReportBlock *block)
{
    if (block->kind == BLOCK_HEADING)
        return AFTER_HEADING;
    if (block->joins)
        return 0;
    return block->keep && block->kind == BLOCK_TEXT ? AFTER_CAPTION : flow->theme->page.gap;
}

static double text_height(const Flow *flow, const ReportBlock *block)
{
    return canvas_paragraph_height(flow->canvas, flow->width, block->text,
                                   &flow->theme->styles[block->role],
                                   block->kind == BLOCK_HEADING ? HEADING_LINES : 0);
}

static double figure_height(const Flow *flow, const ReportBlock *block)
{
    return block->figure->kind->height(block->figure, flow->canvas, flow->theme, flow->width);
}

/* A figure higher than a page, of a rubric with very many parts, is told in its words instead. */
static gboolean is_in_words(const Flow *flow, const ReportBlock *block)
{
    return block->kind == BLOCK_FIGURE && block->alt &&
           figure_height(flow, block) > page_height(flow);
}

/* What a row wants on its first page: itself and what is kept with it, or, of more than a page can
 * hold, as much as is worth a beginning. */
static double row_start(const Flow *flow, const Grid *grid, guint row)
{
    double whole = page_height(flow) - grid_head_height(grid);
    double kept = grid_kept_height(grid, row);

    if (kept > whole)
        kept = MAX(grid_row_height(grid, row), SPLIT_ROOM);
    return kept <= whole ? kept : SPLIT_ROOM;
}

/* A short table stays whole; of a longer one at least the head and the first row begin a page. */
static double listing_least(const Flow *flow, const Grid *grid, guint rows)
{
    double page = page_height(flow), height = grid_head_height(grid);
    double first = rows ? height + row_start(flow, grid, 0) : height;

    for (guint i = 0; i < rows; i++)
        height += grid_row_height(grid, i);
    return height <= page * SHORT_TABLE ? height : first;
}

/* The height without which a block should not begin on a page: its first part, and what it must not
 * part from. */
static double least_height(const Flow *flow, guint i)
{
    const ReportBlock *block = block_at(flow, i);
    const TextStyle *style = &flow->theme->styles[block->role];
    double height = 0;

    switch (block->kind) {
    case BLOCK_COVER:
    case BLOCK_BREAK:
        return 0;
    case BLOCK_HEADING:
        height = text_height(flow, block);
        break;
    case BLOCK_TEXT:
        height = text_height(flow, block);
        if (!block->keep)
            height = MIN(height, FEWEST_LINES * style->leading);
        break;
    case BLOCK_TABLE:
        height = listing_least(flow, flow->grids->pdata[i], block->table->rows->len);
        break;
    case BLOCK_FIGURE:
        height = is_in_words(flow, block) ? FEWEST_LINES * flow->theme->styles[ROLE_SMALL].leading
                                          : figure_height(flow, block);
        break;
    }
    if (block->keep && i + 1 < flow->blocks->len)
        height += space_after(flow, block) + space_before(flow, block_at(flow, i + 1)) +
                  least_height(flow, i + 1);
    return height;
}

static void place_cover(Flow *flow, const ReportBlock *block)
{
    const PageSize *page = &flow->theme->page;
    Box box = { page->left, page->top, flow->width, page->height - page->top - page->bottom };

    if (!at_top(flow))
        new_page(flow);
    canvas_open(flow->canvas, TAG_PART, NULL);
    block->figure->kind->draw(block->figure, flow->canvas, flow->theme, box);
    canvas_close(flow->canvas);
    flow->y = page_bottom(flow) + 1;
}

static void place_heading(Flow *flow, const ReportBlock *block)
{
    if (block->anchor)
        canvas_anchor(flow->canvas, block->anchor, flow->y - AFTER_HEADING);
    pdf_canvas_outline(flow->pdf, flow->depth + block->depth, block->text, flow->y - AFTER_HEADING);
    canvas_open(flow->canvas, block->depth == 0 ? TAG_CHAPTER : TAG_SECTION, NULL);
    flow->y +=
        canvas_paragraph(flow->canvas, flow->theme->page.left, flow->y, flow->width, block->text,
                         &flow->theme->styles[block->role], ALIGN_LEFT, HEADING_LINES);
    canvas_close(flow->canvas);
}

/* How many of the lines from `done` on go on this page, so that neither side keeps fewer than two.
 */
static guint lines_here(const Flow *flow, guint done, guint total, double leading)
{
    guint left = total - done, fit = room(flow) > 0 ? (guint)(room(flow) / leading + 0.001) : 0;

    if (left <= fit)
        return left;
    if (left - fit < FEWEST_LINES && left >= FEWEST_LINES)
        fit = left - FEWEST_LINES;
    return fit < FEWEST_LINES && done == 0 ? 0 : fit;
}

static void place_text(Flow *flow, const char *text, Role role)
{
    const TextStyle *style = &flow->theme->styles[role];
    g_autoptr(GArray) lines = paragraph_lines(flow->canvas->font, text, style->size, flow->width);

    canvas_open(flow->canvas, TAG_PARAGRAPH, NULL);
    for (guint done = 0; done < lines->len;) {
        guint here = lines_here(flow, done, lines->len, style->leading);

        if (here == 0 && !at_top(flow)) {
            new_page(flow);
            continue;
        }
        here = MAX(here, 1);
        for (guint i = 0; i < here; i++, done++) {
            canvas_text_line(flow->canvas, flow->theme->page.left, flow->y + canvas_baseline(style),
                             &g_array_index(lines, Line, done), style, ALIGN_LEFT);
            flow->y += style->leading;
        }
    }
    canvas_close(flow->canvas);
}

static void continue_table(Flow *flow, const Grid *grid)
{
    new_page(flow);
    grid_draw_head(grid, flow->canvas, flow->theme->page.left, flow->y, TRUE);
    flow->y += grid_head_height(grid);
}

static void place_row(Flow *flow, Grid *grid, guint row)
{
    double height = grid_row_height(grid, row), done = 0, used;

    if (row_start(flow, grid, row) > room(flow))
        continue_table(flow, grid);
    while (TRUE) {
        done = grid_draw_row(grid, flow->canvas, row, flow->theme->page.left, flow->y, done,
                             room(flow), &used);
        flow->y += used;
        if (done >= height)
            return;
        continue_table(flow, grid);
    }
}

static void place_table(Flow *flow, guint i)
{
    Grid *grid = flow->grids->pdata[i];

    canvas_open(flow->canvas, TAG_TABLE, NULL);
    grid_draw_head(grid, flow->canvas, flow->theme->page.left, flow->y, FALSE);
    flow->y += grid_head_height(grid);
    for (guint row = 0; row < block_at(flow, i)->table->rows->len; row++)
        place_row(flow, grid, row);
    canvas_close(flow->canvas);
}

static void place_figure(Flow *flow, const ReportBlock *block)
{
    double height = figure_height(flow, block);
    Box box = { flow->theme->page.left, flow->y, flow->width, height };

    canvas_open(flow->canvas, TAG_FIGURE, block->alt);
    block->figure->kind->draw(block->figure, flow->canvas, flow->theme, box);
    canvas_close(flow->canvas);
    flow->y += height;
}

static void place(Flow *flow, guint i)
{
    const ReportBlock *block = block_at(flow, i);

    if (block->kind == BLOCK_COVER) {
        place_cover(flow, block);
        return;
    }
    if (block->kind == BLOCK_BREAK) {
        flow->y = page_bottom(flow) + 1;
        return;
    }
    if (block->opens && !at_top(flow) && room(flow) < page_height(flow) * MUCH_FREE)
        new_page(flow);
    if (!at_top(flow))
        flow->y += space_before(flow, block);
    if (!at_top(flow) && least_height(flow, i) > room(flow))
        new_page(flow);
    if (block->kind == BLOCK_HEADING)
        place_heading(flow, block);
    else if (block->kind == BLOCK_TEXT)
        place_text(flow, block->text, block->role);
    else if (block->kind == BLOCK_TABLE)
        place_table(flow, i);
    else if (is_in_words(flow, block))
        place_text(flow, block->alt, ROLE_SMALL);
    else
        place_figure(flow, block);
    flow->y += space_after(flow, block);
}

static void grid_free_it(gpointer grid)
{
    grid_free(grid);
}

void flow_blocks(PdfCanvas *pdf, const Theme *theme, const GPtrArray *blocks, const char *title,
                 const char *across)
{
    g_autoptr(GPtrArray) grids = g_ptr_array_new_with_free_func(grid_free_it);
    Flow flow = { pdf, pdf_canvas(pdf), theme, blocks, grids, title ? 1 : 0, across, 0, 0 };

    flow.width = theme->page.width - theme->page.left - theme->page.right;
    for (guint i = 0; i < blocks->len; i++) {
        const Listing *table = block_at(&flow, i)->table;

        g_ptr_array_add(grids, table ? grid_new(table, flow.canvas, theme, flow.width) : NULL);
    }
    new_page(&flow);
    if (title)
        pdf_canvas_outline(pdf, 0, title, 0);
    for (guint i = 0; i < blocks->len; i++)
        place(&flow, i);
}
