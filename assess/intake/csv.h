/* csv.h - CSV text as records with positions: RFC 4180 read strictly, any delimiter, any line end.
 * Cells are as written, blanks around them included. Blank lines are skipped but counted. The only
 * file that knows libcsv. Limits: INTAKE_FIELD_LIMIT bytes a cell, INTAKE_COLUMNS_LIMIT cells a
 * record. */
#pragma once

#include <glib.h>
#include <string.h>

#include "base/finding.h"

/* Valid during the visit only. */
typedef struct {
    guint record; /* 0 is the first: the header */
    guint line;   /* where it begins, from 1 */
    gsize offset; /* byte of the text at which its line begins */
    guint n_cells;
    const char *const *cells;
} CsvRecord;

/* FALSE stops the reading. */
typedef gboolean (*CsvVisitor)(const CsvRecord *record, gpointer data);

typedef struct {
    const char *file; /* for findings */
    const char *text; /* UTF-8 without NUL */
    gsize size;
    guint line;   /* number of the first line of `text` */
    guint record; /* number of its first record; 0 if that is the header */
    char delimiter;
    gboolean lenient; /* a quote within an unquoted cell (5" pipe) is text, told once as a warning;
                       * not one after blanks, which may be meant to open the cell */
} CsvText;

/* Visit every record. FALSE if the text is not CSV or beyond a limit: then an error is in
 * `findings` (may be NULL), and the records before it were visited. */
gboolean csv_read(const CsvText *text, CsvVisitor visit, gpointer data, Findings *findings);

/* The same grammar at the speed of libcsv, for text that was cut at ends of records. The bytes of a
 * cell are valid during the call, and at least CSV_READABLE bytes may be read there, whatever its
 * size. */
typedef struct CsvParser CsvParser;
typedef struct {
    void (*cell)(void *bytes, size_t size, void *data);
    void (*end)(int line_end, void *data); /* of a record */
    void (*quote)(void *data); /* one within an unquoted cell is taken as text; NULL: is refused */
} CsvHandler;
enum { CSV_READABLE = 4096 };

/* Where in the text a cell stands that csv_parser_read() hands over. What libcsv hands over was
 * written a byte at a time just before, and to read that by words costs more than all else. */
typedef struct {
    const char *at;  /* the next cell */
    const char *end; /* up to here whole words may be read */
} CsvCursor;

static inline CsvCursor csv_cursor(const char *text, gsize size)
{
    return (CsvCursor){ text, size > sizeof(guint64) ? text + size - sizeof(guint64) : text };
}

/* To be called for every cell: its bytes, with room for a word behind them. */
static inline const char *csv_cursor_cell(CsvCursor *cursor, const void *bytes, gsize size)
{
    const char *text = cursor->at, *quote = text;

    if (G_UNLIKELY(text >= cursor->end))
        return bytes;
    if (G_LIKELY(*text != '"')) {
        cursor->at = text + size + 1;
        return G_LIKELY(cursor->at < cursor->end) ? text : bytes;
    }
    /* each quote of the cell stands twice, and one after it */
    do
        quote = memchr(quote + 1, '"', (gsize)(cursor->end - quote));
    while (quote && quote < cursor->end && quote[1] == '"' && quote++);
    cursor->at = quote ? quote + 2 : cursor->end;
    return quote == text + size + 1 && cursor->at < cursor->end ? text + 1 : bytes;
}

/* To be called for every end of a record; `end` is that of the text. */
static inline void csv_cursor_end(CsvCursor *cursor, const char *end)
{
    while (cursor->at < end && (*cursor->at == '\n' || *cursor->at == '\r'))
        cursor->at++;
}

/* One thread's. Free with csv_parser_free(). */
CsvParser *csv_parser_new(char delimiter);
void csv_parser_free(CsvParser *parser);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CsvParser, csv_parser_free)

/* Hand every cell and every end of a record over. FALSE if the text is not CSV, has a cell beyond
 * the limit, or does not end where a record does: what was handed over before is right, but for the
 * record that is not ended, and csv_read() tells what is wrong. */
gboolean csv_parser_read(CsvParser *parser, const char *text, gsize size, const CsvHandler *handler,
                         gpointer data);
