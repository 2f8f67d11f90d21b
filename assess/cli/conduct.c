#include "cli/conduct.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "batch/widening.h"
#include "cli/extras.h"
#include "cli/opening.h"
#include "cli/outcome.h"
#include "cli/say.h"
#include "cli/session.h"
#include "cli/tty.h"

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
    gint64 begun, told;        /* monotonic microseconds */
    guint64 skipped;           /* bytes of the survey that were graded before */
    gboolean is_shown;         /* a line of progress stands on the terminal */
} Run;

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

/* ---- running ---- */

static Outcome outcome_of(const Run *run)
{
    return (Outcome){ run->options, run->order, run->batch, run->shards != NULL };
}

/* What is made of the results, unless it was made before: told in `more`. */
static ExitStatus make_more(Run *run, Batch *batch, GString *more)
{
    ExitStatus status;

    if (!batch_wants_more(batch))
        return EXIT_DONE;
    run->begun = run->told = g_get_monotonic_time();
    run->skipped = 0;
    status = extras_make(run->extras, batch_count(batch)->graded, more);
    end_progress(run);
    return status;
}

/* Then all is put into place, and told. */
static ExitStatus end_run(Run *run, Batch *batch)
{
    const Outcome outcome = outcome_of(run);
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) more = g_string_new(NULL);
    ExitStatus status;

    if (batch_count(batch)->is_stopped)
        return outcome_stopped(&outcome);
    status = make_more(run, batch, more);
    if (extras_is_stopped(run->extras))
        return outcome_stopped(&outcome);
    if (status == EXIT_IO) {
        outcome_hint_resume(&outcome);
        return status;
    }
    if (!batch_end(batch, &error))
        return status_worse(status, outcome_broken(&outcome, error));
    return status_worse(outcome_say(&outcome, more->str), status);
}

/* Grade, or put together. FALSE with `error`. */
static gboolean work(const Run *run, Batch *batch, GError **error)
{
    return run->shards ? batch_merge(batch, run->shards, error) : batch_run(batch, error);
}

static ExitStatus enter_and_work(Run *run, Batch *batch)
{
    const Outcome outcome = outcome_of(run);
    g_autoptr(GError) error = NULL;
    ExitStatus status;

    if (!batch_enter(batch, &error))
        return outcome_failed(error, outcome.is_merge);
    status = batch_wants_more(batch) ? extras_begin(run->extras, batch) : EXIT_DONE;
    if (status != EXIT_DONE)
        return status;
    run->begun = run->told = g_get_monotonic_time();
    if (work(run, batch, &error)) {
        end_progress(run);
        return end_run(run, batch);
    }
    end_progress(run);
    return outcome_broken(&outcome, error);
}

static ExitStatus refuse_survey(const Run *run, const Session *session, Findings *findings)
{
    findings_sort(findings);
    if (run->shards || !opening_refused(session, run->order))
        session_tell(session, findings);
    return EXIT_REFUSED;
}

static ExitStatus run_batch(Run *run, const Session *session)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(Batch) batch = batch_open(run->order, findings, &error);

    if (!batch)
        return error ? outcome_failed(error, run->shards != NULL)
                     : refuse_survey(run, session, findings);
    opening_tell(batch_survey(batch), run->options->verbose, findings);
    findings_sort(findings);
    session_tell(session, findings);
    run->batch = batch;
    return enter_and_work(run, batch);
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
        return error ? outcome_failed(error, FALSE) : EXIT_REFUSED;
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
    Run run = { .options = session->options, .order = order, .shards = shards };
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
    order->tell = tell;
    order->data = &run;
    status = widen(session, order, &wide);
    if (status == EXIT_DONE)
        status = session_probe_map(order->survey.map);
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
