#include "report/theme.h"

#include <stddef.h>
#include <string.h>

static const char *const ROLE_NAMES[ROLES] = {
    [ROLE_BODY] = "body",
    [ROLE_STRONG] = "strong",
    [ROLE_LEAD] = "lead",
    [ROLE_SMALL] = "small",
    [ROLE_NOTE] = "note",
    [ROLE_LABEL] = "label",
    [ROLE_FIGURE] = "figure",
    [ROLE_CELL] = "cell",
    [ROLE_CELL_STRONG] = "cell_strong",
    [ROLE_TAG] = "tag",
    [ROLE_HEADING] = "heading",
    [ROLE_SUBHEADING] = "subheading",
    [ROLE_RUNNING] = "running",
    [ROLE_COVER_TITLE] = "cover_title",
    [ROLE_COVER_NAME] = "cover_name",
    [ROLE_COVER_TEXT] = "cover_text",
    [ROLE_COVER_VERDICT] = "cover_verdict",
};

static const char *const TONE_NAMES[TONES] = {
    [TONE_INK] = "ink",           [TONE_MUTED] = "muted",
    [TONE_HAIRLINE] = "hairline", [TONE_PANEL] = "panel",
    [TONE_ACCENT] = "accent",     [TONE_ACCENT_SOFT] = "accent_soft",
    [TONE_PAPER] = "paper",       [TONE_MET] = "met",
    [TONE_WAIVED] = "waived",     [TONE_UNMET] = "unmet",
    [TONE_UNKNOWN] = "unknown",   [TONE_NOT_APPLICABLE] = "not_applicable",
    [TONE_OFFICIAL] = "official", [TONE_HOUSE] = "house",
};

enum { LEAST_SIDE = 200, MOST_SIDE = 2000 }; /* of a page, in points */

static const struct {
    const char *key;
    gsize offset;
    double least, most;
} PAGE_KEYS[] = {
    { "left", offsetof(PageSize, left), 0, 200 }, { "right", offsetof(PageSize, right), 0, 200 },
    { "top", offsetof(PageSize, top), 60, 200 },  { "bottom", offsetof(PageSize, bottom), 45, 200 },
    { "gap", offsetof(PageSize, gap), 0, 100 },
};

static gboolean refuse(GError **error, const char *section, const char *key, const char *value,
                       const char *expected)
{
    g_set_error(error, THEME_ERROR, THEME_ERROR_VALUE, "template: [%s] %s = \"%s\": expected %s",
                section, key, value, expected);
    return FALSE;
}

gboolean theme_read_points(const char *text, double least, double most, double *points)
{
    char *end;

    *points = g_ascii_strtod(text, &end);
    return end != text && *end == '\0' && *points >= least && *points <= most;
}

gboolean theme_read_size(const char *text, PageSize *page)
{
    static const struct {
        const char *name;
        double width, height;
    } named[] = { { "A4", 595.28, 841.89 }, { "Letter", 612, 792 } };
    g_auto(GStrv) parts = g_strsplit(text, "x", 2);

    for (guint i = 0; i < G_N_ELEMENTS(named); i++)
        if (g_ascii_strcasecmp(text, named[i].name) == 0) {
            page->width = named[i].width;
            page->height = named[i].height;
            return TRUE;
        }
    return parts[0] && parts[1] &&
           theme_read_points(g_strstrip(parts[0]), LEAST_SIDE, MOST_SIDE, &page->width) &&
           theme_read_points(g_strstrip(parts[1]), LEAST_SIDE, MOST_SIDE, &page->height);
}

gboolean theme_read_colour(const char *text, Colour *colour)
{
    *colour = (Colour)g_ascii_strtoull(text, NULL, 16);
    return strlen(text) == 6 && strspn(text, "0123456789abcdefABCDEF") == 6;
}

static gboolean read_page(Theme *theme, const Wording *wording, GError **error)
{
    const char *size = wording_get(wording, "page", "size", NULL);

    if (!theme_read_size(size, &theme->page))
        return refuse(error, "page", "size", size, "A4, Letter or width x height");
    for (guint i = 0; i < G_N_ELEMENTS(PAGE_KEYS); i++) {
        const char *text = wording_get(wording, "page", PAGE_KEYS[i].key, NULL);
        double *value = (double *)((char *)&theme->page + PAGE_KEYS[i].offset);

        if (!theme_read_points(text, PAGE_KEYS[i].least, PAGE_KEYS[i].most, value))
            return refuse(error, "page", PAGE_KEYS[i].key, text, "points");
    }
    return TRUE;
}

static gboolean read_tones(Theme *theme, const Wording *wording, GError **error)
{
    for (guint tone = 0; tone < TONES; tone++) {
        const char *text = wording_get(wording, "colours", TONE_NAMES[tone], NULL);

        if (!theme_read_colour(text, &theme->tones[tone]))
            return refuse(error, "colours", TONE_NAMES[tone], text, "six hexadecimal digits");
    }
    return TRUE;
}

gboolean theme_read_style(const char *text, const Colour *tones, TextStyle *style)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    guint n = g_strv_length(parts);

    for (guint i = 0; i < n; i++)
        g_strstrip(parts[i]);
    if (n < 3 || n > 4 || !theme_read_points(parts[0], 4, 60, &style->size) ||
        !theme_read_points(parts[1], 4, 90, &style->leading))
        return FALSE;
    style->bold = n == 4;
    if (n == 4 && strcmp(parts[3], "bold") != 0)
        return FALSE;
    for (guint tone = 0; tone < TONES; tone++)
        if (strcmp(parts[2], TONE_NAMES[tone]) == 0) {
            style->colour = tones ? tones[tone] : 0;
            return TRUE;
        }
    return FALSE;
}

static gboolean read_styles(Theme *theme, const Wording *wording, GError **error)
{
    for (guint role = 0; role < ROLES; role++) {
        const char *text = wording_get(wording, "type", ROLE_NAMES[role], NULL);

        if (!theme_read_style(text, theme->tones, &theme->styles[role]))
            return refuse(error, "type", ROLE_NAMES[role], text,
                          "\"SIZE, LEADING, COLOUR\" or \"..., bold\"");
    }
    return TRUE;
}

Theme *theme_load(const Wording *wording, GError **error)
{
    g_autofree Theme *theme = g_new0(Theme, 1);

    if (read_page(theme, wording, error) && read_tones(theme, wording, error) &&
        read_styles(theme, wording, error))
        return g_steal_pointer(&theme);
    return NULL;
}

const char *theme_tone_name(Tone tone)
{
    return TONE_NAMES[tone];
}
