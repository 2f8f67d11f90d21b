#include "survey/memo.h"

enum { FIRST_BITS = 2 /* of the slots in a new memo */ };

static void make_slots(Memo *memo, guint bits)
{
    memo->entries = g_new0(MemoEntry, 1u << bits);
    memo->texts = g_new0(char *, 1u << bits);
    memo->mask = (1u << bits) - 1;
    memo->shift = 64 - bits;
}

void memo_init(Memo *memo)
{
    memo->used = memo->bytes = 0;
    make_slots(memo, FIRST_BITS);
}

static void forget(Memo *memo)
{
    for (guint32 i = 0; i <= memo->mask; i++)
        g_clear_pointer(&memo->texts[i], g_free);
    memset(memo->entries, 0, (memo->mask + 1) * sizeof *memo->entries);
    memo->used = memo->bytes = 0;
}

void memo_clear(Memo *memo)
{
    if (!memo->entries)
        return;
    forget(memo);
    g_clear_pointer(&memo->entries, g_free);
    g_clear_pointer(&memo->texts, g_free);
}

static guint32 free_slot(const Memo *memo, const MemoEntry *entry)
{
    guint32 slot = memo_slot(memo, entry->head, entry->tail, entry->length);

    while (memo->entries[slot].length != 0)
        slot = (slot + 1) & memo->mask;
    return slot;
}

static void grow(Memo *memo)
{
    Memo old = *memo;

    make_slots(memo, 64 - old.shift + 1);
    for (guint32 i = 0; i <= old.mask; i++)
        if (old.entries[i].length != 0) {
            guint32 slot = free_slot(memo, &old.entries[i]);

            memo->entries[slot] = old.entries[i];
            memo->texts[slot] = old.texts[i];
        }
    g_free(old.entries);
    g_free(old.texts);
}

MemoEntry *memo_add(Memo *memo, const void *bytes, gsize size)
{
    MemoEntry entry = { .length = (guint32)size };
    guint32 slot;

    if (size > MEMO_TEXT_LIMIT)
        return NULL;
    if (memo->used == MEMO_LIMIT || memo->bytes + size > MEMO_BYTES)
        forget(memo);
    else if (2 * (memo->used + 1) > memo->mask + 1)
        grow(memo);
    memo_ends(bytes, size, &entry.head, &entry.tail);
    slot = free_slot(memo, &entry);
    memo->entries[slot] = entry;
    if (size > 2 * sizeof entry.head) {
        memo->texts[slot] = g_memdup2(bytes, size);
        memo->bytes += (guint32)size;
    }
    memo->used++;
    return &memo->entries[slot];
}
