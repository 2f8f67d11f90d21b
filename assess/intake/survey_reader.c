#include "intake/survey_reader.h"

#include <string.h>

#include "intake/filing.h"
#include "intake/intake.h"
#include "intake/memo.h"
#include "intake/reply.h"
#include "intake/uscc.h"

enum {
    WHOLE_DIGITS = 12,  /* of a number that is read here: see rational_parse() */
    DECIMAL_DIGITS = 6, /* and after its point */
    UNIT = 1000000      /* of numbers, and of percent points: see BlockColumn */
};

typedef enum {
    CELL_SKIPPED, /* is not read */
    CELL_OPTION,  /* yesno, choice */
    CELL_MULTI,
    CELL_NUMBER, /* number, percent */
    CELL_DATE,
    CELL_TEXT,
    CELL_CODE,   /* a unified social credit code */
    CELL_REMARK, /* evidence, waiver: whether something is there */
    CELL_BEYOND  /* after the last column of the header */
} CellKind;

/* How the cells of a column are read, and where to. */
typedef struct {
    guint8 kind; /* a CellKind */
    guint8 is_percent;
    guint32 column;
    Memo *memo;    /* questions with the same options share one */
    guint8 *state; /* by row, as all of these; of CELL_REMARK: the flags */
    union {
        guint8 *option;
        guint64 *ticks;
        gint64 *number;
        gint32 *day;
        BlockText *texts; /* NULL: are not kept */
    } to;
    gint64 least, most; /* of a number, in millionths: beyond that reply_read() has to say so */
    int question;
} Cell;

/* A fault of the row that is being read. */
typedef struct {
    guint column;
    char *text;
} Pending;

struct SurveyReader {
    const Survey *survey;
    CsvParser *parser;
    Cell *cells; /* by column, and one CELL_BEYOND */
    guint n_cells;
    const Cell *at; /* the next one */
    CsvCursor cursor;
    const char *end; /* of the text */
    Block *block;
    guint row;
    guint64 record;
    GPtrArray *memos;   /* of Memo * */
    gboolean is_filled; /* something stands in the row */
    gboolean is_long;   /* and beyond the header's columns */
    gboolean stopped;   /* by the visitor */
    BlockVisitor visit;
    gpointer data;
    GArray *required; /* of int: questions */
    GArray *pending;  /* of Pending */
    SurveyFaults *faults;
    SurveyTally tally;
    MemoEntry once; /* for a text that is too long to be remembered */
};

/* ---- making a reader ---- */

/* A bound of a question in millionths of its unit or of percent points; FALSE if it is none. */
static gboolean scaled(Rational bound, gboolean is_percent, gint64 *value)
{
    Rational unit = rational_int(is_percent ? BLOCK_PERCENT_UNIT : BLOCK_NUMBER_UNIT);
    Rational product = rational_mul(NULL, bound, unit);

    *value = (gint64)product.num;
    return rational_is_integer(product);
}

/* Numbers between these are read here; bounds that are no millionths leave none. */
static void find_bounds(const Question *question, Cell *cell)
{
    gboolean whole = cell->is_percent && !question->has_min && !question->has_max;

    cell->least = whole ? 0 : -BLOCK_NUMBER_LIMIT;
    cell->most = whole ? BLOCK_PERCENT_UNIT : BLOCK_NUMBER_LIMIT;
    if ((question->has_min && !scaled(question->min, cell->is_percent, &cell->least)) ||
        (question->has_max && !scaled(question->max, cell->is_percent, &cell->most))) {
        cell->least = 1;
        cell->most = 0;
    }
}

static void free_memo(gpointer memo)
{
    memo_clear(memo);
    g_free(memo);
}

/* The memo of a question before that reads every text alike, else a new one. */
static Memo *memo_for(SurveyReader *reader, const Cell *cell)
{
    const Vocabulary *vocabulary = survey_vocabulary(reader->survey);
    Memo *memo;

    for (const Cell *other = cell; other-- > reader->cells;)
        if (other->memo && vocabulary_reads_alike(vocabulary, cell->question, other->question))
            return other->memo;
    memo = g_new(Memo, 1);
    memo_init(memo);
    g_ptr_array_add(reader->memos, memo);
    return memo;
}

