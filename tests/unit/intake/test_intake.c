#include "intake/intake.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <jansson.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "intake/filing.h"
#include "intake/suite.h"

/* What came of reading some files. */
typedef struct {
    Rubric *rubric;
    GPtrArray *companies; /* NULL if refused */
    Findings *findings;
    char *told; /* the findings of the whole input */
} Result;

static void result_free(Result *result)
{
    g_clear_pointer(&result->companies, g_ptr_array_unref);
    findings_unref(result->findings);
    rubric_free(result->rubric);
    g_free(result->told);
    g_free(result);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Result, result_free)

static Result *read_bytes(const char *const *names, const char *const *texts, const gsize *sizes,
                          gboolean strict)
{
    Result *result = g_new0(Result, 1);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;

    result->rubric = suite_rubric();
    result->findings = findings_new();
    for (guint i = 0; names[i]; i++)
        g_ptr_array_add(paths, suite_file(names[i], texts[i], sizes ? sizes[i] : strlen(texts[i])));
    g_ptr_array_add(paths, NULL);
    result->companies = intake_read(result->rubric, (const char *const *)paths->pdata, strict,
                                    result->findings, &error);
    cr_expect(zero(ptr, error));
    for (guint i = 0; names[i]; i++)
        suite_remove(paths->pdata[i]);
    result->told = suite_told(result->findings);
    return result;
}

/* One file, a.csv. */
static Result *read_one(const char *text)
{
    return read_bytes((const char *const[]){ "a.csv", NULL }, &text, NULL, FALSE);
}

static Answers *company(const Result *result, guint index)
{
    cr_assert(result->companies != NULL, "%s", result->told);
    cr_assert(index < result->companies->len, "%u companies", result->companies->len);
    return g_ptr_array_index(result->companies, index);
}

static int question_of(const Answers *answers, const char *id)
{
    int index = NOWHERE;

    cr_assert(eq(int, (int)rubric_find(answers->rubric, id, &index), (int)NAME_QUESTION), "%s", id);
    return index;
}

/* "state value" of an answer. */
static char *answer_told(const Answers *answers, const char *id)
{
    int question = question_of(answers, id);
    g_autofree char *value = answer_value(answers, question);

    return g_strdup_printf("%s %s", answer_state_name(answers->of[question].state),
                           value ? value : "-");
}

#define EXPECT_ANSWER(answers, id, told)                       \
    do {                                                       \
        g_autofree char *answer_is = answer_told(answers, id); \
        cr_expect(eq(str, answer_is, told), "%s", id);         \
    } while (0)

static void expect_remarks(const Answers *answers, const char *expected)
{
    g_autofree char *told = suite_told(answers->findings);

    cr_expect(eq(str, told, (char *)expected));
}

Test(intake, reads_a_sheet)
{
    g_autoptr(Result) result = read_one("question,answer,evidence,owner,note,confidence\n"
                                        "company,Acme,,,,\n"
                                        "plan,fair,record 7,Li,\"see, too\",HIGH\n"
                                        "Execution system,yes,'=photo,,,\n"
                                        "tools,\"cad\nplm\"\n"
                                        "\n"
                                        ",,,,,\n"
                                        "rate,60%,,,,,,\n"
                                        "waive:r_plan,\"granted, in principle\"\n");
    Answers *answers = company(result, 0);
    const Answer *plan = &answers->of[question_of(answers, "plan")];
    const Source *source = &g_array_index(answers->sources, Source, 0);
    int waived = NOWHERE;

    cr_expect(eq(str, result->told, ""));
    expect_remarks(answers, "");
    cr_expect(eq(u32, result->companies->len, 1));
    EXPECT_ANSWER(answers, "plan", "answered fair");
    EXPECT_ANSWER(answers, "mes", "answered yes");
    EXPECT_ANSWER(answers, "tools", "answered cad;plm");
    EXPECT_ANSWER(answers, "rate", "answered 60");
    EXPECT_ANSWER(answers, "energy", "blank -");
    cr_expect(eq(str, plan->evidence, "record 7"));
    cr_expect(eq(str, plan->owner, "Li"));
    cr_expect(eq(str, plan->note, "see, too"));
    cr_expect(eq(str, plan->confidence, "high"));
    cr_expect(eq(str, answers->of[question_of(answers, "mes")].evidence, "=photo"));
    cr_expect(answers->evidence_asked);
    cr_expect(eq(str, (char *)answers_company(answers), "Acme"));
    cr_assert(eq(int, (int)rubric_find(answers->rubric, "r_plan", &waived), (int)NAME_REQUIREMENT));
    cr_expect(eq(str, answers->waivers[waived], "granted, in principle"));
    cr_expect(eq(str, source->file, "a.csv"));
    cr_expect(eq(str, source->encoding, "UTF-8"));
    cr_expect(eq(u32, source->record, 1));
    cr_expect(eq(sz, strlen(source->sha256), 64));
}

