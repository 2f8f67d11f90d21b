/* memo.h - what the texts of one column were read as: from the exact bytes of a cell to the answer,
 * so that each text is read once. Bounded: beyond MEMO_LIMIT texts or MEMO_BYTES all are forgotten.
 * Belongs to one thread. */
#pragma once

#include <glib.h>
#include <string.h>

enum {
    MEMO_LIMIT = 2048,      /* texts of one column */
    MEMO_TEXT_LIMIT = 512,  /* bytes of a text that is remembered */
    MEMO_BYTES = 64 * 1024, /* of those texts that are kept beside their entries */
    MEMO_READABLE = 8       /* bytes that may be read where a text begins, whatever its length */
};

/* One text, and what it was read as: `state`, `option` and `value` mean what the reader says. */
typedef struct {
    guint64 head, tail; /* the first and the last 8 bytes; those that it has not are 0 */
    guint64 value;
    guint32 length; /* 0: nothing stands here */
    guint8 state, option, code;
} MemoEntry;

typedef struct {
    MemoEntry *entries; /* by hash, open addressing, at most half full */
    char **texts;       /* beside them: the bytes of those longer than both ends */
    guint32 mask, used;
    guint32 bytes; /* of the texts */
    guint shift;   /* of the hash's upper bits */
} Memo;

void memo_init(Memo *memo);
void memo_clear(Memo *memo);
/* Remember a text that is not there: its entry, blank but for the text, valid until the next call.
 * NULL if it is longer than MEMO_TEXT_LIMIT. */
MemoEntry *memo_add(Memo *memo, const void *bytes, gsize size);

static inline guint64 memo_word(const void *bytes)
{
    guint64 word;

    memcpy(&word, bytes, sizeof word);
    return word;
}

/* The ends of a text of 1 byte or more. */
static inline void memo_ends(const void *bytes, gsize size, guint64 *head, guint64 *tail)
{
    guint64 word = memo_word(bytes);

    if (size <= sizeof word) {
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
        *head = word & (~G_GUINT64_CONSTANT(0) >> (8 * (sizeof word - size)));
#else
        *head = word & (~G_GUINT64_CONSTANT(0) << (8 * (sizeof word - size)));
#endif
        *tail = 0;
        return;
    }
    *head = word;
    *tail = memo_word((const char *)bytes + size - sizeof word);
}

static inline guint32 memo_slot(const Memo *memo, guint64 head, guint64 tail, gsize size)
{
    guint64 mixed = head ^ (tail << 29 | tail >> 35) ^ ((guint64)size << 56);

    return (guint32)((mixed * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)) >> memo->shift);
}

/* The entry of a text of 1 byte or more, or NULL. */
static inline const MemoEntry *memo_find(const Memo *memo, const void *bytes, gsize size)
{
    guint64 head, tail;

    memo_ends(bytes, size, &head, &tail);
    for (guint32 i = memo_slot(memo, head, tail, size);; i = (i + 1) & memo->mask) {
        const MemoEntry *entry = &memo->entries[i];

        if (entry->length == 0)
            return NULL;
        if (entry->head == head && entry->tail == tail && entry->length == size &&
            (size <= 2 * sizeof head || memcmp(memo->texts[i], bytes, size) == 0))
            return entry;
    }
}
