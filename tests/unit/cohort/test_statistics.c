#include "cohort/statistics.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "cohort/hall.h"
#include "scoring/assessment.h"
#include "scoring/points.h"
#include "support.h"

enum { ROWS = 300 };

/* ---- the same, company by company ---- */

static void count_blockers(Statistics *plain, const Assessment *assessment)
{
    for (guint i = 0; i < assessment->blockers->len; i++) {
        guint requirement = (guint)g_array_index(assessment->blockers, int, i);
        gint64 *counts = tallies_blocks(plain, requirement);

        counts[assessment->status[requirement] == STATUS_UNMET ? BLOCKS_UNMET : BLOCKS_UNKNOWN]++;
        counts[BLOCKS_ALONE] += assessment->blockers->len == 1;
    }
}

static void count_answers(Statistics *plain, const Assessment *assessment)
{
    const Answers *answers = assessment->answers;

    for (guint i = 0; i < assessment->plan->rubric->questions->len; i++) {
        const Question *question = RUBRIC_QUESTION(assessment->plan->rubric, i);
        const Answer *answer = &answers->of[i];
        gint64 *options = tallies_options(plain, i), *numbers = tallies_numbers(plain, i);

        if (question->type == QUESTION_DATE)
            continue;
        tallies_states(plain, i)[answer->state]++;
        if (answer->state != ANSWER_ANSWERED)
            continue;
        for (guint o = 0; options && question->type == QUESTION_MULTI && o < 64; o++)
            if (answer->must >> o & 1)
                options[o]++;
        if (options && question->type != QUESTION_MULTI)
            options[answer->low]++;
        if (numbers) {
            Rational shown =
                rational_mul(NULL, answer->least,
                             rational_int(question->type == QUESTION_PERCENT ? BLOCK_PERCENT_UNIT
                                                                             : BLOCK_NUMBER_UNIT));

            numbers[bins_find(&plain->layout.bins[i], (gint64)shown.num)]++;
        }
    }
}

/* A bound in millionths, rounded once: outward for a proper interval. */
static gint64 millionths(Score score, gboolean high)
{
    Rational bound = high ? score.high : score.low, number = RATIONAL_ZERO;
    gboolean is_point = rational_compare(score.low, score.high) == 0;
    g_autofree char *text = rational_format(bound, 6,
                                            is_point ? ROUND_HALF_UP
                                            : high   ? ROUND_UP
                                                     : ROUND_DOWN);

    cr_assert_eq(rational_parse(text, &number), DECIMAL_OK);
    number = rational_mul(NULL, number, rational_int(1000000));
    return (gint64)number.num;
}

/* A total beside the best total (of a climb: all levels, also those of which nothing applies); the
 * score of a dimension is a part of one in every rubric. */
static void count_scores(Statistics *plain, const Assessment *assessment)
{
    g_autoptr(Numbers) numbers = numbers_new();
    Points total = points_of(assessment, NOWHERE, numbers);
    gint64 best = assessment->plan->rubric->score == SCORE_CLIMB
                      ? assessment->plan->rubric->levels->len * 1000000
                      : (gint64)(rational_to_double(total.best) * 1000000 + 0.5);

    for (guint part = 0; part <= assessment->plan->rubric->dimensions->len; part++) {
        Score score = part == 0 ? assessment->score : assessment->dimensions[part - 1].score;

        for (int high = 0; high < 2; high++)
            tallies_score(
                plain, part,
                high)[score.exists ? bins_score(millionths(score, high), part == 0 ? best : 1000000)
                                   : SCORE_BINS]++;
    }
}

static void count_company(Statistics *plain, const Assessment *assessment)
{
    const Verdict verdicts[] = { assessment->verdict, assessment->official, assessment->evidenced };

    plain->counts[plain->layout.companies]++;
    for (guint i = 0; i < COHORT_READINGS; i++) {
        tallies_level(plain, (Reading)i, FALSE)[verdicts[i].level + 1]++;
        tallies_level(plain, (Reading)i, TRUE)[verdicts[i].level_possible + 1]++;
    }
    for (guint i = 0; i < assessment->plan->rubric->requirements->len; i++)
        tallies_status(plain, i)[assessment->status[i]]++;
    count_scores(plain, assessment);
    count_blockers(plain, assessment);
    for (guint i = 0; i < assessment->contradictions->len; i++)
        plain->counts[plain->layout.contradictions +
                      (guint)g_array_index(assessment->contradictions, int, i)]++;
    count_answers(plain, assessment);
}

