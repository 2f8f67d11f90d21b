#include "rules/answers.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "intake/reply.h"
#include "intake/suite.h"

/* Two assessors' answers to one question; "" is blank. */
typedef struct {
    Rubric *rubric;
    Vocabulary *vocabulary;
} Room;

static Room room_open(void)
{
    Rubric *rubric = suite_rubric();

    return (Room){ rubric, vocabulary_new(rubric) };
}

static void room_close(Room *room)
{
    vocabulary_free(room->vocabulary);
    rubric_free(room->rubric);
}

static int question_of(const Room *room, const char *id)
{
    int index = NOWHERE;

    cr_assert(eq(int, (int)rubric_find(room->rubric, id, &index), (int)NAME_QUESTION), "%s", id);
    return index;
}

static void answer(const Room *room, Answers *answers, const char *id, const char *text)
{
    int question = question_of(room, id);
    g_autofree char *problem = NULL, *hint = NULL;

    reply_read(room->vocabulary, question, text, &answers->of[question], &problem, &hint);
}

static Answers *assessor(const Room *room, const char *file, const char *id, const char *text)
{
    Answers *answers = answers_new(room->rubric);
    Source source = { .file = g_strdup(file),
                      .sha256 = g_strdup(""),
                      .encoding = g_strdup("UTF-8") };

    g_array_append_val(answers->sources, source);
    if (id)
        answer(room, answers, id, text);
    return answers;
}

Test(answers, joins_what_assessors_say)
{
    static const struct {
        const char *question, *a, *b, *state, *value;
    } CASES[] = {
        { "plan", "fair", "Partly met", "answered", "fair" },
        { "plan", "", "fair", "answered", "fair" },
        { "plan", "fair", "", "answered", "fair" },
        { "plan", "", "", "blank", NULL },
        { "plan", "good", "poor", "disputed", "poor..good" },
        { "plan", "nonsense", "fair", "answered", "fair" },
        { "plan", "fair", "nonsense", "answered", "fair" },
        { "plan", "", "nonsense", "invalid", NULL },
        { "plan", "n/a: x", "n/a: x", "not_applicable", "n/a: x" },
        { "plan", "n/a: x", "n/a: y", "not_applicable", "n/a: x | y" },
        { "plan", "n/a: x", "", "not_applicable", "n/a: x" },
        { "plan", "", "n/a: x", "not_applicable", "n/a: x" },
        { "plan", "n/a: x", "fair", "disputed", "n/a: x | fair" },
        { "plan", "fair", "n/a: x", "disputed", "fair | n/a: x" },
        { "mes", "yes", "no", "disputed", "no..yes" },
        { "tools", "cad;cae", "cae;plm", "disputed", "cae..cad;cae;plm" },
        { "tools", "cad", "none", "disputed", "none..cad" },
        { "tools", "cad;plm", "plm;cad", "answered", "cad;plm" },
        { "energy", "10", "2.5", "disputed", "2.5..10" },
        { "energy", "10", "10.0", "answered", "10" },
        { "rate", "40", "60%", "disputed", "40..60" },
        { "since", "2024-01-02", "2023-12-31", "disputed", "2023-12-31..2024-01-02" },
        { "remark", "Same ", "same", "answered", "Same " },
        { "remark", "one", "two", "disputed", "one | two" },
        { "assessor", "Li", "Wang", "answered", "Li | Wang" },
    };
    Room room = room_open();

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Answers) a = assessor(&room, "a.csv", CASES[i].question, CASES[i].a);
        g_autoptr(Answers) b = assessor(&room, "b.csv", CASES[i].question, CASES[i].b);
        int question = question_of(&room, CASES[i].question);
        gboolean is_disputed = strcmp(CASES[i].state, "disputed") == 0;
        g_autofree char *value = NULL;

        answers_merge(a, b);
        value = answer_value(a, question);
        cr_expect(eq(str, (char *)answer_state_name(a->of[question].state), (char *)CASES[i].state),
                  "case %u", i);
        cr_expect(g_strcmp0(value, CASES[i].value) == 0, "case %u: %s", i, value);
        cr_expect(eq(u32, findings_count(a->findings), is_disputed ? 1 : 0), "case %u", i);
        cr_expect(
            eq(int, a->of[question].unknown, is_disputed &&strstr(CASES[i].value, "n/a") != NULL),
            "case %u", i);
        cr_expect(eq(u32, a->sources->len, 2));
    }
    room_close(&room);
}

Test(answers, says_where_assessors_differ)
{
    Room room = room_open();
    g_autoptr(Answers) a = assessor(&room, "a.csv", "plan", "fair");
    g_autoptr(Answers) b = assessor(&room, "b.csv", "plan", "n/a: bought in");
    g_autofree char *told = NULL;

    answers_merge(a, b);
    told = suite_told(a->findings);
    cr_expect(eq(str, told,
                 "warning b.csv:0:0: plan: assessors differ: \"fair\" and \"n/a: bought in\" "
                 "[it counts as blank until they agree]"));
    room_close(&room);
}

Test(answers, widens_with_a_third_assessor_and_tells_only_what_is_new)
{
    Room room = room_open();
    g_autoptr(Answers) a = assessor(&room, "a.csv", "energy", "10");
    g_autoptr(Answers) b = assessor(&room, "b.csv", "energy", "20");
    g_autoptr(Answers) c = assessor(&room, "c.csv", "energy", "15");
    g_autoptr(Answers) d = assessor(&room, "d.csv", "energy", "5");
    g_autoptr(Answers) e = assessor(&room, "e.csv", "energy", "n/a");
    int energy = question_of(&room, "energy");
    g_autofree char *value = NULL;

    answers_merge(a, b);
    answers_merge(a, c);
    cr_expect(eq(u32, findings_count(a->findings), 1));
    answers_merge(a, d);
    cr_expect(eq(u32, findings_count(a->findings), 2));
    answers_merge(a, e);
    value = answer_value(a, energy);
    cr_expect(eq(str, value, "5..20"), "an answer that could not be read says nothing");
    room_close(&room);
}

