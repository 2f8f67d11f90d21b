#include "assess.h"

#include <string.h>

#include "base/date.h"
#include "intake/intake.h"
#include "report/json.h"
#include "rules/plan.h"
#include "scoring/assessment.h"

struct AssessRubric {
    Rubric *rubric;
    Plan *plan;
};

const char *assess_version(void)
{
    return ASSESS_VERSION;
}

void assess_free(char *text)
{
    g_free(text);
}

static void *refuse(char **error, char *text)
{
    if (error)
        *error = text;
    else
        g_free(text);
    return NULL;
}

/* Errors alone, one a line: "file:line:column: message; hint". */
static char *errors_text(const Findings *findings)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < findings_count(findings); i++) {
        const Finding *finding = findings_at(findings, i);

        if (finding->severity != SEVERITY_ERROR)
            continue;
        if (text->len > 0)
            g_string_append_c(text, '\n');
        if (finding->file)
            g_string_append_printf(text, "%s:", finding->file);
        if (finding->line > 0)
            g_string_append_printf(text, "%u:", finding->line);
        if (finding->column > 0)
            g_string_append_printf(text, "%u:", finding->column);
        g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", finding->message);
        if (finding->hint)
            g_string_append_printf(text, "; %s", finding->hint);
    }
    return g_string_free(text, FALSE);
}

/* A RubricLocator: "ID@EDITION" is ID_EDITION.ini in the folder `data`. */
static char *beside(const char *reference, gpointer data)
{
    g_auto(GStrv) parts = g_strsplit(reference, "@", 2);
    g_autofree char *file = NULL;

    if (g_strv_length(parts) != 2 || strchr(reference, '/'))
        return NULL;
    file = g_strdup_printf("%s_%s.ini", parts[0], parts[1]);
    return g_build_filename(data, file, NULL);
}

/* Takes `rubric`, which may be NULL. */
static AssessRubric *compiled(Rubric *rubric, const char *profile, Findings *findings, char **error)
{
    AssessRubric *result;
    Plan *plan = NULL;

    if (rubric && profile && rubric_profile(rubric, profile) == NOWHERE) {
        rubric_free(rubric);
        return refuse(error, g_strdup_printf("unknown profile \"%s\"", profile));
    }
    if (rubric)
        plan = plan_compile(rubric, profile, findings);
    if (!plan) {
        rubric_free(rubric);
        return refuse(error, errors_text(findings));
    }
    result = g_new0(AssessRubric, 1);
    result->rubric = rubric;
    result->plan = plan;
    return result;
}

AssessRubric *assess_rubric_open(const char *path, const char *profile, char **error)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) failure = NULL;
    g_autofree char *folder = g_path_get_dirname(path);
    Rubric *rubric = rubric_load(path, beside, folder, findings, &failure);

    if (failure)
        return refuse(error, g_strdup(failure->message));
    return compiled(rubric, profile, findings, error);
}

AssessRubric *assess_rubric_parse(const char *name, const void *data, size_t size,
                                  const char *profile, char **error)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);

    return compiled(rubric_parse(name, bytes, NULL, NULL, findings), profile, findings, error);
}

void assess_rubric_free(AssessRubric *rubric)
{
    if (!rubric)
        return;
    plan_free(rubric->plan);
    rubric_free(rubric->rubric);
    g_free(rubric);
}

const char *assess_rubric_id(const AssessRubric *rubric)
{
    return rubric->rubric->id;
}

const char *assess_rubric_edition(const AssessRubric *rubric)
{
    return rubric->rubric->edition;
}

/* Grade what was read. Takes `companies`. */
static char *graded(const AssessRubric *rubric, GPtrArray *companies, gint32 day, unsigned flags,
                    char **error)
{
    g_autoptr(GPtrArray) taken = companies;
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < taken->len; i++) {
        g_autoptr(Assessment) assessment = NULL;
        g_autofree char *json = NULL;
        Answers *answers = taken->pdata[i];

        taken->pdata[i] = NULL;
        assessment = assessment_new(rubric->plan, answers, day, (flags & ASSESS_STRICT) != 0);
        if (assessment_is_refused(assessment))
            return refuse(error, errors_text(assessment->answers->findings));
        json = report_json(assessment, FALSE);
        g_string_append(out, json);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static gboolean read_day(const char *date, gint32 *day, char **error)
{
    if (date && date_parse(date, day))
        return TRUE;
    refuse(error,
           g_strdup_printf("date \"%s\" is not a date such as 2026-11-23", date ? date : ""));
    return FALSE;
}

char *assess_grade_files(const AssessRubric *rubric, const char *const *paths, size_t n,
                         const char *date, unsigned flags, char **error)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) failure = NULL;
    g_autofree const char **list = g_new0(const char *, n + 1);
    GPtrArray *companies;
    gint32 day;

    if (!read_day(date, &day, error))
        return NULL;
    if (n > 0)
        memcpy(list, paths, n * sizeof *list);
    companies = intake_read(rubric->rubric, list, (flags & ASSESS_STRICT) != 0, findings, &failure);
    if (failure)
        return refuse(error, g_strdup(failure->message));
    return companies ? graded(rubric, companies, day, flags, error)
                     : refuse(error, errors_text(findings));
}

char *assess_grade(const AssessRubric *rubric, const char *name, const void *data, size_t size,
                   const char *date, unsigned flags, char **error)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    GPtrArray *companies;
    gint32 day;

    if (!read_day(date, &day, error))
        return NULL;
    companies = intake_parse(rubric->rubric, name, bytes, (flags & ASSESS_STRICT) != 0, findings);
    return companies ? graded(rubric, companies, day, flags, error)
                     : refuse(error, errors_text(findings));
}