static void make_answer(SurveyReader *reader, Cell *cell, int index)
{
    static const CellKind KINDS[] = {
        [QUESTION_YESNO] = CELL_OPTION,   [QUESTION_CHOICE] = CELL_OPTION,
        [QUESTION_MULTI] = CELL_MULTI,    [QUESTION_NUMBER] = CELL_NUMBER,
        [QUESTION_PERCENT] = CELL_NUMBER, [QUESTION_DATE] = CELL_DATE,
        [QUESTION_TEXT] = CELL_TEXT,      [QUESTION_USCC] = CELL_CODE,
    };
    const Question *question = RUBRIC_QUESTION(reader->block->rubric, index);
    const BlockColumn *to = &reader->block->of[index];

    cell->kind = KINDS[question->type];
    cell->question = index;
    cell->is_percent = question->type == QUESTION_PERCENT;
    cell->state = to->state;
    switch ((CellKind)cell->kind) {
    case CELL_OPTION:
        cell->to.option = to->option;
        break;
    case CELL_MULTI:
        cell->to.ticks = to->ticks;
        break;
    case CELL_NUMBER:
        cell->to.number = to->number;
        break;
    case CELL_DATE:
        cell->to.day = to->day;
        break;
    default:
        cell->to.texts = reader->block->texts[index];
    }
    find_bounds(question, cell);
    cell->memo = memo_for(reader, cell);
}

static void make_cell(SurveyReader *reader, guint index)
{
    const SurveyColumn *column = survey_column(reader->survey, index);
    int target = column->binding.index;
    Cell *cell = &reader->cells[index];

    cell->column = index;
    if (column->twin)
        return;
    switch (column->binding.kind) {
    case BINDING_QUESTION:
        make_answer(reader, cell, target);
        break;
    case BINDING_EVIDENCE:
        block_keep_evidence(reader->block, target);
        cell->kind = CELL_REMARK;
        cell->state = reader->block->of[target].evidence;
        break;
    case BINDING_WAIVER:
        /* what may not be waived is not */
        if (!RUBRIC_REQUIREMENT(reader->block->rubric, target)->waivable)
            break;
        block_keep_waivers(reader->block, target);
        cell->kind = CELL_REMARK;
        cell->state = reader->block->waived[target];
        break;
    default:
        break;
    }
}

static void pending_clear(gpointer data)
{
    g_free(((Pending *)data)->text);
}

SurveyReader *survey_reader_new(const Survey *survey)
{
    SurveyReader *reader = g_new0(SurveyReader, 1);
    const Rubric *rubric = vocabulary_rubric(survey_vocabulary(survey));

    reader->survey = survey;
    reader->parser = csv_parser_new(survey_delimiter(survey));
    reader->block = block_new(rubric);
    reader->n_cells = survey_n_columns(survey);
    reader->cells = g_new0(Cell, reader->n_cells + 1);
    reader->memos = g_ptr_array_new_with_free_func(free_memo);
    reader->required = g_array_new(FALSE, FALSE, sizeof(int));
    reader->pending = g_array_new(FALSE, FALSE, sizeof(Pending));
    g_array_set_clear_func(reader->pending, pending_clear);
    reader->faults = survey_faults_new(reader->n_cells);
    for (guint i = 0; i < reader->n_cells; i++)
        make_cell(reader, i);
    reader->cells[reader->n_cells].kind = CELL_BEYOND;
    for (int i = 0; i < (int)rubric->questions->len; i++)
        if (RUBRIC_QUESTION(rubric, i)->required)
            g_array_append_val(reader->required, i);
    reader->at = reader->cells;
    return reader;
}

void survey_reader_free(SurveyReader *reader)
{
    if (!reader)
        return;
    g_ptr_array_unref(reader->memos);
    g_free(reader->cells);
    g_array_unref(reader->required);
    g_array_unref(reader->pending);
    survey_faults_free(reader->faults);
    csv_parser_free(reader->parser);
    block_free(reader->block);
    g_free(reader);
}

