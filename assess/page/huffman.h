/* huffman.h - one Huffman code for bytes, and texts written in it beforehand: put in a row, in
 * any choice, they are a block of a deflate stream (RFC 1951, 3.2.7), without compressing again.
 * Immutable once made. */
#pragma once

#include <glib.h>

typedef struct Huffman Huffman;

/* A code that is short for the bytes that `counts` gives as frequent; every byte has one. Free with
 * huffman_free(). */
Huffman *huffman_new(const guint counts[256]);
void huffman_free(Huffman *huffman);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Huffman, huffman_free)

/* Bits of any number, least significant first. */
typedef struct {
    GByteArray *bytes;
    guint64 held; /* bits that make no whole byte yet */
    guint n_held;
} BitWriter;

/* Append the code of each byte in a row; `n` bits of a text written before; the
 * beginning and the end of a block that is the stream's last. What is written before the beginning
 * ends with a byte. */
void huffman_write_all(const Huffman *huffman, BitWriter *writer, const guint8 *bytes, gsize size);
void huffman_copy(BitWriter *writer, const guint8 *bits, gsize n);
void huffman_begin(const Huffman *huffman, BitWriter *writer);
void huffman_end(const Huffman *huffman, BitWriter *writer);
/* Fill up to a whole byte. */
void huffman_flush(BitWriter *writer);
