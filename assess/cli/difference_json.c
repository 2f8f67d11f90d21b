#include "cli/difference_json.h"

#include "cli/difference_writer.h"
#include "report/json.h"

/* NULL becomes null. */
static void put(GVariantBuilder *object, const char *key, const char *text)
{
    g_variant_builder_add(object, "{sv}", key, g_variant_new("ms", text));
}

static void put_value(GVariantBuilder *object, const char *key, GVariant *value)
{
    g_variant_builder_add(object, "{sv}", key, value);
}

static GVariant *rubric_object(const Rubric *rubric)
{
    static const char *const STATUS[] = {
        [EDITION_IN_FORCE] = NULL,
        [EDITION_DRAFT] = "draft",
        [EDITION_PARTIAL] = "partial",
    };
    GVariantBuilder object;

    g_variant_builder_init(&object, G_VARIANT_TYPE_VARDICT);
    put(&object, "id", rubric->id);
    put(&object, "edition", rubric->edition);
    put(&object, "status", STATUS[rubric->status]);
    put(&object, "sha256", rubric->ini->sha256);
    return g_variant_builder_end(&object);
}

static const char *id_of(const Rubric *rubric, NameKind of, int index)
{
    if (index == NOWHERE)
        return NULL;
    switch (of) {
    case NAME_LEVEL:
        return RUBRIC_LEVEL(rubric, index)->id;
    case NAME_DIMENSION:
        return RUBRIC_DIMENSION(rubric, index)->id;
    case NAME_REQUIREMENT:
        return RUBRIC_REQUIREMENT(rubric, index)->id;
    default:
        return RUBRIC_QUESTION(rubric, index)->id;
    }
}

static char *node_text(const Plan *plan, int requirement, int at)
{
    const Node *node = at == NOWHERE ? NULL : PLAN_NODE(plan, at);

    if (!node)
        return NULL;
    return g_strndup(RUBRIC_REQUIREMENT(plan->rubric, requirement)->needs->value + node->offset,
                     node->length);
}

static GVariant *parts_list(const Difference *difference, const Change *change)
{
    GVariantBuilder list;

    g_variant_builder_init(&list, G_VARIANT_TYPE("av"));
    for (guint i = 0; change->parts && i < change->parts->len; i++) {
        const PartChange *part = &g_array_index(change->parts, PartChange, i);
        g_autofree char *from = node_text(difference->pairing.older, change->older, part->older);
        g_autofree char *to = node_text(difference->pairing.newer, change->newer, part->newer);
        GVariantBuilder object;

        g_variant_builder_init(&object, G_VARIANT_TYPE_VARDICT);
        put(&object, "change",
            part->strictness == STRICTNESS_TIGHTER  ? change_name(CHANGE_TIGHTENED)
            : part->strictness == STRICTNESS_LOOSER ? change_name(CHANGE_LOOSENED)
                                                    : change_name(CHANGE_CONDITION));
        put(&object, "joined_by", part->is_alternative ? "or" : "and");
        put(&object, "from", from);
        put(&object, "to", to);
        g_variant_builder_add(&list, "v", g_variant_builder_end(&object));
    }
    return g_variant_builder_end(&list);
}

/* What is said of requirements alone. */
static void put_requirement(GVariantBuilder *object, const Difference *difference,
                            const Change *change)
{
    gboolean is_older;
    int level = change_level(difference, change, &is_older);
    const Requirement *requirement = change->newer == NOWHERE
                                         ? RUBRIC_REQUIREMENT(difference->older, change->older)
                                         : RUBRIC_REQUIREMENT(difference->newer, change->newer);

    put(object, "level", RUBRIC_LEVEL(is_older ? difference->older : difference->newer, level)->id);
    put(object, "origin", origin_name(requirement->origin));
    put(object, "clause", localized_in(&requirement->clause, NULL));
}

static GVariant *change_object(const Difference *difference, const Change *change)
{
    static const char *const OF[] = {
        [NAME_LEVEL] = "level",
        [NAME_DIMENSION] = "dimension",
        [NAME_QUESTION] = "question",
        [NAME_REQUIREMENT] = "requirement",
    };
    GVariantBuilder object;

    g_variant_builder_init(&object, G_VARIANT_TYPE_VARDICT);
    put(&object, "of", OF[change->of]);
    put(&object, "change", change_name(change->kind));
    put(&object, "older", id_of(difference->older, change->of, change->older));
    put(&object, "newer", id_of(difference->newer, change->of, change->newer));
    put(&object, "title", change_title(difference, change, NULL));
    if (change->of == NAME_REQUIREMENT)
        put_requirement(&object, difference, change);
    put(&object, "from", change->from);
    put(&object, "to", change->to);
    if (change->parts)
        put_value(&object, "parts", parts_list(difference, change));
    return g_variant_builder_end(&object);
}

static GVariant *changes_list(const Difference *difference)
{
    GVariantBuilder list;

    g_variant_builder_init(&list, G_VARIANT_TYPE("av"));
    for (guint i = 0; i < difference->changes->len; i++)
        g_variant_builder_add(&list, "v",
                              change_object(difference, DIFFERENCE_CHANGE(difference, i)));
    return g_variant_builder_end(&list);
}

static GVariant *ids_list(const Rubric *rubric, const GArray *requirements)
{
    GVariantBuilder list;

    g_variant_builder_init(&list, G_VARIANT_TYPE("as"));
    for (guint i = 0; i < requirements->len; i++)
        g_variant_builder_add(&list, "s",
                              RUBRIC_REQUIREMENT(rubric, g_array_index(requirements, int, i))->id);
    return g_variant_builder_end(&list);
}

static GVariant *verdict_object(const Assessment *assessment)
{
    GVariantBuilder object;

    g_variant_builder_init(&object, G_VARIANT_TYPE_VARDICT);
    put(&object, "level", assessment_level_id(assessment, assessment->verdict.level));
    put(&object, "level_possible",
        assessment_level_id(assessment, assessment->verdict.level_possible));
    return g_variant_builder_end(&object);
}

static GVariant *sheets_list(const Difference *difference, const GPtrArray *regrades)
{
    GVariantBuilder list;

    g_variant_builder_init(&list, G_VARIANT_TYPE("av"));
    for (guint i = 0; i < regrades->len; i++) {
        const Regrade *regrade = regrades->pdata[i];
        GVariantBuilder object;

        g_variant_builder_init(&object, G_VARIANT_TYPE_VARDICT);
        put(&object, "company", answers_company(regrade->before->answers));
        put_value(&object, "moves", g_variant_new_boolean(regrade_moves(regrade)));
        put_value(&object, "older", verdict_object(regrade->before));
        put_value(&object, "newer", verdict_object(regrade->after));
        put_value(&object, "fails_now", ids_list(difference->newer, regrade->failing));
        put_value(&object, "open_now", ids_list(difference->newer, regrade->open));
        g_variant_builder_add(&list, "v", g_variant_builder_end(&object));
    }
    return g_variant_builder_end(&list);
}

char *difference_json(const Difference *difference, const GPtrArray *regrades)
{
    GVariantBuilder object;
    g_autoptr(GVariant) whole = NULL;

    g_variant_builder_init(&object, G_VARIANT_TYPE_VARDICT);
    put(&object, "schema", "assess-difference/1");
    put_value(&object, "older", rubric_object(difference->older));
    put_value(&object, "newer", rubric_object(difference->newer));
    put_value(&object, "changes", changes_list(difference));
    put_value(&object, "answers", sheets_list(difference, regrades));
    whole = g_variant_ref_sink(g_variant_builder_end(&object));
    return variant_json(whole);
}
