#include "cli/extras.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/say.h"
#include "report/document_name.h"

enum {
    SPOOL_PIECE = 1024 * 1024,
    MANY = 2000 /* companies that a font is prepared for, which takes a tenth of a second */
};

struct Extras {
    Session *session;
    const BatchOrder *batch;
    int spool; /* the file that standard input was copied into; -1: none */
    char *spool_path;
    int least; /* level that a company with a report holds; -1: any or none */
    ReportPrinter *printer;
    Documents *documents;
    char *ending;
    Delivery *delivery; /* while it runs */
};

static gboolean wants_reading(const Options *options)
{
    return options->json || options->reports;
}

/* ---- looking at what is asked for ---- */

static ExitStatus refuse_stdout(const Options *options)
{
    if (!wants_reading(options))
        return EXIT_DONE;
    say_error("--%s makes files, and `-o -` has no directory for them",
              options->json ? "json" : "reports");
    say_hint("-o names a directory");
    return EXIT_USAGE;
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

static ExitStatus refuse_folder(const GError *error)
{
    say_error("%s", error->message);
    if (g_error_matches(error, FILE_IO_ERROR, FILE_IO_ERROR_EXISTS))
        say_hint("reports of another run would pass for reports of this one: name another "
                 "directory, or move them away");
    return EXIT_IO;
}

/* Find the font and make the folder. */
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
    extras->ending = g_strconcat(tail, ".pdf", NULL);
    extras->printer = report_printer_new(template, session->rubric, languages, &error);
    if (!extras->printer) {
        say_error("cannot make the PDF: %s", error->message);
        return EXIT_IO;
    }
    extras->documents = documents_new(extras->batch->folder, &error);
    return extras->documents ? EXIT_DONE : refuse_folder(error);
}

/* ---- standard input, which can be read once ---- */

/* A file that nobody else can read and that has no name any more. -1 with errno. */
static int open_spool(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, ".assess-XXXXXX", NULL);
    int fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);

    if (fd >= 0)
        g_unlink(path);
    return fd;
}

/* 0, or an errno of writing; -1 after an error of reading, with errno. */
static int copy_stdin(int to)
{
    g_autofree char *piece = g_malloc(SPOOL_PIECE);
    gssize n;

    while ((n = read(STDIN_FILENO, piece, SPOOL_PIECE)) != 0) {
        gssize done = 0;

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        while (done < n) {
            gssize written = write(to, piece + done, (gsize)(n - done));

            if (written < 0 && errno != EINTR)
                return errno;
            done += MAX(written, 0);
        }
    }
    return 0;
}

static ExitStatus spool_stdin(Extras *extras, BatchOrder *order)
{
    g_autoptr(GError) error = NULL;
    int code;

    extras->spool = open_spool(order->folder);
    code = extras->spool < 0 ? errno : copy_stdin(extras->spool);
    if (code != 0) {
        file_fault(&error, code < 0 ? FILE_IO_ERROR_READ : FILE_IO_ERROR_WRITE,
                   code < 0 ? "standard input" : order->folder, code < 0 ? errno : code);
        return session_failed(error);
    }
    extras->spool_path = g_strdup_printf("/proc/self/fd/%d", extras->spool);
    order->name = "-";
    order->input = extras->spool_path;
    return EXIT_DONE;
}

/* ---- opening ---- */

Extras *extras_open(Session *session, BatchOrder *order, ExitStatus *status)
{
    const Options *options = session->options;
    g_autoptr(Extras) extras = g_new0(Extras, 1);

    extras->session = session;
    extras->batch = order;
    extras->spool = extras->least = -1;
    *status = order->folder ? EXIT_DONE : refuse_stdout(options);
    if (*status == EXIT_DONE && options->reports)
        *status = open_reports(extras);
    if (*status == EXIT_DONE && wants_reading(options) && strcmp(order->input, "-") == 0)
        *status = spool_stdin(extras, order);
    return *status == EXIT_DONE ? g_steal_pointer(&extras) : NULL;
}

void extras_free(Extras *extras)
{
    if (!extras)
        return;
    if (extras->spool >= 0)
        close(extras->spool);
    g_free(extras->spool_path);
    g_free(extras->ending);
    report_printer_free(extras->printer);
    documents_free(extras->documents);
    delivery_free(extras->delivery);
    g_free(extras);
}

/* ---- making ---- */

static DeliveryOrder delivery_order(const Extras *extras, const char *name)
{
    const BatchOrder *batch = extras->batch;

    return (DeliveryOrder){ .input = batch->input,
                            .name = name,
                            .folder = batch->folder,
                            .plan = batch->plan,
                            .vocabulary = batch->vocabulary,
                            .layouts = batch->layouts,
                            .survey = batch->survey,
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
    if (count->substituted == 0)
        return;
    say_result("%" G_GUINT64_FORMAT " reports show a substitute for characters that the font "
               "lacks, the first that of record %" G_GUINT64_FORMAT,
               count->substituted, count->first_substituted);
    say_hint("`assess score` names them; [font] of the template chooses another font");
}

static ExitStatus tell_delivery(const Extras *extras, const DeliveryCount *count)
{
    const Options *options = extras->session->options;
    g_autoptr(GString) text = g_string_new(NULL);

    if (options->quiet)
        return EXIT_DONE;
    tell_substitutes(count);
    if (options->json)
        g_string_append_printf(text, "%" G_GUINT64_FORMAT " assessments, see " DELIVERY_JSON "\n",
                               count->companies);
    if (options->reports)
        g_string_append_printf(
            text, "%" G_GUINT64_FORMAT " reports, see " DOCUMENTS_FOLDER "/" DOCUMENTS_INDEX "\n",
            count->documents);
    return say_text(text->str);
}

static ExitStatus deliver(Extras *extras)
{
    g_autofree char *name = extras->batch->name ? g_strdup(extras->batch->name)
                                                : g_path_get_basename(extras->batch->input);
    DeliveryOrder order = delivery_order(extras, name);
    g_autoptr(GError) error = NULL;
    ExitStatus status;

    extras->delivery = delivery_open(&order, &error);
    if (extras->delivery && delivery_run(extras->delivery, &error)) {
        const DeliveryCount *count = delivery_count(extras->delivery);

        status = count->is_stopped ? EXIT_IO : tell_delivery(extras, count);
    } else {
        status = session_failed(error);
    }
    g_clear_pointer(&extras->delivery, delivery_free);
    return status;
}

ExitStatus extras_make(Extras *extras, guint64 companies)
{
    if (extras->printer && companies >= MANY)
        report_printer_prepare(extras->printer);

    return wants_reading(extras->session->options) ? deliver(extras) : EXIT_DONE;
}

const DeliveryCount *extras_count(const Extras *extras)
{
    return extras && extras->delivery ? delivery_count(extras->delivery) : NULL;
}
