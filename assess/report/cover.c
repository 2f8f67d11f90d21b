#include "report/cover.h"

#include "page/paragraph.h"

enum { NAME_LINES = 4, SMALLEST_NAME = 11, TEXT_LINES = 6 };

static const double BAR = 3, BAR_WIDTH = 54;
static const double NAME_TOP = 0.2, PANEL_TOP = 0.53; /* of the page's height */
static const double LOGO_WIDEST = 220;
static const double PANEL_PAD = 20, SHRINK = 0.92, LADDER_SIZE = 18, FACT_MARK = 8;

void cover_free(Figure *figure)
{
    Cover *cover = (Cover *)figure;

    g_free(cover->kind);
    g_free(cover->company);
    g_free(cover->verdict_label);
    g_free(cover->verdict);
    g_free(cover->reason);
    g_free(cover->text);
    for (guint i = 0; i < COVER_LINES_LIMIT; i++) {
        g_free(cover->lines[i]);
        g_free(cover->foot[i]);
    }
    for (guint i = 0; i < COVER_FACTS_LIMIT; i++) {
        g_free(cover->facts[i].label);
        g_free(cover->facts[i].value);
    }
    g_free(cover);
}

static double cover_height(const Figure *figure, Canvas *canvas, const Theme *theme, double width)
{
    (void)figure;
    (void)canvas;
    (void)width;
    return theme->page.height - theme->page.top - theme->page.bottom;
}

/* The largest type in which the name takes few lines; below the smallest one it is cut with an
 * ellipsis. */
static TextStyle name_style(Canvas *canvas, const Theme *theme, const char *name, double width)
{
    TextStyle style = theme->styles[ROLE_COVER_NAME];

    while (style.size * SHRINK >= SMALLEST_NAME) {
        g_autoptr(GArray) lines = paragraph_lines(canvas->font, name, style.size, width);

        if (lines->len <= NAME_LINES)
            break;
        style.size *= SHRINK;
        style.leading *= SHRINK;
    }
    return style;
}

double cover_logo_width(const Cover *cover)
{
    const Logo *logo = cover->logo;

    return logo ? MIN(cover->logo_height * logo->width / logo->height, LOGO_WIDEST) : 0;
}

void cover_draw_logo(const Cover *cover, Canvas *canvas, double right, double top)
{
    double width = cover_logo_width(cover);

    if (cover->logo)
        canvas_image(
            canvas, cover->logo,
            (Box){ right - width, top, width, width * cover->logo->height / cover->logo->width });
}

static double draw_head(const Cover *cover, Canvas *canvas, const Theme *theme, Box box)
{
    double y = box.y;
    const TextStyle *text = &theme->styles[ROLE_COVER_TEXT];
    TextStyle name = name_style(canvas, theme, cover->company, box.width);
    guint limit;

    canvas_rectangle(canvas, (Box){ box.x, y, BAR_WIDTH, BAR },
                     &(Paint){ theme->tones[TONE_ACCENT], COLOUR_NONE, 0, 0 });
    canvas_open(canvas, TAG_TITLE, NULL);
    cover_draw_logo(cover, canvas, box.x + box.width, y);
    canvas_paragraph(canvas, box.x, y + 14, box.width - cover_logo_width(cover) - 10, cover->kind,
                     &theme->styles[ROLE_COVER_TITLE], ALIGN_LEFT, 2);
    canvas_close(canvas);
    y = theme->page.height * NAME_TOP;
    limit = (guint)(theme->page.height * (PANEL_TOP - NAME_TOP - 0.13) / name.leading);
    y += canvas_paragraph(canvas, box.x, y, box.width, cover->company, &name, ALIGN_LEFT,
                          MAX(limit, 1)) +
         12;
    for (guint i = 0; i < COVER_LINES_LIMIT && cover->lines[i]; i++)
        y += canvas_paragraph(canvas, box.x, y, box.width, cover->lines[i], text, ALIGN_LEFT, 2);
    return y;
}

static double facts_height(const Cover *cover, Canvas *canvas, const Theme *theme, double width)
{
    double height = 0;

    for (guint i = 0; i < COVER_FACTS_LIMIT && cover->facts[i].label; i++) {
        const CoverFact *fact = &cover->facts[i];

        height += theme->styles[ROLE_LABEL].leading + 6;
        height +=
            canvas_paragraph_height(canvas, width, fact->value, &theme->styles[ROLE_STRONG], 2);
    }
    return height;
}

