#include "cohort/booth.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "support.h"

static const char RUBRIC[] =
    "[rubric]\nid = small\nedition = 2025\nformat = 1\ntitle = Small\nlevels = basic, better\n"
    "dimensions = left\n[level basic]\n[level better]\ntitle = Better one\n[dimension left]\n"
    "[field company]\ntype = text\n[field uscc]\ntype = uscc\n"
    "[field province]\ntype = choice\noptions = north, south\ncohort = yes\n"
    "[field town]\ntype = text\ncohort = yes\n"
    "[question safe]\ndimension = left\ntype = yesno\nna = yes\n"
    "[question rate]\ndimension = left\ntype = percent\nworst = 0\nbest = 100\nna = yes\n"
    "[requirement gate]\nlevel = basic\nkind = gate\nneeds = \"safe\"\n"
    "[requirement high]\nlevel = better\nkind = gate\nneeds = \"rate >= 50%\"\n";

void booth_open(Booth *booth, const char *table, guint records)
{
    static const SurveyOptions OPTIONS = { 0 };
    gsize offset;

    *booth = (Booth){ .findings = findings_new(), .rejects = rejects_new("survey.csv") };
    booth->rubric = support_rubric(RUBRIC, booth->findings);
    cr_assert_not_null(booth->rubric, "%s", findings_at(booth->findings, 0)->message);
    booth->compiled = plan_compile(booth->rubric, NULL, booth->findings);
    booth->vocabulary = vocabulary_new(booth->rubric);
    booth->survey = survey_open(booth->vocabulary, NULL, &OPTIONS, "survey.csv", table,
                                strlen(table), TRUE, booth->findings);
    cr_assert_not_null(booth->survey, "%s", table);
    booth->results = results_new(booth->compiled, FALSE);
    booth->plan = (MarkerPlan){ .survey = booth->survey,
                                .plan = booth->compiled,
                                .results = booth->results,
                                .rejects = booth->rejects,
                                .date = support_day(2026, 6, 30) };
    offset = survey_data_offset(booth->survey);
    booth->chunk = (Chunk){ .text = (char *)(gpointer)table + offset,
                            .size = strlen(table) - offset,
                            .first_record = 1,
                            .n_records = records,
                            .first_line = 2 };
    booth->load = load_new();
}

void booth_choose(Booth *booth, const char *const *conditions)
{
    g_autofree char *problem = NULL, *hint = NULL;

    g_clear_pointer(&booth->filter, filter_free);
    booth->filter = filter_new(booth->vocabulary, conditions, &problem, &hint);
    cr_assert_not_null(booth->filter, "%s: %s", conditions[0], problem);
    booth->plan.filter = booth->filter;
}

Marker *booth_work(Booth *booth)
{
    Marker *marker = marker_new(&booth->plan);

    marker_work(marker, &booth->chunk, booth->load);
    return marker;
}

void booth_clear(Booth *booth)
{
    load_free(booth->load);
    filter_free(booth->filter);
    results_free(booth->results);
    rejects_free(booth->rejects);
    survey_free(booth->survey);
    vocabulary_free(booth->vocabulary);
    plan_free(booth->compiled);
    rubric_free(booth->rubric);
    findings_unref(booth->findings);
}
