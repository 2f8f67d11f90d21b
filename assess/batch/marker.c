#include "batch/marker.h"

#include "batch/border.h"
#include "intake/intake.h"
#include "scoring/block_check.h"

#define REASON_STRICT "a cell cannot be read"
#define REASON_FAULT "the text cannot be read from here on"
#define REASON_QUOTE "its quotes are wrong"

enum {
    EPOCHS = 2, /* that are on their way at once */
    CHECKED_RECORDS = 4096,
    BROKEN_LIMIT = 256 /* records of a chunk whose quotes are wrong: of more, its text is no CSV */
};

struct Marker {
    const MarkerPlan *plan;
    SurveyReader *reader;
    BlockGrader *grader;
    Load *load;         /* at work */
    const Chunk *chunk; /* at work */
    ChunkPlace place;   /* of the last record whose line was asked for */
    guint taken;        /* of those left out */
    guint broken;       /* records of the chunk whose quotes are wrong */
    MarkerCount counts[EPOCHS];
};

void marker_count_init(MarkerCount *count, const MarkerPlan *plan)
{
    *count = (MarkerCount){ .faults = survey_faults_new(survey_n_columns(plan->survey)),
                            .statistics = statistics_new(plan->plan) };
}

void marker_count_clear(MarkerCount *count)
{
    g_clear_pointer(&count->faults, survey_faults_free);
    g_clear_pointer(&count->statistics, statistics_free);
}

void marker_count_add(MarkerCount *count, const MarkerCount *other)
{
    survey_tally_add(&count->rows, &other->rows);
    survey_faults_merge(count->faults, other->faults);
    statistics_merge(count->statistics, other->statistics);
}

Marker *marker_new(const MarkerPlan *plan)
{
    Marker *marker = g_new0(Marker, 1);

    marker->plan = plan;
    marker->reader = survey_reader_new(plan->survey);
    marker->grader = block_grader_new(plan->plan, plan->date);
    for (guint i = 0; i < EPOCHS; i++)
        marker_count_init(&marker->counts[i], plan);
    return marker;
}

void marker_free(Marker *marker)
{
    if (!marker)
        return;
    survey_reader_free(marker->reader);
    block_grader_free(marker->grader);
    for (guint i = 0; i < EPOCHS; i++)
        marker_count_clear(&marker->counts[i]);
    g_free(marker);
}

static MarkerCount *count_of(Marker *marker)
{
    return &marker->counts[marker->load->epoch % EPOCHS];
}

/* Write a row of rejects. */
static void refuse(Marker *marker, guint64 record, const char *reason)
{
    Load *load = marker->load;
    guint64 line = chunk_line(marker->chunk, record, &marker->place);
    gsize before = load->rejects->len;
    Rejected rejected = { .record = record };

    rejects_row(marker->plan->rejects, record, line, reason, load->rejects);
    rejected.length = load->rejects->len - before;
    g_array_append_val(load->rejected, rejected);
}

/* Why a row is not graded; NULL if it is. */
static const char *reason_of(const Marker *marker, const Block *block, guint row)
{
    if (block->dropped[row] != SURVEY_KEPT)
        return survey_drop_reason(marker->plan->survey, block->dropped[row]);
    return marker->plan->strict && block->findings[row] > 0 ? REASON_STRICT : NULL;
}

/* Every so many records both engines grade: what they find is the same, or nothing is to be relied
 * on. */
static void check(const Marker *marker, const Block *block, guint row)
{
    g_autofree char *fault = NULL;

    if (block->record[row] % CHECKED_RECORDS != 1)
        return;
    fault = block_check_row(marker->grader, block, row);
    if (fault)
        g_error("the two ways of grading differ in record %" G_GUINT64_FORMAT ": %s",
                block->record[row], fault);
}

/* Write a row of results. */
static void grade(Marker *marker, const Block *block, guint row, const Fingerprint *like)
{
    Load *load = marker->load;
    gsize before = load->results->len;
    Company company;

    check(marker, block, row);
    company_fill(&company, marker->plan->results, block, block_grader_grades(marker->grader), row);
    results_row(marker->plan->results, marker->grader, block, row, load->results);
    company.length = (guint32)(load->results->len - before);
    company.like = *like;
    g_array_append_val(load->companies, company);
}

