#include "cli/outputs.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/say.h"
#include "cli/tty.h"
#include "report/csv.h"
#include "report/document_name.h"
#include "report/html.h"
#include "report/json.h"
#include "report/pdf.h"
#include "report/workbook.h"

typedef GBytes *(*Renderer)(Outputs *outputs, const Assessment *assessment);

static GBytes *taken(char *text)
{
    return g_bytes_new_take(text, strlen(text));
}

static GBytes *render_json(Outputs *outputs, const Assessment *assessment)
{
    return taken(report_json(assessment, !outputs->to_stdout));
}

static GBytes *render_csv(Outputs *outputs, const Assessment *assessment)
{
    GString *text = g_string_new(NULL);

    if (!outputs->has_header)
        report_csv_header(text);
    report_csv(text, assessment, outputs->session->options->languages[0]);
    return g_string_free_to_bytes(text);
}

/* The printer is made for the first report: a run without PDFs needs no font. */
static GBytes *print_pdf(Outputs *outputs, const Assessment *assessment, Findings *findings,
                         GError **error)
{
    const Session *session = outputs->session;

    if (!outputs->printer)
        outputs->printer =
            report_printer_new(outputs->template, session->rubric,
                               (const char *const *)session->options->languages, error);
    return outputs->printer ? report_printer_print(outputs->printer, assessment, findings, error)
                            : NULL;
}

static GBytes *render_pdf(Outputs *outputs, const Assessment *assessment)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    GBytes *bytes = print_pdf(outputs, assessment, findings, &error);

    session_tell(outputs->session, findings);
    if (!bytes)
        say_error("cannot make the PDF: %s",
                  error ? error->message : "the report's template is refused");
    return bytes;
}

static GBytes *render_html(Outputs *outputs, const Assessment *assessment)
{
    const Options *options = outputs->session->options;

    return report_html(assessment, outputs->template, (const char *const *)options->languages);
}

static GBytes *render_xlsx(Outputs *outputs, const Assessment *assessment)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    GBytes *bytes = report_workbook(assessment, outputs->template,
                                    (const char *const *)outputs->session->options->languages,
                                    findings, &error);

    session_tell(outputs->session, findings);
    if (!bytes)
        say_error("cannot make the workbook: %s", error->message);
    return bytes;
}

static const struct {
    const char *format;
    Renderer render;
    gboolean has_language; /* what is written depends on --lang */
    gboolean is_of_one;    /* on its first language alone */
    gboolean is_told;      /* as a template says */
    const char *document;  /* of a format with a file for each company; NULL for others */
    gboolean is_binary;    /* nothing for a terminal */
} renderers[] = {
    { "pdf", render_pdf, TRUE, FALSE, TRUE, "PDF", TRUE },
    { "html", render_html, TRUE, FALSE, TRUE, "HTML page", FALSE },
    { "json", render_json, FALSE, FALSE, FALSE, NULL, FALSE },
    { "csv", render_csv, TRUE, TRUE, FALSE, NULL, FALSE },
    { "xlsx", render_xlsx, TRUE, FALSE, TRUE, "workbook", TRUE },
};

static guint renderer_of(const char *format)
{
    guint i = 0;

    while (i + 1 < G_N_ELEMENTS(renderers) && strcmp(renderers[i].format, format) != 0)
        i++;
    return i;
}

/* A template that is named is read in any case, so that its faults are told. */
static gboolean needs_template(const Options *options)
{
    for (char **format = options->formats; *format; format++)
        if (renderers[renderer_of(*format)].is_told)
            return TRUE;
    return options->template != NULL;
}

/* Whether a file can be made in the folder; errno says why not. Permissions do not tell: /proc has
 * all of them for root. */
static gboolean takes_files(const char *folder)
{
    g_autofree char *probe = g_build_filename(folder, ".assess-XXXXXX", NULL);
    int fd = g_mkstemp(probe);

    if (fd < 0)
        return FALSE;
    close(fd);
    g_unlink(probe);
    return TRUE;
}

/* The folder must be there and take files; only the default one is made. */
static ExitStatus check_folder(const char *folder, gboolean is_default, gboolean *made)
{
    *made = is_default && g_mkdir(folder, 0777) == 0;
    if (is_default && !*made && errno != EEXIST) {
        say_error("cannot make directory \"%s\": %s", folder, g_strerror(errno));
        return EXIT_IO;
    }
    if (!g_file_test(folder, G_FILE_TEST_EXISTS)) {
        say_error("output directory \"%s\" does not exist", folder);
        say_hint("make it first, or omit -o to write into %s/", OUTPUTS_FOLDER);
        return EXIT_IO;
    }
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        say_error("output \"%s\" is not a directory", folder);
        say_hint("-o names the directory that reports go into");
        return EXIT_IO;
    }
    if (!takes_files(folder)) {
        gboolean has_reason = errno != ENOENT; /* the folder is there, its system makes no files */

        say_error("output directory \"%s\" is not writable%s%s", folder, has_reason ? ": " : "",
                  has_reason ? g_strerror(errno) : "");
        return EXIT_IO;
    }
    return EXIT_DONE;
}

const char *outputs_document(const Outputs *outputs)
{
    return renderers[renderer_of(outputs->session->options->formats[0])].document;
}

