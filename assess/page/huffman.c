#include "page/huffman.h"

#include <string.h>

enum {
    END = 256, /* the end of a block */
    SYMBOLS = 257,
    NODES = 2 * SYMBOLS - 1,
    DISTANCES = 2, /* codes that are never used: the fewest that every reader takes */
    LONGEST = 15   /* bits of a code */
};

struct Huffman {
    guint16 codes[SYMBOLS]; /* first bit lowest */
    guint8 lengths[SYMBOLS];
};

/* The two lightest nodes without a parent become one, until one is left. The lengths are the depths
 * of the leaves; returns the greatest. */
static guint measure(const guint weights[SYMBOLS], guint8 lengths[SYMBOLS])
{
    guint64 weight[NODES];
    guint parent[NODES] = { 0 }, longest = 0;
    guint8 depth[NODES] = { 0 };

    for (guint i = 0; i < SYMBOLS; i++)
        weight[i] = weights[i];
    for (guint next = SYMBOLS; next < NODES; next++) {
        guint least[2] = { NODES, NODES };

        for (guint i = 0; i < next; i++) {
            if (parent[i])
                continue;
            if (least[0] == NODES || weight[i] < weight[least[0]]) {
                least[1] = least[0];
                least[0] = i;
            } else if (least[1] == NODES || weight[i] < weight[least[1]]) {
                least[1] = i;
            }
        }
        parent[least[0]] = parent[least[1]] = next;
        weight[next] = weight[least[0]] + weight[least[1]];
    }
    for (guint i = NODES - 1; i-- > 0;)
        depth[i] = (guint8)(depth[parent[i]] + 1);
    for (guint i = 0; i < SYMBOLS; i++) {
        lengths[i] = depth[i];
        longest = MAX(longest, depth[i]);
    }
    return longest;
}

/* RFC 1951, 3.2.2: codes of one length are consecutive numbers in the order of the symbols. */
static void number(Huffman *huffman)
{
    guint code = 0;

    for (guint length = 1; length <= LONGEST; length++) {
        for (guint symbol = 0; symbol < SYMBOLS; symbol++) {
            guint reversed = 0;

            if (huffman->lengths[symbol] != length)
                continue;
            for (guint bit = 0; bit < length; bit++)
                reversed |= (code >> bit & 1) << (length - 1 - bit);
            huffman->codes[symbol] = (guint16)reversed;
            code++;
        }
        code <<= 1;
    }
}

Huffman *huffman_new(const guint counts[256])
{
    Huffman *huffman = g_new0(Huffman, 1);
    guint weights[SYMBOLS];

    for (guint i = 0; i < 256; i++)
        weights[i] = counts[i] + 1;
    weights[END] = 1;
    /* Flatter weights give shorter codes. */
    while (measure(weights, huffman->lengths) > LONGEST)
        for (guint i = 0; i < SYMBOLS; i++)
            weights[i] = weights[i] / 2 + 1;
    number(huffman);
    return huffman;
}

void huffman_free(Huffman *huffman)
{
    g_free(huffman);
}

static void put(BitWriter *writer, guint64 bits, guint n)
{
    writer->held |= bits << writer->n_held;
    writer->n_held += n;
    if (writer->n_held >= 32) {
        guint32 whole = GUINT32_TO_LE((guint32)writer->held);

        g_byte_array_append(writer->bytes, (const guint8 *)&whole, sizeof whole);
        writer->held >>= 32;
        writer->n_held -= 32;
    }
}

void huffman_write_all(const Huffman *huffman, BitWriter *writer, const guint8 *bytes, gsize size)
{
    enum { AT_ONCE = 512 }; /* bytes, of which each becomes two at most */
    guint32 words[AT_ONCE / 2 + 1];

    while (size > 0) {
        gsize some = MIN(size, AT_ONCE);
        guint64 held = writer->held;
        guint n_held = writer->n_held, n = 0;

        for (gsize i = 0; i < some; i++) {
            held |= (guint64)huffman->codes[bytes[i]] << n_held;
            n_held += huffman->lengths[bytes[i]];
            if (n_held < 32)
                continue;
            words[n++] = GUINT32_TO_LE((guint32)held);
            held >>= 32;
            n_held -= 32;
        }
        g_byte_array_append(writer->bytes, (const guint8 *)words, n * (guint)sizeof *words);
        writer->held = held;
        writer->n_held = n_held;
        bytes += some;
        size -= some;
    }
}

void huffman_copy(BitWriter *writer, const guint8 *bits, gsize n)
{
    gsize words = n / 32;
    guint at = writer->bytes->len;
    guint8 *out;

    g_byte_array_set_size(writer->bytes, at + (guint)(4 * words));
    out = writer->bytes->data + at;
    for (gsize i = 0; i < words; i++, bits += 4, out += 4) {
        guint32 whole;

        memcpy(&whole, bits, sizeof whole);
        writer->held |= (guint64)GUINT32_FROM_LE(whole) << writer->n_held;
        whole = GUINT32_TO_LE((guint32)writer->held);
        memcpy(out, &whole, sizeof whole);
        writer->held >>= 32;
    }
    n %= 32;
    for (; n > 0; bits++) {
        guint some = (guint)MIN(n, 8);

        put(writer, *bits & ((1u << some) - 1), some);
        n -= some;
    }
}

/* The lengths of the codes go out in four bits each: a code for them of 16 equal lengths. */
void huffman_begin(const Huffman *huffman, BitWriter *writer)
{
    static const guint8 UNUSED = 3, LENGTH_CODES = 19; /* 16, 17, 18 stand first; RFC 1951, 3.2.7 */

    put(writer, 1, 1);             /* the last block */
    put(writer, 2, 2);             /* with codes of its own */
    put(writer, SYMBOLS - 257, 5); /* no symbols beyond the end */
    put(writer, DISTANCES - 1, 5);
    put(writer, LENGTH_CODES - 4, 4);
    for (guint i = 0; i < LENGTH_CODES; i++)
        put(writer, i < UNUSED ? 0 : 4, 3);
    for (guint i = 0; i < SYMBOLS + DISTANCES; i++) {
        guint length = i < SYMBOLS ? huffman->lengths[i] : 1, reversed = 0;

        for (guint bit = 0; bit < 4; bit++)
            reversed |= (length >> bit & 1) << (3 - bit);
        put(writer, reversed, 4);
    }
}

void huffman_end(const Huffman *huffman, BitWriter *writer)
{
    put(writer, huffman->codes[END], huffman->lengths[END]);
    huffman_flush(writer);
}

void huffman_flush(BitWriter *writer)
{
    for (; writer->n_held > 0; writer->n_held -= MIN(writer->n_held, 8)) {
        guint8 byte = (guint8)writer->held;

        g_byte_array_append(writer->bytes, &byte, 1);
        writer->held >>= 8;
    }
    writer->held = 0;
}
