#include "audit/mutants.h"

#include <string.h>

#include "audit/mutation.h"

/* The rubric and its plans as copies that may be spoilt and mended again. */
typedef struct {
    const Cases *cases;
    Rubric rubric;          /* shallow */
    GPtrArray *plans;       /* of Plan *: without a profile, then by profile */
    GPtrArray *evaluations; /* of Evaluation *, by trial: the right reading */
    Findings *findings;
    MutantCount count;
} Lab;

static Plan *plan_of(const Lab *lab, int profile)
{
    return g_ptr_array_index(lab->plans, profile + 1);
}

static Plan *plan_of_trial(const Lab *lab, const Trial *trial)
{
    return plan_of(lab, trial->assessment->plan->profile);
}

static void free_plan(gpointer plan)
{
    plan_free(plan);
}

static void free_evaluation(gpointer evaluation)
{
    evaluation_free(evaluation);
}

/* ---- does a case notice? ---- */

/* A case whose answers give the changed condition the truth it had before cannot notice. */
static gboolean is_touched(const Lab *lab, guint trial, int requirement)
{
    const Evaluation *right = g_ptr_array_index(lab->evaluations, trial);
    const Condition *condition = PLAN_CONDITION(right->plan, requirement);

    return condition->applies &&
           evaluation_truth(right, condition->root) != right->truth[requirement];
}

static gboolean condition_is_noticed(const Lab *lab, int requirement)
{
    for (guint i = 0; i < lab->cases->trials->len; i++) {
        const Trial *trial = CASES_TRIAL(lab->cases, i);

        if (is_touched(lab, i, requirement) &&
            !trial_holds(trial, plan_of_trial(lab, trial), FALSE))
            return TRUE;
    }
    return FALSE;
}

static gboolean is_noticed(const Lab *lab, gboolean scores)
{
    for (guint i = 0; i < lab->cases->trials->len; i++) {
        const Trial *trial = CASES_TRIAL(lab->cases, i);

        if (!trial_holds(trial, plan_of_trial(lab, trial), scores))
            return TRUE;
    }
    return FALSE;
}

static void record(Lab *lab, gboolean noticed)
{
    lab->count.tried++;
    lab->count.noticed += noticed ? 1 : 0;
}

/* ---- conditions ---- */

static void spoil(Plan *plan, const Mutation *mutation)
{
    Node *node = PLAN_NODE(plan, mutation->node);
    Node inner = *node;

    if (!mutation->negated) {
        *node = mutation->changed;
        return;
    }
    node->kind = NODE_NOT;
    node->left = (int)plan->nodes->len;
    g_array_append_val(plan->nodes, inner);
}

static void tell_condition(const Lab *lab, const Requirement *requirement, const Mutation *mutation)
{
    const char *text = requirement->needs->value;
    Place place = ini_place(lab->rubric.ini, requirement->needs, mutation->offset);
    g_autofree char *written = NULL, *read = NULL;

    mutation_texts(mutation, text, &written, &read);
    place.width = (guint)g_utf8_strlen(text + mutation->offset, mutation->length);
    findings_add(lab->findings, SEVERITY_NOTE, &place, "no case notices \"%s\" read as \"%s\"",
                 written, read);
}

static void try_mutation(Lab *lab, int requirement, const Mutation *mutation)
{
    guint length = plan_of(lab, NOWHERE)->nodes->len;
    g_autofree Node *nodes = g_new(Node, lab->plans->len);
    gboolean noticed;

    for (guint i = 0; i < lab->plans->len; i++) {
        nodes[i] = *PLAN_NODE((Plan *)lab->plans->pdata[i], mutation->node);
        spoil(lab->plans->pdata[i], mutation);
    }
    noticed = condition_is_noticed(lab, requirement);
    for (guint i = 0; i < lab->plans->len; i++) {
        Plan *plan = lab->plans->pdata[i];

        *PLAN_NODE(plan, mutation->node) = nodes[i];
        g_array_set_size(plan->nodes, length);
    }
    record(lab, noticed);
    if (!noticed)
        tell_condition(lab, RUBRIC_REQUIREMENT(&lab->rubric, requirement), mutation);
}

/* The requirement left out altogether. */
static void try_without(Lab *lab, int index)
{
    const Requirement *requirement = RUBRIC_REQUIREMENT(&lab->rubric, index);
    Place place = ini_name_place(lab->rubric.ini, requirement->section);
    g_autofree gboolean *binds = g_new(gboolean, lab->plans->len);
    gboolean noticed;

    for (guint i = 0; i < lab->plans->len; i++) {
        Condition *condition = PLAN_CONDITION((Plan *)lab->plans->pdata[i], index);

        binds[i] = condition->binds;
        condition->binds = FALSE;
    }
    noticed = is_noticed(lab, FALSE);
    for (guint i = 0; i < lab->plans->len; i++)
        PLAN_CONDITION((Plan *)lab->plans->pdata[i], index)->binds = binds[i];
    record(lab, noticed);
    if (!noticed)
        findings_add(lab->findings, SEVERITY_NOTE, &place,
                     "no case notices that requirement \"%s\" is left out", requirement->id);
}

