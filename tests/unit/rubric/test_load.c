#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "rubric/whole.h"

static Rubric *load(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(Findings) findings = findings_new();
    Rubric *rubric = rubric_parse("test.ini", bytes, NULL, NULL, findings);

    for (guint i = 0; i < findings_count(findings); i++)
        g_printerr("%u: %s\n", findings_at(findings, i)->line, findings_at(findings, i)->message);
    g_assert_nonnull(rubric);
    g_assert_cmpuint(findings_count(findings), ==, 0);
    return rubric;
}

static const Question *question(const Rubric *rubric, const char *id)
{
    int index = NOWHERE;

    g_assert_cmpint(rubric_find(rubric, id, &index), ==, NAME_QUESTION);
    return RUBRIC_QUESTION(rubric, index);
}

static gboolean is(Rational value, gint64 numerator, gint64 denominator)
{
    return rational_compare(value, rational_ratio(numerator, denominator)) == 0;
}

static const char *in(const Localized *text, const char *language)
{
    return localized_or(text, language, "(none)");
}

Test(rubric, reads_its_head)
{
    g_autoptr(Rubric) rubric = load(whole_rubric);

    cr_expect(eq(str, rubric->id, "whole"));
    cr_expect(eq(str, rubric->edition, "2025.1-2"));
    cr_expect(eq(str, (char *)in(&rubric->title, NULL), "Whole; with every key"));
    cr_expect(eq(str, (char *)in(&rubric->title, "zh"), "全部"));
    cr_expect(eq(str, (char *)in(&rubric->title, "de"), "Whole; with every key"));
    cr_expect(eq(str, (char *)in(&rubric->note, NULL), "two\nlines, \"quoted\""));
    cr_expect(eq(str, (char *)in(&rubric->document, NULL), "No. 1"));
    cr_expect(eq(str, (char *)in(&rubric->currency, NULL), "CNY"));
    cr_expect(rubric->score == SCORE_CLIMB);
    cr_expect(is(rubric->pass, 3, 4));
    cr_expect(eq(uint, rubric->levels->len, 3));
    cr_expect(eq(str, RUBRIC_LEVEL(rubric, 2)->id, "high"), "a list goes on in levels.2");
    cr_expect(eq(str, (char *)in(&RUBRIC_LEVEL(rubric, 0)->title, NULL), "Low"));
}

Test(rubric, reads_the_tree_of_dimensions)
{
    g_autoptr(Rubric) rubric = load(whole_rubric);
    const Dimension *plant = RUBRIC_DIMENSION(rubric, 0), *line = RUBRIC_DIMENSION(rubric, 2);

    cr_assert(eq(uint, rubric->dimensions->len, 3));
    cr_expect(eq(str, plant->id, "plant"));
    cr_expect(is(plant->weight, 2, 1));
    cr_expect(is(line->weight, 1, 1));
    cr_expect(eq(int, line->parent, 0));
    cr_expect(eq(int, plant->parent, NOWHERE));
    cr_assert(eq(uint, plant->children->len, 1));
    cr_expect(eq(int, g_array_index(plant->children, int, 0), 2));
    cr_expect(eq(uint, line->questions->len, 2));
}

Test(rubric, takes_what_a_question_does_not_say_from_its_groups_in_order)
{
    g_autoptr(Rubric) rubric = load(whole_rubric);
    const Question *one = question(rubric, "s1"), *two = question(rubric, "s2");
    const Question *number = question(rubric, "load");

    cr_expect(one->type == QUESTION_CHOICE);
    cr_expect(is(one->weight, 3, 1), "the first group named wins");
    cr_expect(eq(uint, one->groups->len, 2));
    cr_expect(eq(int, one->dimension, 2));
    cr_expect(eq(int, one->level, 1));
    cr_expect(one->na && one->required);
    cr_expect(one->disclosure == DISCLOSURE_MEDIUM);
    cr_expect(eq(str, (char *)in(&one->clause, NULL), "II"));
    cr_expect(eq(str, (char *)in(&one->evidence, "zh"), "照片"));
    cr_expect(eq(str, (char *)in(&one->help, NULL), "Look"));
    cr_expect(eq(str, (char *)in(&one->ask, "zh"), "一"));
    cr_expect(eq(int, one->scale, 0));
    cr_expect(eq(str, (char *)in(&QUESTION_OPTION(one, 1)->title, "zh"), "一半"));
    cr_expect(is(QUESTION_OPTION(one, 1)->score, 7, 10));
    cr_expect(is(two->weight, 0, 1));
    cr_expect(two->required && !two->na);
    cr_expect(eq(int, two->scale, NOWHERE), "own options replace the group's scale");
    cr_expect(is(QUESTION_OPTION(two, 1)->score, 1, 2));
    cr_expect(eq(str, (char *)in(&two->evidence, "zh"), "Log"),
              "an own text takes no translation of the group's");
    cr_expect(is(number->min, -5, 1));
    cr_expect(is(number->max, 90, 1));
    cr_expect(eq(str, (char *)in(&number->unit, NULL), "t"));
}

