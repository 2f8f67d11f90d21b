#include "cohort/cohort_json.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "cohort/hall.h"
#include "cohort/withholding.h"
#include "support.h"

enum { ROWS = 400 };

static GBytes *bytes_of(const char *text)
{
    return g_bytes_new(text, strlen(text));
}

static Statistics *read_back(const Plan *plan, const char *text, char **fault)
{
    g_autoptr(GBytes) bytes = bytes_of(text);

    return statistics_read(plan, bytes, fault);
}

static void must_come_back(const char *path)
{
    Hall hall = hall_of(path, ROWS, 1);
    g_autoptr(Statistics) got = hall_statistics(&hall), back = NULL;
    g_autofree char *text = NULL, *again = NULL, *fault = NULL;

    statistics_reject(got, "no company", 12);
    statistics_reject(got, "a preview", 3);
    statistics_identical(got, 4, 2);
    text = statistics_json(got, 0);
    back = read_back(hall.plan, text, &fault);
    cr_assert(back != NULL, "%s", fault);
    cr_assert(hall_are_equal(got, back), "%s", path);
    again = statistics_json(back, 0);
    cr_assert_str_eq(text, again);
    hall_clear(&hall);
}

Test(cohort_json, gives_back_what_was_written)
{
    must_come_back(HALL_MIIT);
    must_come_back(HALL_MATURITY);
    must_come_back(HALL_SHEET_OF_POINTS);
}

Test(cohort_json, merges_shards_that_were_written_to_what_one_run_writes)
{
    Hall hall = hall_of(HALL_MIIT, ROWS, 2);
    g_autoptr(Statistics) whole = hall_statistics(&hall), merged = NULL;
    g_autofree char *one = NULL, *other = NULL;

    for (guint shard = 0; shard < 3; shard++) {
        g_autoptr(Statistics) part = statistics_new(hall.plan), back = NULL;
        g_autofree char *text = NULL, *fault = NULL;
        guint8 keep[BLOCK_ROWS];

        for (guint i = 0; i < ROWS; i++)
            keep[i] = i % 3 == shard;
        statistics_add(part, hall.block, hall.grades, keep, 1);
        text = statistics_json(part, 0);
        back = read_back(hall.plan, text, &fault);
        if (merged)
            statistics_merge(merged, back);
        else
            merged = g_steal_pointer(&back);
    }
    one = statistics_json(whole, 0);
    statistics_date(merged, hall.date);
    other = statistics_json(merged, 0);
    cr_assert_str_eq(one, other);
    hall_clear(&hall);
}

Test(cohort_json, refuses_what_it_cannot_read)
{
    static const struct {
        const char *from, *to, *fault;
    } CASES[] = {
        { "assess-cohort/1", "assess/1",
          "is no cohort of assess (\"schema\": \"assess-cohort/1\")" },
        { "\"edition\": \"2025\"", "\"edition\": \"2024\"",
          "was graded by miit_smart_factory@2024, not by miit_smart_factory@2025" },
        { "\"sha256\": \"", "\"sha256\": \"0",
          "was graded by another file of "
          "miit_smart_factory@2025" },
        { "\"companies\": 400", "\"companies\": -4",
          "has at \"companies\" no whole number, 0 or more" },
        { "\"companies\": 400", "\"companies\": \"many\"",
          "has at \"companies\" no whole number, 0 or more" },
        { "\"levels\": {", "\"levels\": 3, \"x\": {", "has at \"levels\" no object" },
        { "\"groups\": {", "\"groups\": {\"moon\": {}, ",
          "has at \"fields.industry.groups.moon\" no value of the field" },
    };
    Hall hall = hall_of(HALL_MIIT, ROWS, 1);
    g_autoptr(Statistics) got = hall_statistics(&hall);
    g_autofree char *text = statistics_json(got, 0);

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        GString *changed = g_string_new(text);
        g_autofree char *fault = NULL;

        cr_assert_gt(g_string_replace(changed, CASES[i].from, CASES[i].to, 1), 0, "%s",
                     CASES[i].from);
        cr_assert_null(read_back(hall.plan, changed->str, &fault), "%s", CASES[i].to);
        cr_assert_str_eq(fault, CASES[i].fault);
        g_string_free(changed, TRUE);
    }
    hall_clear(&hall);
}