static void try_requirement(Lab *lab, int index)
{
    g_autoptr(GArray) mutations = mutations_of(plan_of(lab, NOWHERE), index);

    if (RUBRIC_REQUIREMENT(&lab->rubric, index)->kind == KIND_ADVICE) {
        lab->count.of_advice += mutations->len + 1;
        return;
    }
    try_without(lab, index);
    for (guint i = 0; i < mutations->len; i++)
        try_mutation(lab, index, &g_array_index(mutations, Mutation, i));
}

/* ---- weights ---- */

/* A weight that the file writes: of a dimension, a question, all questions of a group that have no
 * own; of the rubric or of one profile. */
typedef struct {
    const IniEntry *entry;
    gboolean is_dimension;
    GArray *targets; /* of int */
    int profile;     /* NOWHERE: all plans but those of profiles that weigh it otherwise */
} Weight;

static gboolean profile_weighs(const Rubric *rubric, int profile, gboolean is_dimension, int target)
{
    const GArray *changes = profile == NOWHERE ? NULL : RUBRIC_PROFILE(rubric, profile)->weights;

    for (guint i = 0; changes && i < changes->len; i++) {
        const WeightChange *change = &g_array_index(changes, WeightChange, i);

        if (change->is_dimension == is_dimension && change->target == target)
            return TRUE;
    }
    return FALSE;
}

/* Whether something else is scored beside it: alone, it counts whole whatever it weighs. */
static gboolean has_sister(const Plan *plan, const Weight *weight)
{
    const Rubric *rubric = plan->rubric;
    int target = g_array_index(weight->targets, int, 0);
    guint n = weight->is_dimension ? rubric->dimensions->len : rubric->n_questions;

    for (int i = 0; i < (int)n; i++) {
        gboolean beside =
            weight->is_dimension
                ? RUBRIC_DIMENSION(rubric, i)->parent == RUBRIC_DIMENSION(rubric, target)->parent
                : plan->scored[i] && RUBRIC_QUESTION(rubric, i)->dimension ==
                                         RUBRIC_QUESTION(rubric, target)->dimension;

        if (i != target && beside)
            return TRUE;
    }
    return rubric->score == SCORE_SUM;
}

static void set_weight(Plan *plan, const Weight *weight, int target, Rational value)
{
    if (weight->is_dimension) {
        plan->dimension_weights[target] = value;
        return;
    }
    plan->weights[target] = value;
    plan->scored[target] = plan->scored[target] && rational_sign(value) > 0;
}

/* Set the weight in the plans it holds for. */
static void weigh(Lab *lab, const Weight *weight, Rational value)
{
    for (guint i = 0; i < lab->plans->len; i++) {
        Plan *plan = lab->plans->pdata[i];

        for (guint k = 0; k < weight->targets->len; k++) {
            int target = g_array_index(weight->targets, int, k);
            gboolean own =
                profile_weighs(&lab->rubric, plan->profile, weight->is_dimension, target);

            if (weight->profile == NOWHERE ? !own : weight->profile == plan->profile)
                set_weight(plan, weight, target, value);
        }
    }
}

/* What can be scored at all, for plans that are mended after a weight of 0. */
static void restore_scored(Lab *lab, gboolean **scored)
{
    for (guint i = 0; i < lab->plans->len; i++)
        memcpy(((Plan *)lab->plans->pdata[i])->scored, scored[i],
               sizeof(gboolean) * lab->rubric.questions->len);
}

static void try_weight(Lab *lab, const Weight *weight, gboolean **scored, Rational right,
                       Rational wrong)
{
    g_autofree char *read = rational_format(wrong, 6, ROUND_HALF_UP);
    Place place = ini_place(lab->rubric.ini, weight->entry, 0);
    gboolean noticed;

    weigh(lab, weight, wrong);
    noticed = is_noticed(lab, TRUE);
    weigh(lab, weight, right);
    restore_scored(lab, scored);
    record(lab, noticed);
    place.width = (guint)g_utf8_strlen(weight->entry->value, -1);
    if (!noticed)
        findings_add(lab->findings, SEVERITY_NOTE, &place,
                     "no case notices the weight %s read as %s", weight->entry->value, read);
}

static void try_both(Lab *lab, const Weight *weight, gboolean **scored)
{
    Rational right;

    if (weight->targets->len == 0 || rational_parse(weight->entry->value, &right) != DECIMAL_OK ||
        rational_sign(right) == 0)
        return;
    if (has_sister(plan_of(lab, weight->profile), weight))
        try_weight(lab, weight, scored, right, rational_mul(NULL, right, rational_int(2)));
    try_weight(lab, weight, scored, right, RATIONAL_ZERO);
}

/* Targets of a group's weight: its scored questions that take it from there. */
static void add_group_targets(const Lab *lab, const IniEntry *entry, GArray *targets)
{
    const Rubric *rubric = &lab->rubric;

    for (int i = 0; i < (int)rubric->n_questions; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);
        const IniEntry *own = ini_entry(question->section, "weight");

        for (guint k = 0; !own && k < question->groups->len; k++)
            own = ini_entry(
                ini_section(rubric->ini, "group",
                            RUBRIC_GROUP(rubric, g_array_index(question->groups, int, k))->id),
                "weight");
        if (own == entry)
            g_array_append_val(targets, i);
    }
}