Test(rubric, scores_options_by_type)
{
    g_autoptr(Rubric) rubric = load(whole_rubric);
    const Question *yesno = question(rubric, "plan"), *multi = question(rubric, "tools");

    cr_expect(is(QUESTION_OPTION(yesno, 0)->score, 1, 2));
    cr_expect(is(QUESTION_OPTION(yesno, 1)->score, 1, 1));
    cr_expect(eq(str, (char *)in(&QUESTION_OPTION(yesno, 1)->title, NULL), "Indeed"));
    cr_expect(is(QUESTION_OPTION(multi, 0)->score, 1, 2), "each is a part of the whole");
    cr_expect(eq(int, question_option(multi, "y"), 1));
    cr_expect(eq(int, question_option(multi, "z"), NOWHERE));
}

Test(rubric, keeps_percentages_as_fractions)
{
    g_autoptr(Rubric) rubric = load(whole_rubric);
    const Question *rate = question(rubric, "rate");

    cr_expect(rate->has_min && rate->has_max && rate->has_worst);
    cr_expect(is(rate->min, 1, 10));
    cr_expect(is(rate->max, 1, 1), "without max 100");
    cr_expect(is(rate->worst, 1, 5));
    cr_expect(is(rate->best, 181, 200));
    cr_expect(not(question(rubric, "since")->has_min));
}

Test(rubric, puts_fields_after_questions)
{
    g_autoptr(Rubric) rubric = load(whole_rubric);
    const Question *trade = question(rubric, "trade");

    cr_expect(eq(uint, rubric->n_questions, 8));
    cr_expect(eq(uint, rubric->questions->len, 12));
    cr_expect(trade->is_field && trade->cohort && !trade->required);
    cr_expect(eq(str, (char *)in(&QUESTION_OPTION(trade, 1)->title, NULL), "Food"));
    cr_expect(question(rubric, "code")->type == QUESTION_USCC);
    cr_expect(eq(str, (char *)in(&question(rubric, "code")->ask, NULL), "Code"));
}

Test(rubric, reads_requirements_profiles_actions_and_cases)
{
    g_autoptr(Rubric) rubric = load(whole_rubric);
    const Requirement *official = RUBRIC_REQUIREMENT(rubric, 0),
                      *house = RUBRIC_REQUIREMENT(rubric, 1);
    const Profile *profile = RUBRIC_PROFILE(rubric, rubric_profile(rubric, "short"));
    const WeightChange *first = &g_array_index(profile->weights, WeightChange, 0),
                       *second = first + 1;
    const Action *action = &g_array_index(rubric->actions, Action, 0);

    cr_expect(official->kind == KIND_COVERAGE && official->origin == ORIGIN_OFFICIAL &&
              official->waivable);
    cr_expect(eq(str, official->needs->value, "plan and s1 >= half"), "a text goes on as it is");
    cr_expect(eq(str, official->profiles[0], "short"));
    cr_expect(house->kind == KIND_GATE && house->origin == ORIGIN_HOUSE && !house->waivable);
    cr_expect(eq(int, house->level, 2));
    cr_expect(zero(ptr, house->profiles));
    cr_assert(eq(uint, profile->weights->len, 2));
    cr_expect(first->is_dimension);
    cr_expect(is(first->weight, 11, 1));
    cr_expect(eq(str, RUBRIC_QUESTION(rubric, second->target)->id, "tools"));
    cr_expect(eq(uint, profile->skips->len, 2));
    cr_expect(eq(str, (char *)g_ptr_array_index(action->raises, 2), "load:7"));
    cr_expect(is(action->months, 13, 2));
    cr_expect(eq(str, action->after[0], "look"));
    cr_expect(eq(uint, rubric->cases->len, 2));
    cr_expect(eq(int, rubric_profile(rubric, "long"), NOWHERE));
}

Test(rubric, finds_names_and_languages)
{
    g_autoptr(Rubric) rubric = load(whole_rubric);
    g_autofree const char **languages = rubric_languages(rubric);
    int index = NOWHERE;

    cr_expect(rubric_find(rubric, "scenes", &index) == NAME_GROUP && index == 0);
    cr_expect(rubric_find(rubric, "done", &index) == NAME_SCALE);
    cr_expect(rubric_find(rubric, "r_house", &index) == NAME_REQUIREMENT && index == 1);
    cr_expect(rubric_find(rubric, "high", &index) == NAME_LEVEL && index == 2);
    cr_expect(rubric_find(rubric, "short", &index) == NAME_NONE);
    cr_expect(eq(str, (char *)languages[0], "zh"));
    cr_expect(zero(ptr, (void *)languages[1]));
}

Test(rubric, is_no_rubric_when_the_file_cannot_be_read)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;

    cr_expect(zero(ptr, rubric_load("/nowhere/rubric.ini", NULL, NULL, findings, &error)));
    cr_expect(ne(ptr, error, NULL));
    cr_expect(eq(uint, findings_count(findings), 0));
}

Test(rubric, knows_whose_assessments_may_answer_a_question)
{
    static const char plain[] = "[question s2]\n",
                      with[] = "[question s2]\nanswered_by = a, b@2024\n";
    g_autofree char *text = text_with(whole_rubric, plain, with);
    g_autoptr(Rubric) rubric = load(text);
    const Question *s2 = question(rubric, "s2");

    cr_expect(question_takes(s2, "a", "2020"));
    cr_expect(question_takes(s2, "b", "2024"));
    cr_expect(not(question_takes(s2, "b", "2024.1")));
    cr_expect(not(question_takes(s2, "c", "2024")));
    cr_expect(not(question_takes(question(rubric, "tools"), "a", "2020")));
}
