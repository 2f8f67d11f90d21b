#include "report/cover.h"

enum { NAME_LINES = 2, LINES = 2 };

static const double BAR = 2.5, PAD = 10, GAP = 12, PANEL = 0.34, /* of the width */
    PIPS = 12, FACT_MARK = 8;

static TextStyle scaled(const TextStyle *style, double size)
{
    TextStyle scaled = *style;

    scaled.leading *= size / scaled.size;
    scaled.size = size;
    return scaled;
}

/* Both draw only where `draws` is set; each gives its height. */
static double place(Canvas *canvas, double x, double y, double width, const char *text,
                    const TextStyle *style, guint limit, gboolean draws)
{
    return draws ? canvas_paragraph(canvas, x, y, width, text, style, ALIGN_LEFT, limit)
                 : canvas_paragraph_height(canvas, width, text, style, limit);
}

static double left_part(const Cover *cover, Canvas *canvas, const Theme *theme, Box box,
                        gboolean draws)
{
    TextStyle name = scaled(&theme->styles[ROLE_COVER_NAME], 17);
    double y = box.y + BAR + 6;

    y +=
        place(canvas, box.x, y, box.width, cover->kind, &theme->styles[ROLE_COVER_TITLE], 1, draws);
    y += place(canvas, box.x, y, box.width, cover->company, &name, NAME_LINES, draws) + 2;
    for (guint i = 0; i < LINES && cover->lines[i]; i++)
        y += place(canvas, box.x, y, box.width, cover->lines[i], &theme->styles[ROLE_SMALL], 2,
                   draws);
    if (cover->foot[0])
        y += place(canvas, box.x, y, box.width, cover->foot[0], &theme->styles[ROLE_SMALL], 1,
                   draws);
    return y - box.y;
}

static double right_part(const Cover *cover, Canvas *canvas, const Theme *theme, Box box,
                         gboolean draws)
{
    TextStyle verdict = scaled(&theme->styles[ROLE_COVER_VERDICT], 17);
    const CoverFact *fact = &cover->facts[0];
    double y = box.y + PAD, indent = fact->mark.kind == MARK_NONE ? 0 : FACT_MARK + 4;

    y += place(canvas, box.x, y, box.width, cover->verdict_label, &theme->styles[ROLE_LABEL], 1,
               draws);
    y += place(canvas, box.x, y, box.width, cover->verdict, &verdict, 2, draws);
    if (draws)
        mark_draw(canvas, theme, cover->ladder, box.x, y + PIPS / 2 + 1, PIPS);
    y += PIPS + 6;
    if (!fact->label)
        return y + PAD - box.y;
    y += place(canvas, box.x, y, box.width, fact->label, &theme->styles[ROLE_LABEL], 1, draws);
    if (draws)
        mark_draw(canvas, theme, fact->mark, box.x, y + theme->styles[ROLE_TAG].leading / 2,
                  FACT_MARK);
    y += place(canvas, box.x + indent, y, box.width - indent, fact->value, &theme->styles[ROLE_TAG],
               2, draws);
    return y + PAD - box.y;
}

static Box left_box(Box box)
{
    return (Box){ box.x, box.y, box.width * (1 - PANEL) - GAP, box.height };
}

static Box right_box(const Cover *cover, Box box)
{
    double logo = cover->logo ? cover->logo_height + 6 : 0;

    return (Box){ box.x + box.width * (1 - PANEL) + PAD, box.y + logo, box.width * PANEL - 2 * PAD,
                  box.height };
}

static double panel_height(const Cover *cover, Canvas *canvas, const Theme *theme, Box box)
{
    Box right = right_box(cover, box);

    return MAX(left_part(cover, canvas, theme, left_box(box), FALSE),
               right.y - box.y + right_part(cover, canvas, theme, right, FALSE));
}

static double masthead_height(const Figure *figure, Canvas *canvas, const Theme *theme,
                              double width)
{
    return panel_height((const Cover *)figure, canvas, theme, (Box){ 0, 0, width, 0 });
}

static void masthead_draw(const Figure *figure, Canvas *canvas, const Theme *theme, Box box)
{
    const Cover *cover = (const Cover *)figure;
    Box right = right_box(cover, box);
    double height = box.y + box.height - right.y;

    canvas_rectangle(canvas, (Box){ box.x, box.y, box.width * (1 - PANEL) - GAP, BAR },
                     &(Paint){ theme->tones[TONE_ACCENT], COLOUR_NONE, 0, 0 });
    left_part(cover, canvas, theme, left_box(box), TRUE);
    cover_draw_logo(cover, canvas, box.x + box.width, box.y);
    canvas_rectangle(canvas, (Box){ right.x - PAD, right.y, right.width + 2 * PAD, height },
                     &(Paint){ theme->tones[TONE_PANEL], COLOUR_NONE, 0, 0 });
    canvas_rectangle(canvas, (Box){ right.x - PAD, right.y, BAR, height },
                     &(Paint){ theme->tones[TONE_ACCENT], COLOUR_NONE, 0, 0 });
    right_part(cover, canvas, theme, right, TRUE);
}

Cover *masthead_new(void)
{
    static const FigureKind KIND = { masthead_height, masthead_draw, cover_free };
    Cover *cover = g_new0(Cover, 1);

    cover->figure.kind = &KIND;
    return cover;
}
