#include "batch/inspection.h"

#include <glib/gstdio.h>
#include <string.h>

#include "batch/chunk.h"
#include "batch/widening.h"
#include "intake/delimiter.h"
#include "intake/sheet.h"

enum {
    QUESTIONS_PROVE = 2, /* columns that answer the rubric's questions: a table of respondents */
    ROWS_LOOKED_AT = 200 /* for questions in the first column */
};

/* The reading of one file. */
typedef struct {
    Inspection *inspection;
    Stream *stream;
    CsvParser *parser;
    gsize data_offset; /* in the text */
    guint data_line;
    guint64 rows;         /* of this chunk */
    guint64 skipped;      /* of them, known already */
    gboolean has_spoiled; /* a record with what is no text was told */
    gboolean has_quote;   /* this chunk has one that is taken as text; that is told once */
    gboolean is_told;
    ShapeHints hints;
    guint64 ends_cr, ends_lf; /* rows known to end by CR or CRLF; by LF */
    guint64 crlf, cr, lf;     /* places of CRLF, CR alone, LF alone, in cells too */
} Reading;

/* ---- the header ---- */

typedef struct {
    Reading *reading;
    GStrvBuilder *names;
    guint records;
} Head;

static gboolean read_head(const CsvRecord *record, gpointer data)
{
    Head *head = data;
    Inspection *inspection = head->reading->inspection;

    if (head->records++ > 0) {
        head->reading->data_offset += record->offset;
        head->reading->data_line = record->line;
        return FALSE;
    }
    inspection->is_sheet = sheet_is_header(record);
    for (guint i = 0; i < record->n_cells; i++)
        g_strv_builder_add(head->names, record->cells[i]);
    return TRUE;
}

/* Without a survey: the first record is the header. FALSE with an error if there is none. */
static gboolean take_first_record(Reading *reading, const InspectionOrder *order, const char *text,
                                  gsize size, gboolean is_whole)
{
    Inspection *inspection = reading->inspection;
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    g_autoptr(Findings) faults = findings_new();
    Head head = { reading, names, 0 };
    CsvText csv = { .file = inspection->name,
                    .text = text,
                    .size = size,
                    .line = 1,
                    .delimiter = order->survey.delimiter,
                    .lenient = TRUE };
    gboolean is_csv;

    if (!csv.delimiter)
        delimiter_find(&csv, NULL, NULL);
    reading->data_offset = (gsize)(csv.text - text);
    reading->data_line = csv.line;
    is_csv = csv_read(&csv, read_head, &head, faults);
    if (head.records < 2)
        findings_append(inspection->findings, faults);
    if (head.records == 1) {
        reading->data_offset = size; /* nothing can be read below */
        inspection->is_cut = !is_csv || !is_whole;
    }
    inspection->delimiter = csv.delimiter;
    inspection->names = g_strv_builder_end(names);
    inspection->header_rows = 1;
    return head.records > 0;
}

static void take_survey(Reading *reading)
{
    Inspection *inspection = reading->inspection;
    const Survey *survey = inspection->survey;
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();

    reading->data_offset = survey_data_offset(survey);
    reading->data_line = survey_data_line(survey);
    inspection->delimiter = survey_delimiter(survey);
    inspection->header_rows = survey_header_rows(survey);
    for (guint i = 0; i < survey_n_columns(survey); i++)
        g_strv_builder_add(names, survey_column(survey, i)->name);
    inspection->names = g_strv_builder_end(names);
    inspection->reader = survey_reader_new(survey);
}

/* What keeps columns from being bound; that some are not is shown with them. */
static void append_errors(Findings *findings, const Findings *said)
{
    for (guint i = 0; i < findings_count(said); i++) {
        const Finding *one = findings_at(said, i);
        const Place place = { one->file, one->line, one->record, one->column, NULL, 0 };
        Finding *added = NULL;

        if (one->severity == SEVERITY_ERROR)
            added = findings_add(findings, SEVERITY_ERROR, &place, "%s", one->message);
        if (added && one->hint)
            finding_hint(added, "%s", one->hint);
    }
}

