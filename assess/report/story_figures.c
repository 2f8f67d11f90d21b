#include "report/story.h"

/* Each figure goes into the report with the same content as one sentence, for readers who do not
 * see it. */

typedef struct {
    const Story *story;
    GString *text;
} Parts;

static Parts parts_new(const Story *story)
{
    return (Parts){ story, g_string_new(NULL) };
}

/* Takes the item. */
static void add_part(Parts *parts, char *item)
{
    g_string_append_printf(parts->text, "%s%s",
                           parts->text->len ? story_word(parts->story, "between_parts") : "", item);
    g_free(item);
}

/* The whole sentence `key`, with the items as {list}. */
static char *sentence(Parts *parts, const char *key)
{
    g_autofree char *list = g_string_free(parts->text, FALSE);

    parts->text = NULL;
    return STORY_FILL(parts->story, key, "list", list);
}

static void add_figure(Story *story, Figure *figure, const char *alt)
{
    blocks_figure(story->blocks, figure);
    blocks_describe(story->blocks, alt);
}

void story_add_ladder(Story *story, Ladder *ladder)
{
    Parts parts = parts_new(story);
    g_autofree char *alt = NULL;

    for (guint i = 0; i < ladder->steps->len; i++) {
        const Step *step = &g_array_index(ladder->steps, Step, i);

        add_part(&parts, STORY_FILL(story, "alt_step", "level", step->title, "state", step->state,
                                    "count", step->count));
    }
    alt = sentence(&parts, "alt_ladder");
    add_figure(story, &ladder->figure, alt);
}

void story_add_tiles(Story *story, Tiles *tiles)
{
    Parts parts = parts_new(story);
    g_autofree char *alt = NULL;

    for (guint i = 0; i < tiles->tiles->len; i++) {
        const Tile *tile = &g_array_index(tiles->tiles, Tile, i);

        add_part(&parts, STORY_FILL(story, "alt_tile", "value", tile->value, "label", tile->label));
    }
    alt = sentence(&parts, "alt_tiles");
    add_figure(story, &tiles->figure, alt);
}

static char *axis_words(const Story *story, const Axis *axis)
{
    const char *status = axis->mark.kind == MARK_UNMET     ? story_status(story, STATUS_UNMET)
                         : axis->mark.kind == MARK_UNKNOWN ? story_status(story, STATUS_UNKNOWN)
                                                           : NULL;

    return STORY_FILL(story, status ? "alt_axis_status" : "alt_axis", "dimension", axis->title,
                      "score", axis->value, "answered", axis->detail, "status",
                      status ? status : "");
}

void story_add_radar(Story *story, Radar *radar)
{
    Parts parts = parts_new(story);
    g_autofree char *alt = NULL;

    for (guint i = 0; i < radar->axes->len; i++)
        add_part(&parts, axis_words(story, &g_array_index(radar->axes, Axis, i)));
    alt = sentence(&parts, "alt_radar");
    add_figure(story, &radar->figure, alt);
}

void story_add_scenes(Story *story, SceneGrid *grid)
{
    Parts parts = parts_new(story);
    g_autofree char *list = NULL, *alt = NULL;

    for (guint i = 0; i < grid->scenes->len; i++) {
        const Scene *scene = &g_array_index(grid->scenes, Scene, i);

        add_part(&parts, STORY_FILL(story, "alt_scene", "number", scene->number, "scene",
                                    scene->title, "state", scene->state));
    }
    list = sentence(&parts, "alt_scenes");
    alt = *grid->title
              ? STORY_FILL(story, "alt_scenes_of_link", "link", grid->title, "scenes", list)
              : g_strdup(list);
    add_figure(story, &grid->figure, alt);
}

/* What a cover says. */
static char *cover_words(const Story *story, const Cover *cover)
{
    Parts parts = parts_new(story);
    g_autofree char *facts = NULL, *alt = NULL;

    add_part(&parts,
             STORY_FILL(story, "alt_fact", "label", cover->verdict_label, "value", cover->verdict));
    for (guint i = 0; i < COVER_FACTS_LIMIT; i++)
        if (cover->facts[i].label)
            add_part(&parts, STORY_FILL(story, "alt_fact", "label", cover->facts[i].label, "value",
                                        cover->facts[i].value));
    facts = sentence(&parts, "alt_facts");
    return STORY_FILL(story, "alt_cover", "kind", cover->kind, "company", cover->company, "rubric",
                      cover->lines[0], "facts", facts, "reason", cover->reason);
}

void story_add_cover(Story *story, Cover *cover)
{
    g_autofree char *alt = cover_words(story, cover);

    blocks_cover(story->blocks, &cover->figure);
    blocks_describe(story->blocks, alt);
}

void story_add_masthead(Story *story, Cover *cover)
{
    g_autofree char *alt = cover_words(story, cover);

    add_figure(story, &cover->figure, alt);
}