static void must_equal(const char *path, const char *what, const gint64 *got, const gint64 *wanted,
                       guint n)
{
    for (guint i = 0; i < n; i++)
        cr_assert_eq(got[i], wanted[i], "%s: %s, number %u: %ld instead of %ld", path, what, i,
                     (long)got[i], (long)wanted[i]);
}

static void compare_with_assessments(const char *path)
{
    Hall hall = hall_of(path, ROWS, 1);
    g_autoptr(Statistics) got = statistics_new(hall.plan), plain = statistics_new(hall.plan);
    const TallyPlaces *layout = &got->layout;

    statistics_add(got, hall.block, hall.grades, NULL, 1);
    for (guint row = 0; row < ROWS; row++) {
        g_autoptr(Assessment) assessment =
            assessment_new(hall.plan, block_answers(hall.block, row), hall.date, FALSE);

        count_company(plain, assessment);
    }
    cr_assert_eq(tallies_companies(got), ROWS);
    must_equal(path, "levels", got->counts + layout->levels, plain->counts + layout->levels,
               COHORT_READINGS * 2 * layout->n_levels);
    must_equal(path, "status and blocks", got->counts + layout->status,
               plain->counts + layout->status, (guint)(layout->states - layout->status));
    must_equal(path, "scores", got->counts + layout->scores, plain->counts + layout->scores,
               (guint)(layout->status - layout->scores));
    must_equal(path, "contradictions", got->counts + layout->contradictions,
               plain->counts + layout->contradictions, hall.rubric->contradictions->len);
    for (guint i = 0; i < hall.rubric->questions->len; i++) {
        const Question *question = RUBRIC_QUESTION(hall.rubric, i);

        if (question->type == QUESTION_DATE)
            continue;
        must_equal(path, question->id, tallies_states(got, i), tallies_states(plain, i),
                   COHORT_STATES);
        if (question->options)
            must_equal(path, question->id, tallies_options(got, i), tallies_options(plain, i),
                       question->options->len);
        if (tallies_numbers(got, i))
            must_equal(path, question->id, tallies_numbers(got, i), tallies_numbers(plain, i),
                       bins_number(&layout->bins[i]));
    }
    hall_clear(&hall);
}

Test(statistics, say_what_the_assessments_of_the_companies_say)
{
    compare_with_assessments(HALL_MIIT);
    compare_with_assessments(HALL_MATURITY);
    compare_with_assessments(HALL_SHEET_OF_POINTS);
}

Test(statistics, find_every_blank_that_decides)
{
    Hall hall = hall_of(HALL_MIIT, ROWS, 2);
    g_autoptr(Statistics) got = statistics_new(hall.plan);
    g_autofree gint64 *least = g_new0(gint64, hall.rubric->questions->len);
    guint found = 0;

    statistics_add(got, hall.block, hall.grades, NULL, 1);
    for (guint row = 0; row < ROWS; row++) {
        g_autoptr(Assessment) assessment =
            assessment_new(hall.plan, block_answers(hall.block, row), hall.date, FALSE);

        for (guint i = 0; i < assessment->decisive->len; i++)
            least[g_array_index(assessment->decisive, int, i)]++;
    }
    for (guint i = 0; i < hall.rubric->questions->len; i++) {
        cr_assert_geq(got->counts[got->layout.decides + i], least[i], "%s",
                      RUBRIC_QUESTION(hall.rubric, i)->id);
        found += least[i] > 0;
    }
    cr_assert_gt(found, 20);
    hall_clear(&hall);
}