Test(intake, reads_the_same_whatever_the_form_of_the_file)
{
    static const char *const TEXTS[] = {
        "question,answer\ncompany,Acme\nplan,fair\n",
        "\xef\xbb\xbfquestion,answer\ncompany,Acme\nplan,fair\n",
        "question;answer\r\ncompany;Acme\r\nplan;fair\r\n",
        "question\tanswer\ncompany\tAcme\nplan\tfair",
        "question,answer\rcompany,Acme\rplan,fair\r",
        "sep=;\nquestion;answer\ncompany;Acme\nplan;fair\n",
        "sep=,\r\nquestion,answer\r\ncompany,Acme\r\nplan,fair\r\n",
        "Answer,note,QUESTION\nAcme,,company\nfair,,plan\n",
        "\"question\",\"answer\"\n\"company\",\"Acme\"\n\"plan\",\"fair\"\n",
        "\uff51uestion, answer \ncompany,Acme\nplan,fair\n",
        "question,answer\n\u4f01\u4e1a\u540d\u79f0,Acme\n\u751f\u4ea7\u8ba1\u5212,"
        "\u90e8\u5206\u6ee1\u8db3\n",
        "company,plan\nAcme,fair\n",
        "Company Name;Production plan\nAcme;Partly met\n",
        "question;answer\ncompany;Acme\nplan;fair\nremark;a,b,c\nremark;a,b,c\n",
    };

    for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        g_autoptr(Result) result = read_one(TEXTS[i]);

        cr_expect(eq(str, result->told, ""), "case %u", i);
        EXPECT_ANSWER(company(result, 0), "company", "answered Acme");
        EXPECT_ANSWER(company(result, 0), "plan", "answered fair");
    }
}

Test(intake, refuses_a_file_with_one_clear_message)
{
    static const struct {
        const char *text, *told;
    } CASES[] = {
        { "", "error a.csv:0:0: the file is empty "
              "[expected a header such as question,answer and rows below it]" },
        { "question,answer\n",
          "error a.csv:0:0: the file has only a header [expected a row for each question]" },
        { "question,answer\n,\n\n",
          "error a.csv:0:0: the file has only a header [expected a row for each question]" },
        { "company,plan\n",
          "error a.csv:0:0: the file has only a header [expected a row for each company]" },
        { "name,city\nAcme,Wuhan\n", "warning a.csv:1:1: unknown column \"name\" is not read\n"
                                     "warning a.csv:1:2: unknown column \"city\" is not read\n"
                                     "error a.csv:1:0: not an answer sheet or table of rubric "
                                     "survey@2025 [expected a header with "
                                     "the columns question and answer, or with a column for each "
                                     "question, by its id or wording]" },
        { "company,industry\nAcme,steel\n", "error a.csv:1:0: not an answer sheet or table of "
                                            "rubric survey@2025 [expected a header with "
                                            "the columns question and answer, or with a column for "
                                            "each question, by its id or wording]" },
        { "question,answer\ncompany,Acme\nplam,fair\n",
          "error a.csv:3:1: unknown question \"plam\" [did you mean \"plan\"?]" },
        { "question,answer\nsomething else entirely,1\n",
          "error a.csv:2:1: unknown question \"something else entirely\" [expected the id or the "
          "wording of a question of survey@2025]" },
        { "question,answer\nTwin,yes\n", "error a.csv:2:1: \"Twin\" is the wording of more than "
                                         "one question [write the question's id]" },
        { "question,answer\nplan,fair\nmes,yes\nplan,good\n",
          "error a.csv:4:2: \"plan\" has two answers: \"fair\" in line 2 and \"good\" in line 4 "
          "[keep one of the two rows]" },
        { "question,answer\nplan,fair\nProduction plan,fiar\n",
          "error a.csv:3:2: \"plan\" has two answers: \"fair\" in line 2 and \"fiar\" in line 3 "
          "[keep one of the two rows]" },
        { "question,answer,note\nplan,fair,a,b\n",
          "error a.csv:2:4: record 1 is too long: it has 4 cells, the header has 3 "
          "[put a cell with a separator in it in double quotes]" },
        { "question,answer,note\nplan,fair\nmes\n",
          "error a.csv:3:1: record 2 is too short: it has 1 cell, expected 2" },
        { "company,plan,mes\nAcme,fair\n",
          "error a.csv:2:2: record 1 is too short: it has 2 cells, expected 3" },
        { "company,plan\nAcme,fair,yes\n",
          "error a.csv:2:3: record 1 is too long: it has 3 cells, the header has 2 "
          "[put a cell with a separator in it in double quotes]" },
        { "question,answer\n,fair\n",
          "error a.csv:2:1: record 1 has an answer but names no question" },
        { "question,answer,Answer\nplan,fair,good\n",
          "error a.csv:1:3: column \"answer\" stands twice, in 2 and 3" },
        { "company,plan,Production Plan\nAcme,fair,good\n",
          "error a.csv:1:3: column \"Production Plan\" stands twice, in 2 and 3" },
        { "question,answer\nwaive:r_plam,because\n",
          "error a.csv:2:1: unknown requirement \"r_plam\" [did you mean \"r_plan\"?]" },
        { "company,plan,waive:nothing\nAcme,fair,x\n",
          "error a.csv:1:3: unknown requirement \"nothing\" [expected waive: and the id of a "
          "requirement]" },
        { "company,plan,Twin\nAcme,fair,yes\n", "error a.csv:1:3: \"Twin\" is the wording of more "
                                                "than one question [write the question's id]" },
        { "question,answer\nwaive:r_plan,because\nwaive:r_plan,besides\n",
          "error a.csv:3:2: the waiver of \"r_plan\" has two reasons, in lines 2 and 3" },
        { "question,answer\nplan,\"fair\nmes,yes\n",
          "error a.csv:2:2: the quote that opens in record 1, line 2, is never closed "
          "[close it, or write a quote that belongs to the text twice]" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Result) result = read_one(CASES[i].text);

        cr_expect(result->companies == NULL, "case %u", i);
        cr_expect(eq(str, result->told, (char *)CASES[i].told), "case %u", i);
    }
}

