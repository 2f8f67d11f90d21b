#include "page/deflate.h"

#include <libdeflate.h>

enum {
    LEVEL = 1,    /* a better one takes twice the time for a twentieth of the size */
    LITTLE = 1024 /* bytes that are stored as they are: their code is longer to make than to save */
};

struct Deflater {
    struct libdeflate_compressor *compressor, *storing;
};

Deflater *deflater_new(void)
{
    Deflater *deflater = g_new0(Deflater, 1);

    deflater->compressor = libdeflate_alloc_compressor(LEVEL);
    deflater->storing = libdeflate_alloc_compressor(0);
    if (!deflater->compressor || !deflater->storing)
        g_error("out of memory"); /* as g_malloc() says it */
    return deflater;
}

void deflater_free(Deflater *deflater)
{
    if (!deflater)
        return;
    libdeflate_free_compressor(deflater->compressor);
    libdeflate_free_compressor(deflater->storing);
    g_free(deflater);
}

GBytes *deflater_pack(Deflater *deflater, const void *data, gsize size)
{
    struct libdeflate_compressor *compressor =
        size <= LITTLE ? deflater->storing : deflater->compressor;
    gsize room = libdeflate_zlib_compress_bound(compressor, size);
    guint8 *out = g_malloc(room);
    gsize used = libdeflate_zlib_compress(compressor, data, size, out, room);

    g_assert(used > 0);
    return g_bytes_new_take(g_realloc(out, used), used);
}

void deflate_begin(GByteArray *out)
{
    static const guint8 HEADER[] = { 0x78, 0x01 };

    g_byte_array_append(out, HEADER, sizeof HEADER);
}

guint32 deflate_sum(guint32 sum, const void *data, gsize size)
{
    return libdeflate_adler32(sum, data, size);
}

void deflate_end(GByteArray *out, guint32 sum)
{
    guint8 bytes[] = { (guint8)(sum >> 24), (guint8)(sum >> 16), (guint8)(sum >> 8), (guint8)sum };

    g_byte_array_append(out, bytes, sizeof bytes);
}

gboolean deflate_unpack(const void *packed, gsize packed_size, gboolean raw, void *plain,
                        gsize size)
{
    struct libdeflate_decompressor *unpacker = libdeflate_alloc_decompressor();
    enum libdeflate_result result;

    if (!unpacker)
        g_error("out of memory");
    result = raw ? libdeflate_deflate_decompress(unpacker, packed, packed_size, plain, size, NULL)
                 : libdeflate_zlib_decompress(unpacker, packed, packed_size, plain, size, NULL);
    libdeflate_free_decompressor(unpacker);
    return result == LIBDEFLATE_SUCCESS;
}

guint32 deflate_crc(const void *data, gsize size)
{
    return libdeflate_crc32(0, data, size);
}
