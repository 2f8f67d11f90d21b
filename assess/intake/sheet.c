#include "intake/sheet.h"

#include <string.h>

#include "base/text.h"
#include "intake/reply.h"

typedef enum {
    COLUMN_QUESTION,
    COLUMN_ANSWER,
    COLUMN_EVIDENCE,
    COLUMN_OWNER,
    COLUMN_NOTE,
    COLUMN_CONFIDENCE,
    N_COLUMNS,
    COLUMN_GUIDANCE /* what an empty form prints beside a question for the reader: not read */
} Column;

static const char *const COLUMN_NAMES[] = {
    [COLUMN_QUESTION] = "question",
    [COLUMN_ANSWER] = "answer",
    [COLUMN_EVIDENCE] = "evidence",
    [COLUMN_OWNER] = "owner",
    [COLUMN_NOTE] = "note",
    [COLUMN_CONFIDENCE] = "confidence",
    [N_COLUMNS] = NULL,
};

static const char *const GUIDANCE_NAMES[] = { "ask",  "help",     "type",          "options",
                                              "unit", "expected", "evidence_asked" };

struct Sheet {
    const Filing *filing;
    Answers *answers;
    int columns[N_COLUMNS]; /* cell index, NOWHERE if absent */
    guint n_cells;          /* of the header */
    guint *lines;           /* by question: where it was answered, 0 if nowhere */
    guint *waiver_lines;    /* by requirement */
};

/* N_COLUMNS if the name is none. A form says it in a reader's language, too: "answer / Antwort". */
static Column column_of(const char *name)
{
    g_autofree char *folded = text_fold(name);
    char *others = strstr(folded, " / ");

    if (others)
        *others = '\0';
    for (guint i = 0; i < N_COLUMNS; i++)
        if (strcmp(folded, COLUMN_NAMES[i]) == 0)
            return (Column)i;
    for (guint i = 0; i < G_N_ELEMENTS(GUIDANCE_NAMES); i++)
        if (strcmp(folded, GUIDANCE_NAMES[i]) == 0)
            return COLUMN_GUIDANCE;
    return N_COLUMNS;
}

gboolean sheet_knows(const char *name)
{
    return column_of(name) < N_COLUMNS;
}

gboolean sheet_is_answer(const char *name)
{
    return column_of(name) == COLUMN_ANSWER;
}

gboolean sheet_is_header(const CsvRecord *header)
{
    gboolean has[N_COLUMNS + 2] = { FALSE };

    for (guint i = 0; i < header->n_cells; i++)
        has[column_of(header->cells[i])] = TRUE;
    return has[COLUMN_QUESTION] && has[COLUMN_ANSWER];
}

int sheet_question_cell(const CsvRecord *header)
{
    for (guint i = 0; i < header->n_cells; i++)
        if (column_of(header->cells[i]) == COLUMN_QUESTION)
            return (int)i;
    return NOWHERE;
}

static void warn_unknown_column(Sheet *sheet, const CsvRecord *header, guint cell)
{
    Place place = filing_place(sheet->filing, header, cell + 1);
    g_autofree char *quoted = text_quote(header->cells[cell], 60);
    g_autofree char *folded = text_fold(header->cells[cell]);
    const char *near = text_nearest(folded, COLUMN_NAMES);
    Finding *finding = findings_add(sheet->answers->findings, SEVERITY_WARNING, &place,
                                    "unknown column %s is not read", quoted);

    if (near)
        finding_hint(finding, "did you mean \"%s\"?", near);
    else
        finding_hint(finding, "expected question, answer, evidence, owner, note, confidence");
}

static void bind_column(Sheet *sheet, const CsvRecord *header, guint cell)
{
    Column column = column_of(header->cells[cell]);

    if (column == COLUMN_GUIDANCE || reply_is_blank(header->cells[cell]))
        return;
    if (column == N_COLUMNS)
        warn_unknown_column(sheet, header, cell);
    else if (sheet->columns[column] != NOWHERE)
        filing_refuse(sheet->filing, header, cell + 1, "column \"%s\" stands twice, in %d and %u",
                      COLUMN_NAMES[column], sheet->columns[column] + 1, cell + 1);
    else
        sheet->columns[column] = (int)cell;
}

