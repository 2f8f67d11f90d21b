/* Any bytes as a template on top of the shipped ones: read, checked, and a report told and drawn by
 * it without a fault of memory. Runs from the repository's root. For libFuzzer: `make fuzz`. */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "intake/intake.h"
#include "report/html.h"
#include "report/pdf.h"

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size);

static const char RUBRIC[] =
    "[rubric]\nid = fuzz\nedition = 2025\nformat = 1\ntitle = F\nlevels = one\ndimensions = d\n"
    "[level one]\ntitle = One\n[dimension d]\ntitle = D\n"
    "[field company]\ntype = text\nask = Company\n"
    "[scale s]\noptions = none, built\ntitle.none = None\ntitle.built = Built\n"
    "[group scenes]\ntitle = Scenes\ntype = choice\nscale = s\n"
    "[question a]\ntype = yesno\nask = A\ndimension = d\nevidence = Photographs\n"
    "[question b]\ngroups = scenes\nask = B\n"
    "[requirement r]\nlevel = one\nkind = gate\norigin = house\ntitle = R\nneeds = a\n";
static const char ANSWERS[] = "question,answer,evidence\ncompany,Acme,\na,no,x\nb,built,\n";

typedef struct {
    Plan *plan;
    Assessment *assessment;
    char *path; /* where the template lies for a moment */
} Bench;

static Bench bench_new(void)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) rubric = g_bytes_new_static(RUBRIC, strlen(RUBRIC));
    g_autoptr(GBytes) sheet = g_bytes_new_static(ANSWERS, strlen(ANSWERS));
    g_autoptr(GPtrArray) companies = NULL;
    Rubric *read = rubric_parse("rubric.ini", rubric, NULL, NULL, findings);
    Bench bench = { .plan = read ? plan_compile(read, NULL, findings) : NULL };

    if (!bench.plan)
        g_error("%s", findings_at(findings, 0)->message);
    companies = intake_parse(bench.plan->rubric, "sheet.csv", sheet, FALSE, findings);
    bench.assessment =
        assessment_new(bench.plan, g_ptr_array_steal_index(companies, 0), 740000, FALSE);
    bench.path = g_strdup_printf("%s/fuzz-%d.ini", g_get_tmp_dir(), (int)getpid());
    return bench;
}

static char *locate(const char *name, gpointer data)
{
    char *path = g_strdup_printf("templates/%s.ini", name);

    (void)data;
    if (strchr(name, '/') || !g_file_test(path, G_FILE_TEST_IS_REGULAR))
        g_clear_pointer(&path, g_free);
    return path;
}

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size)
{
    static const char *const languages[] = { "en", "zh", NULL };
    static Bench bench; /* for the life of the fuzzer */
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Template) template = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) pdf = NULL, html = NULL;

    bench = bench.plan ? bench : bench_new();
    if (!g_file_set_contents(bench.path, (const char *)data, (gssize)size, NULL))
        return 0;
    template = template_load(bench.path, locate, NULL, findings, &error);
    g_unlink(bench.path);
    /* a refusal says why */
    if (!template && !error && findings_of(findings, SEVERITY_ERROR) == 0)
        g_error("refused without a finding");
    if (!template)
        return 0;
    g_clear_error(&error);
    pdf = report_pdf(bench.assessment, template, languages, findings, &error);
    if (!pdf && !error)
        g_error("no report, and no reason");
    html = report_html(bench.assessment, template, languages);
    return 0;
}
