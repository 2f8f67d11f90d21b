#include "report/scene_grid.h"

enum { ACROSS = 4, NARROW_ACROSS = 2, TITLE_LINES = 4, STATE_LINES = 2 };

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

static gboolean is_narrow(double width)
{
    return width < FIGURE_NARROW;
}

static guint fields_across(double width)
{
    return is_narrow(width) ? NARROW_ACROSS : ACROSS;
}

/* The group's name stands at the left, in a narrow grid over its fields. */
static double label_width(double width)
{
    return is_narrow(width) ? 0 : LABEL_WIDTH;
}

static double label_room(double width)
{
    return is_narrow(width) ? width : LABEL_WIDTH - 8;
}

static double field_width(double width)
{
    guint across = fields_across(width);

    return (width - label_width(width) - GAP * (across - 1)) / across;
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

/* Of the name alone; a grid that goes on has none. */
static double label_height(const SceneGrid *grid, Canvas *canvas, const Theme *theme, double width)
{
    if (is_narrow(width) && !*grid->title)
        return 0;
    return canvas_paragraph_height(canvas, label_room(width), grid->title,
                                   &theme->styles[ROLE_CELL_STRONG], 4);
}

static double scene_grid_height(const Figure *figure, Canvas *canvas, const Theme *theme,
                                double width)
{
    const SceneGrid *grid = (const SceneGrid *)figure;
    guint across = fields_across(width), rows = (grid->scenes->len + across - 1) / across;
    double fields = rows * (field_height(grid, canvas, theme, width) + GAP) - GAP;
    double label = label_height(grid, canvas, theme, width);

    return is_narrow(width) ? label + fields
                            : MAX(fields, label + theme->styles[ROLE_SMALL].leading);
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
    guint across = fields_across(box.width);
    double left = box.x + label_width(box.width), top = box.y;
    double y = box.y + canvas_paragraph(canvas, box.x, box.y, label_room(box.width), grid->title,
                                        &theme->styles[ROLE_CELL_STRONG], ALIGN_LEFT, 4);

    if (is_narrow(box.width))
        top += label_height(grid, canvas, theme, box.width);
    else
        canvas_paragraph(canvas, box.x, y, label_room(box.width), grid->count,
                         &theme->styles[ROLE_SMALL], ALIGN_LEFT, 2);
    for (guint i = 0; i < grid->scenes->len; i++)
        draw_field(&g_array_index(grid->scenes, Scene, i), canvas, theme,
                   (Box){ left + i % across * (width + GAP), top + i / across * (height + GAP),
                          width, height });
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