Sheet *sheet_new(const Filing *filing, const CsvRecord *header)
{
    const Rubric *rubric = vocabulary_rubric(filing->vocabulary);
    Sheet *sheet = g_new0(Sheet, 1);

    sheet->filing = filing;
    sheet->answers = filing_answers(filing, 1);
    sheet->n_cells = header->n_cells;
    sheet->lines = g_new0(guint, rubric->questions->len);
    sheet->waiver_lines = g_new0(guint, rubric->requirements->len);
    for (guint i = 0; i < N_COLUMNS; i++)
        sheet->columns[i] = NOWHERE;
    for (guint i = 0; i < header->n_cells; i++)
        bind_column(sheet, header, i);
    sheet->answers->evidence_asked = sheet->columns[COLUMN_EVIDENCE] != NOWHERE;
    return sheet;
}

void sheet_free(Sheet *sheet)
{
    if (!sheet)
        return;
    answers_free(sheet->answers);
    g_free(sheet->lines);
    g_free(sheet->waiver_lines);
    g_free(sheet);
}

/* The cell of a column; "" where the row or the sheet has none. */
static const char *cell_of(const Sheet *sheet, const CsvRecord *record, Column column)
{
    int cell = sheet->columns[column];

    return cell == NOWHERE || (guint)cell >= record->n_cells ? "" : record->cells[cell];
}

static guint column_number(const Sheet *sheet, Column column)
{
    return (guint)(sheet->columns[column] + 1);
}

static void read_confidence(Sheet *sheet, Answer *answer, const CsvRecord *record)
{
    static const char *const LEVELS[] = { "low", "medium", "high" };
    const char *text = cell_of(sheet, record, COLUMN_CONFIDENCE);
    g_autofree char *folded = text_fold(text);
    g_autofree char *quoted = NULL;
    Place place = filing_place(sheet->filing, record, column_number(sheet, COLUMN_CONFIDENCE));

    if (*folded == '\0')
        return;
    for (guint i = 0; i < G_N_ELEMENTS(LEVELS); i++)
        if (strcmp(folded, LEVELS[i]) == 0) {
            g_free(answer->confidence);
            answer->confidence = g_strdup(LEVELS[i]);
            return;
        }
    quoted = text_quote(text, 60);
    finding_hint(findings_add(sheet->answers->findings, SEVERITY_WARNING, &place,
                              "%s is not a confidence", quoted),
                 "expected low, medium or high");
}

static void read_remarks(Sheet *sheet, Answer *answer, const CsvRecord *record)
{
    filing_remark(&answer->evidence, cell_of(sheet, record, COLUMN_EVIDENCE));
    filing_remark(&answer->owner, cell_of(sheet, record, COLUMN_OWNER));
    filing_remark(&answer->note, cell_of(sheet, record, COLUMN_NOTE));
    read_confidence(sheet, answer, record);
}

static gboolean is_same_reply(const Sheet *sheet, int question, const Answer *first,
                              const char *text)
{
    Answer again = { .state = ANSWER_BLANK };
    g_autofree char *problem = NULL, *hint = NULL;
    gboolean is_same;

    reply_read(sheet->filing->vocabulary, question, text, &again, &problem, &hint);
    is_same = answer_equals(RUBRIC_QUESTION(sheet->answers->rubric, question), first, &again);
    g_free(again.text);
    return is_same;
}

/* A question answered before: once more the same is a remark, something else refuses the sheet;
 * blank takes back nothing. */
static void repeat_answer(Sheet *sheet, int question, const char *text, const CsvRecord *record)
{
    const char *id = RUBRIC_QUESTION(sheet->answers->rubric, question)->id;
    Answer *answer = &sheet->answers->of[question];
    guint column = column_number(sheet, COLUMN_ANSWER);
    Place place = filing_place(sheet->filing, record, column);
    g_autofree char *first = NULL, *second = NULL;

    if (answer->state == ANSWER_BLANK) {
        filing_answer(sheet->filing, sheet->answers, question, text, record, column);
        return;
    }
    if (reply_is_blank(text) || is_same_reply(sheet, question, answer, text)) {
        findings_add(sheet->answers->findings, SEVERITY_NOTE, &place,
                     "\"%s\" stands twice, in lines %u and %u, with the same answer", id,
                     sheet->lines[question], record->line);
        return;
    }
    first = text_quote(answer->text, 40);
    second = text_quote(text, 40);
    finding_hint(filing_refuse(sheet->filing, record, column,
                               "\"%s\" has two answers: %s in line %u and %s in line %u", id, first,
                               sheet->lines[question], second, record->line),
                 "keep one of the two rows");
}

