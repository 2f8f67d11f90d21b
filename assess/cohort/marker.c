#include "cohort/marker.h"

#define REASON_STRICT "a cell cannot be read"

enum { EPOCHS = 2 /* that are on their way at once */ };

struct Marker {
    const MarkerPlan *plan;
    SurveyReader *reader;
    BlockGrader *grader;
    Load *load;       /* at work */
    ChunkPlace place; /* of the last record whose line was asked for */
    SurveyTally tally[EPOCHS];
    SurveyFaults *faults[EPOCHS];
};

Marker *marker_new(const MarkerPlan *plan)
{
    Marker *marker = g_new0(Marker, 1);

    marker->plan = plan;
    marker->reader = survey_reader_new(plan->survey);
    marker->grader = block_grader_new(plan->plan, plan->date);
    for (guint i = 0; i < EPOCHS; i++)
        marker->faults[i] = survey_faults_new(survey_n_columns(plan->survey));
    return marker;
}

void marker_free(Marker *marker)
{
    if (!marker)
        return;
    survey_reader_free(marker->reader);
    block_grader_free(marker->grader);
    for (guint i = 0; i < EPOCHS; i++)
        survey_faults_free(marker->faults[i]);
    g_free(marker);
}

static void reject(Marker *marker, guint64 record, const char *reason)
{
    guint64 line = chunk_line(&marker->load->chunk, record, &marker->place);

    rejects_row(marker->plan->rejects, record, line, reason, marker->load->rejects);
    marker->load->rejected++;
}

/* Why a row is not graded; NULL if it is. */
static const char *reason_of(const Marker *marker, const Block *block, guint row)
{
    if (block->dropped[row] != SURVEY_KEPT)
        return survey_drop_reason(marker->plan->survey, block->dropped[row]);
    return marker->plan->strict && block->findings[row] > 0 ? REASON_STRICT : NULL;
}

static gboolean take_block(const Block *block, gpointer data)
{
    Marker *marker = data;

    block_grade(marker->grader, block);
    for (guint row = 0; row < block->n_rows; row++) {
        const char *reason = reason_of(marker, block, row);

        if (reason) {
            reject(marker, block->record[row], reason);
            continue;
        }
        results_row(marker->plan->results, marker->grader, block, row, marker->load->results);
        marker->load->graded++;
    }
    return TRUE;
}

static gboolean pass_over(const CsvRecord *record, gpointer data)
{
    (void)record;
    (void)data;
    return TRUE;
}

/* What is wrong with the chunk, with the numbers of records and lines that the whole text has; NULL
 * if it is CSV. Free with g_free(). */
static char *fault_text(const Marker *marker, const Chunk *chunk)
{
    const Survey *survey = marker->plan->survey;
    g_autoptr(Findings) findings = findings_new();
    const Finding *finding;
    CsvText text = { .file = survey_name(survey),
                     .text = chunk->text,
                     .size = chunk->size,
                     .line = (guint)chunk->first_line,
                     .record = (guint)chunk->first_record,
                     .delimiter = survey_delimiter(survey) };

    if (csv_read(&text, pass_over, NULL, findings))
        return NULL;
    finding = findings_at(findings, 0);
    return g_strjoin("; ", finding->message, finding->hint, NULL);
}

/* The text ends here as far as it can be read: its last record is not graded, and told. */
static void end_at_fault(Marker *marker, guint64 record)
{
    const Chunk *chunk = &marker->load->chunk;
    g_autofree char *what =
        chunk->fault ? g_strdup(chunk->fault) : fault_text(marker, &marker->load->chunk);
    g_autofree char *reason = NULL;

    if (!what)
        what = g_strdup_printf("record %" G_GUINT64_FORMAT " is longer than 8 MiB", record);
    reason = g_strconcat("the text cannot be read from here on: ", what, NULL);
    reject(marker, record, reason);
    marker->load->fault = g_steal_pointer(&what);
}

/* FALSE if the chunk cannot be read to its end; its rows up to there are done. */
static gboolean read_chunk(Marker *marker, const Chunk *chunk)
{
    CsvFault fault = { 0 };
    gboolean is_read;

    if (chunk->is_long || chunk->fault)
        return FALSE;
    is_read = survey_reader_read(marker->reader, chunk->text, chunk->size, chunk->first_record,
                                 take_block, marker, &fault);
    csv_fault_clear(&fault);
    return is_read;
}

void marker_work(Marker *marker, Load *load)
{
    const Chunk *chunk = &load->chunk;

    load_clear(load);
    marker->load = load;
    marker->place = CHUNK_BEGIN;
    survey_reader_clear(marker->reader);
    if (read_chunk(marker, chunk))
        g_assert(load->graded + load->rejected == chunk->n_records);
    else
        end_at_fault(marker, chunk->first_record + load->graded + load->rejected);
    survey_tally_add(&marker->tally[load->epoch % EPOCHS], survey_reader_tally(marker->reader));
    if (survey_faults_count(survey_reader_faults(marker->reader)) > 0)
        survey_faults_merge(marker->faults[load->epoch % EPOCHS],
                            survey_reader_faults(marker->reader));
}

const SurveyTally *marker_tally(const Marker *marker, guint epoch)
{
    return &marker->tally[epoch % EPOCHS];
}

const SurveyFaults *marker_faults(const Marker *marker, guint epoch)
{
    return marker->faults[epoch % EPOCHS];
}

void marker_forget(Marker *marker, guint epoch)
{
    guint n_columns = survey_n_columns(marker->plan->survey);

    marker->tally[epoch % EPOCHS] = (SurveyTally){ 0 };
    survey_faults_free(marker->faults[epoch % EPOCHS]);
    marker->faults[epoch % EPOCHS] = survey_faults_new(n_columns);
}
