#include "cohort/pins.h"

#include <string.h>

#include "base/date.h"

enum {
    HEAD_OF_PINS = 65536, /* bytes of the text that tell one survey from another */
    SHORT_HASH = 12       /* characters of a hash that are told */
};

/* Keys that hold a file by its content, and what the file is called. */
static const struct {
    const char *key, *name;
} CONTENTS[] = {
    { "begins_sha256", "survey" },     { "rubric_sha256", "rubric" },
    { "layout_sha256", "layout" },     { "map_sha256", "mapping file" },
    { "template_sha256", "template" }, { "cohort_template_sha256", "template of cohorts" },
};

/* ---- setting ---- */

typedef struct {
    Journal *journal;
    const char *group;
} Pins;

static void set_number(const Pins *pins, const char *key, guint64 number)
{
    journal_set_number(pins->journal, pins->group, key, number);
}

static void set_text(const Pins *pins, const char *key, const char *text)
{
    journal_set_text(pins->journal, pins->group, key, text);
}

/* What the reading rests on. */
static void pin_reading(const Pins *pins, const BatchOrder *order, const Survey *survey)
{
    g_autofree char *map = order->survey.map ? g_path_get_basename(order->survey.map) : NULL;
    const char delimiter[] = { order->survey.delimiter, '\0' };

    set_text(pins, "encoding", survey_encoding(survey));
    set_text(pins, "delimiter", delimiter);
    set_text(pins, "layout", survey_layout(survey)->id);
    set_text(pins, "layout_sha256", survey_layout(survey)->sha256);
    set_text(pins, "map", map);
    set_text(pins, "map_sha256", survey_map_hash(survey));
}

/* What the results rest on, in the order in which a difference is told. */
static void pin_order(const Pins *pins, const BatchOrder *order, const Survey *survey)
{
    const Rubric *rubric = order->plan->rubric;
    g_autofree char *name = g_strconcat(rubric->id, "@", rubric->edition, NULL);
    g_autofree char *rubric_hashes = ini_hashes(rubric->ini);
    g_autofree char *date = date_text(order->date);
    int profile = order->plan->profile;

    set_text(pins, "program", ASSESS_VERSION);
    set_text(pins, "rubric", name);
    set_text(pins, "rubric_sha256", rubric_hashes);
    set_text(pins, "profile", profile == NOWHERE ? "" : RUBRIC_PROFILE(rubric, profile)->id);
    set_text(pins, "date", date);
    set_text(pins, "strict", order->strict ? "yes" : "no");
    pin_reading(pins, order, survey);
    set_text(pins, "duplicates", duplicates_name(order->duplicates));
    set_text(pins, "bom", order->has_mark ? "yes" : "no");
    set_number(pins, "min_group", order->min_group);
    set_number(pins, "shards", order->shards);
    set_number(pins, "shard", order->shard);
    set_text(pins, "where", order->where);
}

/* A path from wherever it is read; NULL for NULL. Free with g_free(). */
static char *path_of(const char *path)
{
    return path ? g_canonicalize_filename(path, NULL) : NULL;
}

/* The file that the user named, and how it is read. */
static void pin_places(const Pins *pins, const BatchOrder *order, const Survey *survey)
{
    const char *origin = order->origin ? order->origin : order->input;
    const SurveyOptions *reading = order->origin ? &order->origin_survey : &order->survey;
    const char delimiter[] = { reading->delimiter, '\0' };
    g_autofree char *input = strcmp(origin, "-") == 0 ? g_strdup("-") : path_of(origin);
    g_autofree char *rubric = path_of(order->rubric);
    g_autofree char *map = path_of(order->survey.map);

    set_text(pins, "survey", input);
    set_text(pins, "encoding", order->origin ? reading->encoding : survey_encoding(survey));
    set_text(pins, "delimiter", delimiter);
    set_text(pins, "rubric", rubric);
    set_text(pins, "layout", order->layout);
    set_text(pins, "map", map);
}

void pins_set(Journal *journal, const BatchOrder *order, const Survey *survey, const char *name,
              const char *head, gsize size, guint64 survey_size)
{
    const Pins run = { journal, GROUP_RUN }, more = { journal, GROUP_MORE },
               places = { journal, GROUP_PLACE };
    g_autofree char *sha256 =
        g_compute_checksum_for_string(G_CHECKSUM_SHA256, head, (gssize)MIN(size, HEAD_OF_PINS));

    set_text(&run, "survey", name);
    set_number(&run, "size", survey_size);
    set_text(&run, "begins_sha256", sha256);
    pin_order(&run, order, survey);
    pin_places(&places, order, survey);
    if (!order->more)
        return;
    set_text(&more, "more", order->more);
    set_text(&more, "template_sha256", order->template_sha256);
    set_text(&more, "cohort_template_sha256", order->cohort_template_sha256);
}

/* ---- comparing ---- */

/* The file that a key holds by its content, or NULL. */
static const char *file_of(const char *key)
{
    for (guint i = 0; i < G_N_ELEMENTS(CONTENTS); i++)
        if (strcmp(CONTENTS[i].key, key) == 0)
            return CONTENTS[i].name;
    return NULL;
}

/* Go to the first file of two lists of hashes that is another one. */
static void skip_same(const char **one, const char **other)
{
    gsize file = 0;

    for (gsize i = 0; (*one)[i] != '\0' && (*one)[i] == (*other)[i]; i++)
        if ((*one)[i] == ',')
            file = i + 1;
    *one += file;
    *other += file;
}

char *pins_difference(const Journal *there, const Journal *here, const char *group)
{
    g_autofree char *key = journal_difference(here, there, group);
    g_autofree char *one = key ? journal_text(there, group, key) : NULL;
    g_autofree char *other = key ? journal_text(here, group, key) : NULL;
    const char *file = key ? file_of(key) : NULL;
    const char *was = one ? one : "", *is = other ? other : "";

    if (!key)
        return NULL;
    if (!file || *was == '\0' || *is == '\0')
        return g_strdup_printf("%s is \"%s\", not \"%s\"", file ? file : key, was, is);
    skip_same(&was, &is);
    return g_strdup_printf("%s has another content (SHA-256 %.*s, not %.*s)", file, SHORT_HASH, was,
                           SHORT_HASH, is);
}
