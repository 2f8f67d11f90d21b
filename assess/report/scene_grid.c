#include "report/scene_grid.h"

enum { ACROSS = 4, TITLE_LINES = 4, STATE_LINES = 2 };

static const double LABEL_WIDTH = 84, GAP = 5, PAD = 5, PIPS = 7;

static void scene_clear(gpointer data)
{
    Scene *scene = data;

    g_free(scene->number);
    g_free(scene->title);
    g_free(scene->state);
}

static void scene_grid_free(Figure *figure)
{
    SceneGrid *grid = (SceneGrid *)figure;

    g_free(grid->title);
    g_free(grid->count);
    g_array_unref(grid->scenes);
    g_free(grid);
}

static double field_width(double width)
{
    return (width - LABEL_WIDTH - GAP * (ACROSS - 1)) / ACROSS;
}

static double number_width(Canvas *canvas, const Theme *theme)
{
    return canvas_text_width(canvas, "00", &theme->styles[ROLE_SMALL]) + 4;
}

static double title_width(Canvas *canvas, const Theme *theme, double field)
{
    return field - 2 * PAD - number_width(canvas, theme) + 3;
}

static double state_width(const Scene *scene, double field)
{
    return field - 2 * PAD - mark_width(scene->mark, PIPS) - 4;
}

/* All fields of a grid are as high as the longest texts need, and hold two lines of a title at
 * least. */
static double field_height(const SceneGrid *grid, Canvas *canvas, const Theme *theme, double width)
{
    const TextStyle *style = &theme->styles[ROLE_SMALL];
    double room = title_width(canvas, theme, field_width(width)), titles = 2 * style->leading,
           states = 0;

    for (guint i = 0; i < grid->scenes->len; i++) {
        const Scene *scene = &g_array_index(grid->scenes, Scene, i);

        titles =
            MAX(titles, canvas_paragraph_height(canvas, room, scene->title, style, TITLE_LINES));
        states = MAX(states,
                     canvas_paragraph_height(canvas, state_width(scene, field_width(width)),
                                             scene->state, &theme->styles[ROLE_TAG], STATE_LINES));
    }
    return titles + states + 2 * PAD - 2;
}

static double scene_grid_height(const Figure *figure, Canvas *canvas, const Theme *theme,
                                double width)
{
    const SceneGrid *grid = (const SceneGrid *)figure;
    guint rows = (grid->scenes->len + ACROSS - 1) / ACROSS;
    double label = canvas_paragraph_height(canvas, LABEL_WIDTH - 8, grid->title,
                                           &theme->styles[ROLE_CELL_STRONG], 4);

    return MAX(rows * (field_height(grid, canvas, theme, width) + GAP) - GAP,
               label + theme->styles[ROLE_SMALL].leading);
}

static void draw_field(const Scene *scene, Canvas *canvas, const Theme *theme, Box box)
{
    TextStyle title = theme->styles[ROLE_SMALL], state = theme->styles[ROLE_TAG];
    double number = number_width(canvas, theme), pips = mark_width(scene->mark, PIPS) + 4;
    double room = state_width(scene, box.width);
    double top = box.y + box.height - PAD + 1 -
                 canvas_paragraph_height(canvas, room, scene->state, &state, STATE_LINES);
    gboolean open = scene->mark.kind != MARK_PIPS;

    canvas_rectangle(canvas, box,
                     &(Paint){ theme->tones[TONE_PAPER],
                               theme->tones[open ? TONE_UNKNOWN : TONE_HAIRLINE], 0.6,
                               open ? 2.5 : 0 });
    canvas_text(canvas, box.x + PAD, box.y + PAD - 1 + title.leading / 2 + title.size * 0.36,
                scene->number, &title, ALIGN_LEFT);
    title.colour = theme->tones[TONE_INK];
    canvas_paragraph(canvas, box.x + PAD + number, box.y + PAD - 1,
                     title_width(canvas, theme, box.width), scene->title, &title, ALIGN_LEFT,
                     TITLE_LINES);
    mark_draw(canvas, theme, scene->mark, box.x + PAD, top + state.leading / 2, PIPS);
    canvas_paragraph(canvas, box.x + PAD + pips, top, room, scene->state, &state, ALIGN_LEFT,
                     STATE_LINES);
}

static void scene_grid_draw(const Figure *figure, Canvas *canvas, const Theme *theme, Box box)
{
    const SceneGrid *grid = (const SceneGrid *)figure;
    double width = field_width(box.width), height = field_height(grid, canvas, theme, box.width);
    double y = box.y + canvas_paragraph(canvas, box.x, box.y, LABEL_WIDTH - 8, grid->title,
                                        &theme->styles[ROLE_CELL_STRONG], ALIGN_LEFT, 4);

    canvas_paragraph(canvas, box.x, y, LABEL_WIDTH - 8, grid->count, &theme->styles[ROLE_SMALL],
                     ALIGN_LEFT, 2);
    for (guint i = 0; i < grid->scenes->len; i++)
        draw_field(&g_array_index(grid->scenes, Scene, i), canvas, theme,
                   (Box){ box.x + LABEL_WIDTH + (i % ACROSS) * (width + GAP),
                          box.y + i / ACROSS * (height + GAP), width, height });
}

SceneGrid *scene_grid_new(const char *title, const char *count)
{
    static const FigureKind KIND = { scene_grid_height, scene_grid_draw, scene_grid_free };
    SceneGrid *grid = g_new0(SceneGrid, 1);

    grid->figure.kind = &KIND;
    grid->title = g_strdup(title);
    grid->count = g_strdup(count);
    grid->scenes = g_array_new(FALSE, FALSE, sizeof(Scene));
    g_array_set_clear_func(grid->scenes, scene_clear);
    return grid;
}

void scene_grid_add(SceneGrid *grid, Mark mark, const char *number, const char *title,
                    const char *state)
{
    Scene scene = { g_strdup(number), g_strdup(title), g_strdup(state), mark };

    g_array_append_val(grid->scenes, scene);
}
