#include "cohort/parity.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { STEP = 64 /* bytes, one a bit of a mask */ };

typedef struct {
    guint64 quotes, returns, feeds; /* bit by byte */
} Masks;

#ifdef __SSE2__
static Masks masks_of(const char *text)
{
    Masks masks = { 0, 0, 0 };

    for (guint i = 0; i < STEP / 16; i++) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + 16 * i));
        guint quotes = (guint)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
        guint returns = (guint)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
        guint feeds = (guint)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')));

        masks.quotes |= (guint64)quotes << (16 * i);
        masks.returns |= (guint64)returns << (16 * i);
        masks.feeds |= (guint64)feeds << (16 * i);
    }
    return masks;
}
#else
static Masks masks_of(const char *text)
{
    Masks masks = { 0, 0, 0 };

    for (guint i = 0; i < STEP; i++) {
        masks.quotes |= (guint64)(text[i] == '"') << i;
        masks.returns |= (guint64)(text[i] == '\r') << i;
        masks.feeds |= (guint64)(text[i] == '\n') << i;
    }
    return masks;
}
#endif

/* Each bit the parity of all bits up to and with it. */
static guint64 running_parity(guint64 bits)
{
    for (guint shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

static guint64 bits_up_to(guint bit)
{
    return bit == STEP - 1 ? G_MAXUINT64 : (G_GUINT64_CONSTANT(2) << bit) - 1;
}

/* Take one step, of which only `valid` bits are text. Result: bits behind which records may end. */
static guint64 take_step(Parity *parity, const Masks *masks, guint64 valid)
{
    guint64 quotes = masks->quotes & valid;
    guint64 inside = running_parity(quotes) ^ (parity->in_quotes ? G_MAXUINT64 : 0);
    guint64 feeds = masks->feeds & valid, returns = masks->returns & valid;
    guint64 ends = (feeds | returns) & ~inside;
    guint64 records = ends & ~(ends << 1 | (parity->is_between ? 1 : 0));
    guint64 lines = returns | (feeds & ~(returns << 1 | (parity->after_return ? 1 : 0)));

    if (ends) {
        guint last = (guint)(STEP - 1 - __builtin_clzll(ends));

        parity->lines_at_end =
            parity->lines + (guint)__builtin_popcountll(lines & bits_up_to(last));
    }
    parity->records += (guint)__builtin_popcountll(records);
    parity->lines += (guint)__builtin_popcountll(lines);
    if (__builtin_popcountll(quotes) & 1)
        parity->in_quotes = !parity->in_quotes;
    return ends;
}

gsize parity_scan(Parity *parity, const char *text, gsize size)
{
    gsize end = 0, at = 0;

    while (at < size) {
        gsize length = MIN(size - at, STEP);
        char rest[STEP] = { 0 };
        const char *step = text + at;
        guint last = (guint)length - 1;
        Masks masks;
        guint64 ends;

        if (length < STEP)
            step = memcpy(rest, step, length);
        masks = masks_of(step);
        ends = take_step(parity, &masks, bits_up_to(last));
        parity->is_between = (ends >> last & 1) != 0;
        parity->after_return = (masks.returns >> last & 1) != 0;
        if (ends)
            end = at + STEP - (gsize)__builtin_clzll(ends);
        at += length;
    }
    return end;
}
