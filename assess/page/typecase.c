#include "page/typecase.h"

#include <string.h>

#include "page/font_file.h"
#include "page/huffman.h"
#include "page/writing.h"

enum {
    BASIC_PLANE = 0x10000,
    FIRST_PRINTED = 0x20,
    LAST_PRINTED = 0x7e,
    ALIGNMENT = 4,
    NARROW_LIMIT = 0x1fffe, /* of outlines that two bytes can tell the place of */
    LOCA_FORMAT = 50,       /* of the table "head", its places in bytes: OpenType 1.9 */
    HEAD_SUM = 8,
    LONG_METRICS = 34, /* of "hhea" */
    PARTS_LIMIT = 64   /* of a glyph made of others */
};

/* One glyph: where its outline is in the cut font, and written in the code of the case. */
typedef struct {
    guint start, size; /* bytes, without padding */
    guint32 sum;       /* of its padded words, as font files have it */
    gsize bits, n_bits;
    gunichar character;
    int advance;
    GArray *parts; /* of guint16: glyphs that it is made of; NULL for most */
} Type;

typedef enum { HEAD, HHEA, HMTX, LOCA, MAXP, GLYF, TABLES } Table;

struct Typecase {
    Face *face;
    GBytes *program; /* the cut font; the tables are in it */
    const guint8 *tables[TABLES];
    guint32 sizes[TABLES];
    GArray *types;    /* of Type, by id */
    GArray *made;     /* of guint16: glyphs that are made of others */
    guint16 *quick;   /* BASIC_PLANE: character -> id */
    gint32 *advances; /* BASIC_PLANE: character -> advance of its glyph, in FONT_EM units */
    Huffman *huffman;
    GByteArray *written; /* the outlines in the code, each from a whole byte on */
    gboolean wide;       /* places in "loca" take four bytes */
};

static const struct {
    const char *tag;
    Table table;
} DIRECTORY[] = {
    { "glyf", GLYF }, { "head", HEAD }, { "hhea", HHEA },
    { "hmtx", HMTX }, { "loca", LOCA }, { "maxp", MAXP },
};

static guint16 word_at(const guint8 *bytes)
{
    return (guint16)(bytes[0] << 8 | bytes[1]);
}

static guint32 long_at(const guint8 *bytes)
{
    return (guint32)word_at(bytes) << 16 | word_at(bytes + 2);
}

static void set_word(guint8 *bytes, guint value)
{
    bytes[0] = (guint8)(value >> 8);
    bytes[1] = (guint8)value;
}

static void set_long(guint8 *bytes, guint32 value)
{
    set_word(bytes, value >> 16);
    set_word(bytes + 2, value & 0xffff);
}