/* Whether a column answers a question of the rubric: by its own names, others may stand anywhere.
 */
static gboolean is_question(const Binding *binding)
{
    return (binding->kind == BINDING_QUESTION || binding->kind == BINDING_OPTION) &&
           binding->by != BOUND_BY_ALIAS;
}

/* How many columns do. */
static guint n_questions(const Inspection *inspection)
{
    guint n = 0;

    for (guint i = 0; inspection->survey && i < survey_n_columns(inspection->survey); i++)
        n += is_question(&survey_column(inspection->survey, i)->binding) ? 1 : 0;
    return n;
}

typedef struct {
    const Binder *binder;
    guint records, questions;
} Below;

static gboolean look_below(const CsvRecord *record, gpointer data)
{
    Below *below = data;

    if (record->record > 0 && record->n_cells > 0) {
        below->records++;
        below->questions +=
            binder_name(below->binder, record->cells[0]).kind == BINDING_QUESTION ? 1 : 0;
    }
    return below->records < ROWS_LOOKED_AT;
}

/* How many cells of the first column name questions; 0 if others are more. */
static guint questions_below(const Inspection *inspection, const char *text, gsize size)
{
    Below below = { survey_binder(inspection->survey), 0, 0 };
    const CsvText csv = { .file = inspection->name,
                          .text = text,
                          .size = size,
                          .line = 1,
                          .delimiter = inspection->delimiter,
                          .lenient = TRUE };

    csv_read(&csv, look_below, &below, NULL);
    return 2 * below.questions >= below.records ? below.questions : 0;
}

static void take_hints(Reading *reading, const char *text, gsize size)
{
    const Inspection *inspection = reading->inspection;
    const Survey *survey = inspection->survey;

    reading->hints.is_known =
        inspection->is_sheet ||
        (survey && (n_questions(inspection) > 0 || survey_layout(survey)->signs->len > 0));
    if (survey && !survey_layout(survey)->reply)
        reading->hints.questions_below = questions_below(inspection, text, size);
}

/* Know the header, as that of a survey if it can be. FALSE with an error if there is none. */
static gboolean open_header(Reading *reading, const InspectionOrder *order, GError **error)
{
    Inspection *inspection = reading->inspection;
    SurveyOptions options = order->survey;
    g_autoptr(Findings) said = findings_new();
    gboolean is_whole;
    gsize size;
    const char *text = stream_head(reading->stream, &size, &is_whole, error);

    if (!text)
        return FALSE;
    if (!take_first_record(reading, order, text, size, is_whole))
        return FALSE;
    options.encoding = inspection->encoding.name;
    options.takes_any = TRUE;
    inspection->survey = survey_open(order->vocabulary, order->layouts, &options, inspection->name,
                                     text, size, is_whole, said);
    if (inspection->survey && inspection->is_sheet && n_questions(inspection) == 0 &&
        !survey_layout(inspection->survey)->reply) {
        g_clear_pointer(&inspection->survey, survey_free);
    } else if (inspection->survey) {
        inspection->is_sheet = FALSE; /* one answer a row, of many companies */
        g_clear_pointer(&inspection->names, g_strfreev);
        take_survey(reading);
        findings_append(inspection->findings, survey_doubts(inspection->survey));
    } else if (reading->data_offset < size && !inspection->is_sheet) {
        append_errors(inspection->findings, said);
    }
    take_hints(reading, text, size);
    return TRUE;
}

/* ---- the records ---- */

static void take_cell(void *bytes, size_t size, void *data)
{
    contents_cell(((Reading *)data)->inspection->contents, bytes, size);
}

static void end_row(int line_end, void *data)
{
    Reading *reading = data;

    contents_row(reading->inspection->contents);
    reading->rows++;
    reading->ends_cr += line_end == '\r';
    reading->ends_lf += line_end == '\n';
}

static void note_quote(void *data)
{
    ((Reading *)data)->has_quote = TRUE;
}