static void draw_facts(const Cover *cover, Canvas *canvas, const Theme *theme, double x, double y,
                       double width)
{
    for (guint i = 0; i < COVER_FACTS_LIMIT && cover->facts[i].label; i++) {
        const CoverFact *fact = &cover->facts[i];
        double indent = fact->mark.kind == MARK_NONE ? 0 : FACT_MARK + 5;

        y += canvas_paragraph(canvas, x, y, width, fact->label, &theme->styles[ROLE_LABEL],
                              ALIGN_LEFT, 1);
        mark_draw(canvas, theme, fact->mark, x, y + theme->styles[ROLE_STRONG].leading / 2,
                  FACT_MARK);
        y += canvas_paragraph(canvas, x + indent, y, width - indent, fact->value,
                              &theme->styles[ROLE_STRONG], ALIGN_LEFT, 2);
        y += 6;
    }
}

/* The panel's lower end. */
static double draw_verdict(const Cover *cover, Canvas *canvas, const Theme *theme, Box box,
                           double top)
{
    double half = box.width * 0.5, inner = half - 2 * PANEL_PAD, y = top + PANEL_PAD;
    const TextStyle *verdict = &theme->styles[ROLE_COVER_VERDICT];
    double facts = facts_height(cover, canvas, theme, inner), left = 0, reason;
    double reason_width = box.width - 2 * PANEL_PAD, height;

    left = theme->styles[ROLE_LABEL].leading + LADDER_SIZE + 14 +
           canvas_paragraph_height(canvas, inner, cover->verdict, verdict, 3);
    reason =
        canvas_paragraph_height(canvas, reason_width, cover->reason, &theme->styles[ROLE_LEAD], 6);
    height = MAX(left, facts) + reason + 2 * PANEL_PAD + 16;
    canvas_rectangle(canvas, (Box){ box.x, top, box.width, height },
                     &(Paint){ theme->tones[TONE_PANEL], COLOUR_NONE, 0, 0 });
    canvas_rectangle(canvas, (Box){ box.x, top, BAR, height },
                     &(Paint){ theme->tones[TONE_ACCENT], COLOUR_NONE, 0, 0 });
    y += canvas_paragraph(canvas, box.x + PANEL_PAD, y, inner, cover->verdict_label,
                          &theme->styles[ROLE_LABEL], ALIGN_LEFT, 1);
    y += canvas_paragraph(canvas, box.x + PANEL_PAD, y + 2, inner, cover->verdict, verdict,
                          ALIGN_LEFT, 3);
    mark_draw(canvas, theme, cover->ladder, box.x + PANEL_PAD, y + LADDER_SIZE / 2 + 4,
              LADDER_SIZE);
    draw_facts(cover, canvas, theme, box.x + half + PANEL_PAD, top + PANEL_PAD, inner);
    y = top + PANEL_PAD + MAX(left, facts) + 12;
    canvas_line(canvas, box.x + PANEL_PAD, y - 5, box.x + box.width - PANEL_PAD, y - 5,
                theme->tones[TONE_HAIRLINE], 0.5);
    canvas_paragraph(canvas, box.x + PANEL_PAD, y + 4, reason_width, cover->reason,
                     &theme->styles[ROLE_LEAD], ALIGN_LEFT, 6);
    return top + height;
}

static void cover_draw(const Figure *figure, Canvas *canvas, const Theme *theme, Box box)
{
    const Cover *cover = (const Cover *)figure;
    const TextStyle *text = &theme->styles[ROLE_COVER_TEXT];
    double end = draw_head(cover, canvas, theme, box), foot = box.y + box.height, top;

    top = draw_verdict(cover, canvas, theme, box, MAX(theme->page.height * PANEL_TOP, end + 24));
    if (cover->text)
        canvas_paragraph(canvas, box.x, top + 14, box.width, cover->text, &theme->styles[ROLE_BODY],
                         ALIGN_LEFT, TEXT_LINES);
    for (guint i = 0; i < COVER_LINES_LIMIT && cover->foot[i]; i++)
        foot -= canvas_paragraph_height(canvas, box.width, cover->foot[i], text, 2);
    for (guint i = 0; i < COVER_LINES_LIMIT && cover->foot[i]; i++)
        foot +=
            canvas_paragraph(canvas, box.x, foot, box.width, cover->foot[i], text, ALIGN_LEFT, 2);
}

Cover *cover_new(void)
{
    static const FigureKind KIND = { cover_height, cover_draw, cover_free };
    Cover *cover = g_new0(Cover, 1);

    cover->figure.kind = &KIND;
    return cover;
}