/* ---- cells ---- */

/* A cell that cannot be read is told once the row is known to count. */
static G_NO_INLINE void note_fault(SurveyReader *reader, const Cell *cell, const void *bytes,
                                   gsize size)
{
    Pending pending = { .column = cell->column, .text = g_strndup(bytes, size) };

    g_array_append_val(reader->pending, pending);
    reader->block->findings[reader->row]++;
}

/* A number of the block, from an exact one that is in range; big parts do not occur. */
static gint64 block_number(const Cell *cell, Rational value)
{
    gint64 number = 0;

    scaled(value, cell->is_percent, &number);
    return number;
}

static guint64 value_of(const Cell *cell, const Answer *answer)
{
    switch (cell->kind) {
    case CELL_MULTI:
        return answer->must;
    case CELL_NUMBER:
        return (guint64)block_number(cell, answer->least);
    case CELL_DATE:
        return (guint64)answer->from;
    default:
        return 0;
    }
}

/* Read a text that is not remembered yet. */
static G_NO_INLINE const MemoEntry *read_new(SurveyReader *reader, const Cell *cell,
                                             const void *bytes, gsize size)
{
    g_autofree char *text = g_strndup(bytes, size);
    g_autofree char *problem = NULL, *hint = NULL;
    Answer answer = { .least = RATIONAL_ZERO, .most = RATIONAL_ZERO };
    MemoEntry *entry = memo_add(cell->memo, bytes, size);

    if (!entry) {
        reader->once = (MemoEntry){ .length = (guint32)size };
        entry = &reader->once;
    }
    reply_read(survey_vocabulary(reader->survey), cell->question, text, &answer, &problem, &hint);
    entry->state = (guint8)answer.state;
    if (answer.state == ANSWER_ANSWERED) {
        entry->option = (guint8)answer.low;
        entry->value = value_of(cell, &answer);
    }
    g_free(answer.text);
    return entry;
}

/* A decimal as people write most of them: digits, perhaps a point and digits, of a percentage
 * perhaps its sign. What reads here reads so in rational_parse(), too. */
static inline gboolean plain_number(const Cell *cell, const char *text, gsize size, gint64 *value)
{
    static const gint64 SCALE[] = { UNIT, UNIT / 10, UNIT / 100, UNIT / 1000, 100, 10, 1 };
    gint64 number = 0;
    gsize whole = 0, after = 0;

    if (cell->is_percent && text[size - 1] == '%')
        size--;
    for (; whole < size && whole <= WHOLE_DIGITS && g_ascii_isdigit(text[whole]); whole++)
        number = number * 10 + (text[whole] - '0');
    if (whole == 0 || whole > WHOLE_DIGITS)
        return FALSE;
    if (whole < size) {
        const char *digits = text + whole + 1;

        after = size - whole - 1;
        if (text[whole] != '.' || after == 0 || after > DECIMAL_DIGITS)
            return FALSE;
        for (gsize i = 0; i < after; i++) {
            if (!g_ascii_isdigit(digits[i]))
                return FALSE;
            number = number * 10 + (digits[i] - '0');
        }
    }
    *value = number * SCALE[after];
    return *value >= cell->least && *value <= cell->most;
}

/* Whether a text begins so that it is what it looks like: neither blank nor "n/a" nor guarded
 * against spreadsheets, however it is folded. */
static gboolean begins_plainly(const char *text, gsize size)
{
    guchar first = (guchar)text[0];

    if (first < 0x80)
        return g_ascii_isalnum(first) && first != 'n' && first != 'N';
    /* U+4000 to U+9FFF: Chinese characters without another form, but for U+4E0D, with which "not
     * applicable" begins */
    return size >= 3 && first >= 0xe4 && first <= 0xe9 && memcmp(text, "\xe4\xb8\x8d", 3) != 0;
}

