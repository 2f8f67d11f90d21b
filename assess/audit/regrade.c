#include "audit/regrade.h"

#include <string.h>

#include "intake/carry.h"

/* Whose answer a question takes over: as the newer rubric says; of fields, and where it says
 * nothing at all, as the difference pairs them. NULL if none or if no answer would fit. */
static const char *source_of(const Difference *difference, const Ancestor *ancestor, guint newer)
{
    const Question *to = RUBRIC_QUESTION(difference->newer, newer), *from;
    int index = difference->pairing.questions[newer];
    g_autofree char *misfit = NULL;

    if (ancestor && ancestor->older[newer])
        rubric_find(difference->older, ancestor->older[newer], &index);
    else if (ancestor && !to->is_field)
        return NULL;
    if (index == NOWHERE)
        return NULL;
    from = RUBRIC_QUESTION(difference->older, index);
    misfit = inheritance_misfit(from, to);
    return misfit ? NULL : from->id;
}

/* The answers to the newer rubric. */
static Answers *carry(const Difference *difference, const Ancestor *ancestor, Answers *answers)
{
    const Rubric *older = difference->older, *newer = difference->newer;
    g_autofree const char **sources = g_new0(const char *, newer->questions->len);
    g_autofree char *reference = g_strdup_printf("%s@%s", older->id, older->edition);
    Ancestor own = { older->edition, reference, older, sources };

    for (guint i = 0; i < newer->questions->len; i++)
        sources[i] = source_of(difference, ancestor, i);
    return carry_answers(&own, newer, answers, TRUE);
}

/* The level held before, in the newer rubric: by id; else the top one, so that nothing is left out.
 */
static int level_before(const Regrade *regrade)
{
    const Rubric *newer = regrade->after->plan->rubric;
    int index = NOWHERE;

    if (regrade->before->verdict.level == NOWHERE)
        return NOWHERE;
    if (rubric_find(newer, assessment_level_id(regrade->before, regrade->before->verdict.level),
                    &index) != NAME_LEVEL)
        return (int)newer->levels->len - 1;
    return index;
}

static gboolean failed_before(const Difference *difference, const Regrade *regrade, int requirement)
{
    int older = difference->pairing.requirements[requirement];

    return older != NOWHERE && (regrade->before->status[older] == STATUS_UNMET ||
                                regrade->before->status[older] == STATUS_UNKNOWN);
}

static void find_failing(const Difference *difference, Regrade *regrade)
{
    const Rubric *newer = difference->newer;
    int level = level_before(regrade);

    for (int i = 0; i < (int)newer->requirements->len; i++) {
        Status status = regrade->after->status[i];

        if (RUBRIC_REQUIREMENT(newer, i)->level > level ||
            !evaluation_binds(regrade->after->full, i) || failed_before(difference, regrade, i))
            continue;
        if (status == STATUS_UNMET)
            g_array_append_val(regrade->failing, i);
        else if (status == STATUS_UNKNOWN)
            g_array_append_val(regrade->open, i);
    }
}

Regrade *regrade_new(const Difference *difference, const Ancestor *ancestor, Answers *answers,
                     Answers *again, gint32 date)
{
    Regrade *regrade = g_new0(Regrade, 1);

    regrade->failing = g_array_new(FALSE, FALSE, sizeof(int));
    regrade->open = g_array_new(FALSE, FALSE, sizeof(int));
    regrade->before = assessment_new(difference->pairing.older, answers, date, FALSE);
    regrade->after =
        assessment_new(difference->pairing.newer, carry(difference, ancestor, again), date, FALSE);
    find_failing(difference, regrade);
    return regrade;
}

void regrade_free(Regrade *regrade)
{
    if (!regrade)
        return;
    assessment_free(regrade->before);
    assessment_free(regrade->after);
    g_array_unref(regrade->failing);
    g_array_unref(regrade->open);
    g_free(regrade);
}

gboolean regrade_moves(const Regrade *regrade)
{
    return strcmp(assessment_level_id(regrade->before, regrade->before->verdict.level),
                  assessment_level_id(regrade->after, regrade->after->verdict.level)) != 0;
}
