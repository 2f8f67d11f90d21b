#include "cli/check_mutants.h"

#include "audit/mutants.h"

char *check_mutants(const Cases *cases, Findings *findings)
{
    GString *text = g_string_new(NULL);
    MutantCount count;

    if (cases->run == 0)
        return g_string_free(g_string_append(text, "no cases, so no mutants"), FALSE);
    if (cases->failed > 0)
        return g_string_free(g_string_append(text, "no mutants until all cases hold"), FALSE);
    count = mutants_run(cases, findings);
    g_string_append_printf(text, "%u mutant%s, %u noticed, %u not", count.tried,
                           count.tried == 1 ? "" : "s", count.noticed, count.tried - count.noticed);
    if (count.of_advice > 0)
        g_string_append_printf(text, "; %u of advice left out, which no verdict rests on",
                               count.of_advice);
    return g_string_free(text, FALSE);
}