static void add_waiver(Sheet *sheet, const char *name, const CsvRecord *record)
{
    int requirement =
        filing_requirement(sheet->filing, name, record, column_number(sheet, COLUMN_QUESTION));
    const char *reason = cell_of(sheet, record, COLUMN_ANSWER);
    guint column = column_number(sheet, COLUMN_ANSWER);

    if (requirement == NOWHERE)
        return;
    if (sheet->waiver_lines[requirement] != 0 && sheet->answers->waivers[requirement] &&
        !reply_is_blank(reason) && strcmp(sheet->answers->waivers[requirement], reason) != 0) {
        filing_refuse(sheet->filing, record, column,
                      "the waiver of \"%s\" has two reasons, in lines %u and %u",
                      RUBRIC_REQUIREMENT(sheet->answers->rubric, requirement)->id,
                      sheet->waiver_lines[requirement], record->line);
        return;
    }
    filing_waiver(sheet->filing, sheet->answers, requirement, reason, record, column);
    sheet->waiver_lines[requirement] = record->line;
}

static void add_answer(Sheet *sheet, const char *name, const CsvRecord *record)
{
    const char *text = cell_of(sheet, record, COLUMN_ANSWER);
    int question =
        filing_question(sheet->filing, name, record, column_number(sheet, COLUMN_QUESTION));

    if (question == NOWHERE)
        return;
    if (sheet->lines[question] != 0)
        repeat_answer(sheet, question, text, record);
    else
        filing_answer(sheet->filing, sheet->answers, question, text, record,
                      column_number(sheet, COLUMN_ANSWER));
    if (sheet->lines[question] == 0 || !reply_is_blank(text))
        sheet->lines[question] = record->line;
    read_remarks(sheet, &sheet->answers->of[question], record);
}

/* A heading between the questions of a form: words in columns that are not read anyway. */
static gboolean is_heading(const Sheet *sheet, const CsvRecord *record)
{
    for (Column i = 0; i < N_COLUMNS; i++)
        if (!reply_is_blank(cell_of(sheet, record, i)))
            return FALSE;
    return TRUE;
}

/* A row without a question: nothing is lost if it has no answer either. */
static void skip_unnamed(Sheet *sheet, const CsvRecord *record)
{
    Place place = filing_place(sheet->filing, record, column_number(sheet, COLUMN_QUESTION));

    if (!reply_is_blank(cell_of(sheet, record, COLUMN_ANSWER)))
        filing_refuse(sheet->filing, record, column_number(sheet, COLUMN_QUESTION),
                      "record %u has an answer but names no question", record->record);
    else if (!is_heading(sheet, record))
        findings_add(sheet->answers->findings, SEVERITY_WARNING, &place,
                     "record %u names no question and is not read", record->record);
}

void sheet_add(Sheet *sheet, const CsvRecord *record)
{
    guint least = (guint)MAX(sheet->columns[COLUMN_QUESTION], sheet->columns[COLUMN_ANSWER]) + 1;
    const char *name, *waived;
    g_autofree char *folded = NULL;

    if (!filing_fits(sheet->filing, record, sheet->n_cells, least))
        return;
    name = reply_unguarded(cell_of(sheet, record, COLUMN_QUESTION));
    if (reply_is_blank(name)) {
        skip_unnamed(sheet, record);
        return;
    }
    folded = text_fold(name);
    waived = filing_waived(folded);
    if (waived)
        add_waiver(sheet, waived, record);
    else
        add_answer(sheet, name, record);
}

Answers *sheet_take(Sheet *sheet)
{
    return g_steal_pointer(&sheet->answers);
}
