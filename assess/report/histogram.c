#include "report/histogram.h"

#include "report/bars.h"

enum { TICKS = 10 };

static const double COLUMNS = 96; /* height */
static const double GAP = 2, LEGEND = 18, AXIS = 14, MARK_LINE = 15, HEAD = 10, SWATCH = 14,
                    MARKER = 3;

static double histogram_height(const Figure *figure, Canvas *canvas, const Theme *theme,
                               double width)
{
    const Histogram *histogram = (const Histogram *)figure;

    (void)canvas;
    (void)theme;
    (void)width;
    return LEGEND + HEAD + COLUMNS + AXIS + histogram->marks->len * MARK_LINE;
}

static double most_of(const Histogram *histogram)
{
    double most = 1;

    for (guint i = 0; i < histogram->columns->len; i++) {
        const HistogramColumn *column = &g_array_index(histogram->columns, HistogramColumn, i);

        most = MAX(most, MAX(column->certain, column->possible));
    }
    return most;
}

static double draw_item(Canvas *canvas, const Theme *theme, double x, double y, const char *text,
                        gboolean is_open)
{
    const TextStyle *style = &theme->styles[ROLE_TAG];

    bars_draw_step(canvas, theme, (Box){ x, y + 1, SWATCH, 9 }, 1, 1, is_open);
    canvas_text(canvas, x + SWATCH + 5, y + canvas_baseline(style), text, style, ALIGN_LEFT);
    return x + SWATCH + 5 + canvas_text_width(canvas, text, style) + SWATCH;
}

static void draw_column(const HistogramColumn *column, Canvas *canvas, const Theme *theme, Box box,
                        double most)
{
    double solid = box.height * column->certain / most, open = box.height * column->possible / most,
           half = box.width / 2;
    TextStyle style = theme->styles[ROLE_NOTE];

    bars_draw_step(canvas, theme, (Box){ box.x, box.y + box.height - solid, half, solid }, 1, 1,
                   FALSE);
    if (open > 0)
        bars_draw_step(canvas, theme, (Box){ box.x + half, box.y + box.height - open, half, open },
                       1, 1, TRUE);
    if (column->text && canvas_text_width(canvas, column->text, &style) <= box.width + GAP)
        canvas_text(canvas, box.x + half, box.y + box.height - MAX(solid, open) - 2.5, column->text,
                    &style, ALIGN_CENTRE);
}

static void draw_axis(Canvas *canvas, const Theme *theme, Box box)
{
    const TextStyle *style = &theme->styles[ROLE_NOTE];
    guint step = box.width < FIGURE_NARROW ? 2 : 1;

    canvas_line(canvas, box.x, box.y, box.x + box.width, box.y, theme->tones[TONE_INK], 0.8);
    for (guint i = 0; i <= TICKS; i += step) {
        double x = box.x + box.width * i / TICKS;
        g_autofree char *text = g_strdup_printf("%u%%", i * 100 / TICKS);

        canvas_line(canvas, x, box.y, x, box.y + 2.5, theme->tones[TONE_INK], 0.6);
        canvas_text(canvas, x, box.y + 11, text, style,
                    i == 0       ? ALIGN_LEFT
                    : i == TICKS ? ALIGN_RIGHT
                                 : ALIGN_CENTRE);
    }
}

static gboolean holds_words(const HistogramMark *mark, Box box, double text)
{
    return box.width * (mark->to - mark->from) > text + 5 * MARKER;
}

/* At the right of a mark, at its left where the page ends. */
static void draw_words(const HistogramMark *mark, Canvas *canvas, const Theme *theme, Box box,
                       double text)
{
    const TextStyle *style = &theme->styles[ROLE_TAG];
    double right = box.x + box.width * mark->to + MARKER + 5,
           left = box.x + box.width * mark->from - MARKER - 5, y = box.y + canvas_baseline(style);

    if (right + text <= box.x + box.width)
        canvas_text(canvas, right, y, mark->label, style, ALIGN_LEFT);
    else
        canvas_text(canvas, left, y, mark->label, style, ALIGN_RIGHT);
}