static gboolean take_record(const CsvRecord *record, gpointer data)
{
    Reading *reading = data;

    if (reading->skipped > 0) {
        reading->skipped--;
        return TRUE;
    }
    for (guint i = 0; i < record->n_cells; i++)
        contents_cell(reading->inspection->contents, record->cells[i], strlen(record->cells[i]));
    end_row('\0', reading); /* which it was is not known */
    return TRUE;
}

/* Read a chunk once more, with positions, to tell what is to be told of it, and take the rows that
 * are not known yet. FALSE at a fault. */
static gboolean read_again(Reading *reading, const Chunk *chunk)
{
    Inspection *inspection = reading->inspection;
    CsvText csv = { .file = inspection->name,
                    .text = chunk->text,
                    .size = chunk->size,
                    .line = (guint)chunk->first_line,
                    .record = (guint)chunk->first_record,
                    .delimiter = inspection->delimiter,
                    .lenient = TRUE };
    g_autoptr(Findings) found = findings_new();
    gboolean is_read;

    reading->skipped = reading->rows;
    is_read = csv_read(&csv, take_record, reading, found);
    if (!(is_read && reading->is_told))
        findings_append(inspection->findings, found);
    reading->is_told |= reading->has_quote;
    return is_read;
}

static void count_ends(Reading *reading, const Chunk *chunk)
{
    const char *end = chunk->text + chunk->size;

    for (const char *at = chunk->text; (at = memchr(at, '\r', (gsize)(end - at))); at++)
        *(at + 1 < end && at[1] == '\n' ? &reading->crlf : &reading->cr) += 1;
    for (const char *at = chunk->text; (at = memchr(at, '\n', (gsize)(end - at))); at++)
        reading->lf += at == chunk->text || at[-1] != '\r';
}

static gboolean keep_block(const Block *block, gpointer data)
{
    (void)block;
    (void)data;
    return TRUE;
}

static void tell_fault(const Reading *reading, const Chunk *chunk, const CsvFault *fault)
{
    Inspection *inspection = reading->inspection;
    const Place place = { .file = inspection->name,
                          .line = (guint)chunk->first_line + fault->line - 1,
                          .record = (guint)fault->record,
                          .column = fault->column };
    Finding *finding =
        findings_add(inspection->findings, SEVERITY_ERROR, &place, "%s", fault->message);

    if (fault->hint)
        finding_hint(finding, "%s", fault->hint);
}

/* Read it as a survey. FALSE at a fault; of a table that is none of the rubric's it is not worth
 * telling. */
static gboolean take_survey_rows(Reading *reading, const Chunk *chunk, CsvFault *fault)
{
    Inspection *inspection = reading->inspection;
    const GArray *spoiled = chunk->spoiled;
    gboolean is_read;

    if (inspection->reader && spoiled)
        survey_reader_leave_out(inspection->reader, (const SurveyLeftOut *)spoiled->data,
                                spoiled->len);
    is_read =
        !inspection->reader || survey_reader_read(inspection->reader, chunk->text, chunk->size,
                                                  chunk->first_record, keep_block, NULL, fault);

    if (!is_read && n_questions(inspection) == 0) {
        g_clear_pointer(&inspection->reader, survey_reader_free);
        is_read = TRUE;
    }
    return is_read;
}

/* The first record that holds what is no text is told; how many there are stands among those that
 * are left out. */
static void tell_spoiled(Reading *reading, const Chunk *chunk)
{
    Inspection *inspection = reading->inspection;
    const SurveyLeftOut *first;
    ChunkPlace line = CHUNK_BEGIN;
    Place place = { .file = inspection->name };

    if (reading->has_spoiled || !chunk->spoiled || chunk->spoiled->len == 0)
        return;
    first = &g_array_index(chunk->spoiled, SurveyLeftOut, 0);
    place.record = (guint)first->record;
    place.line = (guint)chunk_line(chunk, first->record, &line);
    reading->has_spoiled = TRUE;
    if (first->reason == SURVEY_ROW_NUL)
        findings_add(inspection->findings, SEVERITY_WARNING, &place, "record %u holds a NUL byte",
                     place.record);
    else
        findings_add(inspection->findings, SEVERITY_WARNING, &place,
                     "record %u holds bytes that are not %s", place.record,
                     inspection->encoding.name);
}

