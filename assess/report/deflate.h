/* deflate.h - compression as PDF takes it (RFC 1950, 1951), and unpacking. The only user of zlib. A
 * compressor belongs to one thread and is used for one stream after the other, which spares its
 * set-up. */
#pragma once

#include <glib.h>

typedef struct Deflater Deflater;

/* Free with deflater_free(). */
Deflater *deflater_new(void);
void deflater_free(Deflater *deflater);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Deflater, deflater_free)

/* A whole zlib stream. Free with g_bytes_unref(). */
GBytes *deflater_pack(Deflater *deflater, const void *data, gsize size);
/* Append the beginning of a zlib stream that goes on with other blocks at a byte's boundary, and
 * after them with deflate_end(). */
void deflater_begin(Deflater *deflater, const void *data, gsize size, GByteArray *out);
void deflate_end(GByteArray *out, guint32 sum);

/* The check sum of a text, and of two texts in a row, the second of `size` bytes. */
guint32 deflate_sum(const void *data, gsize size);
guint32 deflate_sum_both(guint32 first, guint32 second, gsize size);

/* Unpack a zlib stream, or one without head and check sum if `raw`, that holds exactly `size`
 * bytes; FALSE if it does not. */
gboolean deflate_unpack(const void *packed, gsize packed_size, gboolean raw, void *plain,
                        gsize size);
/* The check sum of PNG and ZIP (CRC-32). */
guint32 deflate_crc(const void *data, gsize size);