static void keep_text(SurveyReader *reader, const Cell *cell, const void *bytes, gsize size)
{
    GString *text = reader->block->text;

    cell->state[reader->row] = ANSWER_ANSWERED;
    if (!cell->to.texts)
        return;
    cell->to.texts[reader->row] = (BlockText){ (guint32)text->len, (guint32)size };
    g_string_append_len(text, bytes, (gssize)size);
}

/* A text or code as reply_read() has it. */
static void read_text(SurveyReader *reader, const Cell *cell, const void *bytes, gsize size)
{
    g_autofree char *text = g_strndup(bytes, size);
    g_autofree char *problem = NULL, *hint = NULL;
    Answer answer = { .state = ANSWER_BLANK };

    reply_read(survey_vocabulary(reader->survey), cell->question, text, &answer, &problem, &hint);
    if (answer.text)
        keep_text(reader, cell, answer.text, strlen(answer.text));
    cell->state[reader->row] = (guint8)answer.state;
    if (answer.state == ANSWER_INVALID)
        note_fault(reader, cell, bytes, size);
    g_free(answer.text);
}

static G_NO_INLINE gboolean is_blank(const void *bytes, gsize size)
{
    g_autofree char *text = g_strndup(bytes, size);

    return reply_is_blank(text);
}

/* A remembered text, or a new one. */
static G_NO_INLINE void take_entry(SurveyReader *reader, const Cell *cell, const MemoEntry *entry,
                                   const void *bytes, gsize size)
{
    guint row = reader->row;

    if (!entry)
        entry = read_new(reader, cell, bytes, size);
    cell->state[row] = entry->state;
    if (cell->kind == CELL_OPTION)
        cell->to.option[row] = entry->option;
    else if (cell->kind == CELL_MULTI)
        cell->to.ticks[row] = entry->value;
    else if (cell->kind == CELL_NUMBER)
        cell->to.number[row] = (gint64)entry->value;
    else
        cell->to.day[row] = (gint32)entry->value;
    if (entry->state == ANSWER_INVALID)
        note_fault(reader, cell, bytes, size);
}

static G_NO_INLINE void read_other(SurveyReader *reader, const Cell *cell, const void *bytes,
                                   gsize size)
{
    switch ((CellKind)cell->kind) {
    case CELL_TEXT:
        if (begins_plainly(bytes, size))
            keep_text(reader, cell, bytes, size);
        else
            read_text(reader, cell, bytes, size);
        break;
    case CELL_CODE:
        if (uscc_is_right(bytes, size))
            keep_text(reader, cell, bytes, size);
        else
            read_text(reader, cell, bytes, size);
        break;
    case CELL_REMARK:
        cell->state[reader->row] = !is_blank(bytes, size);
        break;
    case CELL_BEYOND:
        reader->is_long |= !is_blank(bytes, size);
        break;
    default:
        break;
    }
}

static void on_cell(void *buffer, size_t size, void *data)
{
    SurveyReader *reader = data;
    const Cell *cell = reader->at;
    const char *bytes = csv_cursor_cell(&reader->cursor, buffer, size);
    const MemoEntry *entry = NULL;

    reader->at = cell + (cell->kind != CELL_BEYOND);
    if (size == 0)
        return;
    if (G_LIKELY(*(const guchar *)bytes > ' ') || !is_blank(bytes, size))
        reader->is_filled = TRUE;
    switch ((CellKind)cell->kind) {
    case CELL_NUMBER:
        if (plain_number(cell, bytes, size, &cell->to.number[reader->row])) {
            cell->state[reader->row] = ANSWER_ANSWERED;
            return;
        }
        take_entry(reader, cell, memo_find(cell->memo, bytes, size), bytes, size);
        return;
    case CELL_OPTION:
        entry = memo_find(cell->memo, bytes, size);
        if (G_UNLIKELY(!entry || entry->state == ANSWER_INVALID))
            break;
        cell->state[reader->row] = entry->state;
        cell->to.option[reader->row] = entry->option;
        return;
    case CELL_MULTI:
        entry = memo_find(cell->memo, bytes, size);
        if (G_UNLIKELY(!entry || entry->state == ANSWER_INVALID))
            break;
        cell->state[reader->row] = entry->state;
        cell->to.ticks[reader->row] = entry->value;
        return;
    case CELL_DATE:
        entry = memo_find(cell->memo, bytes, size);
        break;
    default:
        read_other(reader, cell, bytes, size);
        return;
    }
    take_entry(reader, cell, entry, bytes, size);
}

