#include "report/dossier.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

static const char OPTIONS[] =
    "{\"schema\": \"assess-report/1\", \"program\": \"1.0.0\", \"rubric\": \"t@2025\", "
    "\"profile\": null, \"date\": \"2026-02-03\", \"strict\": true, \"languages\": [\"zh\", "
    "\"en\"], \"template\": \"own\", \"template_sha256\": [\"aa\", \"bb\"], \"draft\": true, "
    "\"font\": \"1.0 00\", \"sheets\": [\"one\", \"two\"], \"carried\": [{}, {\"q\": \"All\"}], "
    "\"with\": {\"m\": {\"answer\": \"level2\", \"evidence\": null}}}";

static const char ASSESSMENT[] =
    "{\"sources\": [{\"file\": \"a.csv\", \"sha256\": \"00\", \"encoding\": \"UTF-8\", "
    "\"record\": 1}, {\"file\": \"b.csv\", \"sha256\": \"11\", \"record\": 7, \"assessor\": "
    "\"Li\"}, {\"file\": \"m.json\", \"sha256\": \"22\", \"record\": null, \"rubric\": "
    "\"g@2020\"}], \"findings\": [{\"severity\": \"warning\", \"file\": \"a.csv\", \"line\": 3, "
    "\"column\": 2, \"record\": null, \"message\": \"100 %s\", \"hint\": \"none\"}]}";

static void add(GPtrArray *files, const char *name, const char *text)
{
    g_ptr_array_add(files, attachment_new(name, NULL, g_bytes_new(text, strlen(text))));
}

/* What a report of two sheets carries. */
static GPtrArray *files_with(const char *options, const char *assessment)
{
    GPtrArray *files = attachments_new();

    add(files, "base-1.ini", "below");
    add(files, "rubric.ini", "above");
    add(files, "one", "1");
    add(files, "two", "2");
    if (options)
        add(files, "options.json", options);
    if (assessment)
        add(files, "assessment.json", assessment);
    return files;
}

Test(dossier, tells_all_that_a_report_carries)
{
    g_autoptr(GPtrArray) files = files_with(OPTIONS, ASSESSMENT);
    g_autofree char *fault = NULL;
    g_autoptr(Dossier) dossier = dossier_read(files, &fault);
    const DossierAnswer *with;
    const Source *source;
    const Finding *finding;

    cr_assert_not_null(dossier, "%s", fault);
    cr_expect_str_eq(dossier->reference, "t@2025");
    cr_expect_null(dossier->profile);
    cr_expect(dossier->strict && dossier->is_draft);
    cr_expect_str_eq(dossier->languages[1], "en");
    cr_expect_str_eq(dossier->template_sha256[1], "bb");
    cr_assert(eq(u32, dossier->sheets->len, 2));
    cr_assert(eq(u32, dossier->rubric->len, 2));
    cr_expect_str_eq(g_hash_table_lookup(dossier->carried->pdata[1], "q"), "All");
    cr_assert(eq(u32, dossier->with->len, 1));
    with = dossier->with->pdata[0];
    cr_expect_str_eq(with->option, "level2");
    cr_expect_null(with->evidence);
    cr_assert(eq(u32, dossier->sources->len, 3));
    source = &g_array_index(dossier->sources, Source, 1);
    cr_expect(eq(u32, source->record, 7));
    cr_expect_str_eq(source->assessor, "Li");
    cr_assert(eq(u32, findings_count(dossier->findings), 1));
    finding = findings_at(dossier->findings, 0);
    cr_expect_str_eq(finding->message, "100 %s");
    cr_expect(finding->severity == SEVERITY_WARNING && finding->line == 3);
}

/* The text with `old` replaced. */
static char *changed(const char *text, const char *old, const char *new)
{
    g_auto(GStrv) parts = g_strsplit(text, old, -1);

    cr_assert(parts[0] && parts[1], "%s", old);
    return g_strjoinv(new, parts);
}

Test(dossier, says_what_is_missing_or_wrong)
{
    static const struct {
        const char *old, *new, *fault;
    } FAULTS[] = {
        { "assess-report/1", "assess-report/9",
          "has options of another form than \"assess-report/1\"" },
        { "\"program\"", "\"programme\"", "has options without program, rubric, font or template" },
        { "[\"aa\", \"bb\"]", "[]", "has options without program, rubric, font or template" },
        { "[\"aa\", \"bb\"]", "[1]", "has options without program, rubric, font or template" },
        { "2026-02-03", "2026-02-30", "has options without a date" },
        { "[\"zh\", \"en\"]", "[\"zh\", \"zh\"]", "has options without languages" },
        { "[\"zh\", \"en\"]", "[]", "has options without languages" },
        { "\"own\"", "\"../own\"", "has options without the name of a template" },
        { "\"own\"", "\".own\"", "has options without the name of a template" },
        { "\"own\"", "\"\"", "has options without the name of a template" },
        { "\"one\", \"two\"", "", "has options without sheets, or with more than 100" },
        { "\"one\", \"two\"", "\"/etc/passwd\"", "has no attachment \"/etc/passwd\"" },
        { "\"one\", \"two\"", "\"one\", \"two\", \"one\", \"two\"",
          "has an assessment without sources" },
        { "\"strict\": true", "\"strict\": true, \"strict\": true",
          "has an attachment \"options.json\" that is no JSON object" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(FAULTS); i++) {
        g_autofree char *options = changed(OPTIONS, FAULTS[i].old, FAULTS[i].new), *fault = NULL;
        g_autoptr(GPtrArray) files = files_with(options, ASSESSMENT);
        g_autoptr(Dossier) dossier = dossier_read(files, &fault);

        cr_expect_null(dossier, "%s", FAULTS[i].fault);
        cr_expect_str_eq(fault ? fault : "(none)", FAULTS[i].fault);
    }
}

Test(dossier, needs_an_assessment_with_sources)
{
    static const struct {
        const char *assessment, *fault;
    } FAULTS[] = {
        { NULL, "has no attachment \"assessment.json\"" },
        { "3", "has an attachment \"assessment.json\" that is no JSON object" },
        { "{}", "has an assessment without sources" },
        { "{\"sources\": [1, 2]}", "has an assessment without sources" },
        { "{\"sources\": [{}, {}]}", "has an assessment without sources" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(FAULTS); i++) {
        g_autofree char *fault = NULL;
        g_autoptr(GPtrArray) files = files_with(OPTIONS, FAULTS[i].assessment);
        g_autoptr(Dossier) dossier = dossier_read(files, &fault);

        cr_expect_null(dossier);
        cr_expect_str_eq(fault ? fault : "(none)", FAULTS[i].fault);
    }
}
