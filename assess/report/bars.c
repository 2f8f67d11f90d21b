#include "report/bars.h"

enum { LABEL_LINES = 2, DETAIL_LINES = 2 };

static const double LABELS = 0.40, VALUES = 0.17; /* of the width */
static const double HEIGHT = 11, LOWEST = 0.36;   /* of a bar; of that, the lowest step */
static const double PAD = 3.5, GAP = 10, SWATCH = 14, LEGEND_GAP = 14, MARK_SIZE = 8;
static const double HATCH = 3; /* between two lines */
static const double EDGE = 3;  /* room for a digit that another font sets wider */

/* ---- steps ---- */

static double step_height(double height, guint step, guint steps)
{
    if (step == 0 || steps == 0)
        return height * LOWEST;
    return steps == 1 ? height : height * (LOWEST + (1 - LOWEST) * step / steps);
}

/* Lines upwards to the right across the box. */
static void hatch(Canvas *canvas, Box box, Colour colour)
{
    for (double at = HATCH; at < box.width + box.height; at += HATCH) {
        double left = MAX(0, at - box.height), right = MIN(at, box.width);

        canvas_line(canvas, box.x + left, box.y + box.height - (at - left), box.x + right,
                    box.y + box.height - (at - right), colour, 0.7);
    }
}

typedef enum { GROUND_NONE, GROUND_EMPTY, GROUND_LIGHT, GROUND_HATCHED, GROUND_FULL } Ground;

/* The grounds spread over the steps: the highest is full, the lowest of several is empty. */
static Ground ground_of(guint step, guint steps)
{
    if (step == 0)
        return GROUND_NONE;
    if (step >= steps)
        return GROUND_FULL;
    if (steps <= 3)
        return step == 1 && steps == 3 ? GROUND_LIGHT : steps == 3 ? GROUND_HATCHED : GROUND_LIGHT;
    return step == 1 ? GROUND_EMPTY : step * 2 <= steps ? GROUND_LIGHT : GROUND_HATCHED;
}

void bars_draw_step(Canvas *canvas, const Theme *theme, Box box, guint step, guint steps,
                    gboolean is_open)
{
    const Colour *tones = theme->tones;
    double height = step_height(box.height, step, steps);
    Box part = { box.x, box.y + box.height - height, box.width, height };
    Ground ground = ground_of(step, steps);

    if (part.width <= 0)
        return;
    if (is_open) {
        Box inner = { part.x + 0.4, part.y + 0.4, MAX(part.width - 0.8, 0.1), part.height - 0.8 };

        canvas_rectangle(canvas, inner,
                         &(Paint){ tones[TONE_PAPER], tones[TONE_UNKNOWN], 0.8, 2.4 });
        return;
    }
    if (ground == GROUND_NONE) {
        canvas_rectangle(canvas, part, &(Paint){ tones[TONE_HAIRLINE], COLOUR_NONE, 0, 0 });
        return;
    }
    if (ground == GROUND_FULL || ground == GROUND_LIGHT || ground == GROUND_HATCHED)
        canvas_rectangle(canvas, part,
                         &(Paint){ tones[ground == GROUND_FULL ? TONE_ACCENT : TONE_ACCENT_SOFT],
                                   COLOUR_NONE, 0, 0 });
    if (ground == GROUND_HATCHED)
        hatch(canvas, part, tones[TONE_ACCENT]);
    if (ground == GROUND_EMPTY && part.width > 1)
        canvas_rectangle(canvas,
                         (Box){ part.x + 0.4, part.y + 0.4, part.width - 0.8, part.height - 0.8 },
                         &(Paint){ tones[TONE_PAPER], tones[TONE_ACCENT], 0.8, 0 });
    else if (ground == GROUND_EMPTY)
        canvas_rectangle(canvas, part, &(Paint){ tones[TONE_ACCENT], COLOUR_NONE, 0, 0 });
}

/* ---- what takes how much room ---- */

static gboolean is_narrow(double width)
{
    return width < FIGURE_NARROW;
}

static double label_width(const Bars *bars, double width)
{
    return is_narrow(width) ? width * (1 - VALUES) - GAP : width * bars->labels - GAP;
}

static double indent_of(const Bar *bar)
{
    return bar->mark.kind == MARK_NONE ? 0 : mark_width(bar->mark, MARK_SIZE) + 5;
}

static double label_height(const Bars *bars, const Bar *bar, Canvas *canvas, const Theme *theme,
                           double width)
{
    double room = label_width(bars, width) - indent_of(bar);
    double height =
        canvas_paragraph_height(canvas, room, bar->label, &theme->styles[ROLE_CELL], LABEL_LINES);

    if (bar->detail)
        height += canvas_paragraph_height(canvas, room, bar->detail, &theme->styles[ROLE_NOTE],
                                          DETAIL_LINES);
    return height;
}

