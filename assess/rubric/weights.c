/* `weights_sum`: what the weights of sister dimensions, or with `score = sum` the best answers,
 * must add up to. A slip of one weight is seen at once. */
#include <string.h>

#include "rubric/loading.h"

typedef struct {
    Loading *loading;
    const Rubric *rubric;
    Numbers *numbers;
    const Profile *profile; /* NULL: without one */
    Place place;            /* where a sum that is wrong is told, unless a dimension is the place */
} Weighing;

/* The weight under the profile; `is_given` becomes TRUE if anyone gave it. */
static Rational weight_of(const Weighing *weighing, gboolean is_dimension, int index,
                          gboolean *is_given)
{
    const Rubric *rubric = weighing->rubric;
    const GArray *changes = weighing->profile ? weighing->profile->weights : NULL;

    for (guint i = 0; changes && i < changes->len; i++) {
        const WeightChange *change = &g_array_index(changes, WeightChange, i);

        if (change->is_dimension == is_dimension && change->target == index) {
            *is_given = TRUE;
            return change->weight;
        }
    }
    if (is_dimension) {
        const IniSection *section =
            ini_section(weighing->loading->ini, "dimension", RUBRIC_DIMENSION(rubric, index)->id);

        *is_given = *is_given || (section && ini_entry(section, "weight"));
        return RUBRIC_DIMENSION(rubric, index)->weight;
    }
    return RUBRIC_QUESTION(rubric, index)->weight;
}

static void tell_sum(const Weighing *weighing, const Place *place, const char *what, Rational sum)
{
    g_autofree char *found = rational_format(sum, 6, ROUND_HALF_UP);
    g_autofree char *expected = rational_format(weighing->rubric->weights_sum, 6, ROUND_HALF_UP);

    findings_add(weighing->loading->findings, SEVERITY_ERROR, place,
                 "%s%s%s%s %s, expected %s (weights_sum)",
                 weighing->profile ? "under profile \"" : "",
                 weighing->profile ? weighing->profile->id : "", weighing->profile ? "\" " : "",
                 what, found, expected);
}

/* ---- sister dimensions ---- */

/* The sisters under `parent` (NOWHERE: the top). Weights that nobody gave are all equal: there is
 * no sum that could be wrong. */
static void weigh_sisters(const Weighing *weighing, int parent)
{
    const Rubric *rubric = weighing->rubric;
    const IniSection *section = NULL;
    Rational sum = RATIONAL_ZERO;
    gboolean is_given = FALSE;
    g_autofree char *what = NULL;
    Place place = weighing->place;

    for (guint i = 0; i < rubric->dimensions->len; i++)
        if (RUBRIC_DIMENSION(rubric, i)->parent == parent)
            sum =
                rational_add(weighing->numbers, sum, weight_of(weighing, TRUE, (int)i, &is_given));
    if (!is_given || rational_compare(sum, rubric->weights_sum) == 0)
        return;
    if (parent == NOWHERE) {
        tell_sum(weighing, &place, "the weights of the top dimensions add up to", sum);
        return;
    }
    section =
        ini_section(weighing->loading->ini, "dimension", RUBRIC_DIMENSION(rubric, parent)->id);
    if (!weighing->profile && section)
        place = ini_name_place(weighing->loading->ini, section);
    what = g_strdup_printf("the weights of the dimensions under \"%s\" add up to",
                           RUBRIC_DIMENSION(rubric, parent)->id);
    tell_sum(weighing, &place, what, sum);
}

static void weigh_dimensions(const Weighing *weighing)
{
    weigh_sisters(weighing, NOWHERE);
    for (guint i = 0; i < weighing->rubric->dimensions->len; i++)
        if (RUBRIC_DIMENSION(weighing->rubric, i)->children->len > 0)
            weigh_sisters(weighing, (int)i);
}

/* ---- the best total ---- */

static gboolean is_skipped(const Weighing *weighing, int question)
{
    const GArray *skips = weighing->profile ? weighing->profile->skips : NULL;

    for (guint i = 0; skips && i < skips->len; i++)
        if (g_array_index(skips, int, i) == question)
            return TRUE;
    return FALSE;
}

static void weigh_total(const Weighing *weighing)
{
    const Rubric *rubric = weighing->rubric;
    Rational total = RATIONAL_ZERO;
    gboolean is_given = FALSE;

    for (guint i = 0; i < rubric->n_questions; i++)
        if (!is_skipped(weighing, (int)i))
            total = rational_add(
                weighing->numbers, total,
                rational_mul(weighing->numbers, weight_of(weighing, FALSE, (int)i, &is_given),
                             question_best(RUBRIC_QUESTION(rubric, i), weighing->numbers)));
    if (rational_compare(total, rubric->weights_sum) != 0)
        tell_sum(weighing, &weighing->place, "the best answers score", total);
}

/* ---- all ---- */

static void weigh(Weighing *weighing)
{
    if (weighing->rubric->score == SCORE_SUM)
        weigh_total(weighing);
    else
        weigh_dimensions(weighing);
}

void check_weights(Loading *loading)
{
    const Rubric *rubric = loading->rubric;
    g_autoptr(Numbers) numbers = NULL;
    Weighing weighing = { .loading = loading, .rubric = rubric };

    /* Beside another fault a sum may be wrong because of it. */
    if (!rubric->has_weights_sum || findings_of(loading->findings, SEVERITY_ERROR) > 0)
        return;
    numbers = weighing.numbers = numbers_new();
    weighing.place = ini_place(
        loading->ini, ini_entry(ini_section(loading->ini, "rubric", NULL), "weights_sum"), 0);
    weighing.place.width =
        (guint)strlen(ini_value(ini_section(loading->ini, "rubric", NULL), "weights_sum"));
    weigh(&weighing);
    if (findings_of(loading->findings, SEVERITY_ERROR) > 0)
        return; /* a profile that changes nothing of it has the same sums */
    for (guint i = 0; i < rubric->profiles->len; i++) {
        weighing.profile = RUBRIC_PROFILE(rubric, i);
        weighing.place = ini_name_place(loading->ini, weighing.profile->section);
        weigh(&weighing);
    }
}
