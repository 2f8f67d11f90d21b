#include "cli/check_survey.h"

#include "base/text.h"
#include "survey/survey_map.h"

/* Refuse what has faults; these go to all findings. */
static ExitStatus close_check(const Session *session, const char *path, Findings *own,
                              Findings *findings, GString *summary)
{
    gboolean is_faulty = findings_of(own, SEVERITY_ERROR) > 0;
    g_autofree char *visible = text_visible(path);

    findings_sort(own);
    findings_append(findings, own);
    if (is_faulty)
        g_string_append_printf(summary, "%s: not used until this is mended\n", visible);
    return is_faulty || (session->options->strict && findings_of(own, SEVERITY_WARNING) > 0)
               ? EXIT_REFUSED
               : EXIT_DONE;
}

ExitStatus check_layout(const Session *session, const char *path, Findings *findings,
                        GString *summary)
{
    g_autoptr(Layouts) layouts = layouts_new();
    g_autoptr(Findings) own = findings_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *visible = text_visible(path);
    const Layout *layout;

    if (layouts_load(layouts, path, library_locate_layout, session->library, own, &error)) {
        layout = layouts_at(layouts, 0);
        g_string_append_printf(summary, "%s: layout of a survey tool, %u sign%s%s\n", visible,
                               layout->signs->len, layout->signs->len == 1 ? "" : "s",
                               layout->signs->len ? "" : ": used where --layout names it");
    } else if (error) {
        return session_failed(error);
    }
    return close_check(session, path, own, findings, summary);
}

ExitStatus check_mapping(Session *session, const char *path, Findings *findings, GString *summary)
{
    g_autoptr(Findings) own = findings_new();
    g_autoptr(Vocabulary) vocabulary = NULL;
    g_autoptr(Binder) binder = NULL;
    g_autoptr(SurveyMap) map = NULL;
    g_autofree char *visible = text_visible(path);
    ExitStatus status = session->rubric ? EXIT_DONE : session_open(session);

    if (status != EXIT_DONE)
        return status;
    vocabulary = vocabulary_new(session->rubric);
    binder = binder_new(vocabulary, layout_plain());
    map = survey_map_load(path, binder, own);
    if (findings_of(own, SEVERITY_ERROR) == 0)
        g_string_append_printf(summary, "%s: mapping of %u column%s to %s@%s\n", visible,
                               survey_map_count(map), survey_map_count(map) == 1 ? "" : "s",
                               session->rubric->id, session->rubric->edition);
    return close_check(session, path, own, findings, summary);
}
