#include "report/deflate.h"

#include <zlib.h>

enum {
    LEVEL = 2,         /* a better one takes twice the time for a twentieth of the size */
    WINDOW_BITS = -15, /* without the header of zlib, which is written here */
    MEMORY = 8
};

struct Deflater {
    z_stream stream;
};

static const guint8 HEADER[] = { 0x78, 0x01 };

Deflater *deflater_new(void)
{
    Deflater *deflater = g_new0(Deflater, 1);
    int status =
        deflateInit2(&deflater->stream, LEVEL, Z_DEFLATED, WINDOW_BITS, MEMORY, Z_DEFAULT_STRATEGY);

    g_assert(status == Z_OK);
    return deflater;
}

void deflater_free(Deflater *deflater)
{
    if (!deflater)
        return;
    deflateEnd(&deflater->stream);
    g_free(deflater);
}

static void add(Deflater *deflater, const void *data, gsize size, int flush, GByteArray *out)
{
    z_stream *stream = &deflater->stream;
    guint before = out->len, room;

    deflateReset(stream);
    room = (guint)deflateBound(stream, size) + 16;
    g_byte_array_set_size(out, before + room);
    stream->next_in = (z_const Bytef *)data;
    stream->avail_in = (uInt)size;
    stream->next_out = out->data + before;
    stream->avail_out = room;
    deflate(stream, flush);
    g_assert(stream->avail_in == 0 && stream->avail_out > 0);
    g_byte_array_set_size(out, before + room - stream->avail_out);
}

void deflater_begin(Deflater *deflater, const void *data, gsize size, GByteArray *out)
{
    g_byte_array_append(out, HEADER, sizeof HEADER);
    add(deflater, data, size, Z_SYNC_FLUSH, out);
}

void deflate_end(GByteArray *out, guint32 sum)
{
    guint8 bytes[] = { (guint8)(sum >> 24), (guint8)(sum >> 16), (guint8)(sum >> 8), (guint8)sum };

    g_byte_array_append(out, bytes, sizeof bytes);
}

GBytes *deflater_pack(Deflater *deflater, const void *data, gsize size)
{
    GByteArray *out = g_byte_array_new();

    g_byte_array_append(out, HEADER, sizeof HEADER);
    add(deflater, data, size, Z_FINISH, out);
    deflate_end(out, deflate_sum(data, size));
    return g_byte_array_free_to_bytes(out);
}

guint32 deflate_sum(const void *data, gsize size)
{
    return (guint32)adler32_z(1, data, size);
}

guint32 deflate_sum_both(guint32 first, guint32 second, gsize size)
{
    return (guint32)adler32_combine(first, second, (z_off_t)size);
}

gboolean deflate_unpack(const void *packed, gsize packed_size, gboolean raw, void *plain,
                        gsize size)
{
    z_stream stream = { .next_in = (z_const Bytef *)packed,
                        .avail_in = (uInt)packed_size,
                        .next_out = plain,
                        .avail_out = (uInt)size };
    int end;

    if (packed_size > G_MAXUINT || size > G_MAXUINT ||
        inflateInit2(&stream, raw ? -MAX_WBITS : MAX_WBITS) != Z_OK)
        return FALSE;
    end = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    return end == Z_STREAM_END && stream.total_out == size;
}

guint32 deflate_crc(const void *data, gsize size)
{
    return (guint32)crc32_z(0, data, size);
}
