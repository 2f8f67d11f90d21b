#include "report/spread.h"

static const double LABELS = 0.34, VALUES = 0.24; /* of the width */
static const double BOX = 9, PAD = 3.5, GAP = 10, LEGEND = 18, AXIS = 12, SWATCH = 22, OWN = 3.6;

static gboolean is_narrow(double width)
{
    return width < FIGURE_NARROW;
}

static double label_width(double width)
{
    return is_narrow(width) ? width : width * LABELS - GAP;
}

static double label_height(const SpreadRow *row, Canvas *canvas, const Theme *theme, double width)
{
    double room = label_width(width);
    double height = canvas_paragraph_height(canvas, room, row->label, &theme->styles[ROLE_CELL], 2);

    if (row->detail)
        height += canvas_paragraph_height(canvas, room, row->detail, &theme->styles[ROLE_NOTE], 1);
    return height;
}

static double row_height(const SpreadRow *row, Canvas *canvas, const Theme *theme, double width)
{
    double label = label_height(row, canvas, theme, width);

    return is_narrow(width) ? label + theme->styles[ROLE_TAG].leading + BOX + 2 * PAD
                            : MAX(label, BOX) + 2 * PAD;
}

static double axis_height(const Spread *spread)
{
    return spread->first ? AXIS : 0;
}

/* A narrow legend has a line for each sample. */
static double legend_height(const Spread *spread, double width)
{
    return is_narrow(width) ? LEGEND * (spread->own ? 3 : 2) : LEGEND;
}

static double spread_height(const Figure *figure, Canvas *canvas, const Theme *theme, double width)
{
    const Spread *spread = (const Spread *)figure;
    double height = legend_height(spread, width) + axis_height(spread);

    for (guint i = 0; i < spread->rows->len; i++)
        height += row_height(&g_array_index(spread->rows, SpreadRow, i), canvas, theme, width);
    return height;
}

/* ---- drawing ---- */

static void draw_box(Canvas *canvas, const Theme *theme, Box box, double from, double to,
                     double median)
{
    double left = box.x + box.width * from, right = box.x + box.width * to,
           at = box.x + box.width * median;

    canvas_rectangle(canvas, (Box){ left, box.y, MAX(right - left, 1.2), box.height },
                     &(Paint){ theme->tones[TONE_ACCENT_SOFT], COLOUR_NONE, 0, 0 });
    canvas_rectangle(canvas, (Box){ at - 1, box.y - 1, 2, box.height + 2 },
                     &(Paint){ theme->tones[TONE_ACCENT], COLOUR_NONE, 0, 0 });
}

/* A diamond for one value, two with a line between for a range. */
static void draw_own(Canvas *canvas, const Theme *theme, Box box, double low, double high)
{
    double y = box.y + box.height / 2;
    Paint paint = { theme->tones[TONE_INK], theme->tones[TONE_PAPER], 0.6, 0 };
    const double ends[] = { box.x + box.width * CLAMP(low, 0, 1),
                            box.x + box.width * CLAMP(high, 0, 1) };

    canvas_line(canvas, ends[0], y, ends[1], y, theme->tones[TONE_INK], 1.2);
    for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
        const Point diamond[] = {
            { ends[i], y - OWN }, { ends[i] + OWN, y }, { ends[i], y + OWN }, { ends[i] - OWN, y }
        };

        canvas_polygon(canvas, diamond, G_N_ELEMENTS(diamond), &paint);
    }
}

static void draw_strip(const SpreadRow *row, Canvas *canvas, const Theme *theme, Box box)
{
    double y = box.y + box.height / 2;

    canvas_line(canvas, box.x, y, box.x + box.width, y, theme->tones[TONE_HAIRLINE], 0.4);
    if (row->is_known) {
        canvas_line(canvas, box.x + box.width * row->tenth, y, box.x + box.width * row->nine_tenths,
                    y, theme->tones[TONE_ACCENT], 1.2);
        draw_box(canvas, theme, box, row->quarter, row->three_quarters, row->median);
    }
    if (row->has_own)
        draw_own(canvas, theme, box, row->own_low, row->own_high);
}

