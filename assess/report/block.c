#include "report/block.h"

static void cell_clear(gpointer data)
{
    ListingCell *cell = data;

    for (guint i = 0; i < cell->n_words; i++)
        g_free(cell->words[i].text);
    g_free(cell->words);
    g_free(cell->link);
}

static void row_free(gpointer data)
{
    Row *row = data;

    g_array_unref(row->cells);
    g_free(row->anchor);
    g_free(row);
}

static void column_clear(gpointer data)
{
    g_free(((Column *)data)->head);
}

static void block_free(gpointer data)
{
    ReportBlock *block = data;

    g_free(block->text);
    g_free(block->anchor);
    g_free(block->alt);
    listing_free(block->table);
    if (block->figure)
        block->figure->kind->free(block->figure);
    g_free(block);
}

GPtrArray *blocks_new(void)
{
    return g_ptr_array_new_with_free_func(block_free);
}

static ReportBlock *add_block(GPtrArray *blocks, BlockKind kind)
{
    ReportBlock *block = g_new0(ReportBlock, 1);

    block->kind = kind;
    g_ptr_array_add(blocks, block);
    return block;
}

void blocks_heading(GPtrArray *blocks, guint depth, const char *text, const char *anchor)
{
    ReportBlock *block = add_block(blocks, BLOCK_HEADING);

    block->text = g_strdup(text);
    block->anchor = g_strdup(anchor);
    block->depth = depth;
    block->role = depth == 0 ? ROLE_HEADING : ROLE_SUBHEADING;
    block->keep = TRUE;
}

void blocks_chapter(GPtrArray *blocks, const char *text, const char *anchor)
{
    blocks_heading(blocks, 0, text, anchor);
    ((ReportBlock *)blocks->pdata[blocks->len - 1])->opens = TRUE;
}

void blocks_keep(GPtrArray *blocks)
{
    ((ReportBlock *)blocks->pdata[blocks->len - 1])->keep = TRUE;
}

void blocks_join(GPtrArray *blocks)
{
    ((ReportBlock *)blocks->pdata[blocks->len - 1])->joins = TRUE;
}

void blocks_text(GPtrArray *blocks, Role role, const char *text)
{
    ReportBlock *block = add_block(blocks, BLOCK_TEXT);

    block->text = g_strdup(text);
    block->role = role;
}

static void add_kept(GPtrArray *blocks, Role role, const char *text)
{
    ReportBlock *block = add_block(blocks, BLOCK_TEXT);

    block->text = g_strdup(text);
    block->role = role;
    block->keep = TRUE;
}

void blocks_caption(GPtrArray *blocks, const char *text)
{
    add_kept(blocks, ROLE_STRONG, text);
}

void blocks_intro(GPtrArray *blocks, Role role, const char *text)
{
    add_kept(blocks, role, text);
}

void blocks_table(GPtrArray *blocks, Listing *table)
{
    add_block(blocks, BLOCK_TABLE)->table = table;
}

void blocks_figure(GPtrArray *blocks, Figure *figure)
{
    add_block(blocks, BLOCK_FIGURE)->figure = figure;
}

void blocks_cover(GPtrArray *blocks, Figure *figure)
{
    add_block(blocks, BLOCK_COVER)->figure = figure;
}

void blocks_break(GPtrArray *blocks)
{
    add_block(blocks, BLOCK_BREAK);
}

void blocks_describe(GPtrArray *blocks, const char *alt)
{
    ReportBlock *block = blocks->pdata[blocks->len - 1];

    g_free(block->alt);
    block->alt = g_strdup(alt);
}

Listing *listing_new(void)
{
    Listing *table = g_new0(Listing, 1);

    table->columns = g_array_new(FALSE, FALSE, sizeof(Column));
    g_array_set_clear_func(table->columns, column_clear);
    table->rows = g_ptr_array_new_with_free_func(row_free);
    return table;
}

void listing_column(Listing *table, const char *head, double share, Align align)
{
    Column column = { g_strdup(head), share, align };

    g_array_append_val(table->columns, column);
}

Row *listing_row(Listing *table, const char *anchor)
{
    Row *row = g_new0(Row, 1);

    row->cells = g_array_new(FALSE, FALSE, sizeof(ListingCell));
    g_array_set_clear_func(row->cells, cell_clear);
    row->anchor = g_strdup(anchor);
    row->requirement = NOWHERE;
    g_ptr_array_add(table->rows, row);
    return row;
}

void listing_band(Listing *table, const char *text)
{
    Row *row = listing_row(table, NULL);

    row->band = TRUE;
    row_text(row, ROLE_CELL_STRONG, text);
}

ListingCell *row_cell(Row *row, Mark mark, const char *link)
{
    ListingCell cell = { .mark = mark, .link = g_strdup(link) };

    g_array_append_val(row->cells, cell);
    return &g_array_index(row->cells, ListingCell, row->cells->len - 1);
}

void cell_words(ListingCell *cell, Role role, const char *text)
{
    if (!text || !*text)
        return;
    cell->words = g_renew(Words, cell->words, cell->n_words + 1);
    cell->words[cell->n_words++] = (Words){ g_strdup(text), role };
}

void row_text(Row *row, Role role, const char *text)
{
    cell_words(row_cell(row, NO_MARK, NULL), role, text);
}

void listing_free(Listing *table)
{
    if (!table)
        return;
    g_array_unref(table->columns);
    g_ptr_array_unref(table->rows);
    g_free(table);
}
