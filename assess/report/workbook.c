#include "report/workbook.h"

#include "report/imprint.h"
#include "report/workbook_sheets.h"

static GBytes *finish(Xlsx *xlsx, const Story *story, GError **error)
{
    g_auto(Imprint) imprint = imprint_of(story);
    XlsxInfo info = { imprint.title, imprint.subject, imprint.author, imprint.keywords,
                      story->assessment->date };

    return xlsx_finish(xlsx, &info, error);
}

GBytes *report_workbook(const Assessment *assessment, const Template *template,
                        const char *const *languages, Findings *findings, GError **error)
{
    static void (*const SHEETS[])(Xlsx *, const Story *) = {
        workbook_summary,    workbook_requirements, workbook_scenes,
        workbook_indicators, workbook_answers,      workbook_gaps,
    };
    g_autoptr(Xlsx) xlsx = xlsx_new(error);
    Story first = story_of(assessment, template, languages[0]);

    if (!xlsx)
        return NULL;
    for (guint i = 0; languages[i]; i++) {
        Story story = story_of(assessment, template, languages[i]);

        story.is_whole = TRUE;
        for (guint sheet = 0; sheet < G_N_ELEMENTS(SHEETS); sheet++)
            SHEETS[sheet](xlsx, &story);
    }
    xlsx_tell_cut(xlsx, findings);
    return finish(xlsx, &first, error);
}
