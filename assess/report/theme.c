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

static const struct {
    const char *key;
    gsize offset;
    double least, most;
} PAGE_KEYS[] = {
    { "width", offsetof(PageSize, width), 200, 2000 },
    { "height", offsetof(PageSize, height), 200, 2000 },
    { "left", offsetof(PageSize, left), 0, 200 },
    { "right", offsetof(PageSize, right), 0, 200 },
    { "top", offsetof(PageSize, top), 20, 200 },
    { "bottom", offsetof(PageSize, bottom), 20, 200 },
    { "gap", offsetof(PageSize, gap), 0, 100 },
};

static gboolean refuse(GError **error, const char *section, const char *key, const char *value,
                       const char *expected)
{
    g_set_error(error, THEME_ERROR, THEME_ERROR_VALUE, "template: [%s] %s = \"%s\": expected %s",
                section, key, value, expected);
    return FALSE;
}

static gboolean read_number(const char *text, double least, double most, double *value)
{
    char *end;

    *value = g_ascii_strtod(text, &end);
    return end != text && *end == '\0' && *value >= least && *value <= most;
}

static gboolean read_page(Theme *theme, const Wording *wording, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(PAGE_KEYS); i++) {
        const char *text = wording_get(wording, "page", PAGE_KEYS[i].key, NULL);
        double *value = (double *)((char *)&theme->page + PAGE_KEYS[i].offset);

        if (!read_number(text, PAGE_KEYS[i].least, PAGE_KEYS[i].most, value))
            return refuse(error, "page", PAGE_KEYS[i].key, text, "points");
    }
    return TRUE;
}

static gboolean read_tones(Theme *theme, const Wording *wording, GError **error)
{
    for (guint tone = 0; tone < TONES; tone++) {
        const char *text = wording_get(wording, "colours", TONE_NAMES[tone], NULL);

        if (strlen(text) != 6 || strspn(text, "0123456789abcdefABCDEF") != 6)
            return refuse(error, "colours", TONE_NAMES[tone], text, "six hexadecimal digits");
        theme->tones[tone] = (Colour)g_ascii_strtoull(text, NULL, 16);
    }
    return TRUE;
}

static gboolean read_style(Theme *theme, const char *text, TextStyle *style)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    guint n = g_strv_length(parts);

    for (guint i = 0; i < n; i++)
        g_strstrip(parts[i]);
    if (n < 3 || n > 4 || !read_number(parts[0], 4, 60, &style->size) ||
        !read_number(parts[1], 4, 90, &style->leading))
        return FALSE;
    style->bold = n == 4;
    if (n == 4 && strcmp(parts[3], "bold") != 0)
        return FALSE;
    for (guint tone = 0; tone < TONES; tone++)
        if (strcmp(parts[2], TONE_NAMES[tone]) == 0) {
            style->colour = theme->tones[tone];
            return TRUE;
        }
    return FALSE;
}

static gboolean read_styles(Theme *theme, const Wording *wording, GError **error)
{
    for (guint role = 0; role < ROLES; role++) {
        const char *text = wording_get(wording, "type", ROLE_NAMES[role], NULL);

        if (!read_style(theme, text, &theme->styles[role]))
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
