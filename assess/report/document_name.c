#include "report/document_name.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"

char *document_name(const Assessment *assessment, guint64 number, gboolean is_numbered)
{
    const Plan *plan = assessment->plan;
    const char *company = answers_company(assessment->answers);
    g_autofree char *who = text_file_name(company ? company : "company");
    g_autofree char *date = date_text(assessment->date);
    const char *profile =
        plan->profile == NOWHERE ? NULL : RUBRIC_PROFILE(plan->rubric, plan->profile)->id;
    GString *name = g_string_new(NULL);

    g_string_printf(name, "%s-%s-%s%s%s-%s", who, plan->rubric->id, plan->rubric->edition,
                    profile ? "-" : "", profile ? profile : "", date);
    if (is_numbered || number > 1)
        g_string_append_printf(name, "-%" G_GUINT64_FORMAT, number);
    return g_string_free(name, FALSE);
}

char *document_languages(const char *const *languages)
{
    g_autofree char *joined = g_strjoinv("-", (char **)languages);

    return strcmp(joined, "en") == 0 ? g_strdup("") : g_strconcat("-", joined, NULL);
}
