#include "support.h"

#include <stdio.h>
#include <string.h>

Rubric *support_rubric(const char *text, Findings *findings)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

    return rubric_parse("test.ini", bytes, NULL, NULL, findings);
}

gint32 support_day(int year, int month, int day)
{
    GDate date;

    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return (gint32)g_date_get_julian(&date);
}

static void say_findings(const Findings *findings)
{
    for (guint i = 0; i < findings_count(findings); i++) {
        const Finding *finding = findings_at(findings, i);

        g_printerr("%s:%u:%u: %s (%s)\n", finding->file ? finding->file : "", finding->line,
                   finding->column, finding->message, finding->hint ? finding->hint : "");
    }
}

Desk *desk_of(const char *text, const char *profile)
{
    g_autoptr(Findings) findings = findings_new();
    Desk *desk = g_new0(Desk, 1);

    desk->rubric = support_rubric(text, findings);
    if (desk->rubric)
        desk->plan = plan_compile(desk->rubric, profile, findings);
    say_findings(findings);
    g_assert_nonnull(desk->plan);
    desk->answers = answers_new(desk->rubric);
    return desk;
}

Desk *desk_new(const char *sections, const char *needs)
{
    g_autofree char *text = g_strdup_printf("[rubric]\n"
                                            "id = test\n"
                                            "edition = 2025\n"
                                            "format = 1\n"
                                            "title = Test\n"
                                            "levels = basic\n"
                                            "dimensions = d\n"
                                            "[level basic]\n"
                                            "title = Basic\n"
                                            "[dimension d]\n"
                                            "title = D\n"
                                            "%s\n"
                                            "[requirement r]\n"
                                            "level = basic\n"
                                            "kind = gate\n"
                                            "origin = house\n"
                                            "title = R\n"
                                            "needs = \"%s\"\n",
                                            sections, needs);

    return desk_of(text, NULL);
}

void desk_free(Desk *desk)
{
    if (!desk)
        return;
    assessment_free(desk->assessment);
    answers_free(desk->answers);
    plan_free(desk->plan);
    rubric_free(desk->rubric);
    g_free(desk);
}

static int find(const Desk *desk, const char *id, NameKind kind)
{
    int index = NOWHERE;

    if (rubric_find(desk->rubric, id, &index) != kind)
        g_error("the rubric has no \"%s\"", id);
    return index;
}

int desk_question(const Desk *desk, const char *id)
{
    return find(desk, id, NAME_QUESTION);
}

int desk_requirement(const Desk *desk, const char *id)
{
    return find(desk, id, NAME_REQUIREMENT);
}

static guint option_of(const Question *question, const char *id)
{
    int option = question_option(question, id);

    if (option == NOWHERE)
        g_error("\"%s\" has no option \"%s\"", question->id, id);
    return (guint)option;
}

static void tick(const Question *question, Answer *answer, const char *text)
{
    g_auto(GStrv) ids = g_strsplit(text, ";", -1);

    answer->must = 0;
    for (char **id = ids; *id && **id; id++)
        answer->must |= (guint64)1 << option_of(question, *id);
    answer->may = answer->must;
}

static Rational number_of(const Question *question, const char *text)
{
    Rational number;

    if (rational_parse(text, &number) != DECIMAL_OK)
        g_error("\"%s\" is no decimal", text);
    return question->type == QUESTION_PERCENT ? rational_div(NULL, number, rational_int(100))
                                              : number;
}

static gint32 day_of(const char *text)
{
    int year, month, day;

    g_assert_cmpint(sscanf(text, "%d-%d-%d", &year, &month, &day), ==, 3);
    return support_day(year, month, day);
}

void desk_answer(Desk *desk, const char *id, const char *text)
{
    const Question *question = RUBRIC_QUESTION(desk->rubric, desk_question(desk, id));
    Answer *answer = &desk->answers->of[desk_question(desk, id)];
    g_auto(GStrv) ends = g_strsplit(text, "..", 2);
    const char *low = ends[0], *high = ends[0] && ends[1] ? ends[1] : ends[0];

    g_free(answer->text);
    answer->text = g_strdup(text);
    answer->state = strcmp(text, "n/a") == 0 ? ANSWER_NOT_APPLICABLE
                    : low == high            ? ANSWER_ANSWERED
                                             : ANSWER_DISPUTED;
    if (answer->state == ANSWER_NOT_APPLICABLE)
        return;
    switch (question->type) {
    case QUESTION_YESNO:
    case QUESTION_CHOICE:
        answer->low = option_of(question, low);
        answer->high = option_of(question, high);
        break;
    case QUESTION_MULTI:
        tick(question, answer, text);
        break;
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        answer->least = number_of(question, low);
        answer->most = number_of(question, high);
        break;
    case QUESTION_DATE:
        answer->from = day_of(low);
        answer->to = day_of(high);
        break;
    default:
        break;
    }
}

Truth desk_truth(Desk *desk)
{
    g_autoptr(Evaluation) evaluation =
        evaluation_new(desk->plan, desk->answers, READING_FULL, support_day(2026, 6, 30));

    return evaluation->truth[desk_requirement(desk, "r")];
}

Assessment *desk_assess(Desk *desk)
{
    if (!desk->assessment)
        desk->assessment = assessment_new(desk->plan, g_steal_pointer(&desk->answers),
                                          support_day(2026, 6, 30), FALSE);
    return desk->assessment;
}

Status desk_status(Desk *desk, const char *requirement)
{
    return desk_assess(desk)->status[desk_requirement(desk, requirement)];
}
