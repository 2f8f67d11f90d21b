#include "cli/check_template.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"

/* Whether a line of the text opens the section: most files are rubrics, and reading one twice for
 * this would cost as much as all else. */
static gboolean opens(GBytes *bytes, const char *head)
{
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);
    const char *at = size > 0 ? g_strstr_len(text, (gssize)size, head) : NULL;

    for (; at; at = g_strstr_len(at + 1, (gssize)(size - (gsize)(at + 1 - text)), head)) {
        const char *before = at;

        while (before > text && strchr(" \t", before[-1]))
            before--;
        if (before == text || before[-1] == '\n' || before[-1] == '\xbf') /* or a byte order mark */
            return TRUE;
    }
    return FALSE;
}

/* A name of a rubric is one of a rubric, even if a template has it, too. */
gboolean check_is_template(const Session *session, const char *reference)
{
    g_autofree char *path = library_report(session->library, reference, NULL);
    g_autofree char *rubric = library_rubric(session->library, reference, NULL);
    g_autoptr(GBytes) bytes = NULL;

    if (!path || (rubric && g_strcmp0(rubric, reference) != 0) || g_str_equal(path, "-"))
        return FALSE;
    bytes = file_read(path, NULL);
    return bytes && opens(bytes, "[report]") && !opens(bytes, "[rubric]");
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
