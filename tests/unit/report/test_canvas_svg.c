#include "report/canvas_svg.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "report/template.h"

#define FONT_FILE "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"

typedef struct {
    Template *template;
    Font *font;
} Kit;

static Kit kit_new(void)
{
    g_autoptr(Findings) findings = findings_new();
    Kit kit = { template_load("templates/consultant.ini", NULL, NULL, findings, NULL),
                font_open(FONT_FILE, 0, NULL) };

    cr_assert(kit.template && kit.font);
    return kit;
}

static void kit_free(Kit *kit)
{
    template_free(kit->template);
    font_free(kit->font);
}

/* A figure whose drawing is the test's own. */
static double height(const Figure *figure, Canvas *canvas, const Theme *theme, double width)
{
    (void)figure;
    (void)canvas;
    (void)theme;
    return width / 2;
}

static void draw(const Figure *figure, Canvas *canvas, const Theme *theme, Box box)
{
    Colour accent = theme->tones[TONE_ACCENT], ink = theme->tones[TONE_INK];
    TextStyle style = { 10, 12, ink, TRUE };
    Point outer[] = { { 0, 0 }, { 9, 0 }, { 9, 9 } }, inner[] = { { 1, 1 }, { 5, 1 }, { 5, 5 } };

    (void)figure;
    canvas_rectangle(canvas, (Box){ 1, 2, box.width, 4 }, &(Paint){ accent, COLOUR_NONE, 0, 0 });
    canvas_ring(canvas, outer, inner, 3, &(Paint){ accent, ink, 0.5, 3 });
    canvas_line(canvas, 0, NAN, 5, 1.005, ink, 1);
    canvas_circle(canvas, 3, 4, 2.5, &(Paint){ COLOUR_NONE, ink, 1, 0 });
    canvas_text(canvas, 20, 30, "<b>&", &style, ALIGN_RIGHT);
    canvas_text(canvas, 0, 30, "?", &style, ALIGN_LEFT);
}

static char *drawn(const SvgFrame *frame)
{
    static const FigureKind KIND = { height, draw, NULL };
    Figure figure = { &KIND };
    GString *out = g_string_new(NULL);
    Kit kit = kit_new();

    svg_figure(out, &figure, kit.font, kit.template->theme, frame);
    kit_free(&kit);
    return g_string_free(out, FALSE);
}

Test(canvas_svg, draws_shapes_by_the_names_of_their_colours)
{
    g_autofree char *svg = drawn(&(SvgFrame){ "f1", "wide", "Title", "What it shows", 100 });
    static const char *const PARTS[] = {
        "viewBox=\"0 0 100 50\"",
        "<path class=\"f-accent\" d=\"M1 2L101 2L101 6L1 6Z\"/>",
        "<path class=\"f-accent s-ink\" stroke-width=\"0.5\" stroke-dasharray=\"3\" "
        "fill-rule=\"evenodd\" d=\"M0 0L9 0L9 9ZM1 1L5 1L5 5Z\"/>",
        "<path class=\"f0 s-ink\" stroke-width=\"1\" d=\"M0 0L5 1",
        "<circle class=\"f0 s-ink\" stroke-width=\"1\" cx=\"3\" cy=\"4\" r=\"2.5\"/>",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++)
        cr_expect_not_null(strstr(svg, PARTS[i]), "%s lacks %s", svg, PARTS[i]);
    cr_assert_null(strstr(svg, "#"), "a colour stands in the figure");
}

Test(canvas_svg, keeps_text_as_text_of_the_measured_width)
{
    g_autofree char *svg = drawn(&(SvgFrame){ "f1", "wide", "Title", "What it shows", 100 });
    const char *text = strstr(svg, "<text class=\"f-ink b\"");

    cr_assert_not_null(text);
    cr_assert_not_null(strstr(text, " textLength=\""));
    cr_assert_not_null(strstr(text, ">&lt;b&gt;&amp;</text>"));
    cr_assert_not_null(strstr(text, "font-size=\"10\" lengthAdjust=\"spacingAndGlyphs\">?</text>"),
                       "one character has no width to be stretched to");
}

Test(canvas_svg, says_what_it_shows_or_is_passed_by)
{
    g_autofree char *told = drawn(&(SvgFrame){ "f1", "wide", "R&D", "1 < 2", 100 });
    g_autofree char *silent = drawn(&(SvgFrame){ "f2", "wide", "R&D", NULL, 100 });

    cr_assert_not_null(strstr(told, " role=\"img\" aria-labelledby=\"f1-t\" "
                                    "aria-describedby=\"f1-d\"><title id=\"f1-t\">R&amp;D</title>"
                                    "<desc id=\"f1-d\">1 &lt; 2</desc>"));
    cr_assert_not_null(strstr(silent, "aria-hidden=\"true\""));
    cr_assert_null(strstr(silent, "<title"));
}

Test(canvas_svg, shows_marks_from_one_place_and_pips_as_they_are)
{
    g_autoptr(GString) symbols = g_string_new(NULL), met = g_string_new(NULL);
    g_autoptr(GString) none = g_string_new(NULL), pips = g_string_new(NULL);
    g_autofree char *use = g_strdup_printf("<use href=\"#mark-%d\"/>", MARK_MET);
    g_autofree char *symbol = g_strdup_printf("<symbol id=\"mark-%d\"", MARK_MET);
    Kit kit = kit_new();

    svg_symbols(symbols, kit.font, kit.template->theme);
    svg_mark(met, (Mark){ MARK_MET, 0, 0 }, kit.font, kit.template->theme);
    svg_mark(none, NO_MARK, kit.font, kit.template->theme);
    svg_mark(pips, (Mark){ MARK_PIPS, 1, 3 }, kit.font, kit.template->theme);
    cr_assert_not_null(strstr(symbols->str, symbol));
    cr_assert_not_null(strstr(met->str, use));
    cr_assert_str_eq(none->str, "");
    cr_assert_null(strstr(pips->str, "<use"));
    cr_assert_not_null(strstr(pips->str, "f-met s-met"));
    kit_free(&kit);
}
