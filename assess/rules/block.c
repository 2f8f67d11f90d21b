#include "rules/block.h"

#include <string.h>

enum { ALIGNMENT = 64 }; /* of columns, so that whole vectors are loaded */

static gpointer column_new(gsize size)
{
    gpointer column = g_aligned_alloc(BLOCK_ROWS, size, ALIGNMENT);

    return memset(column, 0, BLOCK_ROWS * size);
}

static void make_column(const Question *question, BlockColumn *column)
{
    column->state = column_new(1);
    switch (question->type) {
    case QUESTION_YESNO:
    case QUESTION_CHOICE:
        column->option = column_new(1);
        break;
    case QUESTION_MULTI:
        column->ticks = column_new(sizeof(guint64));
        break;
    case QUESTION_NUMBER:
    case QUESTION_PERCENT:
        column->number = column_new(sizeof(gint64));
        break;
    case QUESTION_DATE:
        column->day = column_new(sizeof(gint32));
        break;
    case QUESTION_TEXT:
    case QUESTION_USCC:
        break;
    }
}

Block *block_new(const Rubric *rubric)
{
    Block *block = g_new0(Block, 1);

    block->rubric = rubric;
    block->of = g_new0(BlockColumn, rubric->questions->len);
    block->texts = g_new0(BlockText *, rubric->questions->len);
    block->waived = g_new0(guint8 *, rubric->requirements->len);
    block->findings = column_new(sizeof(guint32));
    block->dropped = column_new(1);
    block->record = column_new(sizeof(guint64));
    block->when = column_new(sizeof(gint64));
    block->text = g_string_new(NULL);
    for (guint i = 0; i < rubric->questions->len; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);

        make_column(question, &block->of[i]);
        if (question->is_field &&
            (question->type == QUESTION_TEXT || question->type == QUESTION_USCC))
            block_keep_text(block, (int)i);
    }
    return block;
}

static void free_column(BlockColumn *column)
{
    g_aligned_free(column->state);
    g_aligned_free(column->option);
    g_aligned_free(column->ticks);
    g_aligned_free(column->number);
    g_aligned_free(column->day);
    g_aligned_free(column->evidence);
}

void block_free(Block *block)
{
    if (!block)
        return;
    for (guint i = 0; i < block->rubric->questions->len; i++) {
        free_column(&block->of[i]);
        g_aligned_free(block->texts[i]);
    }
    for (guint i = 0; i < block->rubric->requirements->len; i++)
        g_aligned_free(block->waived[i]);
    g_free(block->of);
    g_free(block->texts);
    g_free(block->waived);
    g_aligned_free(block->findings);
    g_aligned_free(block->dropped);
    g_aligned_free(block->record);
    g_aligned_free(block->when);
    g_string_free(block->text, TRUE);
    g_free(block);
}

void block_keep_evidence(Block *block, int question)
{
    block->evidence_asked = TRUE;
    if (!block->of[question].evidence)
        block->of[question].evidence = column_new(1);
}

void block_keep_waivers(Block *block, int requirement)
{
    if (!block->waived[requirement])
        block->waived[requirement] = column_new(1);
}

void block_keep_text(Block *block, int question)
{
    if (!block->texts[question])
        block->texts[question] = column_new(sizeof(BlockText));
}

static void blank_rows(gpointer column, guint n, gsize size)
{
    if (column)
        memset(column, 0, n * size);
}

void block_clear(Block *block)
{
    for (guint i = 0; i < block->rubric->questions->len; i++) {
        const BlockColumn *column = &block->of[i];

        blank_rows(column->state, block->n_rows, 1);
        blank_rows(column->option, block->n_rows, 1);
        blank_rows(column->evidence, block->n_rows, 1);
        blank_rows(block->texts[i], block->n_rows, sizeof(BlockText));
    }
    for (guint i = 0; i < block->rubric->requirements->len; i++)
        blank_rows(block->waived[i], block->n_rows, 1);
    blank_rows(block->findings, block->n_rows, sizeof(guint32));
    blank_rows(block->dropped, block->n_rows, 1);
    blank_rows(block->when, block->n_rows, sizeof(gint64));
    g_string_truncate(block->text, 0);
    block->n_rows = 0;
}

char *block_text(const Block *block, int question, guint row)
{
    const BlockText *text = block->texts[question] ? &block->texts[question][row] : NULL;

    return text && text->length ? g_strndup(block->text->str + text->offset, text->length) : NULL;
}

static void fill_answer(const Block *block, guint index, guint row, Answer *answer)
{
    const BlockColumn *column = &block->of[index];

    answer->state = (AnswerState)column->state[row];
    answer->text = block_text(block, (int)index, row);
    if (column->evidence && column->evidence[row])
        answer->evidence = g_strdup("yes");
    if (answer->state == ANSWER_ANSWERED)
        block_reply(block, index, row, answer);
}

void block_reply(const Block *block, guint question, guint row, Answer *answer)
{
    const Question *asked = RUBRIC_QUESTION(block->rubric, question);
    const BlockColumn *column = &block->of[question];

    if (column->option)
        answer->low = answer->high = column->option[row];
    else if (column->ticks)
        answer->must = answer->may = column->ticks[row];
    else if (column->number)
        answer->least = answer->most = rational_ratio(
            column->number[row],
            asked->type == QUESTION_PERCENT ? BLOCK_PERCENT_UNIT : BLOCK_NUMBER_UNIT);
    else if (column->day)
        answer->from = answer->to = column->day[row];
}

Answers *block_answers(const Block *block, guint row)
{
    Answers *answers = answers_new(block->rubric);
    Source source = { .record = (guint)block->record[row] };

    g_array_append_val(answers->sources, source);
    answers->evidence_asked = block->evidence_asked;
    for (guint i = 0; i < block->rubric->questions->len; i++)
        fill_answer(block, i, row, &answers->of[i]);
    for (guint i = 0; i < block->rubric->requirements->len; i++)
        if (block->waived[i] && block->waived[i][row])
            answers->waivers[i] = g_strdup("yes");
    return answers;
}