Test(answers, joins_remarks_waivers_and_the_place_for_evidence)
{
    Room room = room_open();
    g_autoptr(Answers) a = assessor(&room, "a.csv", "plan", "fair");
    g_autoptr(Answers) b = assessor(&room, "b.csv", "plan", "fair");
    int plan = question_of(&room, "plan");

    a->of[plan].evidence = g_strdup("record 7");
    b->of[plan].evidence = g_strdup("photo");
    b->of[plan].note = g_strdup("seen");
    a->of[plan].confidence = g_strdup("high");
    b->of[plan].confidence = g_strdup("low");
    b->waivers[0] = g_strdup("granted");
    b->evidence_asked = TRUE;
    answers_merge(a, b);
    cr_expect(eq(str, a->of[plan].evidence, "record 7 | photo"));
    cr_expect(eq(str, a->of[plan].note, "seen"));
    cr_expect(zero(ptr, a->of[plan].owner));
    cr_expect(eq(str, a->of[plan].confidence, "low"));
    cr_expect(eq(str, a->waivers[0], "granted"));
    cr_expect(a->evidence_asked);
    room_close(&room);
}

Test(answers, puts_answers_into_words)
{
    static const struct {
        const char *question, *text, *language, *words;
    } CASES[] = {
        { "plan", "fair", NULL, "Partly met" },
        { "plan", "fair", "zh", "\u90e8\u5206\u6ee1\u8db3" },
        { "plan", "n/a: Bought in", NULL, "Bought in" },
        { "plan", "nonsense", NULL, "nonsense" },
        { "plan", "", NULL, NULL },
        { "tools", "plm;cae", NULL, "Simulation; plm" },
        { "tools", "plm;cae", "zh", "\u4eff\u771f; plm" },
        { "tools", "none", NULL, "none" },
        { "tools", "none", "zh", "\u65e0" },
        { "energy", "12.50", NULL, "12.5 kWh/t" },
        { "output", "-3", NULL, "-3" },
        { "rate", "60.0", NULL, "60%" },
        { "rate", "0.000001", NULL, "0.000001%" },
        { "since", "2024-02-29", NULL, "2024-02-29" },
        { "remark", "As Written", NULL, "As Written" },
    };
    Room room = room_open();

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Answers) answers = assessor(&room, "a.csv", CASES[i].question, CASES[i].text);
        g_autofree char *words =
            answer_words(answers, question_of(&room, CASES[i].question), CASES[i].language);

        cr_expect(g_strcmp0(words, CASES[i].words) == 0, "case %u: %s", i, words);
    }
    room_close(&room);
}

Test(answers, puts_a_dispute_into_words_as_a_range)
{
    Room room = room_open();
    g_autoptr(Answers) a = assessor(&room, "a.csv", "plan", "good");
    g_autoptr(Answers) b = assessor(&room, "b.csv", "plan", "poor");
    g_autofree char *words = NULL;

    answers_merge(a, b);
    words = answer_words(a, question_of(&room, "plan"), NULL);
    cr_expect(eq(str, words, "Not met \u2013 Fully met"));
    room_close(&room);
}

Test(answers, knows_a_company_by_its_code_or_else_its_name)
{
    static const struct {
        const char *name_a, *code_a, *name_b, *code_b;
        gboolean is_same;
    } CASES[] = {
        { "Acme", "", " ACME ", "", TRUE },
        { "Acme", "", "Beta", "", FALSE },
        { "Acme", SUITE_CODE, "Beta", SUITE_CODE, TRUE },
        { "Acme", SUITE_CODE, "acme", "", TRUE },
        { "Acme", SUITE_CODE, "Beta", "", FALSE },
        { "Acme", SUITE_CODE, "Acme", "wrong", TRUE },
        { "", "", "", "", FALSE },
        { "", SUITE_CODE, "", SUITE_CODE, TRUE },
        { "\uff21\uff43\uff4d\uff45", "", "acme", "", TRUE },
    };
    Room room = room_open();

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Answers) a = assessor(&room, "a.csv", "company", CASES[i].name_a);
        g_autoptr(Answers) b = assessor(&room, "b.csv", "company", CASES[i].name_b);

        answer(&room, a, "code", CASES[i].code_a);
        answer(&room, b, "code", CASES[i].code_b);
        cr_expect(eq(int, answers_same_company(a, b), CASES[i].is_same), "case %u", i);
        cr_expect(eq(int, answers_same_company(b, a), CASES[i].is_same), "case %u", i);
    }
    room_close(&room);
}

Test(answers, never_takes_a_name_from_another_field)
{
    Room room = room_open();
    g_autoptr(Answers) answers = assessor(&room, "a.csv", "assessor", "Li");

    cr_expect(zero(ptr, (void *)answers_company(answers)), "who asks is not who is asked");
    answer(&room, answers, "site", "Wuhan");
    cr_expect(zero(ptr, (void *)answers_company(answers)), "a site is no company");
    answer(&room, answers, "company", "Acme");
    cr_expect(eq(str, (char *)answers_company(answers), "Acme"));
    cr_expect(zero(ptr, (void *)answers_field(answers, "plan")), "a question is no field");
    cr_expect(zero(ptr, (void *)answers_field(answers, "nothing")));
    room_close(&room);
}
