#include "intake/csv.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "intake/intake.h"

enum {
    OPTIONS = CSV_STRICT | CSV_STRICT_FINI,
    PIECE = 64 * 1024, /* bytes given to libcsv at once: it cannot be stopped in between */
    SPARE = 16         /* libcsv wants room for the byte after a cell, and for its closing quote */
};

/* ---- quotes within unquoted cells ---- */

/* Whether only blanks stand between the beginning of the cell and a quote in it: then it may be
 * meant to open the cell, and delimiters behind it to belong to the cell. */
static gboolean is_after_blanks(const char *text, const char *quote, char delimiter)
{
    const char *at = quote;

    while (at > text && (at[-1] == ' ' || at[-1] == '\t') && at[-1] != delimiter)
        at--;
    return at == text || at[-1] == delimiter || at[-1] == '\n' || at[-1] == '\r';
}

/* Whether the parser stopped here because of a quote that may be taken as text. */
static gboolean is_lone_quote(struct csv_parser *parser, const char *text, const char *at,
                              char delimiter)
{
    return csv_error(parser) == CSV_EPARSE && *at == '"' && !is_after_blanks(text, at, delimiter);
}

/* Take it, and go on. As csv_parse(). */
static gsize parse_on(struct csv_parser *parser, const char *quote, gsize size,
                      const CsvHandler *handler, gpointer data)
{
    csv_set_opts(parser, 0);
    csv_parse(parser, quote, 1, handler->cell, handler->end, data);
    csv_set_opts(parser, OPTIONS);
    return 1 + csv_parse(parser, quote + 1, size - 1, handler->cell, handler->end, data);
}

/* ---- records with positions ---- */

typedef struct {
    const CsvText *text;
    CsvVisitor visit;
    gpointer data;
    Findings *findings;
    GString *bytes;   /* of the record's cells, each ended by NUL */
    GArray *offsets;  /* of gsize: where each cell begins */
    GPtrArray *cells; /* of const char * */
    guint record, line, record_line;
    gsize record_offset;
    guint quote_line,
        quote_column;  /* of the quoted cell that goes on over a line end; 0: none does */
    guint lone_quotes; /* told */
    gboolean begun;    /* something of the record was read */
    gboolean stopped, failed;
} Reader;

static Place record_place(const Reader *reader, guint line, guint column)
{
    return (Place){
        .file = reader->text->file, .line = line, .record = reader->record, .column = column
    };
}

/* "record 3", "the header". Free with g_free(). */
static char *record_name(const Reader *reader)
{
    return reader->record ? g_strdup_printf("record %u", reader->record) : g_strdup("the header");
}

static void fail(Reader *reader, const Place *place, const char *message, const char *hint)
{
    if (!reader->failed && reader->findings) {
        Finding *finding = findings_add(reader->findings, SEVERITY_ERROR, place, "%s", message);

        if (hint)
            finding_hint(finding, "%s", hint);
    }
    reader->failed = reader->stopped = TRUE;
}

static void fail_limit(Reader *reader)
{
    g_autofree char *name = record_name(reader);
    g_autofree char *message =
        g_strdup_printf("a cell of %s is longer than 1 MiB (%d bytes)", name, INTAKE_FIELD_LIMIT);
    g_autofree char *hint = NULL;
    Place place = record_place(reader, reader->line, reader->offsets->len + 1);

    if (reader->quote_line) {
        place.line = reader->quote_line;
        hint = g_strdup_printf("its quote opens in line %u: the closing quote may be missing",
                               reader->quote_line);
    }
    fail(reader, &place, message, hint);
}

static void fail_columns(Reader *reader)
{
    g_autofree char *name = record_name(reader);
    g_autofree char *message =
        g_strdup_printf("%s has more than %d cells", name, INTAKE_COLUMNS_LIMIT);
    Place place = record_place(reader, reader->record_line, INTAKE_COLUMNS_LIMIT + 1);

    fail(reader, &place, message, NULL);
}

static void fail_unclosed(Reader *reader)
{
    g_autofree char *name = record_name(reader);
    guint line = reader->quote_line ? reader->quote_line : reader->line;
    g_autofree char *message =
        g_strdup_printf("the quote that opens in %s, line %u, is never closed", name, line);
    Place place = record_place(reader, line, reader->offsets->len + 1);

    fail(reader, &place, message, "close it, or write a quote that belongs to the text twice");
}