/* FALSE if the reading cannot go on: why is told. */
static gboolean take_chunk(Reading *reading, const Chunk *chunk)
{
    static const CsvHandler HANDLER = { take_cell, end_row, note_quote };
    CsvFault fault = { 0 };
    gboolean is_survey = take_survey_rows(reading, chunk, &fault), is_csv;

    tell_spoiled(reading, chunk);
    reading->rows = 0;
    reading->has_quote = FALSE;
    count_ends(reading, chunk);
    is_csv = csv_parser_read(reading->parser, chunk->text, chunk->size, &HANDLER, reading);
    if (!is_csv)
        contents_drop_row(reading->inspection->contents);
    if (!is_csv || reading->has_quote)
        is_csv = read_again(reading, chunk);
    if (is_csv && !is_survey)
        tell_fault(reading, chunk, &fault);
    csv_fault_clear(&fault);
    return is_csv && is_survey;
}

/* FALSE with `error`. */
static gboolean read_records(Reading *reading, GError **error)
{
    Inspection *inspection = reading->inspection;
    g_autofree char *header = g_malloc(reading->data_offset + 1);
    g_autoptr(ChunkReader) chunks = NULL;
    GError *failure = NULL;
    Chunk chunk = { 0 };

    if (stream_read(reading->stream, header, reading->data_offset, error) < 0)
        return FALSE;
    chunks = chunk_reader_new(reading->stream, inspection->delimiter, reading->data_offset,
                              reading->data_line - 1);
    reading->parser = csv_parser_new(inspection->delimiter);
    while (!inspection->is_cut && chunk_reader_next(chunks, &chunk, &failure))
        inspection->is_cut = chunk.fault || !take_chunk(reading, &chunk);
    chunk_clear(&chunk);
    csv_parser_free(reading->parser);
    if (failure)
        g_propagate_error(error, failure);
    return failure == NULL;
}

/* ---- the whole ---- */

static LineEnds line_ends(const Reading *reading)
{
    gboolean is_known = reading->ends_cr + reading->ends_lf > 0;
    gboolean crlf = reading->crlf > 0 && (!is_known || reading->ends_cr > 0);
    gboolean cr = is_known ? reading->ends_cr > reading->crlf : reading->cr > 0;
    gboolean lf = is_known ? reading->ends_lf > 0 : reading->lf > 0;

    if (crlf + cr + lf > 1)
        return LINE_ENDS_MIXED;
    return crlf ? LINE_ENDS_CRLF : cr ? LINE_ENDS_CR : lf ? LINE_ENDS_LF : LINE_ENDS_NONE;
}

/* Read what follows the header. */
static gboolean read_table(Reading *reading, GError **error)
{
    Inspection *inspection = reading->inspection;
    const DecodingFault *fault;

    inspection->contents = contents_new(g_strv_length(inspection->names));
    inspection->is_cut |=
        stream_tell_head(reading->stream, reading->data_offset, inspection->findings);
    if (!read_records(reading, error))
        return FALSE;
    inspection->is_form = inspection->is_sheet;
    for (guint i = 0; inspection->names[i]; i++)
        if (sheet_is_answer(inspection->names[i]))
            inspection->is_form &= contents_column(inspection->contents, i)->filled == 0;
    fault = stream_fault(reading->stream);
    if (fault) {
        decoding_tell(fault, &inspection->encoding, inspection->name, inspection->findings);
        inspection->is_cut = TRUE;
    }
    inspection->line_ends = line_ends(reading);
    if (!inspection->is_cut || contents_rows(inspection->contents)->rows > 0)
        inspection->shape = shape_of_table((const char *const *)inspection->names,
                                           inspection->contents, reading->hints);
    if (inspection->shape && contents_rows(inspection->contents)->rows > 0 &&
        n_questions(inspection) >= QUESTIONS_PROVE)
        inspection->shape = NULL; /* its rows are respondents, whatever they look like */
    return TRUE;
}