Test(intake, refuses_bytes_that_are_not_text)
{
    static const struct {
        const char *data;
        gsize size;
        const char *says;
    } CASES[] = {
        { "PK\x03\x04\x14\0\0\0", 8, "this is a spreadsheet (.xlsx) or another ZIP file" },
        { "question,answer\nplan,fa\0r\n", 25, "line 2 holds a NUL byte" },
        { "question,answer\ncompany,\x81 \xc7\n", 29, "byte 0x81 in line 2 is not UTF-8" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        const char *names[] = { "b.csv", NULL };
        g_autoptr(Result) result = read_bytes(names, &CASES[i].data, &CASES[i].size, FALSE);

        cr_expect(result->companies == NULL);
        cr_expect(strstr(result->told, CASES[i].says) != NULL, "%s", result->told);
    }
}

Test(intake, remarks_on_answers_that_cannot_be_read_and_counts_them_as_blank)
{
    g_autoptr(Result) result = read_one("question,answer,evidence,confidence,comment\n"
                                        "plan,fiar,,sure,\n"
                                        "mes,yes,,,\n"
                                        "mes,Yes,photo,,\n"
                                        ",,only a note,,\n"
                                        "energy,\"1,000\",,,\n"
                                        "waive:r_mes,because,,,\n"
                                        "waive:r_plan,,,,\n");
    Answers *answers = company(result, 0);

    cr_expect(eq(str, result->told, ""));
    EXPECT_ANSWER(answers, "plan", "invalid -");
    EXPECT_ANSWER(answers, "energy", "invalid -");
    EXPECT_ANSWER(answers, "mes", "answered yes");
    cr_expect(eq(str, answers->of[question_of(answers, "mes")].evidence, "photo"));
    cr_expect(zero(ptr, answers->of[question_of(answers, "plan")].confidence));
    cr_expect(zero(ptr, answers->waivers[0]));
    cr_expect(zero(ptr, answers->waivers[1]));
    expect_remarks(
        answers,
        "warning a.csv:1:5: unknown column \"comment\" is not read "
        "[expected question, answer, evidence, owner, note, confidence]\n"
        "warning a.csv:2:2: plan: \"fiar\" is not an option [did you mean \"fair\" (Partly met)?]\n"
        "warning a.csv:2:4: \"sure\" is not a confidence [expected low, medium or high]\n"
        "note a.csv:4:2: \"mes\" stands twice, in lines 3 and 4, with the same answer\n"
        "warning a.csv:5:1: record 4 names no question and is not read\n"
        "warning a.csv:6:2: energy: \"1,000\" has its digits grouped by commas [write 1000]\n"
        "warning a.csv:7:2: requirement \"r_mes\" may not be waived: the waiver is ignored "
        "[only what a rubric asks for in principle may be waived]\n"
        "warning a.csv:0:0: company: required, and not answered");
}

Test(intake, refuses_answers_that_cannot_be_read_if_strict)
{
    const char *names[] = { "a.csv", NULL };
    const char *texts[] = { "question,answer\ncompany,Acme\nplan,fiar\nenergy,lots\n" };
    g_autoptr(Result) result = read_bytes(names, texts, NULL, TRUE);

    cr_expect(result->companies == NULL);
    cr_expect(eq(str, result->told,
                 "error a.csv:3:2: plan: \"fiar\" is not an option [did you mean \"fair\" (Partly "
                 "met)?]\n"
                 "error a.csv:4:2: energy: \"lots\" is not a decimal number [expected digits such "
                 "as 12.5]"));
}

Test(intake, reads_a_table_one_company_a_row)
{
    g_autoptr(Result) result = read_one("company,plan,plan.evidence,mes,waive:r_plan,rates,\n"
                                        "Acme,fair,record 7,yes,,1,\n"
                                        ",,,,,,\n"
                                        "Beta,n/a: bought in,,no,granted,2,,\n"
                                        "acme ,good,,,,3,left over\n"
                                        "Gamma,,,x,,4,\n");

    cr_expect(
        eq(str, result->told,
           "warning a.csv:1:6: unknown column \"rates\" is not read [did you mean \"rate\"?]\n"
           "warning a.csv:5:7: column 7 has no name and is not read"));
    cr_expect(eq(u32, result->companies->len, 4));
    EXPECT_ANSWER(company(result, 0), "plan", "answered fair");
    EXPECT_ANSWER(company(result, 0), "mes", "answered yes");
    EXPECT_ANSWER(company(result, 1), "plan", "not_applicable n/a: bought in");
    EXPECT_ANSWER(company(result, 2), "mes", "blank -");
    EXPECT_ANSWER(company(result, 3), "mes", "invalid -");
    cr_expect(eq(str, company(result, 0)->of[question_of(company(result, 0), "plan")].evidence,
                 "record 7"));
    cr_expect(company(result, 1)->evidence_asked);
    cr_expect(zero(ptr, company(result, 0)->waivers[0]));
    cr_expect(eq(str, company(result, 1)->waivers[0], "granted"));
    cr_expect(eq(u32, g_array_index(company(result, 1)->sources, Source, 0).record, 3));
    expect_remarks(company(result, 0), "");
    expect_remarks(company(result, 2),
                   "warning a.csv:5:0: company \"acme \" stands in record 1 too");
    expect_remarks(company(result, 3),
                   "warning a.csv:6:4: mes: \"x\" is neither yes nor no [expected yes or no, "
                   "\u662f or \u5426]");
}

Test(intake, joins_sheets_of_one_company_and_keeps_others_apart)
{
    const char *names[] = { "a.csv", "b.csv", "c.csv", "d.csv", NULL };
    const char *texts[] = {
        "question,answer\ncompany,Acme\nassessor,Li\nplan,poor\nmes,yes\n",
        "question,answer\ncompany,Beta\nplan,good\n",
        "question,answer,evidence\ncompany, ACME \nassessor,Wang\nplan,good\nrate,50,meter\n",
        "company,plan\nAcme,fair\n",
    };
    g_autoptr(Result) result = read_bytes(names, texts, NULL, FALSE);
    Answers *acme = company(result, 0);

    cr_expect(eq(str, result->told, ""));
    cr_expect(eq(u32, result->companies->len, 3), "a row of a table stands alone");
    EXPECT_ANSWER(acme, "plan", "disputed poor..good");
    EXPECT_ANSWER(acme, "mes", "answered yes");
    EXPECT_ANSWER(acme, "rate", "answered 50");
    EXPECT_ANSWER(company(result, 1), "plan", "answered good");
    cr_expect(acme->evidence_asked);
    cr_assert(eq(u32, acme->sources->len, 2));
    cr_expect(eq(str, g_array_index(acme->sources, Source, 0).assessor, "Li"));
    cr_expect(eq(str, g_array_index(acme->sources, Source, 1).assessor, "Wang"));
    cr_expect(eq(str, g_array_index(acme->sources, Source, 1).file, "c.csv"));
    expect_remarks(acme, "warning c.csv:0:0: plan: assessors differ: \"poor\" and \"good\" "
                         "[it counts as all from the lowest to the highest]");
}

Test(intake, joins_by_the_social_credit_code_whatever_the_name)
{
    const char *names[] = { "a.csv", "b.csv", "c.csv", NULL };
    const char *texts[] = {
        "question,answer\ncompany,Acme\ncode," SUITE_CODE "\nplan,fair\n",
        "question,answer\ncompany,Acme Ltd\ncode,91350100m000100y43\nmes,yes\n",
        "question,answer\ncompany,acme ltd\nrate,5\n",
    };
    g_autoptr(Result) result = read_bytes(names, texts, NULL, FALSE);

    cr_expect(eq(u32, result->companies->len, 1));
    EXPECT_ANSWER(company(result, 0), "plan", "answered fair");
    EXPECT_ANSWER(company(result, 0), "mes", "answered yes");
    EXPECT_ANSWER(company(result, 0), "rate", "answered 5");
    EXPECT_ANSWER(company(result, 0), "company", "disputed Acme | Acme Ltd");
}

Test(intake, gives_the_same_answers_in_any_order_of_rows)
{
    g_autoptr(Result) one = read_one("question,answer\ncompany,Acme\nplan,fair\nmes,no\nrate,7\n");
    g_autoptr(Result) two = read_one("question,answer\nrate,7\nmes,no\nplan,fair\ncompany,Acme\n");

    for (guint i = 0; i < one->rubric->questions->len; i++)
        cr_expect(answer_equals(RUBRIC_QUESTION(one->rubric, i), &company(one, 0)->of[i],
                                &company(two, 0)->of[i]));
}

Test(intake, stops_after_a_thousand_errors)
{
    for (guint beyond = 0; beyond < 2; beyond++) {
        g_autoptr(GString) text = g_string_new("question,answer\n");
        g_autoptr(Result) result = NULL;

        for (guint i = 0; i < FILING_ERRORS_LIMIT + beyond; i++)
            g_string_append_printf(text, "unheard_of_%u,1\n", i);
        result = read_one(text->str);
        cr_expect(eq(u32, findings_count(result->findings), FILING_ERRORS_LIMIT + beyond));
        cr_expect(eq(int,
                     g_str_has_suffix(result->told, "more than 1000 errors: the rest was not read"),
                     beyond != 0));
    }
}

Test(intake, tells_apart_a_file_that_is_not_there)
{
    g_autoptr(Rubric) rubric = suite_rubric();
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    const char *paths[] = { "/nowhere/a.csv", NULL };

    cr_expect(zero(ptr, intake_read(rubric, paths, FALSE, findings, &error)));
    cr_assert(ne(ptr, error, NULL));
    cr_expect(g_error_matches(error, FILE_IO_ERROR, FILE_IO_ERROR_READ));
    cr_expect(strstr(error->message, "/nowhere/a.csv") != NULL);
}

/* The hostile names, as a table of this rubric. */
Test(intake, takes_every_hostile_company_name_as_it_is)
{
    g_autoptr(GBytes) bytes = suite_bytes("synthetic/hazards_utf8bom.csv");
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    g_autofree char *all = g_strndup(data, size);
    g_auto(GStrv) parts = g_strsplit(all, "\"company\",\"Q1\",\"Q2\",\"comment\"", 2);
    g_autofree char *text =
        g_strconcat(parts[0], "\"company\",\"mes\",\"energy\",\"remark\"", parts[1], NULL);
    g_autoptr(Result) result = read_one(text);
    static const struct {
        guint row;
        const char *name;
    } NAMES[] = {
        { 0, "../../etc/passwd" },
        { 1, "CON" },
        { 3, "=HYPERLINK(\"http://example.invalid\",\"x\")" },
        { 4, "+1+1" },
        { 7, "\tTab lead" },
        { 12, "%s%n%d{}$(id)`id`" },
        { 16, "company. " },
    };

    cr_assert(result->companies != NULL, "%s", result->told);
    cr_expect(eq(u32, result->companies->len, 24));
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++)
        cr_expect(eq(str, (char *)answers_field(company(result, NAMES[i].row), "company"),
                     (char *)NAMES[i].name));
    cr_expect(zero(ptr, (void *)answers_field(company(result, 17), "company")));
    for (guint i = 0; i < result->companies->len; i++) {
        g_autofree char *told = answer_told(company(result, i), "mes");

        cr_expect(g_str_has_prefix(told, "answered "), "row %u", i);
    }
    expect_remarks(company(result, 23),
                   "warning a.csv:25:0: company \"same co \" stands in record 23 too");
}

