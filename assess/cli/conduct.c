#include "cli/conduct.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/extras.h"
#include "cli/extras.h"
#include "cli/say.h"
#include "cli/session.h"
#include "cli/tty.h"
#include "cohort/widening.h"

enum {
    TELL_EVERY = 500 * 1000, /* microseconds between two lines of progress on a terminal ... */
    TELL_RARELY = 20         /* ... and so many times longer elsewhere */
};

typedef struct {
    const Options *options;
    const BatchOrder *order;
    const Batch *batch;
    Extras *extras;            /* what is made after it */
    const char *const *shards; /* to put together; NULL: grade */
    const char *duplicates;    /* the policy */
    sigset_t signals;          /* that interrupt: held back, and looked for now and then */
    gint stop;
    gint64 begun, told; /* monotonic microseconds */
    guint64 skipped;    /* bytes of the survey that were graded before */
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
    guint64 all = extras ? extras->companies : batch->graded;
    guint64 now = extras ? extras->companies : batch->records - batch->resumed;
    guint64 taken = extras ? extras->taken : batch->taken;
    double seconds = (double)(run->told - run->begun) / G_USEC_PER_SEC;
    double speed = (double)(taken - MIN(taken, run->skipped)) / seconds;
    double rest = (double)(batch->size - MIN(taken, batch->size));
    g_autofree char *left =
        batch->size && speed > 0
            ? g_strdup_printf(", %.0f%%, %.0f s left", 100 - 100 * rest / (double)batch->size,
                              rest / speed)
            : g_strdup("");

    fprintf(stderr, "%s%" G_GUINT64_FORMAT " companies%s, %.0f a second%s%s",
            on_terminal ? "\r\033[K" : "", all, extras ? " delivered" : "", (double)now / seconds,
            left, on_terminal ? "" : "\n");
    run->is_shown = on_terminal;
}

static void tell(gpointer data)
{
    Run *run = data;
    gint64 now = g_get_monotonic_time();
    gboolean on_terminal = tty_is_terminal(STDERR_FILENO);

    look_for_signals(run);
    if (batch_count(run->batch)->resumed > 0 && run->skipped == 0 && !extras_count(run->extras))
        run->skipped = batch_count(run->batch)->taken;
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

static void append_duplicates(const Run *run, GString *text)
{
    const DuplicateCount *count = &batch_count(run->batch)->duplicates;

    g_autofree char *further =
        say_count(count->left_out, "of them is a further record", "of them are further records");

    if (count->left_out > 0)
        g_string_append_printf(text, "%s of a company: %s counts (--duplicates)\n", further,
                               run->duplicates);
}

static void append_quotes(const Run *run, GString *text)
{
    guint64 first = batch_tally(run->batch)->first_quote;

    if (first > 0)
        g_string_append_printf(text,
                               "quotes inside unquoted cells are taken as text, first in record "
                               "%" G_GUINT64_FORMAT "\n",
                               first);
}

/* Standard output is taken: words go elsewhere. */
static ExitStatus say_outcome(const Run *run)
{
    const BatchCount *count = batch_count(run->batch);
    g_autofree char *records = say_count(count->records, "record", "records"),
                    *filtered = say_count(count->filtered, "is left out", "are left out");
    g_autoptr(GString) text = g_string_new(NULL);

    g_string_append_printf(
        text, "%s: %" G_GUINT64_FORMAT " graded, %" G_GUINT64_FORMAT " not%s\n", records,
        count->graded, count->rejected,
        count->rejected && run->order->folder && !run->order->shards ? ", see " BATCH_REJECTS : "");
    if (count->filtered > 0)
        g_string_append_printf(text, "%s by --where\n", filtered);
    append_duplicates(run, text);
    append_quotes(run, text);
    if (run->order->folder)
        return say_text(text->str);
    fputs(text->str, stderr);
    return EXIT_DONE;
}

static ExitStatus say_stopped(const Run *run)
{
    g_autofree char *records = say_count(batch_count(run->batch)->records, "record", "records");

    say_error("interrupted after %s", records);
    if (run->order->folder)
        say_hint(run->shards ? "the same command with --force begins anew"
                             : "the same command with --resume goes on");
    return EXIT_IO; /* not all that was asked for could be written */
}

static ExitStatus status_of(const Run *run)
{
    const BatchCount *count = batch_count(run->batch);
    ExitStatus status = EXIT_DONE;

    if (count->is_stopped)
        return say_stopped(run);
    if (count->was_done && !run->options->quiet)
        say_result("\"%s\" is complete already", run->order->folder);
    if (count->fault)
        say_error("the survey cannot be read to its end: %s", count->fault);
    if (!run->options->quiet)
        status = say_outcome(run);
    if (count->fault || (run->options->strict && count->rejected > 0))
        status = status_worse(status, EXIT_REFUSED);
    if (count->duplicates.left_out > 0 && run->order->duplicates == DUPLICATES_ERROR) {
        g_autofree char *further =
            say_count(count->duplicates.left_out, "record is a further one of a company",
                      "records are further ones of a company");

        say_error("%s", further);
        status = status_worse(status, EXIT_REFUSED);
    }
    return status;
}

ExitStatus conduct_failed(const GError *error, gboolean is_merge)
{
    if (!error || error->domain != BATCH_ERROR)
        return session_failed(error);
    say_error("%s", error->message);
    if (g_error_matches(error, BATCH_ERROR, BATCH_ERROR_EXISTS))
        say_hint(is_merge ? "--force begins anew"
                          : "--resume goes on with it, --force begins anew");
    if (g_error_matches(error, BATCH_ERROR, BATCH_ERROR_OTHER))
        say_hint("the run can go on with the options and the files it began with; "
                 "--force without --resume begins anew");
    if (g_error_matches(error, BATCH_ERROR, BATCH_ERROR_SHARDS))
        return EXIT_REFUSED;
    return g_error_matches(error, BATCH_ERROR, BATCH_ERROR_SIZE) ? EXIT_USAGE : EXIT_IO;
}

/* What is made of the results, unless it was made before; then all is put into place. */
static ExitStatus end_run(Run *run, Batch *batch)
{
    g_autoptr(GError) error = NULL;
    ExitStatus status = status_of(run);

    if (batch_count(batch)->is_stopped)
        return status;
    if (batch_wants_more(batch)) {
        ExitStatus made;

        run->begun = run->told = g_get_monotonic_time();
        run->skipped = 0;
        made = extras_make(run->extras, batch_count(batch)->graded);
        end_progress(run);
        status = status_worse(status, made);
        if (made == EXIT_IO)
            return status;
    }
    return batch_end(batch, &error) ? status : status_worse(status, session_failed(error));
}

/* Grade, or put together. FALSE with `error`. */
static gboolean work(const Run *run, Batch *batch, GError **error)
{
    return run->shards ? batch_merge(batch, run->shards, error) : batch_run(batch, error);
}

static ExitStatus run_batch(Run *run, const Session *session)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(Batch) batch = batch_open(run->order, findings, &error);
    ExitStatus status;

    findings_sort(findings);
    session_tell(session, findings);
    if (!batch)
        return error ? conduct_failed(error, run->shards != NULL) : EXIT_REFUSED;
    run->batch = batch;
    if (!batch_enter(batch, &error))
        return conduct_failed(error, run->shards != NULL);
    status = batch_wants_more(batch) ? extras_begin(run->extras, batch) : EXIT_DONE;
    if (status != EXIT_DONE)
        return status;
    run->begun = run->told = g_get_monotonic_time();
    hold_signals(run);
    if (!work(run, batch, &error)) {
        end_progress(run);
        return conduct_failed(error, run->shards != NULL);
    }
    end_progress(run);
    return end_run(run, batch);
}