Test(statistics, are_the_same_from_shards_and_after_taking_rows_out)
{
    Hall hall = hall_of(HALL_MIIT, BLOCK_ROWS, 3);
    g_autoptr(Statistics) whole = statistics_new(hall.plan), even = statistics_new(hall.plan),
                          odd = statistics_new(hall.plan), back = statistics_new(hall.plan);
    guint8 keep[2][BLOCK_ROWS];

    for (guint i = 0; i < BLOCK_ROWS; i++) {
        keep[0][i] = i % 2 == 0;
        keep[1][i] = i % 2 == 1;
    }
    statistics_add(whole, hall.block, hall.grades, NULL, 1);
    statistics_add(even, hall.block, hall.grades, keep[0], 1);
    statistics_add(odd, hall.block, hall.grades, keep[1], 1);
    statistics_add(back, hall.block, hall.grades, NULL, 1);
    statistics_add(back, hall.block, hall.grades, keep[1], -1);
    cr_assert(hall_are_equal(back, even));
    cr_assert_not(hall_are_equal(even, odd));
    statistics_merge(even, odd);
    cr_assert(hall_are_equal(even, whole));
    hall_clear(&hall);
}

Test(statistics, leave_out_rows_that_are_dropped)
{
    Hall hall = hall_of(HALL_MIIT, 40, 4);
    g_autoptr(Statistics) got = statistics_new(hall.plan);

    memset(hall.block->dropped, 1, 39);
    statistics_add(got, hall.block, hall.grades, NULL, 1);
    cr_assert_eq(tallies_companies(got), 1);
    hall_clear(&hall);
}

Test(statistics, count_every_company_once_in_each_field)
{
    Hall hall = hall_of(HALL_MIIT, ROWS, 5);
    g_autoptr(Statistics) got = statistics_new(hall.plan);

    statistics_add(got, hall.block, hall.grades, NULL, 1);
    cr_assert_eq(got->fields->len, 2);
    for (guint i = 0; i < got->fields->len; i++) {
        const CohortField *field = got->fields->pdata[i];
        gint64 companies = 0, scores = 0;

        for (guint group = 0; group < field->n_groups; group++) {
            gint64 *counts = cohort_field_counts(got, field, group);

            companies += *group_companies(counts);
            scores += bins_total(group_score(got, counts, TRUE), SCORE_BINS + 1);
            cr_assert_eq(
                bins_total(group_level(got, counts, READING_FULL, TRUE), got->layout.n_levels),
                *group_companies(counts));
        }
        cr_assert_eq(companies, ROWS);
        cr_assert_eq(scores, ROWS);
    }
    hall_clear(&hall);
}

/* ---- text fields ---- */

static const char TEXT_FIELD[] = "[field town]\ntype = text\nask = Town\ncohort = yes\n"
                                 "[question q]\ntype = yesno\nask = Q\ndimension = d\n";

static void set_text(Block *block, int question, guint row, const char *text)
{
    block->of[question].state[row] = *text ? ANSWER_ANSWERED : ANSWER_BLANK;
    block->texts[question][row] = (BlockText){ (guint32)block->text->len, (guint32)strlen(text) };
    g_string_append(block->text, text);
}

/* Towns number `from` to `to`, each once. */
static Statistics *towns(const Desk *desk, guint from, guint to)
{
    g_autoptr(Block) block = block_new(desk->rubric);
    BlockGrader *grader = block_grader_new(desk->plan, support_day(2026, 6, 30));
    Statistics *got = statistics_new(desk->plan);

    for (guint i = from; i < to; i++) {
        g_autofree char *name = g_strdup_printf("town %u", i);

        set_text(block, desk_question(desk, "town"), i - from, name);
        block->n_rows++;
    }
    statistics_add(got, block, block_grade(grader, block), NULL, 1);
    block_grader_free(grader);
    return got;
}

static const CohortField *field_at(const Statistics *statistics, guint index)
{
    return statistics->fields->pdata[index];
}

