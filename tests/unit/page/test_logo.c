#include "page/logo.h"

#include <criterion/criterion.h>
#include <glib/gstdio.h>

#include "page/deflate.h"

/* ---- a PNG made by hand ---- */

static void put32(GByteArray *out, guint32 value)
{
    guint8 bytes[] = { (guint8)(value >> 24), (guint8)(value >> 16), (guint8)(value >> 8),
                       (guint8)value };

    g_byte_array_append(out, bytes, sizeof bytes);
}

static void put_chunk(GByteArray *out, const char *kind, const void *data, guint size)
{
    g_autoptr(GByteArray) body = g_byte_array_new();

    g_byte_array_append(body, (const guint8 *)kind, 4);
    g_byte_array_append(body, data, size);
    put32(out, size);
    g_byte_array_append(out, body->data, body->len);
    put32(out, deflate_crc(body->data, body->len));
}

typedef struct {
    guint width, height;
    guint8 bits, type, interlaced;
    const guint8 *rows; /* each with its filter before it */
    guint size;
    const guint8 *palette;
    guint colours;
} Picture;

static GByteArray *png_of(const Picture *picture)
{
    static const guint8 SIGNATURE[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
    GByteArray *out = g_byte_array_new();
    g_autoptr(GByteArray) head = g_byte_array_new();
    g_autoptr(Deflater) deflater = deflater_new();
    g_autoptr(GBytes) packed = deflater_pack(deflater, picture->rows, picture->size);
    guint8 rest[] = { picture->bits, picture->type, 0, 0, picture->interlaced };
    gsize size;
    const void *data = g_bytes_get_data(packed, &size);

    g_byte_array_append(out, SIGNATURE, sizeof SIGNATURE);
    put32(head, picture->width);
    put32(head, picture->height);
    g_byte_array_append(head, rest, sizeof rest);
    put_chunk(out, "IHDR", head->data, head->len);
    if (picture->palette)
        put_chunk(out, "PLTE", picture->palette, 3 * picture->colours);
    put_chunk(out, "IDAT", data, (guint)size);
    put_chunk(out, "IEND", "", 0);
    return out;
}

/* What is said of a file with these bytes; NULL with the picture. */
static char *fault_of(const void *data, gsize size, Logo **logo)
{
    g_autofree char *path = NULL;
    char *fault = NULL;

    g_close(g_file_open_tmp("logo-XXXXXX.png", &path, NULL), NULL);
    cr_assert(g_file_set_contents(path, data, (gssize)size, NULL));
    *logo = logo_load(path, &fault);
    g_unlink(path);
    cr_assert_eq(*logo == NULL, fault != NULL);
    return fault;
}

static Logo *picture_of(const Picture *picture)
{
    g_autoptr(GByteArray) bytes = png_of(picture);
    Logo *logo;
    g_autofree char *fault = fault_of(bytes->data, bytes->len, &logo);

    cr_assert_null(fault, "%s", fault);
    return logo;
}

static void expect_dots(const Logo *logo, const guint8 *dots, guint n)
{
    cr_assert_eq(logo->width * logo->height * 3, n);
    for (guint i = 0; i < n; i++)
        cr_expect_eq(logo->dots[i], dots[i], "byte %u: %u, not %u", i, logo->dots[i], dots[i]);
}

Test(logo, undoes_every_filter)
{
    static const guint8 ROWS[] = {
        0, 10, 20, 30, 40, 50, 60, /* none */
        1, 1,  2,  3,  4,  5,  6,  /* left */
        2, 1,  1,  1,  1,  1,  1,  /* above */
        3, 2,  2,  2,  2,  2,  2,  /* their mean */
        4, 1,  1,  1,  1,  1,  1,  /* Paeth's guess */
    };
    static const guint8 DOTS[] = { 10, 20, 30, 40, 50, 60, 1, 2, 3, 5, 7, 9, 2, 3, 4,
                                   6,  8,  10, 3,  3,  4,  6, 7, 9, 4, 4, 5, 7, 8, 10 };
    Picture picture = { 2, 5, 8, 2, 0, ROWS, sizeof ROWS, NULL, 0 };
    g_autoptr(Logo) logo = picture_of(&picture);

    expect_dots(logo, DOTS, sizeof DOTS);
}

Test(logo, lays_what_can_be_seen_through_on_white)
{
    static const guint8 RGBA[] = { 0, 200, 100, 0, 255, 200, 100, 0, 0, 0, 0, 0, 51 };
    static const guint8 ON_WHITE[] = { 200, 100, 0, 255, 255, 255, 204, 204, 204 };
    static const guint8 GREY[] = { 0, 7, 255, 7, 0 };
    static const guint8 GREY_ON_WHITE[] = { 7, 7, 7, 255, 255, 255 };
    static const guint8 INDEX[] = { 0, 1, 0 };
    static const guint8 COLOURS[] = { 1, 2, 3, 4, 5, 6 };
    static const guint8 COLOURED[] = { 4, 5, 6, 1, 2, 3 };
    Picture rgba = { 3, 1, 8, 6, 0, RGBA, sizeof RGBA, NULL, 0 };
    Picture grey = { 2, 1, 8, 4, 0, GREY, sizeof GREY, NULL, 0 };
    Picture indexed = { 2, 1, 8, 3, 0, INDEX, sizeof INDEX, COLOURS, 2 };
    g_autoptr(Logo) first = picture_of(&rgba), second = picture_of(&grey),
                    third = picture_of(&indexed);

    expect_dots(first, ON_WHITE, sizeof ON_WHITE);
    expect_dots(second, GREY_ON_WHITE, sizeof GREY_ON_WHITE);
    expect_dots(third, COLOURED, sizeof COLOURED);
}

Test(logo, says_what_is_wrong)
{
    static const guint8 ROW[] = { 0, 1, 2, 3 }, FILTER[] = { 9, 1, 2, 3 }, INDEX[] = { 0, 2 };
    static const guint8 COLOURS[] = { 1, 2, 3 };
    static const struct {
        Picture picture;
        const char *fault;
    } cases[] = {
        { { 2001, 1, 8, 2, 0, ROW, sizeof ROW, NULL, 0 },
          "is 2001 x 1 dots large, at most 2000 x 2000 are taken" },
        { { 1, 1, 16, 2, 0, ROW, sizeof ROW, NULL, 0 },
          "has not 8 bits a colour or is interlaced: save it otherwise" },
        { { 1, 1, 8, 2, 1, ROW, sizeof ROW, NULL, 0 },
          "has not 8 bits a colour or is interlaced: save it otherwise" },
        { { 0, 1, 8, 2, 0, ROW, sizeof ROW, NULL, 0 }, "is damaged" },
        { { 1, 1, 8, 5, 0, ROW, sizeof ROW, NULL, 0 }, "is damaged" },
        { { 1, 1, 8, 2, 0, FILTER, sizeof FILTER, NULL, 0 }, "is damaged" },
        { { 1, 2, 8, 2, 0, ROW, sizeof ROW, NULL, 0 }, "is damaged" },
        { { 2000, 2000, 8, 2, 0, ROW, sizeof ROW, NULL, 0 }, "is damaged" },
        { { 1, 1, 8, 3, 0, INDEX, sizeof INDEX, COLOURS, 1 }, "is damaged" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GByteArray) bytes = png_of(&cases[i].picture);
        Logo *logo;
        g_autofree char *fault = fault_of(bytes->data, bytes->len, &logo);

        cr_expect_str_eq(fault, cases[i].fault);
    }
}

/* Cut off or with a bit turned anywhere, a file is refused or read, and never the program's end. */
Test(logo, survives_every_damage)
{
    static const guint8 ROW[] = { 0, 1, 2, 3, 4, 5, 6 };
    Picture picture = { 2, 1, 8, 2, 0, ROW, sizeof ROW, NULL, 0 };
    g_autoptr(GByteArray) bytes = png_of(&picture);
    guint read = 0;

    for (guint i = 0; i < bytes->len; i++) {
        Logo *cut, *turned;
        g_autofree char *first = fault_of(bytes->data, i, &cut), *second = NULL;

        bytes->data[i] ^= 4;
        second = fault_of(bytes->data, bytes->len, &turned);
        bytes->data[i] ^= 4;
        read += (cut ? 1 : 0) + (turned ? 1 : 0);
        logo_free(cut);
        logo_free(turned);
    }
    cr_expect_eq(read, 0, "%u of %u damaged files were read", read, 2 * bytes->len);
}

Test(logo, refuses_what_is_no_picture)
{
    Logo *logo;
    g_autofree char *large = g_malloc0(LOGO_BYTES_LIMIT + 1);
    g_autofree char *text = fault_of("words", 5, &logo), *empty = fault_of("", 0, &logo),
                    *huge = fault_of(large, LOGO_BYTES_LIMIT + 1, &logo), *missing = NULL,
                    *folder = NULL;

    cr_expect_null(logo_load("/nowhere/x.png", &missing));
    cr_expect_null(logo_load("/tmp", &folder));
    cr_expect_str_eq(text, "is not a PNG file");
    cr_expect_str_eq(empty, "is not a PNG file");
    cr_expect_str_eq(huge, "has 1048577 bytes, at most 1048576 are taken");
    cr_expect_str_eq(missing, "is not there");
    cr_expect_str_eq(folder, "is not there");
}
