#include "audit/carrying.h"

#include "base/text.h"
#include "rubric/lineage.h"

typedef struct {
    const Rubric *rubric;
    const Ancestor *ancestor;
    Findings *findings;
} Carrying;

static Place value_place(const Carrying *carrying, const IniEntry *entry)
{
    Place place = ini_place(carrying->rubric->ini, entry, 0);

    place.width = (guint)g_utf8_strlen(entry->value, -1);
    return place;
}

static void tell_unknown(const Carrying *carrying, const Inheritance *one)
{
    const Rubric *older = carrying->ancestor->rubric;
    g_autofree const char **ids = g_new0(const char *, older->questions->len + 1);
    Place place = value_place(carrying, one->entry);
    Finding *finding =
        findings_add(carrying->findings, SEVERITY_ERROR, &place, "%s has no question \"%s\"",
                     carrying->ancestor->reference, one->older);
    const char *near;

    for (guint i = 0; i < older->questions->len; i++)
        ids[i] = RUBRIC_QUESTION(older, i)->id;
    near = text_nearest(one->older, ids);
    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
}

/* Options of the older question that the newer one lacks, by commas. Free with g_free(). */
static char *options_gone(const Question *older, const Question *newer)
{
    GString *gone = g_string_new(NULL);

    for (guint i = 0; older->options && i < older->options->len; i++) {
        const char *id = QUESTION_OPTION(older, i)->id;

        if (question_option(newer, id) == NOWHERE)
            g_string_append_printf(gone, "%s%s", gone->len > 0 ? ", " : "", id);
    }
    return g_string_free(gone, FALSE);
}

static void compare(const Carrying *carrying, const Inheritance *one)
{
    const Question *newer = RUBRIC_QUESTION(carrying->rubric, one->question), *older;
    Place place = value_place(carrying, one->entry);
    g_autofree char *misfit = NULL, *gone = NULL;
    int index;

    if (rubric_find(carrying->ancestor->rubric, one->older, &index) != NAME_QUESTION) {
        tell_unknown(carrying, one);
        return;
    }
    older = RUBRIC_QUESTION(carrying->ancestor->rubric, index);
    misfit = inheritance_misfit(older, newer);
    gone = options_gone(older, newer);
    if (misfit)
        findings_add(carrying->findings, SEVERITY_WARNING, &place,
                     "no answer to \"%s\" carries over to \"%s\": %s", older->id, newer->id,
                     misfit);
    else if (*gone)
        findings_add(carrying->findings, SEVERITY_WARNING, &place,
                     "not every answer to \"%s\" carries over: \"%s\" has no option %s", older->id,
                     newer->id, gone);
}

static void check_section(Carrying *carrying, const SameAs *same_as)
{
    if (!carrying->ancestor->rubric) {
        Place place = ini_name_place(carrying->rubric->ini, same_as->section);

        findings_add(carrying->findings, SEVERITY_NOTE, &place,
                     "edition \"%s\" is not found or has faults: what carries over is not checked",
                     same_as->edition);
        return;
    }
    for (guint i = 0; i < same_as->questions->len; i++)
        compare(carrying, &g_array_index(same_as->questions, Inheritance, i));
}

void carrying_check(const Rubric *rubric, RubricLocator locate, gpointer data, Findings *findings)
{
    g_autoptr(Lineage) lineage = lineage_new(rubric, locate, data);
    Carrying carrying = { .rubric = rubric, .findings = findings };

    for (guint i = 0; i < rubric->same_as->len; i++) {
        const SameAs *same_as = &g_array_index(rubric->same_as, SameAs, i);

        carrying.ancestor = lineage_find(lineage, same_as->edition);
        if (carrying.ancestor)
            check_section(&carrying, same_as);
    }
}