static void draw_row(const SpreadRow *row, Canvas *canvas, const Theme *theme, Box box)
{
    gboolean narrow = is_narrow(box.width);
    const TextStyle *style = &theme->styles[ROLE_TAG];
    double label = label_height(row, canvas, theme, box.width);
    double top = narrow ? box.y + PAD : box.y + (box.height - label) / 2;
    double left = narrow ? 0 : box.width * LABELS,
           right = narrow ? box.width : box.width * (1 - VALUES) - GAP;
    double middle = narrow ? box.y + box.height - PAD - BOX / 2 : box.y + box.height / 2;
    double line = narrow ? top + label : middle - style->leading / 2;
    double room = label_width(box.width);

    top += canvas_paragraph(canvas, box.x, top, room, row->label, &theme->styles[ROLE_CELL],
                            ALIGN_LEFT, 2);
    if (row->detail)
        canvas_paragraph(canvas, box.x, top, room, row->detail, &theme->styles[ROLE_NOTE],
                         ALIGN_LEFT, 1);
    draw_strip(row, canvas, theme, (Box){ box.x + left, middle - BOX / 2, right - left, BOX });
    if (narrow)
        canvas_text(canvas, box.x, line + canvas_baseline(style), row->value, style, ALIGN_LEFT);
    else
        canvas_text(canvas, box.x + box.width, line + canvas_baseline(style), row->value, style,
                    ALIGN_RIGHT);
}

/* Words after a sample of what they explain; where the next sample goes. */
static Point draw_words(Canvas *canvas, const Theme *theme, Box box, Point at, const char *text)
{
    const TextStyle *style = &theme->styles[ROLE_TAG];

    canvas_text(canvas, at.x + SWATCH + 5, at.y + canvas_baseline(style), text, style, ALIGN_LEFT);
    if (is_narrow(box.width))
        return (Point){ box.x, at.y + LEGEND };
    return (Point){ at.x + SWATCH + 5 + canvas_text_width(canvas, text, style) + 14, at.y };
}

static void draw_legend(const Spread *spread, Canvas *canvas, const Theme *theme, Box box)
{
    Point at = { box.x, box.y };
    double middle = 1.5 + BOX / 2;

    draw_box(canvas, theme, (Box){ at.x, at.y + 1.5, SWATCH, BOX }, 0, 1, 0.5);
    at = draw_words(canvas, theme, box, at, spread->half);
    canvas_line(canvas, at.x, at.y + middle, at.x + SWATCH, at.y + middle,
                theme->tones[TONE_ACCENT], 1.2);
    at = draw_words(canvas, theme, box, at, spread->range);
    if (!spread->own)
        return;
    draw_own(canvas, theme, (Box){ at.x, at.y + 1.5, SWATCH, BOX }, 0.2, 0.8);
    draw_words(canvas, theme, box, at, spread->own);
}

static void spread_draw(const Figure *figure, Canvas *canvas, const Theme *theme, Box box)
{
    const Spread *spread = (const Spread *)figure;
    const TextStyle *note = &theme->styles[ROLE_NOTE];
    gboolean narrow = is_narrow(box.width);
    double y = box.y + legend_height(spread, box.width), left = narrow ? 0 : box.width * LABELS,
           right = narrow ? box.width : box.width * (1 - VALUES) - GAP;

    draw_legend(spread, canvas, theme, box);
    for (guint i = 0; i < spread->rows->len; i++) {
        const SpreadRow *row = &g_array_index(spread->rows, SpreadRow, i);
        double height = row_height(row, canvas, theme, box.width);

        draw_row(row, canvas, theme, (Box){ box.x, y, box.width, height });
        y += height;
    }
    if (!spread->first)
        return;
    canvas_text(canvas, box.x + left, y + 8, spread->first, note, ALIGN_LEFT);
    canvas_text(canvas, box.x + right, y + 8, spread->last, note, ALIGN_RIGHT);
}

/* ---- making ---- */

static void row_clear(gpointer data)
{
    SpreadRow *row = data;

    g_free(row->label);
    g_free(row->detail);
    g_free(row->value);
}

static void spread_free(Figure *figure)
{
    Spread *spread = (Spread *)figure;

    g_array_unref(spread->rows);
    g_free(spread->half);
    g_free(spread->range);
    g_free(spread->own);
    g_free(spread->first);
    g_free(spread->last);
    g_free(spread);
}

Spread *spread_new(const char *half, const char *range, const char *own)
{
    static const FigureKind KIND = { spread_height, spread_draw, spread_free };
    Spread *spread = g_new0(Spread, 1);

    spread->figure.kind = &KIND;
    spread->half = g_strdup(half);
    spread->range = g_strdup(range);
    spread->own = g_strdup(own);
    spread->rows = g_array_new(FALSE, FALSE, sizeof(SpreadRow));
    g_array_set_clear_func(spread->rows, row_clear);
    return spread;
}

void spread_axis(Spread *spread, const char *first, const char *last)
{
    spread->first = g_strdup(first);
    spread->last = g_strdup(last);
}

void spread_add(Spread *spread, const SpreadRow *row)
{
    SpreadRow own = *row;

    own.label = g_strdup(row->label);
    own.detail = g_strdup(row->detail);
    own.value = g_strdup(row->value);
    g_array_append_val(spread->rows, own);
}
