#include "cli/extras.h"

#include <string.h>

#include "base/file.h"
#include "batch/folder.h"
#include "batch/results_workbook.h"
#include "cli/cohort_files.h"
#include "cli/say.h"
#include "cli/selection.h"
#include "page/xlsx.h"
#include "report/document_name.h"

enum { MANY = 2000 /* companies that a font is prepared for, which takes a tenth of a second */ };

struct Extras {
    Session *session;
    const BatchOrder *batch;
    const Batch *graded;
    int least; /* level that a company with a report holds; -1: any or none */
    ReportPrinter *printer;
    Documents *documents;
    char *ending;
    char *text, *template, *cohort_template; /* what makes runs differ, see BatchOrder */
    Delivery *delivery;                      /* while it runs */
    gboolean is_stopped;
};

/* All that is asked for. Free with g_free(). */
static char *text_of(const Options *options)
{
    GString *text = g_string_new("--lang ");
    g_autofree char *languages = g_strjoinv(",", options->languages);

    g_string_append_printf(text, "%s%s%s", languages, options->json ? " --json" : "",
                           options->xlsx ? " --xlsx" : "");
    if (options->reports)
        g_string_append_printf(text, " --reports %s --template %s", options->reports,
                               options->template);
    if (options->places > 0)
        g_string_append_printf(text, " --rank %u", options->places);
    if (options->draws > 0)
        g_string_append_printf(text, " --sample %u --seed %s", options->draws, options->seed);
    return g_string_free(text, FALSE);
}

static gboolean wants_reading(const Options *options)
{
    return options->json || options->reports;
}

/* ---- looking at what is asked for ---- */