static void fail_quote(Reader *reader, const char *at)
{
    g_autofree char *name = record_name(reader);
    g_autofree char *message = NULL;
    Place place = record_place(reader, reader->line, reader->offsets->len + 1);

    if (*at == '"' && reader->text->lenient) {
        message = g_strdup_printf("a quote follows blanks at the beginning of a cell of %s", name);
        fail(reader, &place, message,
             "leave the blanks out, or put the whole cell in quotes and write each quote inside it "
             "twice");
        return;
    }
    if (*at == '"') {
        message = g_strdup_printf("a quote stands inside an unquoted cell of %s", name);
        fail(reader, &place, message,
             "put the whole cell in quotes and write each quote inside it twice");
        return;
    }
    if (reader->quote_line && reader->quote_line != reader->line)
        message = g_strdup_printf("text follows the closing quote of a cell of %s that opens in "
                                  "line %u",
                                  name, reader->quote_line);
    else
        message = g_strdup_printf("text follows the closing quote of a cell of %s", name);
    fail(reader, &place, message, "a quote inside a quoted cell is written twice");
}

static void add_cell(void *bytes, size_t size, void *data)
{
    Reader *reader = data;
    gsize offset = reader->bytes->len;

    if (reader->stopped)
        return;
    if (size > INTAKE_FIELD_LIMIT) {
        fail_limit(reader);
        return;
    }
    if (reader->offsets->len == INTAKE_COLUMNS_LIMIT) {
        fail_columns(reader);
        return;
    }
    g_string_append_len(reader->bytes, bytes, (gssize)size);
    g_string_append_c(reader->bytes, '\0');
    g_array_append_val(reader->offsets, offset);
    reader->begun = TRUE;
    reader->quote_line = 0;
}

static void end_record(int line_end, void *data)
{
    Reader *reader = data;
    CsvRecord record;

    (void)line_end;
    if (reader->stopped)
        return;
    g_ptr_array_set_size(reader->cells, 0);
    for (guint i = 0; i < reader->offsets->len; i++)
        g_ptr_array_add(reader->cells,
                        reader->bytes->str + g_array_index(reader->offsets, gsize, i));
    record = (CsvRecord){ .record = reader->record,
                          .line = reader->record_line,
                          .offset = reader->record_offset,
                          .n_cells = reader->offsets->len,
                          .cells = (const char *const *)reader->cells->pdata };
    if (!reader->visit(&record, reader->data))
        reader->stopped = TRUE;
    g_string_truncate(reader->bytes, 0);
    g_array_set_size(reader->offsets, 0);
    reader->record++;
    reader->begun = FALSE;
}

/* Bytes up to and with the next line end, at most PIECE; `ends` tells whether the line ends there.
 */
static gsize next_piece(const char *text, gsize size, gboolean *ends)
{
    gsize most = MIN(size, PIECE);
    gsize n = 0;

    *ends = FALSE;
    while (n < most && text[n] != '\n' && text[n] != '\r')
        n++;
    if (n == most)
        return n;
    *ends = TRUE;
    /* a CRLF cut by the end of the piece would count as two lines */
    if (text[n] == '\r' && n + 1 < size && text[n + 1] == '\n')
        return n + 2;
    return n + 1;
}

/* A line that ended without ending its record ended inside quotes. */
static void note_open_quote(Reader *reader, gboolean is_blank_line)
{
    if (reader->quote_line || is_blank_line)
        return;
    reader->begun = TRUE;
    reader->quote_line = reader->line;
}

static void tell_lone_quote(Reader *reader)
{
    g_autofree char *name = record_name(reader);
    Place place = record_place(reader, reader->line, reader->offsets->len + 1);

    if (reader->lone_quotes++ == 0 && reader->findings)
        findings_add(reader->findings, SEVERITY_WARNING, &place,
                     "a quote inside an unquoted cell of %s is taken as text", name);
}

/* How many bytes were read: all, or those before a fault. */
static gsize parse(Reader *reader, struct csv_parser *parser, const char *text, gsize size)
{
    static const CsvHandler HANDLER = { add_cell, end_record, NULL };
    gsize done = csv_parse(parser, text, size, add_cell, end_record, reader);

    while (done < size && !reader->stopped && reader->text->lenient &&
           is_lone_quote(parser, reader->text->text, text + done, reader->text->delimiter)) {
        tell_lone_quote(reader);
        done += parse_on(parser, text + done, size - done, &HANDLER, reader);
    }
    return done;
}

