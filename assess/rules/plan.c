#include "rules/plan.h"

#include <string.h>

#include "base/text.h"

#include "rules/compile.h"
#include "rules/rest.h"

static void condition_clear(gpointer data)
{
    g_clear_pointer(&((Condition *)data)->questions, g_array_unref);
}

static void cells_free(gpointer cells)
{
    g_array_unref(cells);
}

static Plan *plan_new(const Rubric *rubric, int profile)
{
    Plan *plan = g_new0(Plan, 1);

    plan->rubric = rubric;
    plan->profile = profile;
    plan->nodes = g_array_new(FALSE, FALSE, sizeof(Node));
    plan->conditions = g_array_new(FALSE, FALSE, sizeof(Condition));
    g_array_set_clear_func(plan->conditions, condition_clear);
    plan->contradictions = g_array_new(FALSE, FALSE, sizeof(Condition));
    g_array_set_clear_func(plan->contradictions, condition_clear);
    plan->order = g_array_new(FALSE, FALSE, sizeof(int));
    plan->weights = g_new0(Rational, rubric->questions->len);
    plan->dimension_weights = g_new0(Rational, rubric->dimensions->len);
    plan->skipped = g_new0(gboolean, rubric->questions->len);
    plan->scored = g_new0(gboolean, rubric->questions->len);
    plan->constants = g_array_new(FALSE, FALSE, sizeof(Rational));
    plan->cells = g_ptr_array_new_with_free_func(cells_free);
    plan->numbers = numbers_new();
    return plan;
}

void plan_free(Plan *plan)
{
    if (!plan)
        return;
    g_array_unref(plan->nodes);
    g_array_unref(plan->conditions);
    g_array_unref(plan->contradictions);
    g_array_unref(plan->order);
    g_array_unref(plan->constants);
    g_ptr_array_unref(plan->cells);
    g_free(plan->weights);
    g_free(plan->dimension_weights);
    g_free(plan->skipped);
    g_free(plan->scored);
    numbers_free(plan->numbers);
    g_free(plan);
}

/* ---- weights and switches ---- */

static gboolean can_score(const Question *question)
{
    switch (question->type) {
    case QUESTION_YESNO:
    case QUESTION_CHOICE:
    case QUESTION_MULTI:
        return TRUE;
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        return question->has_worst;
    default:
        return FALSE;
    }
}

static void apply_profile(Plan *plan, const Profile *profile)
{
    for (guint i = 0; i < profile->weights->len; i++) {
        const WeightChange *change = &g_array_index(profile->weights, WeightChange, i);

        (change->is_dimension ? plan->dimension_weights : plan->weights)[change->target] =
            change->weight;
    }
    for (guint i = 0; i < profile->skips->len; i++)
        plan->skipped[g_array_index(profile->skips, int, i)] = TRUE;
}

static void weigh(Plan *plan)
{
    const Rubric *rubric = plan->rubric;

    for (guint i = 0; i < rubric->questions->len; i++)
        plan->weights[i] = RUBRIC_QUESTION(rubric, i)->weight;
    for (guint i = 0; i < rubric->dimensions->len; i++)
        plan->dimension_weights[i] = RUBRIC_DIMENSION(rubric, i)->weight;
    if (plan->profile != NOWHERE)
        apply_profile(plan, RUBRIC_PROFILE(rubric, plan->profile));
    for (guint i = 0; i < rubric->questions->len; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);

        plan->scored[i] =
            !question->is_field && can_score(question) && rational_sign(plan->weights[i]) > 0;
    }
}

static gboolean applies_under(const Plan *plan, const Requirement *requirement)
{
    if (!requirement->profiles)
        return TRUE;
    return plan->profile != NOWHERE &&
           g_strv_contains((const char *const *)requirement->profiles,
                           RUBRIC_PROFILE(plan->rubric, plan->profile)->id);
}

/* ---- the order of requirements ---- */

typedef struct {
    Plan *plan;
    Findings *findings;
    guint8 *state;   /* 0 new, 1 on the path, 2 done */
    GPtrArray *path; /* of char *: what rests on what, and by which held(LEVEL) */
    gboolean is_faulty;
} Sorter;

static void visit(Sorter *sorter, int requirement);