Test(statistics, group_by_texts_up_to_a_limit_whatever_came_first)
{
    g_autoptr(Desk) desk = desk_new(TEXT_FIELD, "q");
    g_autoptr(Statistics) limit = towns(desk, 0, COHORT_TEXTS_LIMIT),
                          beyond = towns(desk, 0, COHORT_TEXTS_LIMIT + 1),
                          some = towns(desk, 0, 150), others = towns(desk, 100, 260);

    cr_assert_eq(field_at(limit, 0)->n_groups, COHORT_TEXTS_LIMIT + 1);
    cr_assert_not(field_at(limit, 0)->is_crowded);
    cr_assert(field_at(beyond, 0)->is_crowded);
    statistics_merge(some, others);
    cr_assert(field_at(some, 0)->is_crowded);
    cr_assert_eq(*group_companies(cohort_field_counts(some, field_at(some, 0), 0)), 0);
    cr_assert_eq(tallies_companies(some), 310);
}

/* ---- suspicion ---- */

Test(statistics, see_a_group_answered_in_one_line)
{
    Hall hall = hall_of(HALL_MIIT, 3, 6);
    g_autoptr(Statistics) got = statistics_new(hall.plan);
    const StraightGroup *straight;
    gint64 lines = 0;

    cr_assert_gt(got->layout.straight->len, 0);
    straight = &g_array_index(got->layout.straight, StraightGroup, 0);
    for (guint i = 0; i < straight->questions->len; i++) {
        BlockColumn *column = &hall.block->of[g_array_index(straight->questions, int, i)];

        memset(column->state, ANSWER_ANSWERED, 3);
        memcpy(column->option, (guint8[]){ 1, 1, (guint8)(i % 2) }, 3);
    }
    hall.block->of[g_array_index(straight->questions, int, 0)].state[1] = ANSWER_BLANK;
    hall.block->of[g_array_index(straight->questions, int, 0)].option[1] = 0;
    statistics_add(got, hall.block, block_grade(hall.grader, hall.block), NULL, 1);
    lines = got->counts[straight->at + 1];
    cr_assert_eq(lines, 1);
    cr_assert_eq(bins_total(got->counts + straight->at, straight->options), 1);
    hall_clear(&hall);
}

Test(statistics, give_equal_rows_equal_fingerprints_and_no_others)
{
    Hall hall = hall_of(HALL_MIIT, 4, 7), twin = hall_of(HALL_MIIT, 4, 7);
    Fingerprint one[BLOCK_ROWS], other[BLOCK_ROWS];
    guint changed = 0;

    for (guint i = 0; i < hall.rubric->n_questions; i++)
        if (hall.block->of[i].option)
            for (guint row = 0; row < 4; row++)
                hall.block->of[i].state[row] = twin.block->of[i].state[row] = ANSWER_ANSWERED;
    statistics_fingerprints(hall.block, one);
    statistics_fingerprints(twin.block, other);
    cr_assert_eq(memcmp(one, other, 4 * sizeof *one), 0);
    cr_assert_neq(one[0].high, one[1].high);
    for (guint i = 0; i < hall.rubric->n_questions; i++) { /* any answer counts */
        guint8 *state = &twin.block->of[i].state[2], before = *state;

        *state = before == ANSWER_NOT_APPLICABLE ? ANSWER_BLANK : ANSWER_NOT_APPLICABLE;
        statistics_fingerprints(twin.block, other);
        changed += one[2].high != other[2].high && one[2].low != other[2].low;
        cr_assert_eq(one[3].low, other[3].low);
        *state = before;
    }
    cr_assert_eq(changed, hall.rubric->n_questions);
    hall_clear(&hall);
    hall_clear(&twin);
}

Test(statistics, give_no_fingerprint_of_a_row_that_says_little)
{
    Hall hall = hall_of(HALL_MIIT, 1, 8);
    Fingerprint print;

    for (guint i = 0; i < hall.rubric->n_questions; i++)
        hall.block->of[i].state[0] =
            i < COHORT_FINGERPRINT_LEAST - 1 ? ANSWER_ANSWERED : ANSWER_BLANK;
    statistics_fingerprints(hall.block, &print);
    cr_assert_eq(print.high | print.low, 0);
    hall.block->of[COHORT_FINGERPRINT_LEAST].state[0] = ANSWER_ANSWERED;
    statistics_fingerprints(hall.block, &print);
    cr_assert_neq(print.high | print.low, 0);
    hall_clear(&hall);
}
