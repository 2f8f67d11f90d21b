#include "intake/encoding_utf8.h"

#include <string.h>

/* Vectors of the compiler, as wide as every processor of the kind has them. */
enum { WIDTH = 16, STEP = 4 * WIDTH, ROUNDS = 255 /* a byte counts no further */ };

typedef guint8 Bytes __attribute__((vector_size(WIDTH)));

static Bytes load(const guchar *at)
{
    Bytes bytes;

    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

static gboolean any(const Bytes *bytes)
{
    guint64 words[WIDTH / 8];

    memcpy(words, bytes, sizeof words);
    return (words[0] | words[1]) != 0;
}

/* The first byte that is not ASCII, or NUL. */
static const guchar *skip_ascii(const guchar *at, const guchar *end)
{
    while (end - at >= STEP) {
        Bytes a = load(at), b = load(at + WIDTH);
        Bytes c = load(at + 2 * WIDTH), d = load(at + 3 * WIDTH);
        /* NUL less one has the high bit, like every byte beyond ASCII */
        Bytes bad = (a | (a - 1) | b | (b - 1) | c | (c - 1) | d | (d - 1)) & 0x80;

        if (any(&bad))
            break;
        at += STEP;
    }
    while (at<end && * at> 0 && *at < 0x80)
        at++;
    return at;
}

static gboolean goes_on(guchar byte)
{
    return (byte & 0xc0) == 0x80;
}

/* Skip whole characters beyond ASCII, none of them among the last three bytes. */
static const guchar *skip_characters(const guchar *at, const guchar *end)
{
    while (end - at >= 4) {
        guint pair = (guint)at[0] << 8 | at[1];

        if (pair >= 0xe0a0 && pair < 0xf000 && goes_on(at[1]) && goes_on(at[2]) &&
            (pair < 0xeda0 || pair >= 0xee00))
            at += 3;
        else if (pair >= 0xc280 && pair < 0xe000 && goes_on(at[1]))
            at += 2;
        else if (pair >= 0xf090 && pair < 0xf490 && goes_on(at[1]) && goes_on(at[2]) &&
                 goes_on(at[3]))
            at += 4;
        else
            break;
    }
    return at;
}

/* FALSE if no character begins with this byte. */
static gboolean begin(Utf8State *state, guchar byte)
{
    if (byte < 0xc2 || byte > 0xf4)
        return FALSE;
    *state = (Utf8State){ .left = byte < 0xe0   ? 1
                                  : byte < 0xf0 ? 2
                                                : 3,
                          .low = byte == 0xe0   ? 0xa0
                                 : byte == 0xf0 ? 0x90
                                                : 0x80,
                          .high = byte == 0xed   ? 0x9f
                                  : byte == 0xf4 ? 0x8f
                                                 : 0xbf,
                          .lead = byte,
                          .seen = 1 };
    return TRUE;
}

gsize encoding_utf8_check(Utf8State *state, const char *text, gsize size)
{
    const guchar *start = (const guchar *)text, *at = start, *end = at + size;

    while (at < end) {
        if (state->left > 0) {
            if (*at < state->low || *at > state->high)
                break;
            state->left--;
            state->seen++;
            state->low = 0x80;
            state->high = 0xbf;
            at++;
            continue;
        }
        state->seen = 0;
        at = skip_characters(skip_ascii(at, end), end);
        if (at == end || (*at > 0 && *at < 0x80))
            continue;
        if (!begin(state, *at))
            break;
        at++;
    }
    return (gsize)(at - start);
}

gsize encoding_utf8_mend(char *text, gsize size, gsize *at, gboolean *is_nul)
{
    Utf8State state = { 0 };
    gsize end = *at + encoding_utf8_check(&state, text + *at, size - *at);
    gsize begin = end - (state.left > 0 ? state.seen : 0);

    *is_nul = begin < size && text[begin] == '\0';
    *at = MAX(end, MIN(begin + 1, size));
    memset(text + begin, '?', *at - begin);
    return begin;
}

/* Line ends that begin in `text`, all bytes of which have another byte after them. */
static guint64 count_ends(const guchar *at, gsize size)
{
    guint64 ends = 0;

    while (size >= WIDTH) {
        gsize rounds = MIN(size / WIDTH, ROUNDS);
        Bytes sums = { 0 };

        for (gsize i = 0; i < rounds; i++) {
            Bytes here = load(at + i * WIDTH), next = load(at + i * WIDTH + 1);

            sums -= (Bytes)((here == '\n') | ((here == '\r') & (next != '\n')));
        }
        for (guint i = 0; i < WIDTH; i++)
            ends += sums[i];
        at += rounds * WIDTH;
        size -= rounds * WIDTH;
    }
    for (gsize i = 0; i < size; i++)
        ends += at[i] == '\n' || (at[i] == '\r' && at[i + 1] != '\n');
    return ends;
}

void encoding_count_lines(LineCount *count, const char *text, gsize size)
{
    if (size == 0)
        return;
    /* a CR that ended the piece before was counted: an LF now belongs to it */
    if (count->after_cr && text[0] == '\n')
        count->ends--;
    count->ends += count_ends((const guchar *)text, size - 1);
    count->ends += text[size - 1] == '\n' || text[size - 1] == '\r';
    count->after_cr = text[size - 1] == '\r';
}
