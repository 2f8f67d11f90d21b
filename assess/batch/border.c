#include "batch/border.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { STEP = 64 /* bytes, one a bit of a mask */ };

typedef struct {
    guint64 quotes, returns, feeds; /* bit by byte */
} Masks;

#ifdef __SSE2__
static inline guint64 bits_of(__m128i equal, guint part)
{
    return (guint64)(guint)_mm_movemask_epi8(equal) << (16 * part);
}

static Masks masks_of(const char *text)
{
    Masks masks = { 0, 0, 0 };

    for (guint i = 0; i < STEP / 16; i++) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + 16 * i));

        masks.quotes |= bits_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), i);
        masks.returns |= bits_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')), i);
        masks.feeds |= bits_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), i);
    }
    return masks;
}

static guint64 mask_of(const char *text, char byte)
{
    guint64 mask = 0;

    for (guint i = 0; i < STEP / 16; i++) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text + 16 * i));

        mask |= bits_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte)), i);
    }
    return mask;
}
#else
static guint64 mask_of(const char *text, char byte)
{
    guint64 mask = 0;

    for (guint i = 0; i < STEP; i++)
        mask |= (guint64)(text[i] == byte) << i;
    return mask;
}

static Masks masks_of(const char *text)
{
    return (Masks){ mask_of(text, '"'), mask_of(text, '\r'), mask_of(text, '\n') };
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

/* ---- quotes ---- */

/* The quotes that open or close, one by one: the others are text. `begins`: bits at which a cell
 * begins. */
static G_NO_INLINE guint64 take_quotes(const Border *border, guint64 quotes, guint64 begins)
{
    guint64 turns = 0, again = border->after_quote ? 1 : 0; /* where a quote opens again */
    gboolean in_quotes = border->in_quotes;

    for (; quotes != 0; quotes &= quotes - 1) {
        guint64 bit = quotes & -quotes;

        if (!in_quotes && (bit & (begins | again)) == 0)
            continue;
        turns |= bit;
        again = in_quotes ? bit << 1 : 0;
        in_quotes = !in_quotes;
    }
    return turns;
}

/* The bits that stand in quotes, opening ones too, closing ones not; `last` is the last that is
 * text. Where every second quote may open a cell, or follows the one that seemed to close it, each
 * of them opens or closes. */
static guint64 find_inside(Border *border, const char *text, const Masks *masks, guint last)
{
    guint64 quotes = masks->quotes, before = border->in_quotes ? G_MAXUINT64 : 0, begins, inside;

    if (quotes == 0) {
        border->after_quote = FALSE;
        return before;
    }
    begins = (mask_of(text, border->delimiter) | masks->returns | masks->feeds) << 1 |
             (border->at_cell ? 1 : 0);
    inside = running_parity(quotes) ^ before;
    if ((quotes & inside & ~(begins | quotes << 1 | (border->after_quote ? 1 : 0))) != 0) {
        quotes = take_quotes(border, quotes, begins);
        inside = running_parity(quotes) ^ before;
    }
    border->in_quotes = (inside >> last & 1) != 0;
    border->after_quote = !border->in_quotes && (quotes >> last & 1) != 0;
    return inside;
}

/* ---- steps ---- */

/* Count what ends in a step. Result: bits behind which records may end. */
static guint64 take_ends(Border *border, const Masks *masks, guint64 inside)
{
    guint64 feeds = masks->feeds, returns = masks->returns;
    guint64 ends = (feeds | returns) & ~inside;
    guint64 records = ends & ~(ends << 1 | (border->is_between ? 1 : 0));
    guint64 lines = returns | (feeds & ~(returns << 1 | (border->after_return ? 1 : 0)));

    if (ends) {
        guint last = (guint)(STEP - 1 - __builtin_clzll(ends));

        border->lines_at_end =
            border->lines + (guint)__builtin_popcountll(lines & bits_up_to(last));
    }
    border->records += (guint)__builtin_popcountll(records);
    border->lines += (guint)__builtin_popcountll(lines);
    return ends;
}

/* Result: as take_ends(). `length`: how many bytes of the step are text; NUL follows them. */
static guint64 take_step(Border *border, const char *text, guint length)
{
    const guint last = length - 1;
    const Masks masks = masks_of(text);
    guint64 inside = find_inside(border, text, &masks, last);
    guint64 ends = masks.feeds | masks.returns;

    border->at_cell = text[last] == border->delimiter || (ends >> last & 1) != 0;
    if (ends)
        ends = take_ends(border, &masks, inside);
    border->is_between = (ends >> last & 1) != 0;
    border->after_return = (masks.returns >> last & 1) != 0;
    return ends;
}

Border border_begin(char delimiter, guint64 records, guint64 lines)
{
    return (Border){ .delimiter = delimiter,
                     .at_cell = TRUE,
                     .is_between = TRUE,
                     .records = records,
                     .lines = lines,
                     .lines_at_end = lines };
}

gsize border_scan(Border *border, const char *text, gsize size)
{
    gsize end = 0, at = 0;

    while (at < size) {
        gsize length = MIN(size - at, STEP);
        char rest[STEP] = { 0 };
        guint64 ends;

        if (length < STEP)
            ends = take_step(border, memcpy(rest, text + at, length), (guint)length);
        else
            ends = take_step(border, text + at, STEP);
        if (ends)
            end = at + STEP - (gsize)__builtin_clzll(ends);
        at += length;
    }
    return end;
}

/* ---- one record ---- */

gsize border_line_end(const char *text, gsize size)
{
    if (size == 0 || (*text != '\n' && *text != '\r'))
        return 0;
    return *text == '\r' && size > 1 && text[1] == '\n' ? 2 : 1;
}

gsize border_record(const char *text, gsize size, char delimiter, guint64 *lines)
{
    gboolean in_quotes = FALSE, may_open = TRUE;
    gsize at = 0;

    while (at < size) {
        gsize end = border_line_end(text + at, size - at);

        *lines += end > 0;
        if (end > 0 && !in_quotes)
            return at + end;
        if (in_quotes && text[at] == '"') {
            in_quotes = FALSE;
            may_open = TRUE; /* of two quotes, the second */
        } else if (!in_quotes) {
            in_quotes = text[at] == '"' && may_open;
            may_open = text[at] == delimiter;
        }
        at += MAX(end, 1);
    }
    return size;
}
