#include "cohort/batch.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/command.h"
#include "cli/extras.h"
#include "cli/say.h"
#include "cli/session.h"
#include "cli/tty.h"

enum {
    TELL_EVERY = 500 * 1000, /* microseconds between two lines of progress on a terminal ... */
    TELL_RARELY = 20         /* ... and so many times longer elsewhere */
};

typedef struct {
    const Options *options;
    const Batch *batch;
    Extras *extras;   /* what is made after it */
    sigset_t signals; /* that interrupt: held back, and looked for now and then */
    gint stop;
    gint64 begun, told; /* monotonic microseconds */
    gboolean is_shown;  /* a line of progress stands on the terminal */
} Run;

/* ---- interrupting ---- */

/* Threads inherit this: a signal waits until it is looked for. */
static void hold_signals(Run *run)
{
    sigemptyset(&run->signals);
    sigaddset(&run->signals, SIGINT);
    sigaddset(&run->signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &run->signals, NULL);
}

/* The first one ends the run in order; the next one is not held back any more. */
static void look_for_signals(Run *run)
{
    const struct timespec at_once = { 0, 0 };

    if (g_atomic_int_get(&run->stop) || sigtimedwait(&run->signals, NULL, &at_once) < 0)
        return;
    g_atomic_int_set(&run->stop, 1);
    say_result("interrupted: finishing what is begun; once more stops at once");
    pthread_sigmask(SIG_UNBLOCK, &run->signals, NULL);
}

/* ---- progress ---- */

static void show_progress(Run *run, gboolean on_terminal)
{
    const BatchCount *batch = batch_count(run->batch);
    const DeliveryCount *extras = extras_count(run->extras);
    guint64 companies = extras ? extras->companies : batch->graded;
    guint64 taken = extras ? extras->taken : batch->taken;
    double seconds = (double)(run->told - run->begun) / G_USEC_PER_SEC;
    double part = batch->size ? (double)taken / (double)batch->size : 0;
    g_autofree char *left =
        part > 0 ? g_strdup_printf(", %.0f%%, %.0f s left", 100 * part, seconds * (1 - part) / part)
                 : g_strdup("");

    fprintf(stderr, "%s%" G_GUINT64_FORMAT " companies%s, %.0f a second%s%s",
            on_terminal ? "\r\033[K" : "", companies, extras ? " delivered" : "",
            seconds > 0 ? (double)companies / seconds : 0, left, on_terminal ? "" : "\n");
    run->is_shown = on_terminal;
}

static void tell(gpointer data)
{
    Run *run = data;
    gint64 now = g_get_monotonic_time();
    gboolean on_terminal = tty_is_terminal(STDERR_FILENO);

    look_for_signals(run);
    if (run->options->quiet ||
        now - run->told < (gint64)TELL_EVERY * (on_terminal ? 1 : TELL_RARELY))
        return;
    run->told = now;
    show_progress(run, on_terminal);
}

static void end_progress(Run *run)
{
    if (run->is_shown)
        fputs("\r\033[K", stderr);
    run->is_shown = FALSE;
}

/* ---- what came of it ---- */

static ExitStatus say_outcome(const Run *run)
{
    const BatchCount *count = batch_count(run->batch);
    gboolean to_stdout = strcmp(run->options->output, "-") == 0;
    g_autofree char *text =
        g_strdup_printf("%" G_GUINT64_FORMAT " records: %" G_GUINT64_FORMAT
                        " graded, %" G_GUINT64_FORMAT " not%s\n",
                        count->records, count->graded, count->rejected,
                        count->rejected && !to_stdout ? ", see " BATCH_REJECTS : "");

    if (count->fault)
        say_error("the survey cannot be read to its end: %s", count->fault);
    if (run->options->quiet)
        return EXIT_DONE;
    if (!to_stdout)
        return say_text(text);
    fputs(text, stderr);
    return EXIT_DONE;
}

static ExitStatus status_of(const Run *run)
{
    const BatchCount *count = batch_count(run->batch);
    ExitStatus status = say_outcome(run);

    if (count->is_stopped)
        status = status_worse(status, EXIT_IO);
    if (count->fault || (run->options->strict && count->rejected > 0))
        status = status_worse(status, EXIT_REFUSED);
    return status;
}

/* What is made of results.csv, of whatever stands in it; not after an interruption. */
static ExitStatus make_extras(Run *run, ExitStatus status)
{
    if (batch_count(run->batch)->is_stopped)
        return status;
    run->begun = run->told = g_get_monotonic_time();
    status = status_worse(status, extras_make(run->extras, batch_count(run->batch)->graded));
    end_progress(run);
    return status;
}

