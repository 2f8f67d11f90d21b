#include "survey/memo.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/* Texts as a reader meets them: with room behind them. */
static char *padded(const char *text)
{
    char *room = g_malloc0(strlen(text) + MEMO_READABLE);

    memcpy(room, text, strlen(text));
    return room;
}

Test(memo, tells_texts_apart_by_all_their_bytes)
{
    static const char *const TEXTS[] = {
        "a",
        "b",
        "aa",
        "yes",
        "yes ",
        "12345678",
        "123456789",
        "12345678123456789",
        "1234567812345678",
        "12345678x12345678",
        "12345678y12345678",
        "1234567x12345678",
    };
    Memo memo;

    memo_init(&memo);
    for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        g_autofree char *text = padded(TEXTS[i]);

        cr_expect(zero(ptr, (void *)memo_find(&memo, text, strlen(TEXTS[i]))), "%s", TEXTS[i]);
        memo_add(&memo, text, strlen(TEXTS[i]))->value = i + 1;
    }
    for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        g_autofree char *text = padded(TEXTS[i]);
        const MemoEntry *entry = memo_find(&memo, text, strlen(TEXTS[i]));

        cr_assert(entry != NULL);
        cr_expect(eq(u64, entry->value, i + 1));
    }
    memo_clear(&memo);
}

Test(memo, does_not_mind_what_stands_behind_a_text)
{
    Memo memo;

    memo_init(&memo);
    memo_add(&memo, "yes,more", 3);
    cr_expect(memo_find(&memo, "yes;else", 3) != NULL);
    cr_expect(memo_find(&memo, "yes;else", 4) == NULL);
    memo_clear(&memo);
}

Test(memo, forgets_all_when_it_is_full)
{
    Memo memo;

    memo_init(&memo);
    for (guint i = 0; i <= MEMO_LIMIT; i++) {
        g_autofree char *text = g_strdup_printf("text number %08u of many", i);

        cr_expect(eq(u32, memo.used, i % MEMO_LIMIT + (i == MEMO_LIMIT ? MEMO_LIMIT : 0)));
        cr_expect(memo_add(&memo, text, strlen(text)) != NULL);
    }
    cr_expect(eq(u32, memo.used, 1));
    memo_clear(&memo);
}

Test(memo, keeps_few_bytes)
{
    Memo memo;

    memo_init(&memo);
    for (guint i = 0; i < 4 * MEMO_BYTES / MEMO_TEXT_LIMIT; i++) {
        g_autofree char *text = g_strdup_printf("%0*u", MEMO_TEXT_LIMIT, i);

        cr_expect(memo_add(&memo, text, MEMO_TEXT_LIMIT) != NULL);
        cr_expect(memo_find(&memo, text, MEMO_TEXT_LIMIT) != NULL);
        cr_expect(memo.bytes <= MEMO_BYTES);
    }
    memo_clear(&memo);
}

Test(memo, does_not_keep_long_texts)
{
    g_autofree char *text = g_strnfill(MEMO_TEXT_LIMIT + 1, 'x');
    Memo memo;

    memo_init(&memo);
    cr_expect(memo_add(&memo, text, MEMO_TEXT_LIMIT) != NULL);
    cr_expect(memo_add(&memo, text, MEMO_TEXT_LIMIT + 1) == NULL);
    cr_expect(memo_find(&memo, text, MEMO_TEXT_LIMIT) != NULL);
    memo_clear(&memo);
}