/* FALSE with `error`. */
static gboolean inspect(Reading *reading, const InspectionOrder *order, GError **error)
{
    Inspection *inspection = reading->inspection;
    GError *failure = NULL;
    gboolean is_whole;
    gsize size;
    const char *bytes = stream_head(reading->stream, &size, &is_whole, error);

    if (!bytes)
        return FALSE;
    inspection->shape = shape_of_bytes(bytes, size);
    if (inspection->shape)
        return TRUE;
    stream_tolerate(reading->stream);
    if (!stream_decode(reading->stream, order->survey.encoding, &inspection->encoding,
                       inspection->findings, &failure)) {
        if (failure)
            g_propagate_error(error, failure);
        return failure == NULL;
    }
    inspection->is_text = open_header(reading, order, &failure);
    if (failure) {
        g_propagate_error(error, failure);
        return FALSE;
    }
    return !inspection->is_text || read_table(reading, error);
}

/* A table with one answer a row is graded from a copy with one respondent a row: inspect that, too.
 * FALSE with `error`. */
static gboolean widen(Inspection *inspection, const InspectionOrder *order, GError **error)
{
    SurveyOptions options = order->survey;
    const Widening widening = { .input = order->path,
                                .name = inspection->name,
                                .vocabulary = order->vocabulary,
                                .layouts = order->layouts,
                                .survey = &options,
                                .is_told = TRUE };
    g_auto(Widened) widened = { NULL };
    InspectionOrder wide = { .vocabulary = order->vocabulary,
                             .layouts = order->layouts,
                             .survey = { .encoding = "UTF-8", .delimiter = ',' } };
    gboolean is_done;

    options.takes_any = TRUE;
    is_done = widening_do(&widening, &widened, inspection->findings, error);
    wide.path = widened.path;
    wide.survey.layout = widened.layout;
    if (!is_done || !widened.path)
        return is_done || !*error;
    inspection->wide = inspection_new(&wide, error);
    g_unlink(widened.path);
    if (!inspection->wide)
        return FALSE;
    append_errors(inspection->findings, inspection->wide->findings);
    return TRUE;
}

Inspection *inspection_new(const InspectionOrder *order, GError **error)
{
    g_autoptr(Inspection) inspection = g_new0(Inspection, 1);
    g_autoptr(Stream) stream = stream_open(order->path, NULL, error);
    Reading reading = { .inspection = inspection, .stream = stream };

    if (!stream)
        return NULL;
    inspection->name = g_path_get_basename(order->path);
    inspection->findings = findings_new();
    if (!inspect(&reading, order, error))
        return NULL;
    inspection->bytes = MAX(stream_size(stream), stream_taken(stream));
    if (inspection->survey && survey_layout(inspection->survey)->reply &&
        !widen(inspection, order, error))
        return NULL;
    return g_steal_pointer(&inspection);
}

void inspection_free(Inspection *inspection)
{
    if (!inspection)
        return;
    inspection_free(inspection->wide);
    survey_reader_free(inspection->reader);
    survey_free(inspection->survey);
    contents_free(inspection->contents);
    g_strfreev(inspection->names);
    findings_unref(inspection->findings);
    g_free(inspection->name);
    g_free(inspection);
}

guint inspection_n_columns(const Inspection *inspection)
{
    return inspection->names ? g_strv_length(inspection->names) : 0;
}

Personal inspection_personal(const Inspection *inspection, guint column)
{
    const Binding *binding =
        inspection->survey ? &survey_column(inspection->survey, column)->binding : NULL;
    Personal personal;

    if (binding && binding->kind >= BINDING_QUESTION)
        return PERSONAL_NOT; /* the rubric asks for it */
    personal = contents_personal(inspection->contents, column, inspection->names[column]);
    return personal == PERSONAL_NOT && binding && binding->meta && binding->meta->is_private
               ? PERSONAL_PRIVATE
               : personal;
}

const char *line_ends_name(LineEnds ends)
{
    static const char *const words[] = {
        [LINE_ENDS_LF] = "LF",       [LINE_ENDS_CRLF] = "CRLF", [LINE_ENDS_CR] = "CR",
        [LINE_ENDS_MIXED] = "mixed", [LINE_ENDS_NONE] = NULL,
    };

    return words[ends];
}
