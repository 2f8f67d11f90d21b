/* How each column of a survey is read. */
#include <string.h>

#include "survey/survey_reading.h"

gboolean survey_reading_scaled(Rational bound, gboolean is_percent, gint64 *value)
{
    Rational unit = rational_int(is_percent ? BLOCK_PERCENT_UNIT : BLOCK_NUMBER_UNIT);
    Rational product = rational_mul(NULL, bound, unit);

    *value = (gint64)product.num;
    return rational_is_integer(product);
}

gboolean survey_reading_begins_plainly(const char *text, gsize size)
{
    guchar first = (guchar)text[0];

    if (first < 0x80)
        return g_ascii_isalnum(first) && first != 'n' && first != 'N';
    /* U+4000 to U+9FFF: Chinese characters without another form, but for U+4E0D, with which "not
     * applicable" begins */
    return size >= 3 && first >= 0xe4 && first <= 0xe9 && memcmp(text, "\xe4\xb8\x8d", 3) != 0;
}

/* Numbers between these are read here; bounds that are no millionths leave none. */
static void find_bounds(const Question *question, Cell *cell)
{
    gboolean whole = cell->is_percent && !question->has_min && !question->has_max;

    cell->least = whole ? 0 : -BLOCK_NUMBER_LIMIT;
    cell->most = whole ? BLOCK_PERCENT_UNIT : BLOCK_NUMBER_LIMIT;
    if ((question->has_min &&
         !survey_reading_scaled(question->min, cell->is_percent, &cell->least)) ||
        (question->has_max &&
         !survey_reading_scaled(question->max, cell->is_percent, &cell->most))) {
        cell->least = 1;
        cell->most = 0;
    }
}

static void free_memo(gpointer memo)
{
    memo_clear(memo);
    g_free(memo);
}

/* What a rule says of a text, and where a tick stands, is a matter of the column. */
static gboolean is_of_question(const Cell *cell)
{
    return cell->kind != CELL_TICK && cell->kind != CELL_RULE && cell->kind != CELL_WHEN;
}

/* The memo of a question before that reads every text alike, else a new one. */
static Memo *memo_for(SurveyReader *reader, const Cell *cell)
{
    const Vocabulary *vocabulary = survey_vocabulary(reader->survey);
    Memo *memo;

    for (const Cell *other = cell; is_of_question(cell) && other-- > reader->cells;)
        if (other->kind == cell->kind && other->memo &&
            vocabulary_reads_alike(vocabulary, cell->question, other->question))
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

static void make_tick(SurveyReader *reader, Cell *cell, const Binding *binding)
{
    cell->kind = CELL_TICK;
    cell->question = binding->index;
    cell->state = reader->block->of[binding->index].state;
    cell->to.ticks = reader->block->of[binding->index].ticks;
    cell->bit = G_GUINT64_CONSTANT(1) << binding->option;
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
    case BINDING_OPTION:
        make_tick(reader, cell, &column->binding);
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

/* The columns of the tool that are read: those that leave rows out, and that of the time. */
static void make_meta(SurveyReader *reader)
{
    int when = survey_meta(reader->survey, META_WHEN);
    SurveyDrop drop;

    if (when != NOWHERE) {
        reader->cells[when].kind = CELL_WHEN;
        reader->cells[when].to.when = reader->block->when;
    }
    for (guint i = 0; survey_drop(reader->survey, i, &drop); i++) {
        Cell *cell = &reader->cells[drop.column];

        if (cell->kind != CELL_SKIPPED && cell->kind != CELL_RULE && cell->kind != CELL_WHEN)
            continue;
        if (drop.drop->blank)
            reader->blank_drops |= 1u << drop.reason;
        if (cell->kind == CELL_WHEN) /* a time is there or is not */
            cell->bit |= 1u << drop.reason;
        else
            cell->kind = CELL_RULE;
        if (!cell->memo)
            cell->memo = memo_for(reader, cell);
    }
}

/* Whether what the tool writes for no answer begins like an answer that is read at a glance. */
static gboolean has_plain_word(char *const *words)
{
    for (; words && *words; words++)
        if (survey_reading_begins_plainly(*words, strlen(*words)))
            return TRUE;
    return FALSE;
}

static void note_words(SurveyReader *reader)
{
    const Layout *layout = survey_layout(reader->survey);

    reader->texts_are_own = has_plain_word(layout->blank) || has_plain_word(layout->not_shown);
}

static void pending_clear(gpointer data)
{
    g_free(((Pending *)data)->text);
}

static void note_required(SurveyReader *reader)
{
    const Rubric *rubric = vocabulary_rubric(survey_vocabulary(reader->survey));

    for (int i = 0; i < (int)rubric->questions->len; i++) {
        const Required required = { i, survey_column_of(reader->survey, i) };

        if (RUBRIC_QUESTION(rubric, i)->required)
            g_array_append_val(reader->required, required);
    }
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
    reader->required = g_array_new(FALSE, FALSE, sizeof(Required));
    reader->pending = g_array_new(FALSE, FALSE, sizeof(Pending));
    g_array_set_clear_func(reader->pending, pending_clear);
    reader->faults = survey_faults_new(reader->n_cells);
    for (guint i = 0; i < reader->n_cells; i++)
        make_cell(reader, i);
    make_meta(reader);
    note_words(reader);
    reader->cells[reader->n_cells].kind = CELL_BEYOND;
    note_required(reader);
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
