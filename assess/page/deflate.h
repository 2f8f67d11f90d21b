/* deflate.h - compression as PDF takes it (RFC 1950, 1951), and unpacking. The only user of
 * libdeflate, which takes a quarter of zlib's time. A compressor belongs to one thread and is used
 * for one stream after the other, which spares its set-up. */
#pragma once

#include <glib.h>

typedef struct Deflater Deflater;

/* Free with deflater_free(). */
Deflater *deflater_new(void);
void deflater_free(Deflater *deflater);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Deflater, deflater_free)

/* A whole zlib stream. Free with g_bytes_unref(). */
GBytes *deflater_pack(Deflater *deflater, const void *data, gsize size);

/* A zlib stream whose blocks are written by hand: its beginning, and after the blocks its end with
 * the check sum of all that they hold. A sum begins with DEFLATE_NO_SUM. */
#define DEFLATE_NO_SUM 1u
void deflate_begin(GByteArray *out);
guint32 deflate_sum(guint32 sum, const void *data, gsize size);
void deflate_end(GByteArray *out, guint32 sum);

/* Unpack a zlib stream, or one without head and check sum if `raw`, that holds exactly `size`
 * bytes; FALSE if it does not. */
gboolean deflate_unpack(const void *packed, gsize packed_size, gboolean raw, void *plain,
                        gsize size);
/* The check sum of PNG and ZIP (CRC-32). */
guint32 deflate_crc(const void *data, gsize size);
