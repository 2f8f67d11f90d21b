#include "cli/selection.h"

#include "cli/say.h"
#include "cohort/ranking.h"
#include "cohort/sample.h"

gboolean selection_is_wanted(const Options *options)
{
    return options->places > 0 || options->draws > 0;
}

static ExitStatus tell_ranking(const Options *options, const RankingCount *count)
{
    g_autofree char *companies = say_count(count->companies, "company", "companies"),
                    *places = say_count(options->places, "place", "places"),
                    *tied = say_count(count->tied, "of them is", "of them are");
    g_autoptr(GString) text = g_string_new(NULL);

    if (options->quiet)
        return EXIT_DONE;
    g_string_append_printf(text, "%" G_GUINT64_FORMAT " of %s for %s, see %s\n", count->listed,
                           companies, places, RANKING_FILE);
    if (count->tied > 0)
        g_string_append_printf(text, "%s tied at the cut\n", tied);
    if (count->undetermined > 0)
        g_string_append_printf(text,
                               "%" G_GUINT64_FORMAT " below the cut could be above it once their "
                               "blanks are answered\n",
                               count->undetermined);
    return say_text(text->str);
}

static ExitStatus rank(const Session *session, const char *folder)
{
    const Options *options = session->options;
    g_autoptr(GError) error = NULL;
    RankingCount count;

    if (!ranking_write(folder, session->rubric, options->places, !options->no_bom, &count, &error))
        return session_failed(error);
    return tell_ranking(options, &count);
}

static ExitStatus draw(const Session *session, const char *folder)
{
    const Options *options = session->options;
    g_autoptr(GError) error = NULL;
    g_autofree char *companies = NULL, *text = NULL;
    guint drawn = 0;

    if (!sample_write(folder, options->draws, options->seed, !options->no_bom, &drawn, &error))
        return session_failed(error);
    companies = say_count(drawn, "company", "companies");
    text = g_strdup_printf("%s drawn, see %s\n", companies, SAMPLE_FILE);
    return options->quiet ? EXIT_DONE : say_text(text);
}

ExitStatus selection_make(const Session *session, const char *folder)
{
    ExitStatus status = session->options->places > 0 ? rank(session, folder) : EXIT_DONE;

    return session->options->draws > 0 ? status_worse(status, draw(session, folder)) : status;
}