static ExitStatus refuse_stdout(const Options *options)
{
    const struct {
        const char *name;
        gboolean is_wanted;
    } files[] = { { "json", options->json },
                  { "xlsx", options->xlsx },
                  { "reports", options->reports != NULL },
                  { "rank", options->rank != NULL },
                  { "sample", options->sample != NULL } };

    for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
        if (!files[i].is_wanted)
            continue;
        say_error("--%s makes files, and `-o -` has no directory for them", files[i].name);
        say_hint("-o names a directory");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

/* The level of --reports. */
static ExitStatus find_level(Extras *extras)
{
    const Rubric *rubric = extras->session->rubric;
    const char *word = extras->session->options->reports;
    g_autoptr(GPtrArray) known = g_ptr_array_new();

    extras->least = -1;
    if (strcmp(word, "all") == 0 || rubric_find(rubric, word, &extras->least) == NAME_LEVEL)
        return EXIT_DONE;
    g_ptr_array_add(known, (gpointer) "all");
    for (guint i = 0; i < rubric->levels->len; i++)
        g_ptr_array_add(known, RUBRIC_LEVEL(rubric, i)->id);
    g_ptr_array_add(known, NULL);
    say_unknown("level", word, (const char *const *)known->pdata);
    return EXIT_USAGE;
}

/* Find the font. */
static ExitStatus open_reports(Extras *extras)
{
    const Session *session = extras->session;
    const char *const *languages = (const char *const *)session->options->languages;
    g_autoptr(GError) error = NULL;
    g_autofree char *tail = document_languages(languages);
    ExitStatus status = find_level(extras);
    const Template *template = NULL;

    if (status == EXIT_DONE)
        template = session_template(extras->session, &status);
    if (!template)
        return status;
    extras->session->template->attaches = FALSE; /* a thousand times the same files */
    extras->ending = g_strconcat(tail, ".pdf", NULL);
    extras->printer = report_printer_new(template, session->rubric, languages, &error);
    if (extras->printer)
        return EXIT_DONE;
    say_error("cannot make the PDF: %s", error->message);
    return EXIT_IO;
}

/* ---- opening ---- */

/* Reports of another run would be replaced. */
static ExitStatus check_folder(const BatchOrder *order)
{
    g_autofree char *path = folder_path(order->folder, DOCUMENTS_FOLDER);

    if (order->force || order->resume || !folder_has(order->folder, DOCUMENTS_FOLDER))
        return EXIT_DONE;
    say_error("\"%s\" is there already", path);
    say_hint("reports of another run would pass for reports of this one: name another directory, "
             "or move them away");
    return EXIT_IO;
}

/* By what all of it is made. */
static ExitStatus note_templates(Extras *extras)
{
    Session *session = extras->session;
    const Options *options = session->options;
    ExitStatus status = EXIT_DONE;
    const Template *template =
        options->reports || options->xlsx ? session_template(session, &status) : NULL;
    g_autofree char *logo = template && template->logo ? file_sha256(template->logo->png) : NULL;
    g_autofree char *hashes = template ? ini_hashes(template->ini) : NULL;

    extras->text = text_of(options);
    extras->cohort_template = cohort_files_template(session);
    if (template)
        extras->template = g_strjoin(",", hashes, logo, NULL);
    return status;
}

Extras *extras_open(Session *session, const BatchOrder *order, ExitStatus *status)
{
    const Options *options = session->options;
    g_autoptr(Extras) extras = g_new0(Extras, 1);

    extras->session = session;
    extras->batch = order;
    extras->least = -1;
    *status = order->folder ? EXIT_DONE : refuse_stdout(options);
    if (*status == EXIT_DONE && options->reports)
        *status = open_reports(extras);
    if (*status == EXIT_DONE && options->reports)
        *status = check_folder(order);
    if (*status == EXIT_DONE && order->folder && order->shards == 0)
        *status = note_templates(extras);
    return *status == EXIT_DONE ? g_steal_pointer(&extras) : NULL;
}

void extras_pin(const Extras *extras, BatchOrder *order)
{
    order->more = extras->text;
    order->template_sha256 = extras->template;
    order->cohort_template_sha256 = extras->cohort_template;
}

ExitStatus extras_begin(Extras *extras, const Batch *batch)
{
    const BatchOrder *order = extras->batch;
    g_autoptr(GError) error = NULL;

    extras->graded = batch;
    if (!order->folder || !extras->session->options->reports)
        return EXIT_DONE;
    extras->documents = documents_new(batch_done(batch), &error);
    return extras->documents ? EXIT_DONE : session_failed(error);
}

void extras_free(Extras *extras)
{
    if (!extras)
        return;
    g_free(extras->ending);
    g_free(extras->text);
    g_free(extras->template);
    g_free(extras->cohort_template);
    report_printer_free(extras->printer);
    documents_free(extras->documents);
    delivery_free(extras->delivery);
    g_free(extras);
}

/* ---- making ---- */

static DeliveryOrder delivery_order(const Extras *extras, const char *name)
{
    const BatchOrder *batch = extras->batch;
    SurveyOptions survey = batch->survey;

    if (strcmp(batch->input, "-") == 0)
        survey.encoding = "UTF-8"; /* it was decoded when it came */
    return (DeliveryOrder){ .input = batch_input(extras->graded),
                            .name = name,
                            .folder = batch_done(extras->graded),
                            .plan = batch->plan,
                            .vocabulary = batch->vocabulary,
                            .layouts = batch->layouts,
                            .survey = survey,
                            .map_hash = survey_map_hash(batch_survey(extras->graded)),
                            .date = batch->date,
                            .strict = batch->strict,
                            .has_mark = batch->has_mark,
                            .jobs = batch->jobs,
                            .stop = batch->stop,
                            .wants_json = extras->session->options->json,
                            .printer = extras->printer,
                            .documents = extras->documents,
                            .ending = extras->ending,
                            .least = extras->least,
                            .tell = batch->tell,
                            .data = batch->data };
}

static void tell_substitutes(const DeliveryCount *count)
{
    g_autofree char *reports = say_count(count->substituted, "report shows", "reports show");

    if (count->substituted == 0)
        return;
    say_result("%s a substitute for characters that the font lacks, the first that of record "
               "%" G_GUINT64_FORMAT,
               reports, count->first_substituted);
    say_hint("`assess score` names them; [font] of the template chooses another font");
}

static void tell_delivery(const Extras *extras, const DeliveryCount *count, GString *text)
{
    const Options *options = extras->session->options;
    g_autofree char *assessments = say_count(count->companies, "assessment", "assessments"),
                    *reports = say_count(count->documents, "report", "reports");

    if (!options->quiet)
        tell_substitutes(count);
    if (options->json)
        g_string_append_printf(text, "%s, see " DELIVERY_JSON "\n", assessments);
    if (options->reports)
        g_string_append_printf(text, "%s, see " DOCUMENTS_FOLDER "/" DOCUMENTS_INDEX "\n", reports);
}

static char *source_name(const Extras *extras)
{
    return extras->batch->name ? g_strdup(extras->batch->name)
                               : g_path_get_basename(extras->batch->input);
}

/* What many say together, for people; a run to standard output has none. */
static ExitStatus tell_cohort(const Extras *extras)
{
    const Statistics *statistics = batch_statistics(extras->graded);
    g_autofree char *name = source_name(extras);

    return statistics ? cohort_files(extras->session, statistics, extras->batch->min_group, name,
                                     batch_done(extras->graded))
                      : EXIT_DONE;
}

/* A reading that is interrupted ends early, which may look like a survey that was changed. */
static gboolean is_stopped(const Extras *extras)
{
    const gint *stop = extras->batch->stop;

    return stop && g_atomic_int_get(stop);
}

static ExitStatus deliver(Extras *extras, GString *text)
{
    g_autofree char *name = source_name(extras);
    DeliveryOrder order = delivery_order(extras, name);
    g_autoptr(GError) error = NULL;
    ExitStatus status = EXIT_DONE;

    extras->delivery = delivery_open(&order, &error);
    if (extras->delivery && delivery_run(extras->delivery, &error)) {
        const DeliveryCount *count = delivery_count(extras->delivery);

        extras->is_stopped = count->is_stopped;
        if (!count->is_stopped)
            tell_delivery(extras, count, text);
    } else {
        extras->is_stopped = is_stopped(extras);
        status = extras->is_stopped ? EXIT_IO : session_failed(error);
    }
    g_clear_pointer(&extras->delivery, delivery_free);
    return status;
}

/* The limit of a sheet is no failure of the run, which has all results. */
static ExitStatus make_workbook(Extras *extras, guint64 companies, GString *text)
{
    Session *session = extras->session;
    const Options *options = session->options;
    ExitStatus status = EXIT_DONE;
    const Template *template = session_template(session, &status);
    g_autoptr(GError) error = NULL;

    if (!template)
        return status;
    if (companies >= XLSX_ROWS) {
        say_error("%s is not made: it takes %d companies, and here are %" G_GUINT64_FORMAT,
                  RESULTS_WORKBOOK, XLSX_ROWS - 1, companies);
        say_hint("results.csv has all of them; --where takes a part");
        return EXIT_REFUSED;
    }
    if (!results_workbook(batch_done(extras->graded), session->plan, template,
                          options->languages[0], options->day, &error))
        return session_failed(error);
    g_string_append(text, "the results for a spreadsheet, see " RESULTS_WORKBOOK "\n");
    return EXIT_DONE;
}

ExitStatus extras_make(Extras *extras, guint64 companies, GString *text)
{
    const Options *options = extras->session->options;
    ExitStatus status = tell_cohort(extras);

    if (extras->printer && companies >= MANY)
        report_printer_prepare(extras->printer);
    if (selection_is_wanted(options))
        status =
            status_worse(status, selection_make(extras->session, batch_done(extras->graded), text));
    if (options->xlsx && status != EXIT_IO)
        status = status_worse(status, make_workbook(extras, companies, text));
    if (wants_reading(options) && status != EXIT_IO)
        status = status_worse(status, deliver(extras, text));
    return status;
}

gboolean extras_is_stopped(const Extras *extras)
{
    return extras->is_stopped;
}

const DeliveryCount *extras_count(const Extras *extras)
{
    return extras && extras->delivery ? delivery_count(extras->delivery) : NULL;
}