static ExitStatus check_stdout(const Options *options)
{
    guint renderer = renderer_of(options->formats[0]);

    if (g_strv_length(options->formats) > 1) {
        say_error("standard output takes one format, not \"%s\"", options->format);
        return EXIT_USAGE;
    }
    if (renderers[renderer].is_binary && tty_is_terminal(STDOUT_FILENO)) {
        say_error("a %s is nothing for a terminal", renderers[renderer].document);
        say_hint("redirect standard output, or choose -f json");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

Outputs *outputs_open(Session *session, ExitStatus *status)
{
    const Options *options = session->options;
    g_autoptr(Outputs) outputs = g_new0(Outputs, 1);

    outputs->session = session;
    outputs->to_stdout = g_strcmp0(options->output, "-") == 0;
    outputs->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    *status = outputs->to_stdout ? check_stdout(options)
                                 : check_folder(options->output ? options->output : OUTPUTS_FOLDER,
                                                !options->output, &outputs->made);
    if (*status != EXIT_DONE)
        return NULL;
    if (needs_template(options)) {
        outputs->template = session_template(session, status);
        if (!outputs->template)
            return NULL;
    }
    return g_steal_pointer(&outputs);
}

void outputs_free(Outputs *outputs)
{
    if (!outputs)
        return;
    report_printer_free(outputs->printer);
    if (outputs->made)
        g_rmdir(OUTPUTS_FOLDER); /* which keeps a folder with something in it */
    g_hash_table_unref(outputs->names);
    g_free(outputs);
}

/* The name of this assessment's files without their ending; with a number if another company of
 * this run has the same. */
static char *base_name(Outputs *outputs, const Assessment *assessment)
{
    for (guint number = 1;; number++) {
        g_autofree char *name = document_name(assessment, number, FALSE);
        g_autofree char *folded = g_utf8_casefold(name, -1);

        if (g_hash_table_add(outputs->names, g_steal_pointer(&folded)))
            return g_steal_pointer(&name);
    }
}

static char *file_path(const Outputs *outputs, const char *name, guint renderer)
{
    const Options *options = outputs->session->options;
    const char *const one[] = { options->languages[0], NULL };
    g_autofree char *languages =
        !renderers[renderer].has_language
            ? g_strdup("")
            : document_languages(
                  renderers[renderer].is_of_one ? one : (const char *const *)options->languages);
    g_autofree char *file = g_strconcat(name, languages, ".", renderers[renderer].format, NULL);

    return g_build_filename(options->output ? options->output : OUTPUTS_FOLDER, file, NULL);
}

/* Refuse before anything is written. */
static ExitStatus check_files(const Outputs *outputs, const char *name)
{
    const Options *options = outputs->session->options;
    ExitStatus status = EXIT_DONE;

    for (char **format = options->formats; *format && !options->force; format++) {
        g_autofree char *path = file_path(outputs, name, renderer_of(*format));

        if (!g_file_test(path, G_FILE_TEST_EXISTS) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
            continue;
        say_error("\"%s\" is there already and is kept", path);
        status = EXIT_IO;
    }
    if (status != EXIT_DONE)
        say_hint("--force replaces it");
    return status;
}

static ExitStatus write_stdout(Outputs *outputs, const Assessment *assessment)
{
    guint renderer = renderer_of(outputs->session->options->formats[0]);
    g_autoptr(GBytes) bytes = renderers[renderer].render(outputs, assessment);

    outputs->has_header = TRUE;
    return bytes ? say_output(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : EXIT_IO;
}

/* Render everything, then write: a report that cannot be drawn leaves no other half of the set. */
/* Half a set of files would pass for the whole: those written from `before` on go. */
static void take_back(GPtrArray *written, guint before)
{
    for (guint i = before; i < written->len; i++)
        g_unlink(written->pdata[i]);
    g_ptr_array_set_size(written, (int)before);
}

ExitStatus outputs_write(Outputs *outputs, const Assessment *assessment, GPtrArray *written)
{
    char **formats = outputs->session->options->formats;
    g_autoptr(GPtrArray) rendered = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    g_autofree char *name = NULL;
    const guint before = written->len;
    ExitStatus status;

    if (outputs->to_stdout)
        return write_stdout(outputs, assessment);
    name = base_name(outputs, assessment);
    status = check_files(outputs, name);
    for (guint i = 0; formats[i] && status == EXIT_DONE; i++) {
        GBytes *bytes = renderers[renderer_of(formats[i])].render(outputs, assessment);

        if (bytes)
            g_ptr_array_add(rendered, bytes);
        else
            status = EXIT_IO;
    }
    for (guint i = 0; formats[i] && status == EXIT_DONE; i++) {
        g_autofree char *path = file_path(outputs, name, renderer_of(formats[i]));
        g_autoptr(GError) error = NULL;
        GBytes *bytes = rendered->pdata[i];

        if (file_write(path, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes),
                       outputs->session->options->force, &error))
            g_ptr_array_add(written, g_steal_pointer(&path));
        else
            status = session_failed(error);
    }
    if (status != EXIT_DONE && !outputs->session->options->force)
        take_back(written, before);
    return status;
}