/* ---- rows ---- */

static void tell_fault(SurveyReader *reader, const Pending *pending)
{
    const Cell *cell = &reader->cells[pending->column];
    gsize size = strlen(pending->text);
    g_autofree char *problem = NULL, *hint = NULL;
    Answer answer = { .state = ANSWER_BLANK };

    if (survey_faults_again(reader->faults, cell->column, reader->record, pending->text, size))
        return;
    reply_read(survey_vocabulary(reader->survey), cell->question, pending->text, &answer, &problem,
               &hint);
    survey_faults_add(reader->faults, cell->column, reader->record, pending->text, size, problem,
                      hint);
    g_free(answer.text);
}

static guint8 reason_to_drop(const SurveyReader *reader)
{
    if (!reader->is_filled)
        return SURVEY_ROW_BLANK;
    return reader->is_long ? SURVEY_ROW_LONG : SURVEY_KEPT;
}

/* Blank answers that are required count among the findings of a row. */
static void count_required(SurveyReader *reader)
{
    Block *block = reader->block;

    for (guint i = 0; i < reader->required->len; i++) {
        const guint8 *state = block->of[g_array_index(reader->required, int, i)].state;

        for (guint row = 0; row < block->n_rows; row++)
            block->findings[row] += state[row] == ANSWER_BLANK && !block->dropped[row];
    }
}

/* Hand the rows over that are there. The row after them may be begun. */
static void flush(SurveyReader *reader)
{
    Block *block = reader->block;

    block->n_rows = reader->row;
    if (reader->row > 0) {
        count_required(reader);
        reader->stopped = !reader->visit(block, reader->data);
    }
    block->n_rows = MIN(reader->row + 1, BLOCK_ROWS);
    block_clear(block);
    reader->row = 0;
}

static void begin_row(SurveyReader *reader)
{
    csv_cursor_end(&reader->cursor, reader->end);
    reader->at = reader->cells;
    reader->is_filled = reader->is_long = FALSE;
    if (G_UNLIKELY(reader->pending->len > 0))
        g_array_set_size(reader->pending, 0);
}

static void note_short(SurveyReader *reader)
{
    reader->tally.short_rows++;
    if (reader->tally.first_short == 0)
        reader->tally.first_short = reader->record;
}

static void on_end(int line_end, void *data)
{
    SurveyReader *reader = data;
    Block *block = reader->block;
    guint8 reason = reason_to_drop(reader);

    (void)line_end;
    if (G_UNLIKELY(reader->stopped)) {
        begin_row(reader);
        return;
    }
    block->record[reader->row] = reader->record;
    block->dropped[reader->row] = reason;
    if (G_UNLIKELY(reason != SURVEY_KEPT))
        block->findings[reader->row] = 0;
    else if (G_UNLIKELY(reader->at < reader->cells + reader->n_cells))
        note_short(reader);
    for (guint i = 0; reason == SURVEY_KEPT && i < reader->pending->len; i++)
        tell_fault(reader, &g_array_index(reader->pending, Pending, i));
    reader->tally.records++;
    reader->tally.dropped[reason]++;
    reader->record++;
    reader->row++;
    begin_row(reader);
    if (reader->row == BLOCK_ROWS)
        flush(reader);
}

/* ---- texts ---- */

static gboolean visit_again(const CsvRecord *record, gpointer data)
{
    (void)record;
    (void)data;
    return TRUE;
}