static ExitStatus run_batch(Run *run, const BatchOrder *order, const Session *session)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(Batch) batch = batch_open(order, findings, &error);
    gboolean is_run;

    findings_sort(findings);
    session_tell(session, findings);
    if (!batch)
        return error ? session_failed(error) : EXIT_REFUSED;
    run->batch = batch;
    run->begun = run->told = g_get_monotonic_time();
    hold_signals(run);
    is_run = batch_run(batch, &error);
    end_progress(run);
    return is_run ? make_extras(run, status_of(run)) : session_failed(error);
}

/* ---- the command ---- */

static ExitStatus make_folder(const char *folder)
{
    if (strcmp(folder, "-") == 0 || g_mkdir(folder, 0777) == 0)
        return EXIT_DONE;
    if (errno == EEXIST && g_file_test(folder, G_FILE_TEST_IS_DIR))
        return EXIT_DONE;
    if (errno == EEXIST)
        say_error("output \"%s\" is not a directory", folder);
    else
        say_error("cannot make directory \"%s\": %s", folder, g_strerror(errno));
    return EXIT_IO;
}

static ExitStatus check_arguments(const Options *options)
{
    if (!options->arguments[0]) {
        say_error("no survey is named");
        say_hint("as in `assess batch survey.csv -o graded`");
        return EXIT_USAGE;
    }
    if (options->arguments[1]) {
        say_error("one survey is graded at a time, not also \"%s\"", options->arguments[1]);
        return EXIT_USAGE;
    }
    if (!options->output) {
        say_error("-o is missing: the directory for the results");
        say_hint("`-o -` writes results.csv to standard output");
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static ExitStatus run(const Options *options)
{
    g_autoptr(Session) session = session_new(options);
    g_autoptr(Vocabulary) vocabulary = NULL;
    g_autoptr(Extras) extras = NULL;
    g_autoptr(Layouts) layouts = NULL;
    g_autofree char *layout = NULL;
    Run batch = { .options = options };
    BatchOrder order = { .input = options->arguments[0],
                         .date = options->day,
                         .strict = options->strict,
                         .survey = { .encoding = options->encoding,
                                     .delimiter = options->separator,
                                     .map = options->map },
                         .has_mark = !options->no_bom,
                         .jobs = options->jobs ? (guint)options->jobs : g_get_num_processors(),
                         .stop = &batch.stop,
                         .tell = tell,
                         .data = &batch };
    ExitStatus status = check_arguments(options);

    if (status == EXIT_DONE)
        status = session_open(session);
    if (status == EXIT_DONE)
        layouts = session_layouts(session, &layout, &status);
    if (status == EXIT_DONE)
        status = make_folder(options->output);
    if (status != EXIT_DONE)
        return status;
    order.layouts = layouts;
    order.survey.layout = layout;
    vocabulary = vocabulary_new(session->rubric);
    order.plan = session->plan;
    order.vocabulary = vocabulary;
    order.folder = strcmp(options->output, "-") == 0 ? NULL : options->output;
    extras = batch.extras = extras_open(session, &order, &status);
    return extras ? run_batch(&batch, &order, session) : status;
}

const Command command_batch = {
    .name = "batch",
    .arguments = "SURVEY.csv",
    .summary = "grade a survey export: a row of results for each company",
    .text = "Grades every record of a table and writes into the directory of -o:\n"
            "results.csv, a row for each company that was graded, and rejects.csv, a row for\n"
            "each record that was not, and why. Memory does not grow with the survey.\n"
            "`-` is standard input; `-o -` writes results.csv to standard output.\n"
            "--reports makes a PDF for each company, a thousand in a folder: reports/000 ...,\n"
            "with reports/index.csv from company to file.",
    .example = "assess batch survey.csv -o graded\n"
               "assess batch survey.csv -o graded -j 8\n"
               "assess batch survey.csv -o graded --reports advanced --lang zh\n"
               "zcat survey.csv.gz | assess batch - -o - | head",
    .uses = USE_RUBRIC | USE_PROFILE | USE_LANGUAGE | USE_OUTPUT | USE_DATE | USE_STRICT |
            USE_ENCODING | USE_SURVEY | USE_BATCH | USE_EXTRAS | USE_QUIET | USE_VERBOSE,
    .output = "directory for the files, made if it is not there; `-`: results to standard output",
    .run = run,
};