static double bar_height(const Bars *bars, const Bar *bar, Canvas *canvas, const Theme *theme,
                         double width)
{
    double label = label_height(bars, bar, canvas, theme, width);

    return is_narrow(width) ? label + 2 + HEIGHT + 2 * PAD : MAX(label, HEIGHT) + 2 * PAD - 2;
}

static double legend_item_width(Canvas *canvas, const Theme *theme, const char *text)
{
    return SWATCH + 5 + canvas_text_width(canvas, text, &theme->styles[ROLE_TAG]) + LEGEND_GAP;
}

/* Both lay the legend's items out; the height that they take. */
static double place_item(const Bars *bars, Canvas *canvas, const Theme *theme, Box box, Point *at,
                         guint item, gboolean draws)
{
    const TextStyle *style = &theme->styles[ROLE_TAG];
    gboolean is_open = item == bars->legend->len;
    const char *text = is_open ? bars->open_legend : bars->legend->pdata[item];
    double width;

    if (!text || !*text)
        return 0;
    width = legend_item_width(canvas, theme, text);
    if (at->x > 0 && at->x + width - LEGEND_GAP > box.width)
        *at = (Point){ 0, at->y + style->leading + 2 };
    if (draws) {
        bars_draw_step(canvas, theme,
                       (Box){ box.x + at->x, box.y + at->y + (style->leading - HEIGHT) / 2, SWATCH,
                              HEIGHT - 1 },
                       is_open ? bars->steps : item, bars->steps, is_open);
        canvas_text(canvas, box.x + at->x + SWATCH + 5, box.y + at->y + canvas_baseline(style),
                    text, style, ALIGN_LEFT);
    }
    at->x += width;
    return at->y + style->leading;
}

static double place_legend(const Bars *bars, Canvas *canvas, const Theme *theme, Box box,
                           gboolean draws)
{
    Point at = { 0, 0 };
    double height = 0;

    for (guint i = 0; i <= bars->legend->len; i++) {
        double used = place_item(bars, canvas, theme, box, &at, i, draws);

        height = MAX(height, used);
    }
    return height > 0 ? height + 6 : 0;
}

static double bars_height(const Figure *figure, Canvas *canvas, const Theme *theme, double width)
{
    const Bars *bars = (const Bars *)figure;
    double height = place_legend(bars, canvas, theme, (Box){ 0, 0, width, 0 }, FALSE);

    for (guint i = 0; i < bars->bars->len; i++)
        height += bar_height(bars, &g_array_index(bars->bars, Bar, i), canvas, theme, width);
    return height + 2;
}

/* ---- drawing ---- */

static double total_of(const Bar *bar)
{
    double total = 0;

    for (guint i = 0; i < bar->parts->len; i++)
        total += g_array_index(bar->parts, BarPart, i).value;
    return total;
}

static double most_of(const Bars *bars)
{
    double most = bars->most;

    for (guint i = 0; bars->most <= 0 && i < bars->bars->len; i++)
        most = MAX(most, total_of(&g_array_index(bars->bars, Bar, i)));
    return most > 0 ? most : 1;
}

static void draw_part(const Bars *bars, const BarPart *part, Canvas *canvas, const Theme *theme,
                      Box box)
{
    TextStyle style = theme->styles[ROLE_TAG];
    double height = step_height(box.height, part->step, bars->steps);

    bars_draw_step(canvas, theme, box, part->step, bars->steps, part->is_open);
    style.size *= 0.9;
    if (!part->text || height < style.size ||
        canvas_text_width(canvas, part->text, &style) + 4 > box.width)
        return;
    if (!part->is_open && ground_of(part->step, bars->steps) == GROUND_FULL)
        style.colour = theme->tones[TONE_PAPER];
    if (!part->is_open && ground_of(part->step, bars->steps) == GROUND_HATCHED)
        return;
    canvas_text(canvas, box.x + box.width / 2, box.y + box.height - height / 2 + style.size * 0.36,
                part->text, &style, ALIGN_CENTRE);
}

static void draw_parts(const Bars *bars, const Bar *bar, Canvas *canvas, const Theme *theme,
                       Box box)
{
    double most = most_of(bars), x = box.x;

    canvas_line(canvas, box.x, box.y + box.height, box.x + box.width, box.y + box.height,
                theme->tones[TONE_HAIRLINE], 0.4);
    for (guint i = 0; i < bar->parts->len; i++) {
        const BarPart *part = &g_array_index(bar->parts, BarPart, i);
        double width = MIN(part->value / most, 1) * box.width;

        if (part->value > 0)
            width = MAX(width, 0.6);
        draw_part(bars, part, canvas, theme, (Box){ x, box.y, width, box.height });
        x += width;
    }
}

