#include "cli/outcome.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "batch/marker.h"
#include "cli/say.h"

#define COUNT "%" G_GUINT64_FORMAT

/* ---- why records were not graded ---- */

typedef struct {
    const char *reason;
    guint64 count;
} Reason;

static int by_count(gconstpointer a, gconstpointer b)
{
    const Reason *one = a, *other = b;

    if (one->count != other->count)
        return one->count < other->count ? 1 : -1;
    return strcmp(one->reason, other->reason);
}

static void add_reason(GArray *reasons, const char *reason, guint64 count)
{
    const Reason one = { reason, count };

    if (count > 0)
        g_array_append_val(reasons, one);
}

/* As they stand in cohort.json; a run that was complete before has no such numbers. */
static GArray *reasons_of(const Outcome *outcome)
{
    const DuplicateCount *duplicates = &batch_count(outcome->batch)->duplicates;
    const Statistics *statistics =
        batch_count(outcome->batch)->is_cut ? NULL : batch_statistics(outcome->batch);
    GArray *reasons = g_array_new(FALSE, FALSE, sizeof(Reason));
    gpointer reason, count;
    GHashTableIter iter;

    if (statistics)
        g_hash_table_iter_init(&iter, statistics->rejected);
    while (statistics && g_hash_table_iter_next(&iter, &reason, &count))
        add_reason(reasons, reason, (guint64) * (gint64 *)count);
    if (!outcome->order->folder)
        add_reason(reasons, MARKER_DUPLICATE, duplicates->left_out);
    g_array_sort(reasons, by_count);
    return reasons;
}

/* What stands behind a reason that an option is about. */
static char *policy_of(const Outcome *outcome, const char *reason)
{
    const char *name = duplicates_name(outcome->order->duplicates);

    if (strcmp(reason, MARKER_DUPLICATE) != 0 && strcmp(reason, MARKER_ANOTHER) != 0)
        return g_strdup("");
    if (outcome->order->duplicates == DUPLICATES_ERROR)
        return g_strdup(": none counts (--duplicates error)");
    return g_strdup_printf(" of another record of the company: the %s counts (--duplicates)", name);
}

static void append_reasons(const Outcome *outcome, GString *text)
{
    g_autoptr(GArray) reasons = reasons_of(outcome);

    for (guint i = 0; i < reasons->len; i++) {
        const Reason *one = &g_array_index(reasons, Reason, i);
        g_autofree char *policy = policy_of(outcome, one->reason);

        g_string_append_printf(text, "  " COUNT ": %s%s\n", one->count, one->reason, policy);
    }
}

/* ---- the whole ---- */

static gboolean has_tables(const Outcome *outcome)
{
    return outcome->order->folder && outcome->order->shards == 0;
}

static void append_quotes(const Outcome *outcome, GString *text)
{
    guint64 first = batch_tally(outcome->batch)->first_quote;

    if (first > 0)
        g_string_append_printf(
            text, "quotes inside unquoted cells are taken as text, first in record " COUNT "\n",
            first);
}

/* What stands in cells and says nothing. */
static void tell_unread(const Outcome *outcome)
{
    const SurveyTally *tally = batch_tally(outcome->batch);
    const gboolean is_cut = batch_count(outcome->batch)->is_cut;
    g_autofree char *answers = say_count(tally->unread, "answer", "answers"),
                    *records = say_count(tally->unread_rows, "record", "records"),
                    *lacking =
                        say_count(tally->lacking, "required answer is", "required answers are");
    const char *see = has_tables(outcome) ? ": see " BATCH_FINDINGS : "";

    if (tally->unread > 0 && !is_cut)
        say_warning("%s in %s could not be read and %s as blank%s", answers, records,
                    tally->unread == 1 ? "counts" : "count", see);
    if (tally->lacking > 0 && !is_cut)
        say_warning("%s not given%s", lacking, see);
}

/* Standard output is taken by the results of `-o -`: words go elsewhere. */
static ExitStatus say_counts(const Outcome *outcome, const char *more)
{
    const BatchCount *count = batch_count(outcome->batch);
    g_autofree char *records = say_count(count->records, "record", "records"),
                    *filtered = say_count(count->filtered, "is left out", "are left out");
    g_autoptr(GString) text = g_string_new(NULL);

    g_string_append_printf(text, "%s: " COUNT " graded, " COUNT " not%s\n", records, count->graded,
                           count->rejected,
                           count->rejected && has_tables(outcome) ? ", see " BATCH_REJECTS : "");
    append_reasons(outcome, text);
    if (count->filtered > 0)
        g_string_append_printf(text, "%s by --where\n", filtered);
    append_quotes(outcome, text);
    g_string_append(text, more);
    tell_unread(outcome);
    if (outcome->order->folder)
        return say_text(text->str);
    fputs(text->str, stderr);
    return EXIT_DONE;
}

static ExitStatus refuse_duplicates(const DuplicateCount *count, gboolean is_cut)
{
    if (is_cut)
        say_error("record " COUNT " is of a company that stood there before: the results end "
                  "before it",
                  count->second);
    else
        say_error(COUNT " records are of companies that stand in the survey several times",
                  count->left_out);
    return EXIT_REFUSED;
}

ExitStatus outcome_say(const Outcome *outcome, const char *more)
{
    const BatchCount *count = batch_count(outcome->batch);
    const guint64 left_out = count->duplicates.left_out;
    const gboolean is_quiet = outcome->options->quiet;
    ExitStatus status = EXIT_DONE;

    if (count->was_done && !is_quiet)
        say_result("\"%s\" is complete already", outcome->order->folder);
    if (count->fault)
        say_error("the survey cannot be read to its end: %s", count->fault);
    if (!is_quiet)
        status = say_counts(outcome, more);
    if (count->fault || (outcome->options->strict && count->rejected > 0))
        status = status_worse(status, EXIT_REFUSED);
    if (left_out > 0 && outcome->order->duplicates == DUPLICATES_ERROR)
        status = status_worse(status, refuse_duplicates(&count->duplicates, count->is_cut));
    return status;
}

ExitStatus outcome_stopped(const Outcome *outcome)
{
    g_autofree char *records = say_count(batch_count(outcome->batch)->records, "record", "records");

    say_error("interrupted after %s", records);
    if (outcome->order->folder)
        say_hint(outcome->is_merge ? "the same command with --force begins anew"
                                   : "the same command with --resume goes on");
    return EXIT_IO; /* not all that was asked for could be written */
}

void outcome_hint_resume(const Outcome *outcome)
{
    if (outcome->order->folder)
        say_hint(outcome->is_merge
                     ? "once that is mended, the same command with --force begins anew"
                     : "once that is mended, the same command with --resume goes on");
}

ExitStatus outcome_broken(const Outcome *outcome, const GError *error)
{
    const ExitStatus status = outcome_failed(error, outcome->is_merge);

    if (error && error->domain == FILE_IO_ERROR && error->code != FILE_IO_ERROR_CLOSED)
        outcome_hint_resume(outcome);
    return status;
}

ExitStatus outcome_failed(const GError *error, gboolean is_merge)
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