/* A line with ends over a range; its words stand in it if it is long enough. */
static void draw_range(const HistogramMark *mark, Canvas *canvas, const Theme *theme, Box box,
                       double text)
{
    const TextStyle *style = &theme->styles[ROLE_TAG];
    double from = box.x + box.width * mark->from, to = box.x + box.width * mark->to,
           y = box.y + MARK_LINE / 2, middle = (from + to) / 2;
    Colour ink = theme->tones[TONE_INK];

    canvas_line(canvas, from, y - MARKER, from, y + MARKER, ink, 1);
    canvas_line(canvas, to, y - MARKER, to, y + MARKER, ink, 1);
    if (!holds_words(mark, box, text)) {
        canvas_line(canvas, from, y, to, y, ink, 1.4);
        draw_words(mark, canvas, theme, box, text);
        return;
    }
    canvas_line(canvas, from, y, middle - text / 2 - 4, y, ink, 1.4);
    canvas_line(canvas, middle + text / 2 + 4, y, to, y, ink, 1.4);
    canvas_text(canvas, middle, box.y + canvas_baseline(style), mark->label, style, ALIGN_CENTRE);
}

/* A range, or a triangle under a value. */
static void draw_mark(const HistogramMark *mark, Canvas *canvas, const Theme *theme, Box box)
{
    double text = canvas_text_width(canvas, mark->label, &theme->styles[ROLE_TAG]),
           y = box.y + MARK_LINE / 2, x = box.x + box.width * mark->from;
    const Point up[] = { { x, y - MARKER }, { x + MARKER, y + 2 }, { x - MARKER, y + 2 } };

    if (mark->to > mark->from) {
        draw_range(mark, canvas, theme, box, text);
        return;
    }
    canvas_polygon(canvas, up, G_N_ELEMENTS(up),
                   &(Paint){ theme->tones[TONE_INK], COLOUR_NONE, 0, 0 });
    draw_words(mark, canvas, theme, box, text);
}

static void histogram_draw(const Figure *figure, Canvas *canvas, const Theme *theme, Box box)
{
    const Histogram *histogram = (const Histogram *)figure;
    guint n = MAX(histogram->columns->len, 1);
    double top = box.y + LEGEND + HEAD, width = box.width / n, most = most_of(histogram), x;

    x = draw_item(canvas, theme, box.x, box.y, histogram->certain, FALSE);
    draw_item(canvas, theme, x, box.y, histogram->possible, TRUE);
    for (guint i = 0; i < histogram->columns->len; i++)
        draw_column(&g_array_index(histogram->columns, HistogramColumn, i), canvas, theme,
                    (Box){ box.x + i * width + GAP / 2, top, width - GAP, COLUMNS }, most);
    draw_axis(canvas, theme, (Box){ box.x, top + COLUMNS, box.width, AXIS });
    for (guint i = 0; i < histogram->marks->len; i++)
        draw_mark(&g_array_index(histogram->marks, HistogramMark, i), canvas, theme,
                  (Box){ box.x, top + COLUMNS + AXIS + i * MARK_LINE, box.width, MARK_LINE });
}

static void column_clear(gpointer data)
{
    g_free(((HistogramColumn *)data)->text);
}

static void mark_clear(gpointer data)
{
    g_free(((HistogramMark *)data)->label);
}

static void histogram_free(Figure *figure)
{
    Histogram *histogram = (Histogram *)figure;

    g_array_unref(histogram->columns);
    g_array_unref(histogram->marks);
    g_free(histogram->certain);
    g_free(histogram->possible);
    g_free(histogram);
}

Histogram *histogram_new(const char *certain, const char *possible)
{
    static const FigureKind KIND = { histogram_height, histogram_draw, histogram_free };
    Histogram *histogram = g_new0(Histogram, 1);

    histogram->figure.kind = &KIND;
    histogram->certain = g_strdup(certain);
    histogram->possible = g_strdup(possible);
    histogram->columns = g_array_new(FALSE, FALSE, sizeof(HistogramColumn));
    g_array_set_clear_func(histogram->columns, column_clear);
    histogram->marks = g_array_new(FALSE, FALSE, sizeof(HistogramMark));
    g_array_set_clear_func(histogram->marks, mark_clear);
    return histogram;
}

void histogram_add(Histogram *histogram, double certain, double possible, const char *text)
{
    HistogramColumn column = { certain, possible, g_strdup(text) };

    g_array_append_val(histogram->columns, column);
}

void histogram_mark(Histogram *histogram, double from, double to, const char *label)
{
    HistogramMark mark = { CLAMP(from, 0, 1), CLAMP(to, 0, 1), g_strdup(label) };

    g_array_append_val(histogram->marks, mark);
}