static void try_entry(Lab *lab, const IniSection *section, const IniEntry *entry, gboolean **scored)
{
    Weight weight = { .entry = entry, .profile = NOWHERE };
    const char *name =
        strcmp(section->kind, "profile") == 0 ? entry->key + strlen("weight ") : section->name;
    int index = NOWHERE;
    NameKind kind = rubric_find(&lab->rubric, name, &index);

    weight.targets = g_array_new(FALSE, FALSE, sizeof(int));
    weight.is_dimension = kind == NAME_DIMENSION;
    if (strcmp(section->kind, "profile") == 0)
        weight.profile = rubric_profile(&lab->rubric, section->name);
    if (kind == NAME_GROUP)
        add_group_targets(lab, entry, weight.targets);
    else if (kind == NAME_DIMENSION ||
             (kind == NAME_QUESTION && plan_of(lab, weight.profile)->scored[index]))
        g_array_append_val(weight.targets, index);
    try_both(lab, &weight, scored);
    g_array_unref(weight.targets);
}

static gboolean is_weight(const IniSection *section, const IniEntry *entry)
{
    static const char *const kinds[] = { "dimension", "question", "group", NULL };

    if (entry->language || !section->name)
        return FALSE;
    if (strcmp(section->kind, "profile") == 0)
        return g_str_has_prefix(entry->key, "weight ");
    return strcmp(entry->key, "weight") == 0 && g_strv_contains(kinds, section->kind);
}

static void try_weights(Lab *lab)
{
    const GPtrArray *sections = lab->rubric.ini->sections;
    g_autoptr(GPtrArray) scored = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < lab->plans->len; i++)
        g_ptr_array_add(scored, g_memdup2(((Plan *)lab->plans->pdata[i])->scored,
                                          sizeof(gboolean) * lab->rubric.questions->len));
    for (guint i = 0; i < sections->len; i++) {
        const IniSection *section = sections->pdata[i];

        for (guint k = 0; k < section->entries->len; k++)
            if (is_weight(section, section->entries->pdata[k]))
                try_entry(lab, section, section->entries->pdata[k], (gboolean **)scored->pdata);
    }
}

/* ---- the bar of the climb ---- */

static void try_pass(Lab *lab)
{
    const IniEntry *entry = ini_entry(ini_section(lab->rubric.ini, "rubric", NULL), "pass");
    Rational right = lab->rubric.pass;
    Rational wrong[] = { rational_add(NULL, right, rational_ratio(1, 100)),
                         rational_sub(NULL, right, rational_ratio(1, 100)) };

    for (guint i = 0; entry && lab->rubric.score == SCORE_CLIMB && i < G_N_ELEMENTS(wrong); i++) {
        Place place = ini_place(lab->rubric.ini, entry, 0);
        g_autofree char *read =
            rational_format(rational_mul(NULL, wrong[i], rational_int(100)), 6, ROUND_HALF_UP);
        gboolean noticed;

        lab->rubric.pass = wrong[i];
        noticed = is_noticed(lab, TRUE);
        lab->rubric.pass = right;
        record(lab, noticed);
        place.width = (guint)g_utf8_strlen(entry->value, -1);
        if (!noticed)
            findings_add(lab->findings, SEVERITY_NOTE, &place,
                         "no case notices the pass of %s read as %s%%", entry->value, read);
    }
}

/* ---- the run ---- */

static void compile_plans(Lab *lab)
{
    g_autoptr(Findings) none = findings_new();

    g_ptr_array_add(lab->plans, plan_compile(&lab->rubric, NULL, none));
    for (guint i = 0; i < lab->rubric.profiles->len; i++)
        g_ptr_array_add(lab->plans,
                        plan_compile(&lab->rubric, RUBRIC_PROFILE(&lab->rubric, i)->id, none));
}

MutantCount mutants_run(const Cases *cases, Findings *findings)
{
    Lab lab = { .cases = cases, .rubric = *cases->rubric, .findings = findings };

    lab.plans = g_ptr_array_new_with_free_func(free_plan);
    lab.evaluations = g_ptr_array_new_with_free_func(free_evaluation);
    compile_plans(&lab);
    for (guint i = 0; i < cases->trials->len; i++) {
        const Trial *trial = CASES_TRIAL(cases, i);

        g_ptr_array_add(lab.evaluations,
                        evaluation_new(plan_of_trial(&lab, trial), trial->assessment->answers,
                                       READING_FULL, trial->assessment->date));
    }
    for (guint i = 0; i < lab.rubric.requirements->len; i++)
        try_requirement(&lab, (int)i);
    try_weights(&lab);
    try_pass(&lab);
    g_ptr_array_unref(lab.evaluations);
    g_ptr_array_unref(lab.plans);
    return lab.count;
}
