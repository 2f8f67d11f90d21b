#include "batch/courier.h"

#include <string.h>

#include "base/file.h"
#include "report/csv.h"
#include "report/document_name.h"
#include "report/json.h"

struct Courier {
    const DeliveryOrder *order;
    const Survey *survey;
    SurveyReader *reader;
    Answers *answers; /* of the record that was read last */
};

Courier *courier_new(const DeliveryOrder *order, const Survey *survey)
{
    Courier *courier = g_new0(Courier, 1);

    courier->order = order;
    courier->survey = survey;
    courier->reader = survey_reader_new(survey);
    return courier;
}

void courier_free(Courier *courier)
{
    if (!courier)
        return;
    survey_reader_free(courier->reader);
    answers_free(courier->answers);
    g_free(courier);
}

/* ---- grading ---- */

static gboolean take_record(const CsvRecord *record, gpointer data)
{
    Courier *courier = data;

    courier->answers = survey_reader_answers(courier->reader, record);
    return FALSE;
}

/* NULL with `error` if the record is not what it was when results.csv was written. */
static Assessment *grade(Courier *courier, const Parcel *parcel, const ParcelEntry *entry,
                         GError **error)
{
    const DeliveryOrder *order = courier->order;
    CsvText text = { .file = order->name,
                     .text = parcel->text->str + entry->text,
                     .size = entry->size,
                     .line = (guint)entry->line,
                     .record = (guint)entry->record,
                     .delimiter = survey_delimiter(courier->survey),
                     .lenient = TRUE };
    g_autoptr(Assessment) assessment = NULL;

    csv_read(&text, take_record, courier, NULL);
    if (courier->answers)
        assessment = assessment_new(order->plan, g_steal_pointer(&courier->answers), order->date,
                                    order->strict);
    if (assessment &&
        strcmp(assessment_level_id(assessment, assessment->verdict.level), entry->level) == 0)
        return g_steal_pointer(&assessment);
    g_set_error(error, FILE_IO_ERROR, FILE_IO_ERROR_READ,
                "record %" G_GUINT64_FORMAT " of \"%s\" is not what it was: the survey was changed "
                "during the run",
                entry->record, order->name);
    return NULL;
}

/* ---- reports ---- */

static void note_substitutes(Parcel *parcel, const ParcelEntry *entry, const Findings *findings)
{
    if (findings_count(findings) == 0)
        return;
    if (parcel->substituted++ == 0)
        parcel->first_substituted = entry->record;
}

static void append_index(Parcel *parcel, const ParcelEntry *entry, const char *place)
{
    g_string_append_len(parcel->index, parcel->heads->str + entry->head, (gssize)entry->head_size);
    csv_cell(parcel->index, place);
    g_string_append(parcel->index, "\r\n");
    parcel->documents++;
}

static gboolean make_document(const Courier *courier, Parcel *parcel, const ParcelEntry *entry,
                              const Assessment *assessment, GError **error)
{
    const DeliveryOrder *order = courier->order;
    g_autoptr(Findings) findings = findings_new();
    g_autofree char *base = document_name(assessment, entry->record, TRUE);
    g_autofree char *name = g_strconcat(base, order->ending, NULL);
    g_autofree char *place = documents_place(entry->document, name);
    g_autoptr(GBytes) bytes = report_printer_print(order->printer, assessment, findings, error);

    if (!bytes || !documents_write(order->documents, place, g_bytes_get_data(bytes, NULL),
                                   g_bytes_get_size(bytes), error))
        return FALSE;
    note_substitutes(parcel, entry, findings);
    append_index(parcel, entry, place);
    return TRUE;
}

static gboolean work_on(Courier *courier, Parcel *parcel, const ParcelEntry *entry)
{
    g_autoptr(Assessment) assessment = grade(courier, parcel, entry, &parcel->error);

    if (!assessment)
        return FALSE;
    if (courier->order->wants_json) {
        g_autofree char *json = report_json(assessment, FALSE);

        g_string_append(parcel->json, json);
    }
    if (entry->document && !make_document(courier, parcel, entry, assessment, &parcel->error))
        return FALSE;
    parcel->companies++;
    return TRUE;
}

void courier_work(Courier *courier, Parcel *parcel)
{
    guint i = 0;

    while (i < parcel->entries->len &&
           work_on(courier, parcel, &g_array_index(parcel->entries, ParcelEntry, i)))
        i++;
}
