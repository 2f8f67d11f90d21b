#include "report/html_style.h"

#include <math.h>

#include "report/html_sheet.h"
#include "report/html_writer.h"

enum { STEPS = 40 }; /* in which a colour is lightened */

static const double READABLE = 5.5;  /* contrast of text on a dark ground; WCAG 2 AA asks for 4.5 */
static const double EMPHASIS = 6.8;  /* of what leads the eye */
static const double VIVID = 0.6;     /* of the way to white, where the hue is strongest */
static const double PALE = 0.2;      /* of white, which calms what glows on a dark ground */
static const double SEPARATE = 1.55; /* of a hairline */

static double channel(Colour colour, int shift)
{
    return (colour >> shift & 0xff) / 255.0;
}

static double linear(double value)
{
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(Colour colour)
{
    return 0.2126 * linear(channel(colour, 16)) + 0.7152 * linear(channel(colour, 8)) +
           0.0722 * linear(channel(colour, 0));
}

double html_contrast(Colour a, Colour b)
{
    double first = luminance(a), second = luminance(b);

    return (MAX(first, second) + 0.05) / (MIN(first, second) + 0.05);
}

/* `part` of b in a. */
static Colour mixed(Colour a, Colour b, double part)
{
    Colour colour = 0;

    for (int shift = 16; shift >= 0; shift -= 8) {
        double value = channel(a, shift) * (1 - part) + channel(b, shift) * part;

        colour |= (Colour)lround(value * 255) << shift;
    }
    return colour;
}

/* The colour as light as `light` of 1, of the same hue: all channels go up until the strongest is
 * full, then the others. */
static Colour raised(Colour colour, double light)
{
    double high = 0;
    Colour full = 0, white = 0xffffff;

    for (int shift = 16; shift >= 0; shift -= 8)
        high = MAX(high, channel(colour, shift));
    for (int shift = 16; shift >= 0; shift -= 8)
        full |= (Colour)lround(high > 0 ? channel(colour, shift) / high * 255 : 255) << shift;
    if (light < VIVID)
        return mixed(colour, full, light / VIVID);
    return mixed(full, white, (light - VIVID) / (1 - VIVID));
}

/* As little lighter as it takes to stand out from the ground. */
static Colour lightened(Colour colour, Colour ground, double contrast)
{
    Colour lighter = colour;

    for (int i = 0; i <= STEPS && html_contrast(lighter, ground) < contrast; i++)
        lighter = mixed(raised(colour, (double)i / STEPS), 0xffffff, PALE);
    return lighter;
}

void html_dark_tones(const Theme *theme, Colour tones[TONES])
{
    const Colour *light = theme->tones;
    Colour ground = mixed(light[TONE_INK], 0, 0.5);
    Colour panel = mixed(ground, light[TONE_PAPER], 0.06);

    for (Tone tone = 0; tone < TONES; tone++)
        tones[tone] = lightened(light[tone], panel, READABLE);
    tones[TONE_PAPER] = ground;
    tones[TONE_PANEL] = panel;
    tones[TONE_INK] = mixed(light[TONE_PAPER], light[TONE_INK], 0.1);
    tones[TONE_HAIRLINE] = lightened(ground, ground, SEPARATE);
    tones[TONE_ACCENT] = lightened(light[TONE_ACCENT], panel, EMPHASIS);
    tones[TONE_ACCENT_SOFT] = mixed(ground, tones[TONE_ACCENT], 0.38);
}

static void put_tones(GString *out, const Colour *tones)
{
    g_string_append(out, ":root{");
    for (Tone tone = 0; tone < TONES; tone++)
        g_string_append_printf(out, "--%s:#%06x;", theme_tone_name(tone), tones[tone]);
    g_string_append(out, "}\n");
}

static void put_classes(GString *out)
{
    for (guint width = 1; width <= 100; width++)
        g_string_append_printf(out, ".w%u{width:%u%%}", width, width);
    for (Tone tone = 0; tone < TONES; tone++) {
        const char *name = theme_tone_name(tone);

        g_string_append_printf(out, ".f-%s{fill:var(--%s)}.s-%s{stroke:var(--%s)}", name, name,
                               name, name);
    }
    g_string_append_c(out, '\n');
}

/* What is not ticked goes; a part of a table whose rows all went goes with them. Browsers without
 * :has() show everything. */
static void put_filters(GString *out, guint levels)
{
    g_string_append(out, "@supports selector(:has(*)){@media screen{.any{display:none}\n");
    for (Shown shown = 0; shown < SHOWN_KINDS; shown++) {
        const char *name = html_shown_name(shown);

        g_string_append_printf(out,
                               "article:has(.by-s[value=%s]:not(:checked)) "
                               "tr[data-s=%s]:not(:target){display:none}"
                               "article:has(.by-s[value=%s]:checked) table.has-%s"
                               "{display:var(--table)}"
                               "article:has(.by-s[value=%s]:checked) tbody.has-%s"
                               "{display:var(--rows)}"
                               "article:has(.by-s[value=%s]:checked) .has-%s+.none"
                               "{display:none}\n",
                               name, name, name, name, name, name, name, name);
    }
    for (guint level = 0; level < levels; level++)
        g_string_append_printf(out,
                               "article:has(.by-l[value=\"%u\"]:not(:checked)) "
                               ":is(section,tr)[data-l=\"%u\"]{display:none}\n",
                               level, level);
    g_string_append(out, ":is(table,tbody).any:has(:target){display:revert}}}\n");
}

char *html_style(const Theme *theme, guint levels)
{
    GString *out = g_string_new("\n");
    Colour dark[TONES];

    html_dark_tones(theme, dark);
    put_tones(out, theme->tones);
    g_string_append(out, "@media screen and (prefers-color-scheme:dark){");
    put_tones(out, dark);
    g_string_append(out, "}\n");
    put_classes(out);
    html_sheet(out);
    put_filters(out, levels);
    return g_string_free(out, FALSE);
}