static void append_quoted(GString *text, const char *cell)
{
    g_autoptr(GString) doubled = g_string_new(cell);

    g_string_replace(doubled, "\"", "\"\"", 0);
    g_string_append_printf(text, "\"%s\"", doubled->str);
}

/* Every naughty string as company, remark and option: read, or told; never lost or altered. */
Test(intake, survives_the_big_list_of_naughty_strings)
{
    g_autoptr(GBytes) bytes = suite_bytes("suites/blns/blns.json");
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    json_t *strings = json_loadb(data, size, JSON_ALLOW_NUL, NULL), *string;
    g_autoptr(GString) text = g_string_new("company,remark,plan\n");
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    g_autoptr(Result) result = NULL;
    size_t i;

    cr_assert(ne(ptr, strings, NULL));
    json_array_foreach(strings, i, string)
    {
        const char *naughty = json_string_value(string);

        if (strlen(naughty) != json_string_length(string))
            continue;
        g_ptr_array_add(kept, (char *)naughty);
        g_string_append(text, "Co,");
        append_quoted(text, naughty);
        g_string_append_c(text, ',');
        append_quoted(text, naughty);
        g_string_append_c(text, '\n');
    }
    result = read_one(text->str);
    cr_assert(result->companies != NULL, "%s", result->told);
    cr_assert(eq(u32, result->companies->len, kept->len));
    for (guint k = 0; k < kept->len; k++) {
        const Answers *answers = company(result, k);
        const Answer *remark = &answers->of[question_of(answers, "remark")];
        const char *naughty = kept->pdata[k];
        g_autofree char *folded = text_fold(naughty);

        if (*folded == '\0')
            cr_expect(eq(int, (int)remark->state, (int)ANSWER_BLANK), "%u", k);
        else if (naughty[0] != '\'' && !g_str_has_prefix(folded, "n/a"))
            cr_expect(eq(str, remark->text, (char *)naughty), "%u", k);
    }
    json_decref(strings);
}

