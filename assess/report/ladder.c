#include "report/ladder.h"

static const double NARROWEST = 66; /* step of a ladder that goes up to the right */
static const double LOWEST = 62, RISE = 16, GAP = 6, PAD = 8, MARK_SIZE = 9;
static const double RUNG = 56, SHORTEST = 0.6; /* of a narrow ladder: height, part of the width */

static void step_clear(gpointer data)
{
    Step *step = data;

    g_free(step->title);
    g_free(step->state);
    g_free(step->count);
}

static void ladder_free(Figure *figure)
{
    g_array_unref(((Ladder *)figure)->steps);
    g_free(figure);
}

/* With many levels the steps rise less, so that the figure keeps its height. */
static double rise_of(const Ladder *ladder)
{
    return ladder->steps->len > 6 ? RISE * 5 / (ladder->steps->len - 1) : RISE;
}

static double step_width(const Ladder *ladder, double width)
{
    guint n = ladder->steps->len;

    return n ? (width - GAP * (n - 1)) / n : width;
}

static gboolean is_narrow(const Ladder *ladder, double width)
{
    return width < FIGURE_NARROW || step_width(ladder, width) < NARROWEST;
}

static double ladder_height(const Figure *figure, Canvas *canvas, const Theme *theme, double width)
{
    const Ladder *ladder = (const Ladder *)figure;

    (void)canvas;
    (void)theme;
    if (is_narrow(ladder, width))
        return ladder->steps->len * (RUNG + GAP);
    return ladder->steps->len ? LOWEST + rise_of(ladder) * (ladder->steps->len - 1) : 0;
}

static Mark step_mark(LevelStatus status)
{
    static const MarkKind KINDS[] = { [LEVEL_HELD] = MARK_MET,
                                      [LEVEL_POSSIBLE] = MARK_UNKNOWN,
                                      [LEVEL_NOT_HELD] = MARK_NOT_APPLICABLE };

    return (Mark){ KINDS[status], 0, 0 };
}

static Paint step_paint(const Theme *theme, LevelStatus status)
{
    if (status == LEVEL_HELD)
        return (Paint){ theme->tones[TONE_ACCENT], COLOUR_NONE, 0, 0 };
    if (status == LEVEL_POSSIBLE)
        return (Paint){ theme->tones[TONE_PAPER], theme->tones[TONE_UNKNOWN], 1.2, 4 };
    return (Paint){ theme->tones[TONE_PANEL], COLOUR_NONE, 0, 0 };
}

static void draw_step(const Step *step, Canvas *canvas, const Theme *theme, Box box)
{
    TextStyle title = theme->styles[ROLE_STRONG], text = theme->styles[ROLE_TAG];
    Paint paint = step_paint(theme, step->status);
    double inner = box.width - 2 * PAD, y = box.y + PAD - 2;

    canvas_rectangle(canvas, box, &paint);
    if (step->status == LEVEL_HELD)
        title.colour = text.colour = theme->tones[TONE_PAPER];
    y += canvas_paragraph(canvas, box.x + PAD, y, inner, step->title, &title, ALIGN_LEFT, 2);
    if (step->status != LEVEL_HELD)
        mark_draw(canvas, theme, step_mark(step->status), box.x + PAD, y + text.leading / 2 + 1,
                  MARK_SIZE);
    else {
        canvas_circle(canvas, box.x + PAD + MARK_SIZE / 2, y + text.leading / 2 + 1,
                      MARK_SIZE * 0.58, &(Paint){ theme->tones[TONE_PAPER], COLOUR_NONE, 0, 0 });
        mark_draw(canvas, theme, step_mark(step->status), box.x + PAD, y + text.leading / 2 + 1,
                  MARK_SIZE);
    }
    y += canvas_paragraph(canvas, box.x + PAD + MARK_SIZE + 4, y + 1, inner - MARK_SIZE - 4,
                          step->state, &text, ALIGN_LEFT, 2);
    canvas_paragraph(canvas, box.x + PAD, y + 2, inner, step->count, &text, ALIGN_LEFT, 2);
}

/* Rungs above each other, the highest the longest. */
static void draw_rungs(const Ladder *ladder, Canvas *canvas, const Theme *theme, Box box)
{
    guint n = ladder->steps->len;

    for (guint i = 0; i < n; i++) {
        double part = SHORTEST + (1 - SHORTEST) * (i + 1) / n;

        draw_step(&g_array_index(ladder->steps, Step, i), canvas, theme,
                  (Box){ box.x, box.y + (n - 1 - i) * (RUNG + GAP), box.width * part, RUNG });
    }
}

static void ladder_draw(const Figure *figure, Canvas *canvas, const Theme *theme, Box box)
{
    const Ladder *ladder = (const Ladder *)figure;
    guint n = ladder->steps->len;
    double width = step_width(ladder, box.width), rise = rise_of(ladder);

    if (is_narrow(ladder, box.width)) {
        draw_rungs(ladder, canvas, theme, box);
        return;
    }
    for (guint i = 0; i < n; i++) {
        double height = LOWEST + rise * i;

        draw_step(&g_array_index(ladder->steps, Step, i), canvas, theme,
                  (Box){ box.x + i * (width + GAP), box.y + box.height - height, width, height });
    }
    canvas_line(canvas, box.x, box.y + box.height, box.x + box.width, box.y + box.height,
                theme->tones[TONE_INK], 0.8);
}

Ladder *ladder_new(void)
{
    static const FigureKind KIND = { ladder_height, ladder_draw, ladder_free };
    Ladder *ladder = g_new0(Ladder, 1);

    ladder->figure.kind = &KIND;
    ladder->steps = g_array_new(FALSE, FALSE, sizeof(Step));
    g_array_set_clear_func(ladder->steps, step_clear);
    return ladder;
}

void ladder_add(Ladder *ladder, LevelStatus status, const char *title, const char *state,
                const char *count)
{
    Step step = { g_strdup(title), g_strdup(state), g_strdup(count), status };

    g_array_append_val(ladder->steps, step);
}