static void draw_label(const Bars *bars, const Bar *bar, Canvas *canvas, const Theme *theme,
                       Box box, double top)
{
    const TextStyle *style = &theme->styles[ROLE_CELL];
    double indent = indent_of(bar), room = label_width(bars, box.width) - indent;

    if (indent > 0)
        mark_draw(canvas, theme, bar->mark, box.x, top + style->leading / 2, MARK_SIZE);
    top += canvas_paragraph(canvas, box.x + indent, top, room, bar->label, style, ALIGN_LEFT,
                            LABEL_LINES);
    if (bar->detail)
        canvas_paragraph(canvas, box.x + indent, top, room, bar->detail, &theme->styles[ROLE_NOTE],
                         ALIGN_LEFT, DETAIL_LINES);
}

static void draw_bar(const Bars *bars, const Bar *bar, Canvas *canvas, const Theme *theme, Box box)
{
    const TextStyle *style = &theme->styles[ROLE_CELL_STRONG];
    double label = label_height(bars, bar, canvas, theme, box.width);
    double left = is_narrow(box.width) ? 0 : box.width * bars->labels;
    double right = is_narrow(box.width) ? box.width : box.width * (1 - VALUES) - GAP / 2;
    double top = is_narrow(box.width) ? box.y + PAD : box.y + (box.height - label) / 2;
    double middle = is_narrow(box.width) ? top + label + 2 + HEIGHT / 2 : box.y + box.height / 2;
    double line = is_narrow(box.width) ? top + style->leading / 2 : middle;

    draw_label(bars, bar, canvas, theme, box, top);
    draw_parts(bars, bar, canvas, theme,
               (Box){ box.x + left, middle - HEIGHT / 2, right - left, HEIGHT });
    canvas_text(canvas, box.x + box.width - EDGE,
                line - style->leading / 2 + canvas_baseline(style), bar->value, style, ALIGN_RIGHT);
}

static void bars_draw(const Figure *figure, Canvas *canvas, const Theme *theme, Box box)
{
    const Bars *bars = (const Bars *)figure;
    double y = box.y + place_legend(bars, canvas, theme, box, TRUE);

    for (guint i = 0; i < bars->bars->len; i++) {
        const Bar *bar = &g_array_index(bars->bars, Bar, i);
        double height = bar_height(bars, bar, canvas, theme, box.width);

        draw_bar(bars, bar, canvas, theme, (Box){ box.x, y, box.width, height });
        y += height;
    }
}

/* ---- making ---- */

static void part_clear(gpointer data)
{
    g_free(((BarPart *)data)->text);
}

static void bar_clear(gpointer data)
{
    Bar *bar = data;

    g_free(bar->label);
    g_free(bar->detail);
    g_free(bar->value);
    g_array_unref(bar->parts);
}

static void bars_free(Figure *figure)
{
    Bars *bars = (Bars *)figure;

    g_array_unref(bars->bars);
    g_ptr_array_unref(bars->legend);
    g_free(bars->open_legend);
    g_free(bars);
}

Bars *bars_new(guint steps, double most)
{
    static const FigureKind KIND = { bars_height, bars_draw, bars_free };
    Bars *bars = g_new0(Bars, 1);

    bars->figure.kind = &KIND;
    bars->steps = steps;
    bars->most = most;
    bars->labels = LABELS;
    bars->bars = g_array_new(FALSE, FALSE, sizeof(Bar));
    g_array_set_clear_func(bars->bars, bar_clear);
    bars->legend = g_ptr_array_new_with_free_func(g_free);
    return bars;
}

void bars_legend(Bars *bars, const char *text)
{
    g_ptr_array_add(bars->legend, g_strdup(text));
}

void bars_open_legend(Bars *bars, const char *text)
{
    bars->open_legend = g_strdup(text);
}

void bars_add(Bars *bars, Mark mark, const char *label, const char *detail, const char *value)
{
    Bar bar = { g_strdup(label), g_strdup(detail), g_strdup(value), mark,
                g_array_new(FALSE, FALSE, sizeof(BarPart)) };

    g_array_set_clear_func(bar.parts, part_clear);
    g_array_append_val(bars->bars, bar);
}

void bars_part(Bars *bars, double value, guint step, gboolean is_open, const char *text)
{
    Bar *bar = &g_array_index(bars->bars, Bar, bars->bars->len - 1);
    BarPart part = { value, step, is_open, g_strdup(text) };

    g_array_append_val(bar->parts, part);
}

Bars *bars_rest(Bars *bars, guint n)
{
    Bars *rest;

    if (bars->bars->len <= n)
        return NULL;
    rest = bars_new(bars->steps, most_of(bars));
    rest->labels = bars->labels;
    bars->most = rest->most;
    g_array_append_vals(rest->bars, &g_array_index(bars->bars, Bar, n), bars->bars->len - n);
    g_array_set_clear_func(bars->bars, NULL); /* they are the rest's now */
    g_array_set_size(bars->bars, n);
    g_array_set_clear_func(bars->bars, bar_clear);
    return rest;
}