/* A row that holds nothing of a company is refused in any case. */
static gboolean is_row_wanted(const Marker *marker, const Block *block, const Grades *grades,
                              guint row)
{
    const Filter *filter = marker->plan->filter;

    return !filter || block->dropped[row] != SURVEY_KEPT ||
           filter_takes(filter, block, grades, row);
}

static gboolean take_block(const Block *block, gpointer data)
{
    Marker *marker = data;
    MarkerCount *count = count_of(marker);
    const Grades *grades = block_grade(marker->grader, block);
    guint8 keep[BLOCK_ROWS];
    Fingerprint likes[BLOCK_ROWS];

    statistics_fingerprints(block, likes);
    for (guint row = 0; row < block->n_rows; row++) {
        const char *reason = reason_of(marker, block, row);
        gboolean is_wanted = is_row_wanted(marker, block, grades, row);

        keep[row] = is_wanted && !reason;
        if (!is_wanted) {
            marker->load->filtered++;
        } else if (reason) {
            refuse(marker, block->record[row], reason);
            statistics_reject(count->statistics, reason, 1);
        } else {
            grade(marker, block, row, &likes[row]);
        }
    }
    statistics_add(count->statistics, block, grades, keep, 1);
    return TRUE;
}

static gboolean pass_over(const CsvRecord *record, gpointer data)
{
    (void)record;
    (void)data;
    return TRUE;
}

/* What is wrong with a text that begins with that record and line; NULL if it is CSV. Free with
 * g_free(). */
static char *fault_text(const Marker *marker, const char *bytes, gsize size, guint64 record,
                        guint64 line)
{
    const Survey *survey = marker->plan->survey;
    g_autoptr(Findings) findings = findings_new();
    const Finding *finding;
    CsvText text = { .file = survey_name(survey),
                     .text = bytes,
                     .size = size,
                     .line = (guint)line,
                     .record = (guint)record,
                     .delimiter = survey_delimiter(survey),
                     .lenient = TRUE };

    if (csv_read(&text, pass_over, NULL, findings))
        return NULL;
    finding = findings_at(findings, findings_count(findings) - 1);
    return g_strjoin("; ", finding->message, finding->hint, NULL);
}

/* The text ends here as far as it can be read: its last record is not graded, and told. */
static void end_at_fault(Marker *marker, guint64 record)
{
    const Chunk *chunk = marker->chunk;
    g_autofree char *what = chunk->fault ? g_strdup(chunk->fault)
                                         : fault_text(marker, chunk->text, chunk->size,
                                                      chunk->first_record, chunk->first_line);
    g_autofree char *reason = NULL;

    if (!what)
        what = g_strdup_printf("record %" G_GUINT64_FORMAT " is longer than 8 MiB", record);
    reason = g_strconcat(REASON_FAULT ": ", what, NULL);
    refuse(marker, record, reason);
    statistics_reject(count_of(marker)->statistics, REASON_FAULT, 1);
    marker->load->fault = g_steal_pointer(&what);
}

/* Write why a record of these lines is not read. */
static void refuse_broken(Marker *marker, guint64 record, const char *text, gsize size,
                          guint64 line, guint64 lines)
{
    g_autofree char *what = fault_text(marker, text, size, record, line);
    g_autoptr(GString) reason = g_string_new(REASON_QUOTE);

    if (what)
        g_string_append_printf(reason, ": %s", what);
    if (lines > 1)
        g_string_append_printf(reason,
                               "; lines %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT
                               " are taken for this record",
                               line, line + lines - 1);
    refuse(marker, record, reason->str);
    statistics_reject(count_of(marker)->statistics, REASON_QUOTE, 1);
}

/* Go on behind a record whose quotes are wrong, at byte `at` of the chunk. FALSE if where it ends
 * is not known: its last quote is never closed, or only far below. */