static void visit_level(Sorter *sorter, int level)
{
    const Rubric *rubric = sorter->plan->rubric;
    g_autofree char *name = g_strdup_printf("held(%s)", RUBRIC_LEVEL(rubric, level)->id);

    g_ptr_array_add(sorter->path, name);
    for (guint i = 0; i < rubric->requirements->len; i++)
        if (RUBRIC_REQUIREMENT(rubric, i)->level != NOWHERE &&
            RUBRIC_REQUIREMENT(rubric, i)->level <= level && PLAN_CONDITION(sorter->plan, i)->binds)
            visit(sorter, (int)i);
    g_ptr_array_set_size(sorter->path, (int)sorter->path->len - 1);
}

static void visit_nodes(Sorter *sorter, const Condition *condition)
{
    for (int at = condition->first; at <= condition->root; at++) {
        const Node *node = PLAN_NODE(sorter->plan, at);

        if (node->kind == NODE_MET)
            visit(sorter, node->target);
        if (node->kind == NODE_HELD)
            visit_level(sorter, node->target);
    }
}

static void complain_cycle(Sorter *sorter, const Requirement *requirement)
{
    Place place = ini_place(sorter->plan->rubric->ini, requirement->needs, 0);
    g_autoptr(GString) path = g_string_new(NULL);
    const char *held = NULL;
    guint from = 0;

    while (strcmp(g_ptr_array_index(sorter->path, from), requirement->id) != 0)
        from++;
    for (; from < sorter->path->len; from++) {
        const char *name = g_ptr_array_index(sorter->path, from);

        held = strchr(name, '(') ? name : held;
        g_string_append_printf(path, "%s -> ", name);
    }
    g_string_append(path, requirement->id);
    if (held)
        g_string_append_printf(path, "; %s rests on every requirement of that level and below",
                               held);
    place.width = (guint)g_utf8_strlen(requirement->needs->value, -1);
    finding_hint(findings_add(sorter->findings, SEVERITY_ERROR, &place,
                              "requirement \"%s\" rests on itself", requirement->id),
                 "%s", path->str);
    sorter->is_faulty = TRUE;
}

static void visit(Sorter *sorter, int index)
{
    const Requirement *requirement = RUBRIC_REQUIREMENT(sorter->plan->rubric, index);

    if (sorter->state[index] == 2)
        return;
    if (sorter->state[index] == 1) {
        if (!sorter->is_faulty)
            complain_cycle(sorter, requirement);
        return;
    }
    sorter->state[index] = 1;
    g_ptr_array_add(sorter->path, requirement->id);
    visit_nodes(sorter, PLAN_CONDITION(sorter->plan, index));
    g_ptr_array_set_size(sorter->path, (int)sorter->path->len - 1);
    sorter->state[index] = 2;
    g_array_append_val(sorter->plan->order, index);
}

static gboolean sort_requirements(Plan *plan, Findings *findings)
{
    g_autofree guint8 *state = g_new0(guint8, plan->rubric->requirements->len);
    g_autoptr(GPtrArray) path = g_ptr_array_new();
    Sorter sorter = { plan, findings, state, path, FALSE };

    for (guint i = 0; i < plan->rubric->requirements->len; i++)
        visit(&sorter, (int)i);
    return !sorter.is_faulty;
}

/* ---- checks that need compiled conditions ---- */

static gboolean rests_on(const Condition *condition, int question)
{
    for (guint i = 0; i < condition->questions->len; i++)
        if (g_array_index(condition->questions, int, i) == question)
            return TRUE;
    return FALSE;
}

/* A profile may not switch off what an official requirement rests on. */
static gboolean check_skip(const Plan *plan, const Profile *profile, int question,
                           Findings *findings)
{
    const Rubric *rubric = plan->rubric;
    const char *id = RUBRIC_QUESTION(rubric, question)->id;
    const IniEntry *entry = ini_entry(profile->section, "skip");

    for (guint i = 0; i < rubric->requirements->len; i++) {
        const Requirement *requirement = RUBRIC_REQUIREMENT(rubric, i);
        const char *found = entry ? strstr(entry->value, id) : NULL;
        Place place;

        if (requirement->origin != ORIGIN_OFFICIAL || !rests_on(PLAN_CONDITION(plan, i), question))
            continue;
        place = entry ? ini_place(rubric->ini, entry, found ? (gsize)(found - entry->value) : 0)
                      : ini_section_place(rubric->ini, profile->section);
        place.width = (guint)strlen(id);
        findings_add(findings, SEVERITY_ERROR, &place,
                     "profile \"%s\" skips \"%s\", on which the official requirement \"%s\" rests",
                     profile->id, id, requirement->id);
        return FALSE;
    }
    return TRUE;
}

