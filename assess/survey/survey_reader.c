#include "survey/survey_reader.h"

#include <string.h>

#include "intake/reply.h"
#include "intake/uscc.h"
#include "survey/survey_answers.h"
#include "survey/survey_cell.h"
#include "survey/survey_date.h"
#include "survey/survey_reading.h"

enum {
    WHOLE_DIGITS = 12,  /* of a number that is read here: see rational_parse() */
    DECIMAL_DIGITS = 6, /* and after its point */
    UNIT = 1000000      /* of numbers, and of percent points: see BlockColumn */
};

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

    survey_reading_scaled(value, cell->is_percent, &number);
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

/* What a text says about its row: `code` is the reason to leave it out, `value` the kinds of rows
 * that would be left out if nothing stood there. */
static void read_rules(const SurveyReader *reader, const Cell *cell, const char *text,
                       MemoEntry *entry)
{
    SurveyDrop drop;

    for (guint i = 0; survey_drop(reader->survey, i, &drop); i++) {
        if (drop.column != cell->column)
            continue;
        if (drop.drop->blank && !reply_is_blank(text))
            entry->value |= G_GUINT64_CONSTANT(1) << drop.reason;
        if (entry->code == SURVEY_KEPT && survey_cell_drops(drop.drop, text))
            entry->code = drop.reason;
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
    if (cell->kind == CELL_TICK) {
        entry->code = (guint8)survey_cell_tick(
            reader->survey, survey_column(reader->survey, cell->column), text, &problem, &hint);
        return entry;
    }
    if (cell->kind == CELL_RULE || cell->kind == CELL_WHEN) {
        read_rules(reader, cell, text, entry);
        return entry;
    }
    survey_cell_read(reader->survey, cell->question, text, &answer, &problem, &hint);
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

    survey_cell_read(reader->survey, cell->question, text, &answer, &problem, &hint);
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

static void take_tick(SurveyReader *reader, const Cell *cell, const void *bytes, gsize size)
{
    const MemoEntry *entry = memo_find(cell->memo, bytes, size);
    guint8 *state = &cell->state[reader->row];
    guint64 *ticks = &cell->to.ticks[reader->row];

    if (!entry)
        entry = read_new(reader, cell, bytes, size);
    switch ((SurveyTick)entry->code) {
    case TICK_ON:
        *ticks = (*state == ANSWER_ANSWERED ? *ticks : 0) | cell->bit;
        *state = MAX(*state, ANSWER_ANSWERED);
        break;
    case TICK_OFF:
        if (*state == ANSWER_BLANK &&
            survey_layout(reader->survey)->all_unticked == UNTICKED_NONE) {
            *state = ANSWER_ANSWERED;
            *ticks = 0;
        }
        break;
    case TICK_FAULT:
        *state = ANSWER_INVALID;
        note_fault(reader, cell, bytes, size);
        break;
    case TICK_BLANK:
        break;
    }
}

static void take_rule(SurveyReader *reader, const Cell *cell, const void *bytes, gsize size)
{
    const MemoEntry *entry = memo_find(cell->memo, bytes, size);

    if (!entry)
        entry = read_new(reader, cell, bytes, size);
    reader->blanks &= ~(guint32)entry->value;
    if (entry->code != SURVEY_KEPT &&
        (reader->reason == SURVEY_KEPT || entry->code < reader->reason))
        reader->reason = entry->code;
}

static void take_when(SurveyReader *reader, const Cell *cell, const void *bytes, gsize size)
{
    const LayoutDates dates = (LayoutDates)survey_layout(reader->survey)->dates;

    cell->to.when[reader->row] = survey_date_moment(bytes, size, dates);
    if (cell->memo && !is_blank(bytes, size))
        reader->blanks &= ~(guint32)cell->bit;
}

static G_NO_INLINE void read_other(SurveyReader *reader, const Cell *cell, const void *bytes,
                                   gsize size)
{
    switch ((CellKind)cell->kind) {
    case CELL_TICK:
        take_tick(reader, cell, bytes, size);
        break;
    case CELL_RULE:
        take_rule(reader, cell, bytes, size);
        break;
    case CELL_WHEN:
        take_when(reader, cell, bytes, size);
        break;
    case CELL_TEXT:
        if (survey_reading_begins_plainly(bytes, size) && !reader->texts_are_own)
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
    if (cell->kind == CELL_TICK)
        survey_cell_tick(reader->survey, survey_column(reader->survey, cell->column), pending->text,
                         &problem, &hint);
    else
        survey_cell_read(reader->survey, cell->question, pending->text, &answer, &problem, &hint);
    survey_faults_add(reader->faults, cell->column, reader->record, pending->text, size, problem,
                      hint);
    g_free(answer.text);
}

/* Why the record is left out whatever it says. */
static G_NO_INLINE guint8 find_left_out(SurveyReader *reader)
{
    while (reader->n_left_out > 0 && reader->left_out->record < reader->record) {
        reader->left_out++;
        reader->n_left_out--;
    }
    return reader->n_left_out > 0 && reader->left_out->record == reader->record
               ? reader->left_out->reason
               : SURVEY_KEPT;
}

/* Whether a row behind a wrong quote may be part of a cell of the one before. */
static gboolean is_doubtful(const SurveyReader *reader)
{
    return reader->is_long || reader->has_quote || reader->at < reader->cells + reader->n_cells;
}

static guint8 reason_to_drop(SurveyReader *reader)
{
    guint8 reason = reader->n_left_out > 0 ? find_left_out(reader) : SURVEY_KEPT;

    if (reason != SURVEY_KEPT)
        return reason;
    reason = reader->reason;
    if (!reader->is_filled)
        return SURVEY_ROW_BLANK;
    reader->is_doubted = reader->is_doubted && is_doubtful(reader);
    if (reader->is_doubted)
        return SURVEY_ROW_DOUBTED;
    if (reader->is_long)
        return SURVEY_ROW_LONG;
    if (reader->blanks != 0 &&
        (reason == SURVEY_KEPT || 1u << reason > (reader->blanks & -reader->blanks)))
        reason = (guint8)g_bit_nth_lsf(reader->blanks, -1);
    return reason;
}

/* A required answer that is blank; one without a column is told of all records at once. */
static void note_lacking(SurveyReader *reader, int column, guint row)
{
    const guint64 record = reader->block->record[row];

    reader->block->findings[row]++;
    reader->tally.lacking++;
    if (column != NOWHERE && !survey_faults_again(reader->faults, (guint)column, record, "", 0))
        survey_faults_add(reader->faults, (guint)column, record, "", 0, SURVEY_LACKING, NULL);
}

/* Blank answers that are required count among the findings of a row. */
static void count_required(SurveyReader *reader)
{
    Block *block = reader->block;

    for (guint i = 0; i < reader->required->len; i++) {
        const Required *required = &g_array_index(reader->required, Required, i);
        const guint8 *state = block->of[required->question].state;

        for (guint row = 0; row < block->n_rows; row++)
            if (G_UNLIKELY(state[row] == ANSWER_BLANK) && !block->dropped[row])
                note_lacking(reader, required->column, row);
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
    reader->is_filled = reader->is_long = reader->has_quote = FALSE;
    reader->reason = SURVEY_KEPT;
    reader->blanks = reader->blank_drops;
    if (G_UNLIKELY(reader->pending->len > 0))
        g_array_set_size(reader->pending, 0);
}

/* The first of two records, of which 0 is none. */
static void note_first(guint64 *first, guint64 record)
{
    if (record != 0 && (*first == 0 || record < *first))
        *first = record;
}

static void note_short(SurveyReader *reader)
{
    reader->tally.short_rows++;
    note_first(&reader->tally.first_short, reader->record);
}

static void count_kept(SurveyReader *reader)
{
    if (G_UNLIKELY(reader->tally.first_kept == 0))
        reader->tally.first_kept = reader->record;
    if (G_LIKELY(reader->pending->len == 0))
        return;
    for (guint i = 0; i < reader->pending->len; i++)
        tell_fault(reader, &g_array_index(reader->pending, Pending, i));
    reader->tally.unread += reader->pending->len;
    reader->tally.unread_rows++;
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
    if (reason == SURVEY_KEPT)
        count_kept(reader);
    reader->tally.records++;
    reader->tally.dropped[reason]++;
    reader->record++;
    reader->row++;
    begin_row(reader);
    if (reader->row == BLOCK_ROWS)
        flush(reader);
}

static void on_quote(void *data)
{
    SurveyReader *reader = data;

    reader->has_quote = TRUE;
    if (!reader->stopped)
        note_first(&reader->tally.first_quote, reader->record);
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
                    .delimiter = survey_delimiter(reader->survey),
                    .lenient = TRUE };
    const Finding *finding;

    *fault = (CsvFault){ .record = reader->record };
    if (csv_read(&csv, visit_again, NULL, findings))
        return;
    finding = findings_at(findings, findings_count(findings) - 1);
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
    static const CsvHandler HANDLER = { on_cell, on_end, on_quote };
    gboolean is_read;

    reader->record = first_record;
    reader->visit = visit;
    reader->data = data;
    reader->stopped = FALSE;
    reader->cursor = csv_cursor(text, size);
    reader->end = text + size;
    begin_row(reader);
    is_read = csv_parser_read(reader->parser, text, size, &HANDLER, reader);
    if (!reader->stopped) {
        flush(reader);
    } else { /* cells went on coming into a row that nobody gets */
        reader->block->n_rows = 1;
        block_clear(reader->block);
    }
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
    note_first(&tally->first_short, other->first_short);
    note_first(&tally->first_quote, other->first_quote);
    tally->unread += other->unread;
    tally->unread_rows += other->unread_rows;
    tally->lacking += other->lacking;
    note_first(&tally->first_kept, other->first_kept);
}

const SurveyTally *survey_reader_tally(const SurveyReader *reader)
{
    return &reader->tally;
}

const SurveyFaults *survey_reader_faults(const SurveyReader *reader)
{
    return reader->faults;
}

void survey_reader_leave_out(SurveyReader *reader, const SurveyLeftOut *records, guint n)
{
    reader->left_out = records;
    reader->n_left_out = n;
}

void survey_reader_doubt(SurveyReader *reader)
{
    reader->is_doubted = TRUE;
}

void survey_reader_clear(SurveyReader *reader)
{
    reader->is_doubted = FALSE;
    reader->tally = (SurveyTally){ 0 };
    survey_faults_free(reader->faults);
    reader->faults = survey_faults_new(reader->n_cells);
}

/* What the text of a choice was read as; what is wrong with a text is told anew. */
static gboolean recall(guint column, const char *text, Answer *answer, gpointer data)
{
    SurveyReader *reader = data;
    const Cell *cell = &reader->cells[column];
    gsize size = strlen(text);
    char copy[MEMO_TEXT_LIMIT + MEMO_READABLE];
    const MemoEntry *entry;

    if (cell->kind != CELL_OPTION || size > MEMO_TEXT_LIMIT)
        return FALSE;
    memcpy(copy, text, size);
    memset(copy + size, 0, MEMO_READABLE);
    entry = memo_find(cell->memo, copy, size);
    if (!entry)
        entry = read_new(reader, cell, copy, size);
    if (entry->state != ANSWER_ANSWERED)
        return FALSE;
    answer->state = ANSWER_ANSWERED;
    answer->low = answer->high = entry->option;
    answer->text = g_strdup(reply_unguarded(text));
    return TRUE;
}

Answers *survey_reader_answers(SurveyReader *reader, const CsvRecord *record)
{
    return survey_answers(reader->survey, record, recall, reader);
}