static void read_lines(Reader *reader, struct csv_parser *parser)
{
    const char *text = reader->text->text;
    gsize left = reader->text->size;
    gboolean line_begins = TRUE;

    while (left > 0 && !reader->stopped) {
        gboolean ends;
        gsize size = next_piece(text, left, &ends);
        gboolean was_idle = line_begins && !reader->begun;
        guint record = reader->record;
        gsize done;

        if (was_idle) {
            reader->record_line = reader->line;
            reader->record_offset = (gsize)(text - reader->text->text);
        }
        done = parse(reader, parser, text, size);
        if (reader->stopped)
            return;
        if (done != size) {
            if (csv_error(parser) == CSV_EPARSE)
                fail_quote(reader, text + done);
            else
                fail_limit(reader);
            return;
        }
        if (!ends)
            reader->begun = TRUE;
        else if (record == reader->record)
            note_open_quote(reader, was_idle && (*text == '\n' || *text == '\r'));
        if (ends)
            reader->line++;
        line_begins = ends;
        text += size;
        left -= size;
    }
}

static void *limited_realloc(void *block, size_t size)
{
    return size > INTAKE_FIELD_LIMIT + SPARE ? NULL : realloc(block, size);
}

/* Blanks around a cell belong to it. */
static int is_never_space(unsigned char byte)
{
    (void)byte;
    return 0;
}

/* A strict parser that keeps blanks. */
static void start(struct csv_parser *parser, char delimiter)
{
    if (csv_init(parser, OPTIONS) != 0)
        g_error("libcsv did not start");
    csv_set_delim(parser, (unsigned char)delimiter);
    csv_set_space_func(parser, is_never_space);
    csv_set_realloc_func(parser, limited_realloc);
    csv_set_blk_size(parser, CSV_READABLE);
}

gboolean csv_read(const CsvText *text, CsvVisitor visit, gpointer data, Findings *findings)
{
    struct csv_parser parser;
    Reader reader = { .text = text,
                      .visit = visit,
                      .data = data,
                      .findings = findings,
                      .record = text->record,
                      .line = text->line,
                      .record_line = text->line };

    start(&parser, text->delimiter);
    reader.bytes = g_string_new(NULL);
    reader.offsets = g_array_new(FALSE, FALSE, sizeof(gsize));
    reader.cells = g_ptr_array_new();
    read_lines(&reader, &parser);
    if (!reader.stopped && csv_fini(&parser, add_cell, end_record, &reader) != 0)
        fail_unclosed(&reader);
    csv_free(&parser);
    g_string_free(reader.bytes, TRUE);
    g_array_unref(reader.offsets);
    g_ptr_array_unref(reader.cells);
    return !reader.failed;
}

/* ---- whole records at full speed ---- */

struct CsvParser {
    char delimiter;
    struct csv_parser parser;
    gboolean failed; /* the state is that of a fault: to be begun anew */
};

CsvParser *csv_parser_new(char delimiter)
{
    CsvParser *parser = g_new0(CsvParser, 1);

    parser->delimiter = delimiter;
    start(&parser->parser, delimiter);
    return parser;
}

void csv_parser_free(CsvParser *parser)
{
    if (!parser)
        return;
    csv_free(&parser->parser);
    g_free(parser);
}

/* Whether a blank stands at the edge of a cell. Where none does, libcsv's own idea of blanks, which
 * trims them, gives the same cells without a call for every byte. */
static gboolean has_edge_blank(const char *text, gsize size, char blank, char delimiter)
{
    const char seps[] = { delimiter, '"', '\n', '\r' };
    const char *end = text + size;

    for (const char *p = text; (p = memchr(p, blank, (gsize)(end - p))); p++)
        if (p == text || p + 1 == end || memchr(seps, p[-1], sizeof seps) ||
            memchr(seps, p[1], sizeof seps))
            return TRUE;
    return FALSE;
}

/* FALSE at a fault. */
static gboolean parse_text(CsvParser *parser, const char *text, gsize size,
                           const CsvHandler *handler, gpointer data)
{
    struct csv_parser *libcsv = &parser->parser;
    gsize done = csv_parse(libcsv, text, size, handler->cell, handler->end, data);

    while (done < size && handler->quote &&
           is_lone_quote(libcsv, text, text + done, parser->delimiter)) {
        handler->quote(data);
        done += parse_on(libcsv, text + done, size - done, handler, data);
    }
    return done == size && csv_fini(libcsv, handler->cell, handler->end, data) == 0;
}

gboolean csv_parser_read(CsvParser *parser, const char *text, gsize size, const CsvHandler *handler,
                         gpointer data)
{
    gboolean keeps =
        has_edge_blank(text, size, ' ', parser->delimiter) ||
        (parser->delimiter != '\t' && has_edge_blank(text, size, '\t', parser->delimiter));

    if (parser->failed) {
        csv_free(&parser->parser);
        start(&parser->parser, parser->delimiter);
    }
    csv_set_space_func(&parser->parser, keeps ? is_never_space : NULL);
    parser->failed = !parse_text(parser, text, size, handler, data);
    return !parser->failed;
}
