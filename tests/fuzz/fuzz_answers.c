/* Any bytes as answers to a rubric with every type of question: read, graded and explained without
 * a fault of memory. For libFuzzer: `make fuzz`. */
#include <string.h>

#include "intake/intake.h"
#include "scoring/explain.h"

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size);

static const char RUBRIC[] =
    "[rubric]\nid = fuzz\nedition = 2025\nformat = 1\ntitle = F\nlevels = one\ndimensions = d\n"
    "[level one]\ntitle = One\n[dimension d]\ntitle = D\n"
    "[field company]\ntype = text\nask = Company\n[field code]\ntype = uscc\nask = Code\n"
    "[group g]\ntitle = G\ndimension = d\nna = yes\n"
    "[question a]\ntype = yesno\nask = A\ngroups = g\n"
    "[question b]\ntype = choice\noptions = x, y, z\nask = B\ngroups = g\n"
    "[question c]\ntype = multi\noptions = x, y, z\nask = C\ngroups = g\n"
    "[question e]\ntype = number\nworst = 1\nbest = 3\nask = E\ngroups = g\n"
    "[question f]\ntype = percent\nask = F\ngroups = g\n"
    "[question h]\ntype = date\nask = H\ngroups = g\n"
    "[question i]\ntype = text\nask = I\ngroups = g\n"
    "[requirement r]\nlevel = one\nkind = gate\norigin = house\ntitle = R\nwaivable = yes\n"
    "needs = \"(a or b >= y) and has(c, x) and e / f > 2 and years(h) >= 1 and answered(i) and "
    "score() > 10%\"\n";

static Plan *plan_of_rubric(void)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = g_bytes_new_static(RUBRIC, strlen(RUBRIC));
    Rubric *rubric = rubric_parse("rubric.ini", bytes, NULL, NULL, findings);
    Plan *plan = rubric ? plan_compile(rubric, NULL, findings) : NULL;

    if (!plan)
        g_error("%s", findings_at(findings, 0)->message);
    return plan;
}

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size)
{
    static Plan *plan; /* for the life of the fuzzer */
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GPtrArray) companies = NULL;

    plan = plan ? plan : plan_of_rubric();
    companies = intake_parse(plan->rubric, "fuzz.csv", bytes, FALSE, findings);
    if (!companies && findings_of(findings, SEVERITY_ERROR) == 0)
        g_error("refused without a finding");
    while (companies && companies->len > 0) {
        Answers *answers = g_ptr_array_steal_index(companies, 0);
        g_autoptr(Assessment) assessment = assessment_new(plan, answers, 740000, FALSE);
        g_autoptr(Reason) reason = explain_level(assessment, 0);
    }
    return 0;
}
