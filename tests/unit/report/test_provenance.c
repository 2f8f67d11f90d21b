#include "report/provenance.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "intake/intake.h"
#include "support.h"

static const char RUBRIC[] =
    "[rubric]\nid = t\nedition = 2025\nformat = 1\ntitle = T\nlevels = one\ndimensions = d\n"
    "[level one]\ntitle = One\n[dimension d]\ntitle = D\n"
    "[profile short]\ntitle = Short\nskip = grade\n"
    "[field company]\ntype = text\n[field assessor]\ntype = text\n"
    "[question so]\ntype = yesno\ndimension = d\nna = yes\n"
    "[question grade]\ntype = choice\ndimension = d\nna = yes\noptions = low, mid, top\n"
    "title.low = \"Low, or none\"\n"
    "[question many]\ntype = multi\ndimension = d\noptions = a, b\n"
    "[question rate]\ntype = percent\ndimension = d\n"
    "[question amount]\ntype = number\ndimension = d\nworst = -10\nbest = 10\n"
    "[question since]\ntype = date\ndimension = d\n"
    "[question words]\ntype = text\ndimension = d\n"
    "[requirement r]\nlevel = one\nkind = gate\norigin = official\nclause = 1\nwaivable = yes\n"
    "needs = so\n";

static Answers *read_sheet(const Rubric *rubric, GBytes *sheet)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GPtrArray) companies = intake_parse(rubric, "a.csv", sheet, FALSE, findings);

    cr_assert_not_null(companies);
    cr_assert(eq(u32, companies->len, 1));
    g_ptr_array_set_free_func(companies, NULL);
    return companies->pdata[0];
}

static void compare_texts(const char *id, const char *a, const char *b)
{
    cr_expect_str_eq(a ? a : "(none)", b ? b : "(none)", "%s", id);
}

static void compare(const Answers *a, const Answers *b)
{
    cr_expect(eq(int, a->evidence_asked, b->evidence_asked));
    for (guint i = 0; i < a->n_answers; i++) {
        const Question *question = RUBRIC_QUESTION(a->rubric, i);
        const Answer *x = &a->of[i], *y = &b->of[i];

        cr_expect(answer_equals(question, x, y), "%s", question->id);
        compare_texts(question->id, x->text, y->text);
        compare_texts(question->id, x->evidence, y->evidence);
        compare_texts(question->id, x->owner, y->owner);
        compare_texts(question->id, x->note, y->note);
        compare_texts(question->id, x->confidence, y->confidence);
    }
    for (guint i = 0; i < a->n_waivers; i++)
        compare_texts("waiver", a->waivers[i], b->waivers[i]);
}

/* A sheet, written and read again. */
static void check_round(const char *sheet)
{
    g_autoptr(Findings) findings = findings_new();
    Rubric *rubric = support_rubric(RUBRIC, findings);
    g_autoptr(GBytes) first = g_bytes_new(sheet, strlen(sheet));
    g_autoptr(Answers) before = read_sheet(rubric, first);
    g_autoptr(GBytes) second = provenance_sheet(before);
    g_autoptr(Answers) after = read_sheet(rubric, second);
    g_autoptr(GBytes) third = provenance_sheet(after);

    compare(before, after);
    cr_expect(g_bytes_equal(second, third), "%s", sheet);
    rubric_free(rubric);
}

Test(provenance, gives_a_sheet_that_reads_back_to_the_same_answers)
{
    static const char *const SHEETS[] = {
        "question,answer\nso,yes\n",
        "question,answer,evidence\nso,\n",
        "question,answer,evidence,owner,note,confidence\nso,n/a: we have none,\"a, \"\"b\"\"\",Li,"
        "\"two\r\nlines\",high\n",
        "question,answer\nso,maybe\ngrade,n/a\nrate,1200\namount,-5\nsince,soon\n",
        "question,answer\ngrade,\"Low, or none\"\nmany,a;b\nrate,60 %\nsince,2024-02-29\n",
        "question,answer\nmany,none\namount,+7.5\nwords,'=SUM(A1)\ncompany,\" Acme \"\n",
        "question,answer\nwords,''=x\ncompany,@home\nassessor,-\nwaive:r,\"'=for now\"\n",
        "question,answer\nwords,\"\tafter a tab\"\ncompany,n/a\n",
        "question;answer;owner\nwords;a,b;\"c;d\"\n",
        "question,answer\nwords,不适用：没有\ncompany,某某有限公司\n",
    };

    for (guint i = 0; i < G_N_ELEMENTS(SHEETS); i++)
        check_round(SHEETS[i]);
}

Test(provenance, keeps_what_a_profile_switches_off)
{
    Desk *desk = desk_of(RUBRIC, "short");
    const char sheet[] = "question,answer\ngrade,n/a: not here\nso,yes\n";
    g_autoptr(GBytes) bytes = g_bytes_new_static(sheet, strlen(sheet));
    g_autoptr(Answers) before = read_sheet(desk->rubric, bytes);
    g_autoptr(GBytes) first = provenance_sheet(before), second = NULL;
    const Answers *after;

    answers_free(desk->answers);
    desk->answers = g_steal_pointer(&before);
    after = desk_assess(desk)->answers;
    cr_assert_eq(after->of[desk_question(desk, "grade")].state, ANSWER_SKIPPED);
    second = provenance_sheet(after);
    cr_expect(g_bytes_equal(first, second));
    desk_free(desk);
}

Test(provenance, keeps_the_sheets_of_several_assessors_apart)
{
    g_autoptr(Findings) findings = findings_new();
    Rubric *rubric = support_rubric(RUBRIC, findings);
    static const char *const SHEETS[] = { "question,answer\ncompany,Acme\ngrade,low\nso,yes\n",
                                          "question,answer\ncompany,Acme\ngrade,top\n",
                                          "question,answer\ncompany,Acme\ngrade,mid\n" };
    GBytes *written[3] = { NULL };
    g_autoptr(Answers) answers = NULL;
    g_autoptr(GPtrArray) sheets = NULL;

    for (guint i = 0; i < 3; i++) {
        g_autoptr(GBytes) bytes = g_bytes_new_static(SHEETS[i], strlen(SHEETS[i]));
        Answers *one = read_sheet(rubric, bytes);

        written[i] = provenance_sheet(one);
        if (answers)
            answers_join(answers, one);
        else
            answers = one;
    }
    sheets = provenance_sheets(answers);
    cr_assert(eq(u32, sheets->len, 3));
    for (guint i = 0; i < 3; i++) {
        g_autoptr(GBytes) again = provenance_sheet(sheets->pdata[i]);

        cr_expect(g_bytes_equal(written[i], again), "sheet %u", i);
        g_bytes_unref(written[i]);
    }
    g_clear_pointer(&sheets, g_ptr_array_unref);
    g_clear_pointer(&answers, answers_free);
    rubric_free(rubric);
}
