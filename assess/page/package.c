#include "page/package.h"

#include <string.h>

#include "page/deflate.h"

/* The parts of the format that are needed, by its specification (APPNOTE 4.3.12 and 4.3.16). */
enum {
    END_SIZE = 22,
    END_MARK = 0x06054b50,
    END_COUNT = 10,
    END_START = 16,
    ENTRY_SIZE = 46,
    ENTRY_MARK = 0x02014b50,
    ENTRY_PACKED = 20,
    ENTRY_PLAIN = 24,
    ENTRY_NAME = 28,
    ENTRY_EXTRA = 30,
    ENTRY_COMMENT = 32,
    ENTRY_PART = 42,
    PART_SIZE = 30,
    PART_NAME = 26,
    PART_EXTRA = 28,
    RATIO_LIMIT = 1032 /* of plain to packed, which DEFLATE cannot surpass */
};

typedef struct {
    const guint8 *data;
    gsize size;
} Package;

static guint16 short_at(const guint8 *at)
{
    return (guint16)(at[0] | at[1] << 8);
}

static guint32 long_at(const guint8 *at)
{
    return short_at(at) | (guint32)short_at(at + 2) << 16;
}

/* Free with g_free(). */
static char *unpacked(const guint8 *packed, gsize packed_size, gsize size)
{
    g_autofree char *text = g_malloc(size + 1);

    text[size] = '\0';
    return deflate_unpack(packed, packed_size, TRUE, text, size) ? g_steal_pointer(&text) : NULL;
}

/* The name of the root element, which is the first that is no declaration. */
static gboolean ends_with_root(const char *text)
{
    const char *root = text, *tail = text + strlen(text);
    g_autofree char *end = NULL;

    while ((root = strchr(root, '<')) && (root[1] == '?' || root[1] == '!'))
        root++;
    if (!root)
        return FALSE;
    end = g_strdup_printf("</%.*s>", (int)strcspn(root + 1, " \n/>"), root + 1);
    while (tail > text && g_ascii_isspace(tail[-1]))
        tail--;
    return (gsize)(tail - text) >= strlen(end) && memcmp(tail - strlen(end), end, strlen(end)) == 0;
}

static gboolean is_part_whole(const Package *package, const guint8 *entry)
{
    gsize part = long_at(entry + ENTRY_PART), packed = long_at(entry + ENTRY_PACKED),
          plain = long_at(entry + ENTRY_PLAIN), start;
    g_autofree char *text = NULL;

    if (part + PART_SIZE > package->size || plain > packed * RATIO_LIMIT)
        return FALSE;
    start = part + PART_SIZE + short_at(package->data + part + PART_NAME) +
            short_at(package->data + part + PART_EXTRA);
    if (start + packed > package->size)
        return FALSE;
    text = unpacked(package->data + start, packed, plain);
    return text && ends_with_root(text);
}

gboolean package_is_whole(const char *data, gsize size)
{
    Package package = { (const guint8 *)data, size };
    const guint8 *end = package.data + size - END_SIZE;
    gsize at;
    guint count;

    if (size < END_SIZE || long_at(end) != END_MARK)
        return FALSE;
    at = long_at(end + END_START);
    count = short_at(end + END_COUNT);
    for (guint i = 0; i < count; i++) {
        const guint8 *entry = package.data + at;

        if (at + ENTRY_SIZE > size || long_at(entry) != ENTRY_MARK ||
            !is_part_whole(&package, entry))
            return FALSE;
        at += (gsize)ENTRY_SIZE + short_at(entry + ENTRY_NAME) + short_at(entry + ENTRY_EXTRA) +
              short_at(entry + ENTRY_COMMENT);
    }
    return count > 0;
}

guint64 package_part(const char *tail, gsize size, const char *name)
{
    const guint8 *bytes = (const guint8 *)tail;
    gsize length = strlen(name);

    for (gsize at = 0; at + ENTRY_SIZE + length <= size; at++)
        if (long_at(bytes + at) == ENTRY_MARK && short_at(bytes + at + ENTRY_NAME) == length &&
            memcmp(bytes + at + ENTRY_SIZE, name, length) == 0)
            return long_at(bytes + at + ENTRY_PLAIN);
    return 0;
}