Test(intake, takes_formulas_as_text)
{
    g_autoptr(GBytes) bytes = suite_bytes("suites/csv-injection/payloadbox-csv-payload.txt");
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    g_autofree char *all = g_strndup(data, size);
    g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
    guint read = 0;

    for (char **line = lines; *line; line++) {
        g_autoptr(GString) text = g_string_new("question,answer\nremark,");
        g_autoptr(Result) result = NULL;

        if (*g_strchomp(*line) == '\0')
            continue;
        append_quoted(text, *line);
        g_string_append_c(text, '\n');
        result = read_one(text->str);
        cr_expect(
            eq(str, company(result, 0)->of[question_of(company(result, 0), "remark")].text, *line));
        read++;
    }
    cr_expect(gt(u32, read, 5));
}

Test(intake, takes_the_assessor_of_a_row_from_its_column)
{
    const char *names[] = { "a.csv", NULL };
    const char *texts[] = { "company,assessor,plan\nAcme,Li,fair\nBolt,,fair\n" };
    g_autoptr(Result) result = read_bytes(names, texts, NULL, FALSE);

    cr_expect(
        eq(str, g_array_index(company(result, 0)->sources, Source, 0).assessor, (char *)"Li"));
    cr_expect(zero(ptr, g_array_index(company(result, 1)->sources, Source, 0).assessor));
}

Test(intake, reads_a_file_that_is_given_twice_once)
{
    const char *names[] = { "a.csv", "copy.csv", NULL };
    const char *texts[] = { "question,answer\ncompany,Acme\nplan,fair\n",
                            "question,answer\ncompany,Acme\nplan,fair\n" };
    g_autoptr(Result) result = read_bytes(names, texts, NULL, FALSE);

    cr_expect(eq(u32, company(result, 0)->sources->len, 1));
    cr_expect(
        eq(str, result->told,
           "warning copy.csv:0:0: the file has the same bytes as \"a.csv\" and is read once"));
}