static gboolean check_profiles(const Plan *plan, Findings *findings)
{
    gboolean good = TRUE;

    for (guint p = 0; p < plan->rubric->profiles->len; p++) {
        const Profile *profile = RUBRIC_PROFILE(plan->rubric, p);

        for (guint i = 0; i < profile->skips->len; i++)
            good =
                check_skip(plan, profile, g_array_index(profile->skips, int, i), findings) && good;
    }
    return good;
}

static int by_value(gconstpointer a, gconstpointer b)
{
    return rational_compare(*(const Rational *)a, *(const Rational *)b);
}

/* The numbers of all requirements: printing a score must not move it across one of them. */
static void collect_constants(Plan *plan)
{
    for (guint i = 0; i < plan->rule_nodes; i++) {
        const Node *node = PLAN_NODE(plan, i);

        if (node->kind == NODE_NUMBER || node->kind == NODE_CLIMB)
            g_array_append_val(plan->constants, node->number);
    }
    if (plan->rubric->score == SCORE_CLIMB)
        g_array_append_val(plan->constants, plan->rubric->pass);
    g_array_sort(plan->constants, by_value);
}

static gboolean compile_all(Plan *plan, Findings *findings)
{
    gboolean good = TRUE;

    for (guint i = 0; i < plan->rubric->requirements->len; i++) {
        const Requirement *requirement = RUBRIC_REQUIREMENT(plan->rubric, i);
        Condition condition = { .questions = g_array_new(FALSE, FALSE, sizeof(int)) };

        condition.first = (int)plan->nodes->len;
        condition.root = compile_condition(plan, requirement->needs, requirement->origin, findings);
        condition.applies = applies_under(plan, requirement);
        condition.binds = condition.applies && requirement->kind != KIND_ADVICE;
        good = condition.root != NOWHERE && good;
        g_array_append_val(plan->conditions, condition);
    }
    plan->rule_nodes = plan->nodes->len;
    return good;
}

static gboolean compile_contradictions(Plan *plan, Findings *findings)
{
    gboolean good = TRUE;

    for (guint i = 0; i < plan->rubric->contradictions->len; i++) {
        const Contradiction *contradiction = RUBRIC_CONTRADICTION(plan->rubric, i);
        Condition condition = { .questions = g_array_new(FALSE, FALSE, sizeof(int)),
                                .applies = TRUE };

        condition.first = (int)plan->nodes->len;
        condition.root =
            compile_condition(plan, contradiction->when, contradiction->origin, findings);
        good = condition.root != NOWHERE && good;
        g_array_append_val(plan->contradictions, condition);
    }
    return good;
}

static const char *nearest_profile(const Rubric *rubric, const char *profile)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();

    for (guint i = 0; i < rubric->profiles->len; i++)
        g_ptr_array_add(ids, RUBRIC_PROFILE(rubric, i)->id);
    g_ptr_array_add(ids, NULL);
    return text_nearest(profile, (const char *const *)ids->pdata);
}

static gboolean find_profile(const Rubric *rubric, const char *profile, int *index,
                             Findings *findings)
{
    const char *near;
    Finding *finding;

    *index = profile ? rubric_profile(rubric, profile) : NOWHERE;
    if (!profile || *index != NOWHERE)
        return TRUE;
    finding = findings_add(findings, SEVERITY_ERROR, NULL, "rubric %s@%s has no profile \"%s\"",
                           rubric->id, rubric->edition, profile);
    near = nearest_profile(rubric, profile);
    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
    else if (rubric->profiles->len == 0)
        finding_hint(finding, "it has none: leave --profile out");
    return FALSE;
}

Plan *plan_compile(const Rubric *rubric, const char *profile, Findings *findings)
{
    g_autoptr(Plan) plan = NULL;
    gboolean is_good = !rubric->doubts;
    int index;

    if (!find_profile(rubric, profile, &index, findings))
        return NULL;
    plan = plan_new(rubric, index);
    weigh(plan);
    is_good = compile_all(plan, findings) && is_good;
    is_good = compile_contradictions(plan, findings) && is_good;
    is_good = sort_requirements(plan, findings) && is_good;
    rest_fill(plan);
    is_good = check_profiles(plan, findings) && is_good;
    if (!is_good)
        return NULL;
    collect_constants(plan);
    return g_steal_pointer(&plan);
}
