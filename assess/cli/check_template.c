#include "cli/check_template.h"

#include "base/text.h"

/* A name of a rubric is one of a rubric, even if a template has it, too. */
gboolean check_is_template(const Session *session, const char *reference)
{
    g_autoptr(Findings) findings = findings_new();
    g_autofree char *path = library_report(session->library, reference, NULL);
    g_autofree char *rubric = library_rubric(session->library, reference, NULL);
    g_autoptr(Ini) ini = NULL;

    if (!path || (rubric && g_strcmp0(rubric, reference) != 0) || g_str_equal(path, "-"))
        return FALSE;
    ini = ini_load(path, findings, NULL);
    return ini && ini_section(ini, "report", NULL) && !ini_section(ini, "rubric", NULL);
}

ExitStatus check_template(const Session *session, const char *reference, Findings *findings,
                          GString *summary)
{
    g_autoptr(Findings) own = findings_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *path = library_report(session->library, reference, NULL);
    g_autoptr(Template) template =
        template_load(path, library_locate_template, session->library, own, &error);
    g_autofree char *visible = text_visible(path);

    if (error)
        return session_failed(error);
    findings_sort(own);
    findings_append(findings, own);
    if (template)
        g_string_append_printf(summary, "%s: template of a report, %u blocks\n", visible,
                               template->chapters->len);
    else
        g_string_append_printf(summary, "%s: not used until this is mended\n", visible);
    return !template || (session->options->strict && findings_of(own, SEVERITY_WARNING) > 0)
               ? EXIT_REFUSED
               : EXIT_DONE;
}