/* A long table, rewritten. */
typedef struct {
    Widened copy;
    char *name;
} Wide;

static void forget_wide(Wide *wide)
{
    if (wide->copy.path)
        g_unlink(wide->copy.path);
    widened_clear(&wide->copy);
    g_free(wide->name);
}

/* A survey with one answer a row is graded from a copy with one row a respondent. */
static ExitStatus widen(Session *session, BatchOrder *order, Wide *wide)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    Widening widening = { .input = order->input,
                          .vocabulary = order->vocabulary,
                          .layouts = order->layouts,
                          .survey = &order->survey,
                          .stop = order->stop };
    gboolean is_done;

    wide->name = g_path_get_basename(order->input);
    widening.name = wide->name;
    is_done = widening_do(&widening, &wide->copy, findings, &error);
    session_tell(session, findings);
    if (!is_done)
        return error ? conduct_failed(error, FALSE) : EXIT_REFUSED;
    if (!wide->copy.path)
        return EXIT_DONE;
    if (order->survey.map) {
        say_error("--map is for a table with a row for each respondent, and \"%s\" has a row for "
                  "each answer",
                  order->input);
        return EXIT_USAGE;
    }
    order->origin = order->input;
    order->origin_survey = order->survey;
    order->origin_survey.encoding = wide->copy.encoding;
    order->input = wide->copy.path;
    order->name = wide->name;
    order->survey =
        (SurveyOptions){ .encoding = "UTF-8", .delimiter = ',', .layout = wide->copy.layout };
    return EXIT_DONE;
}

/* Of --where; NULL for all companies. FALSE if it is said what is wrong. */
static gboolean find_filter(const Options *options, const Vocabulary *vocabulary, Filter **filter)
{
    g_autofree char *problem = NULL;
    g_autofree char *hint = NULL;

    if (!options->where)
        return TRUE;
    *filter = filter_new(vocabulary, (const char *const *)options->where, &problem, &hint);
    if (*filter)
        return TRUE;
    say_error("--where: %s", problem);
    if (hint)
        say_hint("%s", hint);
    return FALSE;
}

/* All of --where, a line each; NULL if there is none. Free with g_free(). */
static char *where_text(const Options *options)
{
    return options->where ? g_strjoinv("\n", options->where) : NULL;
}

ExitStatus conduct(Session *session, BatchOrder *order, const char *const *shards)
{
    g_autoptr(Vocabulary) vocabulary = vocabulary_new(session->rubric);
    Run run = { .options = session->options,
                .order = order,
                .shards = shards,
                .duplicates = duplicates_name(order->duplicates) };
    ExitStatus status = EXIT_DONE;
    Wide wide = { 0 };
    g_autoptr(Filter) filter = NULL;
    g_autofree char *layout = NULL;
    g_autofree char *where = where_text(session->options);
    g_autoptr(Layouts) layouts = session_layouts(session, &layout, &status);

    if (status != EXIT_DONE)
        return status;
    order->layouts = layouts;
    order->layout = session->options->layout;
    order->survey.layout = layout;
    order->plan = session->plan;
    order->rubric = session->rubric->ini->path;
    order->vocabulary = vocabulary;
    order->where = where;
    if (!find_filter(session->options, vocabulary, &filter))
        return EXIT_USAGE;
    order->filter = filter;
    order->stop = &run.stop;
    order->tell = tell;
    order->data = &run;
    status = widen(session, order, &wide);
    if (status == EXIT_DONE)
        run.extras = extras_open(session, order, &status);
    if (run.extras) {
        extras_pin(run.extras, order);
        status = run_batch(&run, session);
    }
    extras_free(run.extras);
    forget_wide(&wide);
    return status;
}
