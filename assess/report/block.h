/* block.h - a report as a list of blocks: headings, paragraphs, tables, figures. Built once from an
 * assessment; a format gives every kind of block its drawing. Blocks own what they hold; text is
 * UTF-8 that is safe to show. */
#pragma once

#include <glib.h>

#include "report/mark.h"

typedef enum {
    BLOCK_COVER,
    BLOCK_HEADING,
    BLOCK_TEXT,
    BLOCK_TABLE,
    BLOCK_FIGURE,
    BLOCK_BREAK /* what follows begins a page; nothing to a format without pages */
} BlockKind;

typedef struct {
    char *text;
    Role role;
} Words;

/* One field of a listing: a mark before paragraphs. */
typedef struct {
    Mark mark;
    Words *words;
    guint n_words;
    char *link; /* name of an anchor; NULL if none */
} ListingCell;

typedef struct {
    GArray *cells;   /* of ListingCell; one cell in a band, which goes over all columns */
    char *anchor;    /* NULL if none */
    gboolean band;   /* a heading inside the table, kept with the row after it */
    int requirement; /* that the row tells of, for formats that unfold more; NOWHERE if none */
} Row;

typedef struct {
    char *head;
    double share; /* of the table's width; all are set in relation to their sum */
    Align align;
} Column;

typedef struct {
    GArray *columns; /* of Column */
    GPtrArray *rows; /* of Row * */
} Listing;

typedef struct Figure Figure;

/* What a kind of figure does. Heights and widths in points. In less width than FIGURE_NARROW a
 * figure puts under each other what stands side by side on a page. */
enum { FIGURE_NARROW = 330 };
typedef struct {
    double (*height)(const Figure *figure, Canvas *canvas, const Theme *theme, double width);
    void (*draw)(const Figure *figure, Canvas *canvas, const Theme *theme, Box box);
    void (*free)(Figure *figure);
} FigureKind;

struct Figure {
    const FigureKind *kind;
};

typedef struct {
    BlockKind kind;
    char *text;   /* heading, text */
    char *anchor; /* NULL if none */
    Role role;
    guint depth;    /* of a heading, from 0 */
    gboolean keep;  /* stays on the page of the block after it */
    gboolean joins; /* the next one goes on with it, without a gap */
    gboolean opens; /* begins a page, unless much of this one is free */
    Listing *table;
    Figure *figure; /* also of a cover */
    char *alt;      /* what a figure or a cover shows, in words; NULL for other blocks */
} ReportBlock;

/* Each appends to a list made by blocks_new(), and takes tables and figures. `anchor` may be NULL.
 */
GPtrArray *blocks_new(void);
void blocks_heading(GPtrArray *blocks, guint depth, const char *text, const char *anchor);
/* A heading of the first depth that begins a page, unless much of this one is free. */
void blocks_chapter(GPtrArray *blocks, const char *text, const char *anchor);
void blocks_text(GPtrArray *blocks, Role role, const char *text);
/* Texts that stand over a table or a figure, or introduce what follows, and stay with it. */
void blocks_caption(GPtrArray *blocks, const char *text);
void blocks_intro(GPtrArray *blocks, Role role, const char *text);
void blocks_table(GPtrArray *blocks, Listing *table);
void blocks_figure(GPtrArray *blocks, Figure *figure);
/* The block to come goes on with the last one, on its page or the next. */
void blocks_join(GPtrArray *blocks);
/* The last block stays on the page of the one to come. */
void blocks_keep(GPtrArray *blocks);
void blocks_cover(GPtrArray *blocks, Figure *figure);
void blocks_break(GPtrArray *blocks);
/* What the last block, a figure or a cover, shows, for readers who do not see it. */
void blocks_describe(GPtrArray *blocks, const char *alt);

Listing *listing_new(void);
void listing_column(Listing *table, const char *head, double share, Align align);
/* The result is owned by the table. */
Row *listing_row(Listing *table, const char *anchor);
void listing_band(Listing *table, const char *text);
/* The result is valid until the next cell of its row is added. */
ListingCell *row_cell(Row *row, Mark mark, const char *link);
/* Add a paragraph; NULL and empty texts add none. */
void cell_words(ListingCell *cell, Role role, const char *text);
/* A cell of one paragraph. */
void row_text(Row *row, Role role, const char *text);
void listing_free(Listing *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Listing, listing_free)
