#include "page/logo.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "page/deflate.h"

/* PNG (ISO/IEC 15948), the part of it that logos are saved in. */
enum { HEAD = 8, CHUNK = 12, IHDR = 13, PALETTE_LIMIT = 256 };

typedef enum { GREY = 0, RGB = 2, PALETTE = 3, GREY_ALPHA = 4, RGB_ALPHA = 6 } ColourType;

typedef struct {
    guint width, height, samples;
    ColourType type;
    guint8 palette[PALETTE_LIMIT][4]; /* red, green, blue, opacity */
    guint colours;
    GByteArray *packed;
} Png;

static guint32 read32(const guint8 *at)
{
    return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

static char *read_head(Png *png, const guint8 *data, gsize length)
{
    static const guint8 SAMPLES[7] = { 1, 0, 3, 1, 2, 0, 4 };

    if (length != IHDR)
        return g_strdup("is damaged");
    png->width = read32(data);
    png->height = read32(data + 4);
    if (png->width == 0 || png->height == 0)
        return g_strdup("is damaged");
    if (png->width > LOGO_DOTS_LIMIT || png->height > LOGO_DOTS_LIMIT)
        return g_strdup_printf("is %u x %u dots large, at most %d x %d are taken", png->width,
                               png->height, LOGO_DOTS_LIMIT, LOGO_DOTS_LIMIT);
    if (data[8] != 8 || data[12] != 0)
        return g_strdup("has not 8 bits a colour or is interlaced: save it otherwise");
    if (data[9] >= sizeof SAMPLES || SAMPLES[data[9]] == 0 || data[10] != 0 || data[11] != 0)
        return g_strdup("is damaged");
    png->type = data[9];
    png->samples = SAMPLES[data[9]];
    return NULL;
}

static void read_palette(Png *png, const guint8 *data, gsize length)
{
    png->colours = (guint)MIN(length / 3, PALETTE_LIMIT);
    for (guint i = 0; i < png->colours; i++) {
        memcpy(png->palette[i], data + 3 * i, 3);
        png->palette[i][3] = 255;
    }
}

static char *read_chunk(Png *png, const guint8 *kind, const guint8 *data, gsize length)
{
    if (memcmp(kind, "IHDR", 4) == 0)
        return read_head(png, data, length);
    if (png->width == 0)
        return g_strdup("is damaged");
    if (memcmp(kind, "PLTE", 4) == 0)
        read_palette(png, data, length);
    if (memcmp(kind, "tRNS", 4) == 0 && png->type == PALETTE)
        for (guint i = 0; i < MIN(length, png->colours); i++)
            png->palette[i][3] = data[i];
    if (memcmp(kind, "IDAT", 4) == 0)
        g_byte_array_append(png->packed, data, (guint)length);
    return NULL;
}

/* All chunks up to the end; each has a checksum. */
static char *read_chunks(Png *png, const guint8 *data, gsize size)
{
    for (gsize at = HEAD; at + CHUNK <= size;) {
        gsize length = read32(data + at);
        char *fault;

        if (length > size - at - CHUNK ||
            deflate_crc(data + at + 4, length + 4) != read32(data + at + 8 + length))
            return g_strdup("is damaged");
        if (memcmp(data + at + 4, "IEND", 4) == 0)
            return png->width ? NULL : g_strdup("is damaged");
        fault = read_chunk(png, data + at + 4, data + at + 8, length);
        if (fault)
            return fault;
        at += CHUNK + length;
    }
    return g_strdup("is damaged");
}

static guint8 paeth(guint8 left, guint8 above, guint8 corner)
{
    int guess = left + above - corner;
    int a = ABS(guess - left), b = ABS(guess - above), c = ABS(guess - corner);

    return a <= b && a <= c ? left : b <= c ? above : corner;
}

/* Undo the filter of a row; `above` is the row before, all 0 for the first. */
static gboolean unfilter(guint8 *row, const guint8 *above, gsize length, guint step, guint8 filter)
{
    for (gsize i = 0; i < length; i++) {
        guint8 left = i >= step ? row[i - step] : 0, corner = i >= step ? above[i - step] : 0;

        switch (filter) {
        case 0:
            break;
        case 1:
            row[i] = (guint8)(row[i] + left);
            break;
        case 2:
            row[i] = (guint8)(row[i] + above[i]);
            break;
        case 3:
            row[i] = (guint8)(row[i] + (left + above[i]) / 2);
            break;
        case 4:
            row[i] = (guint8)(row[i] + paeth(left, above[i], corner));
            break;
        default:
            return FALSE;
        }
    }
    return TRUE;
}

/* One dot on white paper. FALSE if the palette lacks its colour. */
static gboolean put_dot(const Png *png, const guint8 *from, guint8 *to)
{
    guint8 dot[4] = { from[0], from[0], from[0], 255 };

    if (png->type == RGB || png->type == RGB_ALPHA)
        memcpy(dot, from, png->samples);
    else if (png->type == GREY_ALPHA)
        dot[3] = from[1];
    else if (png->type == PALETTE && from[0] < png->colours)
        memcpy(dot, png->palette[from[0]], 4);
    else if (png->type == PALETTE)
        return FALSE;
    for (guint i = 0; i < 3; i++)
        to[i] = (guint8)((dot[i] * dot[3] + 255 * (255 - dot[3]) + 127) / 255);
    return TRUE;
}

/* The dots of all rows. NULL if they are not what the head says. */
static guint8 *unpack(const Png *png)
{
    gsize length = (gsize)png->width * png->samples;
    gsize size = (length + 1) * png->height;
    g_autofree guint8 *rows = g_malloc(size);
    g_autofree guint8 *none = g_malloc0(length);
    g_autofree guint8 *dots = g_malloc((gsize)png->width * png->height * 3);
    const guint8 *above = none;

    if (!deflate_unpack(png->packed->data, png->packed->len, FALSE, rows, size))
        return NULL;
    for (guint y = 0; y < png->height; y++) {
        guint8 *row = rows + y * (length + 1);

        if (!unfilter(row + 1, above, length, png->samples, row[0]))
            return NULL;
        above = row + 1;
        for (guint x = 0; x < png->width; x++)
            if (!put_dot(png, above + (gsize)x * png->samples,
                         dots + 3 * ((gsize)y * png->width + x)))
                return NULL;
    }
    return g_steal_pointer(&dots);
}

static Logo *read_png(GBytes *bytes, char **fault)
{
    static const guint8 SIGNATURE[HEAD] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    g_autoptr(GByteArray) packed = g_byte_array_new();
    g_autofree Png *png = g_new0(Png, 1);
    guint8 *dots;
    Logo *logo;

    png->packed = packed;
    if (size < HEAD || memcmp(data, SIGNATURE, HEAD) != 0)
        *fault = g_strdup("is not a PNG file");
    else
        *fault = read_chunks(png, data, size);
    dots = *fault ? NULL : unpack(png);
    if (!dots) {
        *fault = *fault ? *fault : g_strdup("is damaged");
        return NULL;
    }
    logo = g_new0(Logo, 1);
    *logo = (Logo){ g_bytes_ref(bytes), png->width, png->height, dots };
    return logo;
}

Logo *logo_load(const char *path, char **fault)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = NULL;
    GStatBuf about;

    if (g_stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        *fault = g_strdup("is not there");
    else if (about.st_size > LOGO_BYTES_LIMIT)
        *fault = g_strdup_printf("has %" G_GINT64_FORMAT " bytes, at most %d are taken",
                                 (gint64)about.st_size, LOGO_BYTES_LIMIT);
    else if (!(bytes = file_read(path, &error)))
        *fault = g_strdup("cannot be read");
    if (!bytes)
        return NULL;
    *fault = NULL;
    return read_png(bytes, fault);
}

void logo_free(Logo *logo)
{
    if (!logo)
        return;
    g_bytes_unref(logo->png);
    g_free(logo->dots);
    g_free(logo);
}
