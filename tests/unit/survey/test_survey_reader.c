#include "survey/survey_reader.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "intake/intake.h"
#include "intake/reply.h"
#include "intake/suite.h"
#include "intake/uscc.h"

/* A survey of the small rubric, opened from a text. */
typedef struct {
    Rubric *rubric;
    Vocabulary *vocabulary;
    Findings *findings;
    Survey *survey;
} Desk;

static void open_text(Desk *desk, const char *text, const SurveyOptions *options)
{
    static const SurveyOptions NONE = { 0 };

    desk->rubric = suite_rubric();
    desk->vocabulary = vocabulary_new(desk->rubric);
    desk->findings = findings_new();
    desk->survey = survey_open(desk->vocabulary, NULL, options ? options : &NONE, "a.csv", text,
                               strlen(text), TRUE, desk->findings);
}

static void close_desk(Desk *desk)
{
    survey_free(desk->survey);
    findings_unref(desk->findings);
    vocabulary_free(desk->vocabulary);
    rubric_free(desk->rubric);
}

/* A row as "record dropped findings | id=value id=value ...". */
static gboolean print_rows(const Block *block, gpointer data)
{
    for (guint row = 0; row < block->n_rows; row++) {
        g_autoptr(Answers) answers = block_answers(block, row);

        g_string_append_printf(data, "%" G_GUINT64_FORMAT " %u %u|", block->record[row],
                               block->dropped[row], block->findings[row]);
        for (guint i = 0; i < answers->n_answers && !block->dropped[row]; i++) {
            g_autofree char *value = answer_value(answers, (int)i);

            if (answers->of[i].state == ANSWER_BLANK && !answers->of[i].evidence)
                continue;
            g_string_append_printf(data, " %s=%s%s", RUBRIC_QUESTION(block->rubric, i)->id,
                                   value ? value : answer_state_name(answers->of[i].state),
                                   answers->of[i].evidence ? "+" : "");
        }
        for (guint i = 0; i < answers->n_waivers; i++)
            if (answers->waivers[i])
                g_string_append_printf(data, " waived %u", i);
        g_string_append_c(data, '\n');
    }
    return TRUE;
}

static char *read_rows(const Desk *desk, const char *text, CsvFault *fault)
{
    g_autoptr(SurveyReader) reader = survey_reader_new(desk->survey);
    gsize offset = survey_data_offset(desk->survey);
    GString *out = g_string_new(NULL);

    survey_reader_read(reader, text + offset, strlen(text) - offset, 1, print_rows, out, fault);
    return g_string_free(out, FALSE);
}

