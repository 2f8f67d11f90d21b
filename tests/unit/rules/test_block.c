#include "rules/block.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "support.h"

static const char SECTIONS[] = "[field company]\n"
                               "type = text\n"
                               "[question c]\n"
                               "type = choice\n"
                               "options = low, mid, high\n"
                               "ask = C\n"
                               "[question m]\n"
                               "type = multi\n"
                               "options = x, y, z\n"
                               "ask = M\n"
                               "[question n]\n"
                               "type = number\n"
                               "ask = N\n"
                               "[question p]\n"
                               "type = percent\n"
                               "ask = P\n"
                               "[question day]\n"
                               "type = date\n"
                               "ask = D\n";

static BlockColumn *column(Desk *desk, Block *block, const char *id)
{
    return &block->of[desk_question(desk, id)];
}

static const Answer *answer(Desk *desk, const Answers *answers, const char *id)
{
    return &answers->of[desk_question(desk, id)];
}

/* One row of each kind of answer. */
static void fill(Desk *desk, Block *block, guint row)
{
    static const char *const IDS[] = { "company", "c", "m", "n", "p", "day" };
    BlockText *text = &block->texts[desk_question(desk, "company")][row];

    for (guint i = 0; i < G_N_ELEMENTS(IDS); i++)
        column(desk, block, IDS[i])->state[row] = ANSWER_ANSWERED;
    column(desk, block, "c")->option[row] = 1;
    column(desk, block, "m")->ticks[row] = 5;
    column(desk, block, "n")->number[row] = -1500000;
    column(desk, block, "p")->number[row] = 60 * BLOCK_PERCENT_UNIT / 100;
    column(desk, block, "day")->day[row] = support_day(2024, 2, 29);
    *text = (BlockText){ (guint32)block->text->len, 4 };
    g_string_append(block->text, "Acme");
    block->record[row] = 7;
    block->n_rows = row + 1;
}

Test(block, gives_a_row_as_answers)
{
    g_autoptr(Desk) desk = desk_new(SECTIONS, "c >= mid");
    g_autoptr(Block) block = block_new(desk->rubric);
    g_autoptr(Answers) answers = NULL;

    block_keep_evidence(block, desk_question(desk, "c"));
    block_keep_waivers(block, desk_requirement(desk, "r"));
    fill(desk, block, 3);
    column(desk, block, "c")->evidence[3] = TRUE;
    block->waived[desk_requirement(desk, "r")][3] = TRUE;
    answers = block_answers(block, 3);
    cr_expect(eq(u32, answer(desk, answers, "c")->low, 1));
    cr_expect(eq(u32, answer(desk, answers, "c")->high, 1));
    cr_expect(eq(u64, answer(desk, answers, "m")->must, 5));
    cr_expect(eq(u64, answer(desk, answers, "m")->may, 5));
    cr_expect(rational_compare(answer(desk, answers, "n")->least, rational_ratio(-3, 2)) == 0);
    cr_expect(rational_compare(answer(desk, answers, "p")->most, rational_ratio(3, 5)) == 0);
    cr_expect(eq(i32, answer(desk, answers, "day")->to, support_day(2024, 2, 29)));
    cr_expect(eq(str, (char *)answers_company(answers), "Acme"));
    cr_expect(answers->evidence_asked);
    cr_expect(answer(desk, answers, "c")->evidence != NULL);
    cr_expect(answer(desk, answers, "m")->evidence == NULL);
    cr_expect(answers->waivers[desk_requirement(desk, "r")] != NULL);
    cr_expect(eq(u32, g_array_index(answers->sources, Source, 0).record, 7));
}

Test(block, is_blank_again_when_cleared)
{
    g_autoptr(Desk) desk = desk_new(SECTIONS, "c >= mid");
    g_autoptr(Block) block = block_new(desk->rubric);
    g_autoptr(Answers) answers = NULL;

    for (guint row = 0; row < BLOCK_ROWS; row++)
        fill(desk, block, row);
    block_clear(block);
    cr_expect(eq(u32, block->n_rows, 0));
    answers = block_answers(block, BLOCK_ROWS - 1);
    for (guint i = 0; i < desk->rubric->questions->len; i++)
        cr_expect(eq(u32, answers->of[i].state, ANSWER_BLANK));
    cr_expect(eq(u32, column(desk, block, "c")->option[BLOCK_ROWS - 1], 0));
    cr_expect(answers_company(answers) == NULL);
    cr_expect(eq(sz, block->text->len, 0));
}

Test(block, keeps_only_the_texts_asked_for)
{
    g_autoptr(Desk) desk = desk_new("[question t]\ntype = text\nask = T\n"
                                    "[question y]\ntype = yesno\nask = Y\n",
                                    "y");
    g_autoptr(Block) block = block_new(desk->rubric);
    int text = desk_question(desk, "t");

    cr_expect(block->texts[text] == NULL);
    cr_expect(block_text(block, text, 0) == NULL);
    block_keep_text(block, text);
    cr_expect(block->texts[text] != NULL);
    cr_expect(block_text(block, text, 0) == NULL, "nothing is in it yet");
}