static gboolean pass_broken(Marker *marker, guint64 record, gboolean is_told, gsize *at)
{
    const Chunk *chunk = marker->chunk;
    guint64 lines = 0, line = chunk_line(chunk, record, &marker->place);
    gsize begin = marker->place.offset;
    const char *text = chunk->text + begin;
    gsize size = border_record(text, chunk->size - begin, chunk->delimiter, &lines);

    *at = begin + size;
    if ((chunk->is_open && *at == chunk->size) || size > INTAKE_FIELD_LIMIT ||
        ++marker->broken > BROKEN_LIMIT)
        return FALSE;
    if (is_told)
        refuse_broken(marker, record, text, size, line, MAX(lines, 1));
    survey_reader_doubt(marker->reader);
    return TRUE;
}

/* FALSE if the chunk cannot be read to its end; its rows up to there are done. `is_told`: records
 * whose quotes are wrong are refused. */
static gboolean read_chunk(Marker *marker, BlockVisitor visit, gboolean is_told)
{
    const Chunk *chunk = marker->chunk;
    const GArray *spoiled = chunk->spoiled;
    guint64 record = chunk->first_record;
    gsize at = 0;
    CsvFault fault = { 0 };

    survey_reader_clear(marker->reader);
    if (chunk->is_long || chunk->fault)
        return FALSE;
    survey_reader_leave_out(marker->reader, spoiled ? (const SurveyLeftOut *)spoiled->data : NULL,
                            spoiled ? spoiled->len : 0);
    while (!survey_reader_read(marker->reader, chunk->text + at, chunk->size - at, record, visit,
                               marker, &fault)) {
        record = fault.record + 1;
        csv_fault_clear(&fault);
        if (!pass_broken(marker, record - 1, is_told, &at))
            return FALSE;
    }
    return TRUE;
}

static void begin(Marker *marker, const Chunk *chunk, Load *load)
{
    load_clear(load);
    marker->load = load;
    marker->chunk = chunk;
    marker->place = CHUNK_BEGIN;
    marker->taken = marker->broken = 0;
}

void marker_work(Marker *marker, const Chunk *chunk, Load *load)
{
    gboolean is_read;
    guint64 done;

    begin(marker, chunk, load);
    is_read = read_chunk(marker, take_block, TRUE);
    done = load->filtered + load->companies->len + load->rejected->len;
    g_assert(!is_read || done == chunk->n_records);
    if (!is_read)
        end_at_fault(marker, chunk->first_record + done);
    survey_tally_add(&count_of(marker)->rows, survey_reader_tally(marker->reader));
    if (survey_faults_count(survey_reader_faults(marker->reader)) > 0)
        survey_faults_merge(count_of(marker)->faults, survey_reader_faults(marker->reader));
}

/* ---- taking out ---- */

static void take_out_row(Marker *marker, const LeftOut *left_out)
{
    g_autofree char *reason =
        left_out->kept
            ? g_strdup_printf(MARKER_DUPLICATE " of record %" G_GUINT64_FORMAT, left_out->kept)
            : g_strdup(MARKER_ANOTHER);

    refuse(marker, left_out->record, reason);
    statistics_reject(count_of(marker)->statistics,
                      left_out->kept ? MARKER_DUPLICATE : MARKER_ANOTHER, 1);
}

static gboolean take_block_out(const Block *block, gpointer data)
{
    Marker *marker = data;
    const GArray *left_out = marker->load->left_out;
    guint8 keep[BLOCK_ROWS] = { 0 };
    guint before = marker->taken;

    for (guint row = 0; row < block->n_rows && marker->taken < left_out->len; row++) {
        const LeftOut *next = &g_array_index(left_out, LeftOut, marker->taken);

        if (block->record[row] != next->record)
            continue;
        keep[row] = 1;
        take_out_row(marker, next);
        marker->taken++;
    }
    if (marker->taken > before)
        statistics_add(count_of(marker)->statistics, block, block_grade(marker->grader, block),
                       keep, -1);
    return TRUE;
}

void marker_take_out(Marker *marker, const Chunk *chunk, Load *load)
{
    begin(marker, chunk, load);
    read_chunk(marker, take_block_out, FALSE);
}

void marker_collect(Marker *marker, guint epoch, MarkerCount *count)
{
    MarkerCount *own = &marker->counts[epoch % EPOCHS];

    marker_count_add(count, own);
    marker_count_clear(own);
    marker_count_init(own, marker->plan);
}
