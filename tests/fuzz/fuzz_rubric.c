/* Any bytes as a rubric: loaded, checked, compiled and printed without a fault of memory. For
 * libFuzzer: `make fuzz`. */
#include "audit/cases.h"
#include "rules/plan.h"

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size);

int LLVMFuzzerTestOneInput(const guint8 *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(Rubric) rubric = rubric_parse_anyway("fuzz.ini", bytes, NULL, NULL, findings);
    g_autoptr(Plan) plan = rubric ? plan_compile(rubric, NULL, findings) : NULL;
    g_autofree char *print = plan ? plan_print(plan) : NULL;

    if (rubric)
        rubric_warnings(rubric, findings);
    if (plan)
        plan_warnings(plan, findings);
    else if (rubric)
        cases_read(rubric, findings);
    /* a refusal says why */
    if (!plan && findings_of(findings, SEVERITY_ERROR) == 0)
        g_error("refused without a finding");
    return 0;
}
