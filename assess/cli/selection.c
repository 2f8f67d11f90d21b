#include "cli/selection.h"

#include "batch/ranking.h"
#include "batch/sample.h"
#include "cli/say.h"

gboolean selection_is_wanted(const Options *options)
{
    return options->places > 0 || options->draws > 0;
}

static void tell_ranking(const Options *options, const RankingCount *count, GString *text)
{
    g_autofree char *companies = say_count(count->companies, "company", "companies"),
                    *places = say_count(options->places, "place", "places"),
                    *tied = say_count(count->tied, "of them is", "of them are");

    g_string_append_printf(text, "%" G_GUINT64_FORMAT " of %s for %s, see %s\n", count->listed,
                           companies, places, RANKING_FILE);
    if (count->tied > 0)
        g_string_append_printf(text, "%s tied at the cut\n", tied);
    if (count->undetermined > 0)
        g_string_append_printf(text,
                               "%" G_GUINT64_FORMAT " below the cut could be above it once their "
                               "blanks are answered\n",
                               count->undetermined);
}

static ExitStatus rank(const Session *session, const char *folder, GString *text)
{
    const Options *options = session->options;
    g_autoptr(GError) error = NULL;
    RankingCount count;

    if (!ranking_write(folder, session->rubric, options->places, !options->no_bom, &count, &error))
        return session_failed(error);
    tell_ranking(options, &count, text);
    return EXIT_DONE;
}

static ExitStatus draw(const Session *session, const char *folder, GString *text)
{
    const Options *options = session->options;
    g_autoptr(GError) error = NULL;
    g_autofree char *companies = NULL;
    guint drawn = 0;

    if (!sample_write(folder, options->draws, options->seed, !options->no_bom, &drawn, &error))
        return session_failed(error);
    companies = say_count(drawn, "company", "companies");
    g_string_append_printf(text, "%s drawn, see %s\n", companies, SAMPLE_FILE);
    return EXIT_DONE;
}

ExitStatus selection_make(const Session *session, const char *folder, GString *text)
{
    ExitStatus status = session->options->places > 0 ? rank(session, folder, text) : EXIT_DONE;

    return session->options->draws > 0 ? status_worse(status, draw(session, folder, text)) : status;
}