static guint32 padded(guint32 size)
{
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static guint32 sum_of(const guint8 *words, guint32 size)
{
    guint32 sum = 0, word;

    for (guint32 at = 0; at < size; at += 4) {
        memcpy(&word, words + at, sizeof word);
        sum += GUINT32_FROM_BE(word);
    }
    return sum;
}

/* Where the tables are in the font that was cut. */
static gboolean find_tables(Typecase *typecase)
{
    gsize size;
    const guint8 *file = g_bytes_get_data(typecase->program, &size);
    guint n = size >= 12 ? word_at(file + 4) : 0;

    for (guint i = 0; i < n && 12 + 16 * (gsize)(i + 1) <= size; i++) {
        const guint8 *entry = file + 12 + 16 * i;
        gsize start = long_at(entry + 8), length = long_at(entry + 12);

        for (guint k = 0; k < G_N_ELEMENTS(DIRECTORY); k++)
            if (memcmp(entry, DIRECTORY[k].tag, 4) == 0 && start <= size &&
                length <= size - start) {
                typecase->tables[DIRECTORY[k].table] = file + start;
                typecase->sizes[DIRECTORY[k].table] = (guint32)length;
            }
    }
    for (guint i = 0; i < TABLES; i++)
        if (!typecase->tables[i])
            return FALSE;
    return typecase->sizes[HEAD] >= 54 && typecase->sizes[HHEA] >= 36 && typecase->sizes[MAXP] >= 6;
}

static Type *type_at(const Typecase *typecase, guint glyph)
{
    return &g_array_index(typecase->types, Type, glyph);
}

static void type_clear(gpointer data)
{
    Type *type = data;

    if (type->parts)
        g_array_unref(type->parts);
}

/* A composite glyph: OpenType 1.9, "glyf", component flags. */
static GArray *parts_of(const guint8 *outline, guint size)
{
    enum { WORDS = 1, SCALE = 8, MORE = 0x20, TWO_SCALES = 0x40, MATRIX = 0x80 };
    GArray *parts = NULL;
    guint at = 10, flags = MORE;

    if (size < 10 || !(outline[0] & 0x80))
        return NULL;
    parts = g_array_new(FALSE, FALSE, sizeof(guint16));
    while (flags & MORE && at + 4 <= size && parts->len < PARTS_LIMIT) {
        guint16 part = word_at(outline + at + 2);

        flags = word_at(outline + at);
        g_array_append_val(parts, part);
        at += 4 + (flags & WORDS ? 4u : 2u) +
              (flags & SCALE        ? 2u
               : flags & TWO_SCALES ? 4u
               : flags & MATRIX     ? 8u
                                    : 0u);
    }
    return parts;
}

static void add_made(Typecase *typecase, guint glyph)
{
    guint16 id = (guint16)glyph;

    g_array_append_val(typecase->made, id);
}

static gboolean find_outlines(Typecase *typecase)
{
    guint n = word_at(typecase->tables[MAXP] + 4),
          metrics = word_at(typecase->tables[HHEA] + LONG_METRICS);
    gboolean wide = typecase->tables[HEAD][LOCA_FORMAT + 1] != 0;
    const guint8 *loca = typecase->tables[LOCA];
    guint32 all = 0;

    if (typecase->sizes[LOCA] < (n + 1) * (wide ? 4 : 2) || metrics == 0 || metrics > n ||
        typecase->sizes[HMTX] < 2 * (n + metrics))
        return FALSE;
    for (guint i = 0; i < n; i++) {
        guint32 start = wide ? long_at(loca + 4 * i) : 2u * word_at(loca + 2 * i);
        guint32 end = wide ? long_at(loca + 4 * i + 4) : 2u * word_at(loca + 2 * i + 2);
        Type type = { .start = start, .size = end - start };

        if (start > end || end > typecase->sizes[GLYF])
            return FALSE;
        type.parts = parts_of(typecase->tables[GLYF] + start, type.size);
        if (type.parts)
            add_made(typecase, i);
        g_array_append_val(typecase->types, type);
        all += padded(type.size);
    }
    typecase->wide = all > NARROW_LIMIT;
    return TRUE;
}

/* Padding is part of the outlines, so that sums can be added up. */
static void write_outlines(Typecase *typecase)
{
    guint counts[256] = { 0 };
    BitWriter writer = { typecase->written, 0, 0 };
    const guint8 *glyf = typecase->tables[GLYF];

    for (guint32 i = 0; i < typecase->sizes[GLYF]; i++)
        counts[glyf[i]]++;
    typecase->huffman = huffman_new(counts);
    for (guint i = 0; i < typecase->types->len; i++) {
        Type *type = type_at(typecase, i);
        guint32 size = padded(type->size);
        g_autofree guint8 *outline = g_malloc0(size + 1);

        memcpy(outline, glyf + type->start, type->size);
        type->sum = sum_of(outline, size);
        type->bits = typecase->written->len;
        huffman_write_all(typecase->huffman, &writer, outline, size);
        type->n_bits = (typecase->written->len - type->bits) * 8 + writer.n_held;
        huffman_flush(&writer);
    }
}

static int compare_characters(gconstpointer a, gconstpointer b)
{
    gunichar first = *(const gunichar *)a, second = *(const gunichar *)b;

    return (first > second) - (first < second);
}

/* The different characters of the text that the face has, and ASCII, in their order. */
static GArray *characters_of(const Face *face, const char *text)
{
    GArray *characters = g_array_new(FALSE, FALSE, sizeof(gunichar));
    g_autofree guint8 *seen = g_malloc0(BASIC_PLANE);

    for (gunichar c = FIRST_PRINTED; c <= LAST_PRINTED; c++)
        seen[c] = 1;
    for (const char *at = text; *at; at = g_utf8_next_char(at))
        if (g_utf8_get_char(at) < BASIC_PLANE)
            seen[g_utf8_get_char(at)] = 1;
    for (gunichar c = 0; c < BASIC_PLANE; c++)
        if (seen[c] && writing_of(c) == WRITING_PLAIN && face_glyph(face, c) != 0)
            g_array_append_val(characters, c);
    g_array_sort(characters, compare_characters);
    return characters;
}

/* Of characters that share a glyph the first one has it: a glyph must tell its text. */
static void name_glyphs(Typecase *typecase, const GArray *characters, const guint16 *glyphs)
{
    for (guint i = 0; i < characters->len; i++) {
        gunichar character = g_array_index(characters, gunichar, i);
        Type *type = glyphs[i] < typecase->types->len ? type_at(typecase, glyphs[i]) : NULL;

        if (!type || glyphs[i] == 0 || type->character != 0)
            continue;
        type->character = character;
        type->advance = face_advance(typecase->face, face_glyph(typecase->face, character));
        typecase->quick[character] = glyphs[i];
        typecase->advances[character] = type->advance;
    }
}

Typecase *typecase_new(Face *face, const char *characters, GError **error)
{
    g_autoptr(Typecase) typecase = g_new0(Typecase, 1);
    g_autoptr(GArray) wanted = characters_of(face, characters);
    g_autofree guint16 *glyphs = g_new0(guint16, wanted->len + 1);

    typecase->face = face;
    typecase->types = g_array_new(FALSE, TRUE, sizeof(Type));
    g_array_set_clear_func(typecase->types, type_clear);
    typecase->made = g_array_new(FALSE, FALSE, sizeof(guint16));
    typecase->quick = g_new0(guint16, BASIC_PLANE);
    typecase->advances = g_new0(gint32, BASIC_PLANE);
    typecase->written = g_byte_array_new();
    typecase->program =
        face_cut(face, (const gunichar *)(gpointer)wanted->data, wanted->len, glyphs, error);
    if (!typecase->program)
        return NULL;
    if (!find_tables(typecase) || !find_outlines(typecase)) {
        g_set_error(error, FONT_ERROR, FONT_ERROR_UNUSABLE,
                    "the glyphs of the report cannot be cut out of the font");
        return NULL;
    }
    write_outlines(typecase);
    name_glyphs(typecase, wanted, glyphs);
    return g_steal_pointer(&typecase);
}

void typecase_free(Typecase *typecase)
{
    if (!typecase)
        return;
    face_free(typecase->face);
    g_clear_pointer(&typecase->program, g_bytes_unref);
    g_array_unref(typecase->types);
    g_array_unref(typecase->made);
    g_free(typecase->quick);
    g_free(typecase->advances);
    huffman_free(typecase->huffman);
    g_byte_array_unref(typecase->written);
    g_free(typecase);
}

void typecase_prepare(Typecase *typecase)
{
    face_prepare(typecase->face);
}

const Face *typecase_face(const Typecase *typecase)
{
    return typecase->face;
}

guint typecase_size(const Typecase *typecase)
{
    return typecase->types->len;
}

guint typecase_glyph(const Typecase *typecase, gunichar character)
{
    return character < BASIC_PLANE ? typecase->quick[character] : 0;
}

int typecase_advance_of(const Typecase *typecase, gunichar character)
{
    if (character >= BASIC_PLANE || typecase->quick[character] == 0)
        return -1;
    return typecase->advances[character];
}

int typecase_advance(const Typecase *typecase, guint glyph)
{
    return type_at(typecase, glyph)->advance;
}

gunichar typecase_character(const Typecase *typecase, guint glyph)
{
    return type_at(typecase, glyph)->character;
}

/* ---- a document's font ---- */

static void mark_parts(const Typecase *typecase, guint8 *used, guint glyph, guint depth)
{
    const GArray *parts = type_at(typecase, glyph)->parts;

    for (guint i = 0; parts && i < parts->len && depth < PARTS_LIMIT; i++) {
        guint part = g_array_index(parts, guint16, i);

        if (part >= typecase->types->len || used[part])
            continue;
        used[part] = 1;
        mark_parts(typecase, used, part, depth + 1);
    }
}

/* The glyphs used with those that they are made of, and .notdef. */
static guint8 *whole_set(const Typecase *typecase, const guint8 *used)
{
    guint8 *whole = g_memdup2(used, typecase->types->len);

    whole[0] = 1;
    for (guint i = 0; i < typecase->made->len; i++) {
        guint16 glyph = g_array_index(typecase->made, guint16, i);

        if (used[glyph] || glyph == 0)
            mark_parts(typecase, whole, glyph, 0);
    }
    return whole;
}

/* Metrics of glyphs that are left out are 0, which takes no room when compressed. */
static void fill_metrics(const Typecase *typecase, const guint8 *used, guint8 *hmtx)
{
    guint metrics = word_at(typecase->tables[HHEA] + LONG_METRICS);

    for (guint i = 0; i < typecase->types->len; i++) {
        guint at = i < metrics ? 4 * i : 2 * (i + metrics);

        if (used[i])
            memcpy(hmtx + at, typecase->tables[HMTX] + at, i < metrics ? 4 : 2);
        else if (i + 1 == metrics) /* holds for all glyphs after it */
            memcpy(hmtx + at, typecase->tables[HMTX] + at, 2);
    }
}

static guint32 fill_places(const Typecase *typecase, const guint8 *used, guint8 *loca)
{
    guint32 place = 0;

    for (guint i = 0; i <= typecase->types->len; i++) {
        if (typecase->wide)
            set_long(loca + 4 * i, place);
        else
            set_word(loca + 2 * i, place / 2);
        if (i < typecase->types->len && used[i])
            place += padded(type_at(typecase, i)->size);
    }
    return place;
}

static guint32 outlines_sum(const Typecase *typecase, const guint8 *used)
{
    guint32 sum = 0;

    for (guint i = 0; i < typecase->types->len; i++)
        if (used[i])
            sum += type_at(typecase, i)->sum;
    return sum;
}

/* Everything before the outlines: the directory and the other tables. */
static guint8 *new_front(const Typecase *typecase, const guint8 *used, guint32 *front,
                         guint32 *outlines)
{
    const guint32 drawn = outlines_sum(typecase, used);
    guint32 at = 12 + 16 * TABLES, starts[TABLES], sizes[TABLES], sum;
    guint8 *file;

    memcpy(sizes, typecase->sizes, sizeof sizes);
    sizes[LOCA] = (typecase->types->len + 1) * (typecase->wide ? 4 : 2);
    sizes[HMTX] = 2 * (typecase->types->len + word_at(typecase->tables[HHEA] + LONG_METRICS));
    for (guint i = 0; i < TABLES; i++) {
        starts[i] = at;
        at += i == GLYF ? 0 : padded(sizes[i]);
    }
    *front = at;
    file = g_malloc0(at);
    memcpy(file + starts[HEAD], typecase->tables[HEAD], sizes[HEAD]);
    memcpy(file + starts[HHEA], typecase->tables[HHEA], sizes[HHEA]);
    memcpy(file + starts[MAXP], typecase->tables[MAXP], sizes[MAXP]);
    set_word(file + starts[HEAD] + LOCA_FORMAT, typecase->wide ? 1 : 0);
    set_long(file + starts[HEAD] + HEAD_SUM, 0);
    fill_metrics(typecase, used, file + starts[HMTX]);
    *outlines = sizes[GLYF] = fill_places(typecase, used, file + starts[LOCA]);
    set_long(file, 0x00010000);
    set_word(file + 4, TABLES);
    set_word(file + 6, 64); /* of a binary search: 16 * 2^2, 2, the rest */
    set_word(file + 8, 2);
    set_word(file + 10, 16 * TABLES - 64);
    for (guint i = 0; i < TABLES; i++) {
        guint8 *entry = file + 12 + 16 * i;
        Table table = DIRECTORY[i].table;

        memcpy(entry, DIRECTORY[i].tag, 4);
        set_long(entry + 4,
                 table == GLYF ? drawn : sum_of(file + starts[table], padded(sizes[table])));
        set_long(entry + 8, starts[table]);
        set_long(entry + 12, sizes[table]);
    }
    sum = sum_of(file, at) + drawn;
    set_long(file + starts[HEAD] + HEAD_SUM, 0xb1b0afbau - sum);
    return file;
}

GBytes *typecase_program(const Typecase *typecase, const guint8 *used, gsize *size)
{
    static const guint8 PADDING[ALIGNMENT] = { 0 };
    g_autofree guint8 *whole = whole_set(typecase, used);
    guint32 front, outlines, sum;
    g_autofree guint8 *file = new_front(typecase, whole, &front, &outlines);
    GByteArray *out = g_byte_array_sized_new(front + outlines);
    BitWriter writer = { out, 0, 0 };

    deflate_begin(out);
    huffman_begin(typecase->huffman, &writer);
    huffman_write_all(typecase->huffman, &writer, file, front);
    sum = deflate_sum(DEFLATE_NO_SUM, file, front);
    for (guint i = 0; i < typecase->types->len; i++) {
        const Type *type = type_at(typecase, i);

        if (!whole[i])
            continue;
        huffman_copy(&writer, typecase->written->data + type->bits, type->n_bits);
        sum = deflate_sum(sum, typecase->tables[GLYF] + type->start, type->size);
        sum = deflate_sum(sum, PADDING, padded(type->size) - type->size);
    }
    huffman_end(typecase->huffman, &writer);
    deflate_end(out, sum);
    *size = front + outlines;
    return g_byte_array_free_to_bytes(out);
}
