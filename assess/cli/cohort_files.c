#include "cli/cohort_files.h"

#include "base/file.h"
#include "cli/say.h"
#include "cohort/cohort_report.h"
#include "cohort/withholding.h"

static Template *open_template(const Session *session, ExitStatus *status)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *path = library_template(session->library, TEMPLATE_OF_COHORTS, &error);
    Template *template =
        path ? template_load(path, library_locate_template, session->library, findings, &error)
             : NULL;

    if (template && template->is_of_cohort)
        return template;
    say_findings(findings, SEVERITY_ERROR, TRUE);
    say_error("%s", error      ? error->message
                    : template ? "the template \"" TEMPLATE_OF_COHORTS "\" tells of one company"
                               : "the template \"" TEMPLATE_OF_COHORTS "\" is refused");
    template_free(template);
    *status = EXIT_REFUSED;
    return NULL;
}

char *cohort_files_template(const Session *session)
{
    g_autoptr(Findings) findings = findings_new();
    g_autofree char *path = library_template(session->library, TEMPLATE_OF_COHORTS, NULL);
    g_autoptr(Template) template =
        path ? template_load(path, library_locate_template, session->library, findings, NULL)
             : NULL;

    return template ? ini_hashes(template->ini) : NULL;
}

static ExitStatus put(const char *folder, const char *name, GBytes *bytes)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GError) error = NULL;
    gsize size;
    const void *data = g_bytes_get_data(bytes, &size);

    return file_write(path, data, size, TRUE, &error) ? EXIT_DONE : session_failed(error);
}

ExitStatus cohort_files(const Session *session, const Statistics *statistics, guint min_group,
                        const char *source, const char *folder)
{
    const char *const *languages = (const char *const *)session->options->languages;
    ExitStatus status = EXIT_DONE;
    g_autoptr(Template) template = open_template(session, &status);
    g_autoptr(Statistics) shown = statistics_withheld(statistics, min_group);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) pdf = NULL, page = NULL;
    CohortOrigin origin = { source, NULL };

    if (!template)
        return status;
    page = cohort_html(shown, &origin, template, languages);
    status = put(folder, COHORT_HTML, page);
    pdf = cohort_pdf(shown, &origin, template, languages, findings, &error);
    session_tell(session, findings);
    if (pdf)
        return status_worse(status, put(folder, COHORT_PDF, pdf));
    say_error("cannot make " COHORT_PDF ": %s", error->message);
    return status;
}
