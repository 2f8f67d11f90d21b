#include "cohort/cohort_report.h"

#include <string.h>

#include "base/date.h"
#include "cohort/cohort_story.h"
#include "report/html.h"
#include "report/pdf.h"

typedef struct {
    const Statistics *statistics;
    const CohortOrigin *origin;
} Matter;

static const struct {
    const char *name;
    void (*tell)(const Telling *telling);
} chapters[] = {
    { "cohort_cover", telling_cover },         { "cohort_levels", telling_levels },
    { "cohort_groups", telling_groups },       { "cohort_scores", telling_scores },
    { "cohort_blockers", telling_blockers },   { "cohort_scenes", telling_scenes },
    { "cohort_blanks", telling_blanks },       { "cohort_indicators", telling_indicators },
    { "cohort_suspicion", telling_suspicion }, { "cohort_rejected", telling_rejected },
    { "cohort_method", telling_method },
};

static char *name_cohort(const Story *story, gconstpointer data)
{
    const Matter *matter = data;
    /* a telling that only words are asked of changes nothing */
    Telling telling = { (Story *)(gpointer)story, matter->statistics, matter->origin };
    gint64 companies = tallies_companies(matter->statistics);
    gboolean is_withheld = companies == COHORT_WITHHELD;
    g_autofree char *number =
        telling_number(&telling, is_withheld ? matter->statistics->min_group : companies);

    return TELLING_FILL(&telling,
                        is_withheld      ? "name_withheld"
                        : companies == 1 ? "name_one"
                                         : "name",
                        "number", number);
}

static void tell_chapter(const Telling *telling, const Chapter *chapter)
{
    if (chapter->tell)
        chapter->tell(telling->story);
    for (guint i = 0; i < G_N_ELEMENTS(chapters); i++)
        if (strcmp(chapters[i].name, chapter->name) == 0)
            chapters[i].tell(telling);
}

static void tell_cohort(Story *story, gconstpointer data)
{
    const Matter *matter = data;
    Telling telling = { story, matter->statistics, matter->origin };
    const GArray *named = story->template->chapters;

    for (guint i = 0; i < named->len; i++)
        tell_chapter(&telling, &story_chapters()[g_array_index(named, guint, i)]);
}

static Subject subject_of(const Matter *matter)
{
    gint32 date = 0;

    date_parse(matter->statistics->date, &date);
    return (Subject){ matter->statistics->plan->rubric, date, name_cohort, tell_cohort, matter };
}

GBytes *cohort_pdf(const Statistics *statistics, const CohortOrigin *origin,
                   const Template *template, const char *const *languages, Findings *findings,
                   GError **error)
{
    Matter matter = { statistics, origin };
    Subject subject = subject_of(&matter);
    g_autoptr(ReportPrinter) printer =
        report_printer_new(template, statistics->plan->rubric, languages, error);

    g_return_val_if_fail(template->is_of_cohort, NULL);
    return printer ? report_printer_tell(printer, &subject, findings, error) : NULL;
}

GBytes *cohort_html(const Statistics *statistics, const CohortOrigin *origin,
                    const Template *template, const char *const *languages)
{
    Matter matter = { statistics, origin };
    Subject subject = subject_of(&matter);

    g_return_val_if_fail(template->is_of_cohort, NULL);
    return report_html_tell(&subject, template, languages);
}