/* ---- small numbers ---- */

static Statistics *withheld_and_back(const Hall *hall, guint min_group)
{
    g_autoptr(Statistics) got = hall_statistics(hall);
    g_autofree char *text = statistics_json(got, min_group), *fault = NULL;
    Statistics *back = read_back(hall->plan, text, &fault);

    cr_assert(back != NULL, "%s", fault);
    return back;
}

Test(withholding, leaves_no_small_number)
{
    Hall hall = hall_of(HALL_MIIT, ROWS, 3);
    g_autoptr(Statistics) back = withheld_and_back(&hall, 7);
    guint withheld = 0;

    for (gsize i = 0; i < back->layout.size; i++) {
        cr_assert(back->counts[i] <= 0 || back->counts[i] >= 7, "%zu: %ld", i,
                  (long)back->counts[i]);
        withheld += back->counts[i] == COHORT_WITHHELD;
    }
    cr_assert_gt(withheld, 0);
    cr_assert_eq(tallies_companies(back), ROWS);
    for (guint f = 0; f < back->fields->len; f++) {
        const CohortField *field = back->fields->pdata[f];

        for (guint i = 0; i < field->counts->len; i++) {
            gint64 count = g_array_index(field->counts, gint64, i);

            cr_assert(count <= 0 || count >= 7);
        }
    }
    hall_clear(&hall);
}

/* What is left of a total must be no single number, and not small. */
static void must_not_be_known(const gint64 *shown, const gint64 *truth, guint n, gsize stride,
                              gint64 min_group)
{
    guint hidden = 0;
    gint64 sum = 0;
    gboolean others = FALSE;

    for (guint i = 0; i < n; i++) {
        gboolean is_hidden = shown[i * stride] == COHORT_WITHHELD;

        hidden += is_hidden;
        sum += is_hidden ? truth[i * stride] : 0;
        others = others || (!is_hidden && truth[i * stride] > 0);
    }
    if (hidden > 0 && others) {
        cr_assert_geq(hidden, 2);
        cr_assert_geq(sum, min_group);
    }
}

Test(withholding, gives_no_group_away_by_its_total)
{
    for (guint32 seed = 1; seed <= 5; seed++) {
        Hall hall = hall_of(HALL_MIIT, ROWS, seed);
        g_autoptr(Statistics) truth = hall_statistics(&hall),
                              shown = statistics_withheld(truth, 10);

        for (guint i = 0; i < COHORT_READINGS * 2; i++)
            must_not_be_known(tallies_level(shown, (Reading)(i / 2), i % 2),
                              tallies_level(truth, (Reading)(i / 2), i % 2), shown->layout.n_levels,
                              1, 10);
        for (guint f = 0; f < shown->fields->len; f++) {
            const CohortField *field = shown->fields->pdata[f], *real = truth->fields->pdata[f];
            gint64 *counts = cohort_field_counts(shown, field, 0);
            const gint64 *reals = cohort_field_counts(truth, real, 0);

            for (guint at = 0; at <= shown->layout.n_levels * 2; at++)
                must_not_be_known(counts + at, reals + at, field->n_groups,
                                  shown->layout.group_size, 10);
        }
        hall_clear(&hall);
    }
}

Test(withholding, tells_nothing_of_too_few_companies)
{
    Hall hall = hall_of(HALL_MIIT, 4, 1);
    g_autoptr(Statistics) back = withheld_and_back(&hall, 5);

    cr_assert_eq(tallies_companies(back), COHORT_WITHHELD);
    cr_assert_eq(tallies_level(back, READING_FULL, FALSE)[0], COHORT_WITHHELD);
    hall_clear(&hall);
}