Test(survey_reader, reads_a_table_by_id_and_wording)
{
    static const struct {
        const char *text, *rows;
    } CASES[] = {
        { "company,plan,mes,tools\nA Ltd,fair,yes,cad;plm\nB Ltd,Not met,,none\n",
          "1 0 0| plan=fair mes=yes tools=cad;plm company=A Ltd\n"
          "2 0 0| plan=poor tools=none company=B Ltd\n" },
        { "sep=;\r\nCompany name;Energy;Rate\r\nA;12.5;60%\r\n",
          "1 0 0| energy=12.5 rate=60 company=A\n" },
        { "company\tsince\tremark\nA\t2025-03-01\t\"x\ty\"\n",
          "1 0 0| since=2025-03-01 remark=answered company=A\n" },
        { "company,mes,plan.evidence,waive:r_plan,waive:r_mes\nA,yes,see 1,agreed,agreed\nB,, ,,\n",
          "1 0 0| plan=blank+ mes=yes company=A waived 0\n2 0 0| company=B\n" },
        { "company,energy,nonsense\nA,lots,x\n,5,\n",
          "1 0 1| energy=invalid company=A\n2 0 1| energy=5\n" },
        { "company,plan,mes\nA,good,yes,\nB,good\n,,\nC,good,yes,x\nD,\n",
          "1 0 0| plan=good mes=yes company=A\n2 0 0| plan=good company=B\n3 1 0|\n4 2 0|\n"
          "5 0 0| company=D\n" },
        { "code,plan\n" SUITE_CODE ",good\n91350100M000100Y44,fair\n",
          "1 0 1| plan=good code=" SUITE_CODE "\n2 0 2| plan=fair code=invalid\n" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        Desk desk;
        g_autofree char *rows = NULL, *told = NULL;

        open_text(&desk, CASES[i].text, NULL);
        told = suite_told(desk.findings);
        cr_assert(desk.survey != NULL, "%s: %s", CASES[i].text, told);
        rows = read_rows(&desk, CASES[i].text, NULL);
        cr_expect(eq(str, rows, (char *)CASES[i].rows));
        close_desk(&desk);
    }
}

Test(survey_reader, refuses_what_is_no_table_of_the_rubric)
{
    static const struct {
        const char *text, *told;
    } CASES[] = {
        { "a,b\n1,2\n", "warning a.csv:1:1: unknown column \"a\" is not read\n"
                        "warning a.csv:1:2: unknown column \"b\" is not read\n"
                        "error a.csv:1:0: not a table of rubric survey@2025 [expected a header "
                        "with a column for each question, by its id or wording]" },
        { "plan,plan\ngood,fair\n", "error a.csv:1:2: column \"plan\" stands twice, in 1 and 2" },
        { "plan,Twin\ngood,yes\n", "error a.csv:1:2: \"Twin\" is the wording of more than one "
                                   "question [write the question's id]" },
        { "plan,waive:r_plann\ngood,\n", "error a.csv:1:2: unknown requirement \"r_plann\" [did "
                                         "you mean \"r_plan\"?]" },
        { "plan,mes\n", "error a.csv:1:0: the file has only a header [expected a row for each "
                        "company]" },
        { "", "error a.csv:1:0: the file is empty" },
        { "plan,\"mes\n", "error a.csv:1:2: the quote that opens in the header, line 1, is never "
                          "closed [close it, or write a quote that belongs to the text twice]" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        Desk desk;
        g_autofree char *told = NULL;

        open_text(&desk, CASES[i].text, NULL);
        told = suite_told(desk.findings);
        cr_expect(desk.survey == NULL, "%s", CASES[i].text);
        cr_expect(eq(str, told, (char *)CASES[i].told));
        close_desk(&desk);
    }
}

Test(survey_reader, tells_where_a_text_is_no_csv_and_keeps_the_rows_before)
{
    static const char TEXT[] = "company,plan\nA,good\n\nB,fair\n\"C,fair\nD,good\n";
    Desk desk;
    CsvFault fault = { 0 };
    g_autofree char *rows = NULL;

    open_text(&desk, TEXT, NULL);
    rows = read_rows(&desk, TEXT, &fault);
    cr_expect(eq(str, rows, "1 0 0| plan=good company=A\n2 0 0| plan=fair company=B\n"));
    cr_expect(eq(u64, fault.record, 3));
    cr_expect(eq(u32, fault.line, 4));
    cr_expect(eq(str, fault.message, "the quote that opens in record 3, line 4, is never closed"));
    csv_fault_clear(&fault);
    close_desk(&desk);
}

Test(survey_reader, starts_with_clean_rows_after_text_that_is_no_csv)
{
    static const char TEXT[] = "company,plan\nA,good\n";
    Desk desk;
    CsvFault fault = { 0 };
    g_autoptr(GString) out = g_string_new(NULL);
    SurveyReader *reader;

    open_text(&desk, TEXT, NULL);
    reader = survey_reader_new(desk.survey);
    cr_expect(
        not(survey_reader_read(reader, "A,good\nB,fair,\"x", 16, 1, print_rows, out, &fault)));
    csv_fault_clear(&fault);
    cr_expect(survey_reader_read(reader, ",fair\n,\n", 8, 7, print_rows, out, &fault));
    cr_expect(eq(str, out->str, "1 0 0| plan=good company=A\n7 0 1| plan=fair\n8 1 0|\n"));
    survey_reader_free(reader);
    close_desk(&desk);
}

/* ---- every cell as reply_read() reads it ---- */

static const char *const CELLS[] = {
    "",
    " ",
    "\u3000",
    "yes",
    "YES",
    "No",
    "\u662f",
    "\u00d7",
    "yes / \u662f",
    "good",
    "Fully met",
    "\u5b8c\u5168\u6ee1\u8db3",
    "poor ",
    " poor",
    "god",
    "cad",
    "cad;plm",
    "cad\uff1bCAE",
    "none",
    "None",
    "cad;nix",
    "n/a",
    "n/a: no plant",
    "N/A:x",
    "\u4e0d\u9002\u7528: x",
    "\uff2e/a: x",
    "0",
    "-0",
    "5",
    "05",
    "+5",
    "-5",
    "1000",
    "1000.000001",
    "1000.0000001",
    "12.5",
    "12.",
    ".5",
    "12,5",
    "1,234",
    "1234567890123",
    "123456789012",
    "123456789012.123456",
    "000000000000012",
    "1.5000000",
    "60%",
    "60 %",
    "100%",
    "100.000001",
    "101",
    "20",
    "19.999999",
    "80.0",
    "%",
    "\uff18\uff15\uff05",
    "1e5",
    "nan",
    "0x10",
    "'5",
    "'=5",
    "=5",
    "'+5",
    "-",
    "2025-03-01",
    "2025-02-30",
    "2025-3-1",
    "0001-01-01",
    "\uff12025-03-01",
    "Nordwind",
    "nn",
    "\u4e2d\u56fd",
    "\u4e0d\u9508\u94a2",
    SUITE_CODE,
    "91350100m000100y43",
    "91350100M000100Y4",
    "91350100M000100Y44",
    "O1350100M000100Y43",
};

static void expect_same(const Block *block, int index, guint row, const Answer *answer,
                        const char *cell)
{
    const Question *question = RUBRIC_QUESTION(block->rubric, index);
    g_autoptr(Answers) answers = block_answers(block, row);
    g_autofree char *text = block_text(block, index, row);
    Answer read = answers->of[index];

    cr_expect(eq(int, (int)read.state, (int)answer->state), "%s: \"%s\"", question->id, cell);
    if (answer->state != ANSWER_ANSWERED)
        return;
    if (block->texts[index]) {
        cr_expect(eq(str, text ? text : (char *)"", answer->text));
        return;
    }
    if (question->type >= QUESTION_TEXT)
        return;
    read.text = answer->text;
    cr_expect(answer_equals(question, &read, answer), "%s: \"%s\"", question->id, cell);
}

typedef struct {
    const Vocabulary *vocabulary;
    int index;
    guint next;
} Comparison;

static gboolean compare_rows(const Block *block, gpointer data)
{
    Comparison *comparison = data;

    for (guint row = 0; row < block->n_rows; row++) {
        const char *cell = CELLS[comparison->next++ % G_N_ELEMENTS(CELLS)];
        g_autofree char *problem = NULL, *hint = NULL;
        Answer answer = { .least = RATIONAL_ZERO, .most = RATIONAL_ZERO };
        gboolean is_read =
            reply_read(comparison->vocabulary, comparison->index, cell, &answer, &problem, &hint);

        expect_same(block, comparison->index, row, &answer, cell);
        cr_expect(eq(u32, block->findings[row] > 0, !is_read), "\"%s\"", cell);
        g_free(answer.text);
    }
    return TRUE;
}

Test(survey_reader, reads_every_cell_as_a_sheet_would)
{
    g_autoptr(Rubric) rubric = suite_rubric();

    for (guint i = 0; i < rubric->questions->len; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        SurveyOptions options = { .delimiter = ',' };
        Desk desk;
        SurveyReader *reader;
        Comparison comparison;
        gsize offset;

        /* the second column keeps a row from being blank, and is not required */
        g_string_append_printf(text, "%s,waive:r_plan\n", RUBRIC_QUESTION(rubric, i)->id);
        for (guint k = 0; k < 7 * G_N_ELEMENTS(CELLS); k++)
            g_string_append_printf(text, "\"%s\",x\n", CELLS[k % G_N_ELEMENTS(CELLS)]);
        options.takes_any = TRUE;
        open_text(&desk, text->str, &options);
        cr_assert(desk.survey != NULL);
        for (guint k = 0; k < desk.rubric->questions->len; k++)
            RUBRIC_QUESTION(desk.rubric, k)->required = FALSE;
        reader = survey_reader_new(desk.survey);
        comparison = (Comparison){ desk.vocabulary, (int)i, 0 };
        offset = survey_data_offset(desk.survey);
        cr_expect(survey_reader_read(reader, text->str + offset, text->len - offset, 1,
                                     compare_rows, &comparison, NULL));
        cr_expect(eq(u32, comparison.next, 7 * G_N_ELEMENTS(CELLS)));
        survey_reader_free(reader);
        close_desk(&desk);
    }
}

Test(survey_reader, counts_faults_by_column_and_text)
{
    static const char TEXT[] = "company,plan,mes\nA,goood,yes\nB,goood,maybe\n,,\nC,poor\n";
    Desk desk;
    SurveyReader *reader;
    g_autoptr(GPtrArray) list = NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    const SurveyFault *fault;
    gsize offset;

    open_text(&desk, TEXT, NULL);
    reader = survey_reader_new(desk.survey);
    offset = survey_data_offset(desk.survey);
    cr_expect(
        survey_reader_read(reader, TEXT + offset, strlen(TEXT) - offset, 1, print_rows, out, NULL));
    list = survey_faults_list(survey_reader_faults(reader));
    cr_assert(eq(u32, list->len, 2));
    fault = list->pdata[0];
    cr_expect(eq(u32, fault->column, 1));
    cr_expect(eq(u64, fault->count, 2));
    cr_expect(eq(u64, fault->first, 1));
    cr_expect(eq(str, fault->message, "\"goood\" is not an option"));
    cr_expect(eq(str, fault->hint, "did you mean \"good\" (Fully met)?"));
    cr_expect(eq(u64, survey_reader_tally(reader)->records, 4));
    cr_expect(eq(u64, survey_reader_tally(reader)->dropped[SURVEY_KEPT], 3));
    cr_expect(eq(u64, survey_reader_tally(reader)->dropped[SURVEY_ROW_BLANK], 1));
    cr_expect(eq(u64, survey_reader_tally(reader)->short_rows, 1));
    cr_expect(eq(u64, survey_reader_tally(reader)->first_short, 4));
    survey_reader_free(reader);
    close_desk(&desk);
}

static gboolean take_record(const CsvRecord *record, gpointer data)
{
    GPtrArray *all = ((gpointer *)data)[1];
    Answers *answers;

    if (record->record == 0)
        return TRUE;
    answers = survey_reader_answers(((gpointer *)data)[0], record);
    if (answers)
        g_ptr_array_add(all, answers);
    return TRUE;
}

Test(survey_reader, gives_one_record_as_a_table_of_companies_would)
{
    static const char TEXT[] = "company,plan,plan.evidence,mes,waive:r_plan\nA,n/a: x,see,maybe,\n"
                               ",,,,\nB,good,,yes,agreed\n";
    Desk desk;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)answers_free);
    g_autoptr(GBytes) bytes = g_bytes_new_static(TEXT, strlen(TEXT));
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GPtrArray) expected = NULL;
    SurveyOptions options = { .sha256 = "abc" };
    CsvText csv = { .text = TEXT, .size = strlen(TEXT), .line = 1, .delimiter = ',' };
    gpointer data[2];

    open_text(&desk, TEXT, &options);
    data[0] = survey_reader_new(desk.survey);
    data[1] = all;
    cr_expect(csv_read(&csv, take_record, data, NULL));
    expected = intake_parse(desk.rubric, "a.csv", bytes, FALSE, findings);
    cr_assert(eq(u32, all->len, expected->len));
    for (guint i = 0; i < all->len; i++) {
        const Answers *one = all->pdata[i], *other = expected->pdata[i];
        g_autofree char *told = suite_told(one->findings), *told_too = suite_told(other->findings);

        cr_expect(eq(str, told, told_too));
        cr_expect(eq(str, g_array_index(one->sources, Source, 0).sha256, "abc"));
        cr_expect(eq(u32, g_array_index(one->sources, Source, 0).record,
                     g_array_index(other->sources, Source, 0).record));
        for (guint k = 0; k < one->n_answers; k++) {
            cr_expect(answer_equals(RUBRIC_QUESTION(desk.rubric, k), &one->of[k], &other->of[k]));
            cr_expect(zero(int, g_strcmp0(one->of[k].evidence, other->of[k].evidence)));
        }
    }
    survey_reader_free(data[0]);
    close_desk(&desk);
}

/* ---- codes ---- */

Test(uscc, is_told_fast_as_it_is_told_in_full)
{
    char code[] = SUITE_CODE;
    static const char CHARACTERS[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    for (guint place = 0; place < USCC_LENGTH; place++)
        for (const char *c = CHARACTERS; *c; c++) {
            char kept = code[place];
            g_autofree char *what = NULL;

            code[place] = *c;
            cr_expect(eq(int, uscc_is_right(code, USCC_LENGTH), uscc_check(code, &what)), "%s",
                      code);
            code[place] = kept;
        }
    cr_expect(not(uscc_is_right(code, USCC_LENGTH - 1)));
    cr_expect(not(uscc_is_right(
        "\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad", USCC_LENGTH)));
}
