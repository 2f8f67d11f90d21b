#include "report/places.h"

enum { ACROSS = 2 };

static const double GAP = 14, PAD = 10, SEAL_ROOM = 110, LINE_ROOM = 24, RULE = 20;

/* ---- seals ---- */

static void seal_clear(gpointer data)
{
    Seal *seal = data;

    g_free(seal->title);
    g_free(seal->lines[0]);
    g_free(seal->lines[1]);
}

static void seals_free(Figure *figure)
{
    Seals *seals = (Seals *)figure;

    g_array_unref(seals->seals);
    g_free(seals->hint);
    g_free(seals);
}

static double seal_height(const Theme *theme)
{
    return 2 * PAD + theme->styles[ROLE_CELL_STRONG].leading + SEAL_ROOM + 2 * LINE_ROOM;
}

static double seals_height(const Figure *figure, Canvas *canvas, const Theme *theme, double width)
{
    guint rows = (((const Seals *)figure)->seals->len + ACROSS - 1) / ACROSS;

    (void)canvas;
    (void)width;
    return rows * (seal_height(theme) + GAP) - (rows ? GAP : 0);
}

static void draw_line(Canvas *canvas, const Theme *theme, const char *text, double x, double y,
                      double width)
{
    const TextStyle *style = &theme->styles[ROLE_SMALL];
    double label;

    if (!text)
        return;
    label = canvas_text_width(canvas, text, style) + 6;
    canvas_text(canvas, x, y, text, style, ALIGN_LEFT);
    canvas_line(canvas, x + label, y + 2, x + width, y + 2, theme->tones[TONE_MUTED], 0.5);
}

static void draw_seal(const Seals *seals, const Seal *seal, Canvas *canvas, const Theme *theme,
                      Box box)
{
    const TextStyle *title = &theme->styles[ROLE_CELL_STRONG];
    TextStyle hint = theme->styles[ROLE_NOTE];
    double inner = box.width - 2 * PAD, top = box.y + PAD + title->leading,
           foot = box.y + box.height - PAD;

    canvas_rectangle(canvas, box, &(Paint){ COLOUR_NONE, theme->tones[TONE_HAIRLINE], 0.8, 0 });
    canvas_paragraph(canvas, box.x + PAD, box.y + PAD - 2, inner, seal->title, title, ALIGN_LEFT,
                     1);
    canvas_rectangle(canvas, (Box){ box.x + PAD, top + 4, inner, SEAL_ROOM - 8 },
                     &(Paint){ COLOUR_NONE, theme->tones[TONE_HAIRLINE], 0.6, 3 });
    canvas_text(canvas, box.x + box.width / 2, top + SEAL_ROOM / 2 + hint.size * 0.36, seals->hint,
                &hint, ALIGN_CENTRE);
    draw_line(canvas, theme, seal->lines[0], box.x + PAD, foot - LINE_ROOM, inner);
    draw_line(canvas, theme, seal->lines[1], box.x + PAD, foot - 3, inner);
}

static void seals_draw(const Figure *figure, Canvas *canvas, const Theme *theme, Box box)
{
    const Seals *seals = (const Seals *)figure;
    double width = (box.width - GAP * (ACROSS - 1)) / ACROSS, height = seal_height(theme);

    for (guint i = 0; i < seals->seals->len; i++)
        draw_seal(seals, &g_array_index(seals->seals, Seal, i), canvas, theme,
                  (Box){ box.x + (i % ACROSS) * (width + GAP),
                         box.y + (double)(i / ACROSS) * (height + GAP), width, height });
}

Seals *seals_new(const char *hint)
{
    static const FigureKind KIND = { seals_height, seals_draw, seals_free };
    Seals *seals = g_new0(Seals, 1);

    seals->figure.kind = &KIND;
    seals->hint = g_strdup(hint);
    seals->seals = g_array_new(FALSE, FALSE, sizeof(Seal));
    g_array_set_clear_func(seals->seals, seal_clear);
    return seals;
}

void seals_add(Seals *seals, const char *title, const char *first, const char *second)
{
    Seal seal = { g_strdup(title), { g_strdup(first), g_strdup(second) } };

    g_array_append_val(seals->seals, seal);
}

/* ---- room to write ---- */

static void room_free(Figure *figure)
{
    g_free(((Room *)figure)->text);
    g_free(figure);
}

static double prompt_height(const Room *room, Canvas *canvas, const Theme *theme, double width)
{
    return canvas_paragraph_height(canvas, width - 2 * PAD, room->text, &theme->styles[ROLE_SMALL],
                                   0);
}

static double room_height(const Figure *figure, Canvas *canvas, const Theme *theme, double width)
{
    const Room *room = (const Room *)figure;

    return prompt_height(room, canvas, theme, width) + 1.5 * PAD + room->lines * RULE;
}

static void room_draw(const Figure *figure, Canvas *canvas, const Theme *theme, Box box)
{
    const Room *room = (const Room *)figure;
    double y = box.y + PAD + prompt_height(room, canvas, theme, box.width);

    canvas_rectangle(canvas, box, &(Paint){ COLOUR_NONE, theme->tones[TONE_HAIRLINE], 0.8, 0 });
    canvas_paragraph(canvas, box.x + PAD, box.y + PAD - 2, box.width - 2 * PAD, room->text,
                     &theme->styles[ROLE_SMALL], ALIGN_LEFT, 0);
    for (guint i = 1; i < room->lines; i++)
        canvas_line(canvas, box.x + PAD, y + i * RULE, box.x + box.width - PAD, y + i * RULE,
                    theme->tones[TONE_HAIRLINE], 0.4);
}

Room *room_new(const char *text, guint lines)
{
    static const FigureKind KIND = { room_height, room_draw, room_free };
    Room *room = g_new0(Room, 1);

    room->figure.kind = &KIND;
    room->text = g_strdup(text);
    room->lines = lines;
    return room;
}