/* What is wrong with a text that libcsv refused, from reading it once more with all positions. */
static void find_fault(const SurveyReader *reader, const char *text, gsize size,
                       guint64 first_record, CsvFault *fault)
{
    g_autoptr(Findings) findings = findings_new();
    CsvText csv = { .file = survey_name(reader->survey),
                    .text = text,
                    .size = size,
                    .line = 1,
                    .record = (guint)first_record,
                    .delimiter = survey_delimiter(reader->survey) };
    const Finding *finding;

    *fault = (CsvFault){ .record = reader->record };
    if (csv_read(&csv, visit_again, NULL, findings))
        return;
    finding = findings_at(findings, 0);
    fault->line = finding->line;
    fault->column = finding->column;
    fault->message = g_strdup(finding->message);
    fault->hint = g_strdup(finding->hint);
}

void csv_fault_clear(CsvFault *fault)
{
    g_clear_pointer(&fault->message, g_free);
    g_clear_pointer(&fault->hint, g_free);
}

gboolean survey_reader_read(SurveyReader *reader, const char *text, gsize size,
                            guint64 first_record, BlockVisitor visit, gpointer data,
                            CsvFault *fault)
{
    gboolean is_read;

    reader->record = first_record;
    reader->visit = visit;
    reader->data = data;
    reader->stopped = FALSE;
    reader->cursor = csv_cursor(text, size);
    reader->end = text + size;
    begin_row(reader);
    is_read = csv_parser_read(reader->parser, text, size, on_cell, on_end, reader);
    if (!reader->stopped)
        flush(reader);
    if (!is_read && !reader->stopped)
        find_fault(reader, text, size, first_record, fault);
    return is_read || reader->stopped;
}

void survey_tally_add(SurveyTally *tally, const SurveyTally *other)
{
    tally->records += other->records;
    for (guint i = 0; i < SURVEY_REASONS_LIMIT; i++)
        tally->dropped[i] += other->dropped[i];
    tally->short_rows += other->short_rows;
    if (other->first_short != 0 &&
        (tally->first_short == 0 || other->first_short < tally->first_short))
        tally->first_short = other->first_short;
}

const SurveyTally *survey_reader_tally(const SurveyReader *reader)
{
    return &reader->tally;
}

const SurveyFaults *survey_reader_faults(const SurveyReader *reader)
{
    return reader->faults;
}

void survey_reader_clear(SurveyReader *reader)
{
    reader->tally = (SurveyTally){ 0 };
    survey_faults_free(reader->faults);
    reader->faults = survey_faults_new(reader->n_cells);
}

/* ---- one record in full ---- */

static gboolean is_too_long(const SurveyReader *reader, const CsvRecord *record)
{
    for (guint i = reader->n_cells; i < record->n_cells; i++)
        if (!reply_is_blank(record->cells[i]))
            return TRUE;
    return FALSE;
}

static void answer_cell(const Filing *filing, const SurveyColumn *column, Answers *answers,
                        const CsvRecord *record, guint i)
{
    int index = column->binding.index;

    switch (column->binding.kind) {
    case BINDING_QUESTION:
        filing_answer(filing, answers, index, record->cells[i], record, i + 1);
        break;
    case BINDING_EVIDENCE:
        filing_remark(&answers->of[index].evidence, record->cells[i]);
        break;
    case BINDING_WAIVER:
        filing_waiver(filing, answers, index, record->cells[i], record, i + 1);
        break;
    default:
        break;
    }
}

Answers *survey_reader_answers(SurveyReader *reader, const CsvRecord *record)
{
    const Filing filing = { .vocabulary = survey_vocabulary(reader->survey),
                            .file = survey_name(reader->survey),
                            .sha256 = survey_sha256(reader->survey) };
    Answers *answers;
    Source *source;

    if (filing_is_blank(record) || is_too_long(reader, record))
        return NULL;
    answers = filing_answers(&filing, record->record);
    answers->evidence_asked = survey_asks_evidence(reader->survey);
    source = &g_array_index(answers->sources, Source, 0);
    g_free(source->encoding);
    source->encoding = g_strdup(survey_encoding(reader->survey));
    for (guint i = 0; i < MIN(reader->n_cells, record->n_cells); i++)
        if (survey_column(reader->survey, i)->twin == 0)
            answer_cell(&filing, survey_column(reader->survey, i), answers, record, i);
    intake_remark(answers);
    return answers;
}
