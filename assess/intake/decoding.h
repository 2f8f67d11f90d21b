/* decoding.h - a file's bytes as UTF-8 text, strictly: a byte that its encoding does not know is a
 * fault with line and byte, and so is NUL. For files and pipes of any size, in pieces cut anywhere;
 * UTF-8 is checked and passed on without a copy. A Decoding belongs to one reader. */
#pragma once

#include "intake/encoding.h"

typedef struct {
    guint64 line;   /* from 1 */
    guint64 offset; /* in the file, from 0: of the first byte of the character; of a NUL that is not
                     * in UTF-8, of the piece in which it stands */
    guint8 byte;
    gboolean is_nul, is_cut; /* the character is NUL; the text ends within it */
} DecodingFault;

typedef struct Decoding Decoding;

/* From the first byte of a file on; its byte order mark is left out. NULL with `problem` (free with
 * g_free()) if this system cannot convert from that encoding. Free with decoding_free(). */
Decoding *decoding_new(const EncodingFound *found, char **problem);
void decoding_free(Decoding *decoding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Decoding, decoding_free)

/* Before the first piece: go on behind what does not decode. In its place stands DECODING_BAD,
 * which is no UTF-8; UTF-8 is passed on unchecked, NUL bytes are, too. FALSE, and nothing changes,
 * of an encoding in which it is not sure that a delimiter or line end is found again behind a
 * fault. */
#define DECODING_BAD '\xff'
gboolean decoding_tolerate(Decoding *decoding);
/* Nothing follows, of a tolerant one: `text` and `text_size`, what the last push gave, with what
 * stands for a character that is cut. */
void decoding_end_tolerant(Decoding *decoding, const char **text, gsize *text_size);

/* Decode the next piece. `text` is part of `bytes`, which must stay, or valid until the next push;
 * of UTF-8 it may begin and end within a character. FALSE with `fault`: `text` is what stands
 * before it, and the decoding is at its end. */
gboolean decoding_push(Decoding *decoding, const char *bytes, gsize size, const char **text,
                       gsize *text_size, DecodingFault *fault);
/* Nothing follows. FALSE if the text ends within a character. */
gboolean decoding_end(Decoding *decoding, DecodingFault *fault);

/* Tell of a fault as an error. */
void decoding_tell(const DecodingFault *fault, const EncodingFound *found, const char *file,
                   Findings *findings);

/* A whole file as text without byte order mark. `wanted`: see encoding_find(). NULL with an error
 * in `findings` if it is no text with something in it. Free with g_bytes_unref(). */
GBytes *decoding_text(const char *file, GBytes *bytes, const char *wanted, EncodingFound *found,
                      Findings *findings);
