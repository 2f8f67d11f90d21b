#include "cli/check_template.h"

#include "base/text.h"

ExitStatus check_template(const Session *session, const char *path, Findings *findings,
                          GString *summary)
{
    g_autoptr(Findings) own = findings_new();
    g_autoptr(GError) error = NULL;
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
