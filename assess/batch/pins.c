#include "batch/pins.h"

#include <string.h>

#include "base/date.h"

#define KEY_MORE "more" /* options of what is made beside the results */

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
    set_text(&more, KEY_MORE, order->more);
    set_text(&more, "template_sha256", order->template_sha256);
    set_text(&more, "cohort_template_sha256", order->cohort_template_sha256);
}

/* ---- comparing ---- */

/* What a key is called where a difference is told: options by their names. */
static const struct {
    const char *key, *name;
} NAMES[] = {
    { "size", "size of the survey" }, { "profile", "--profile" },
    { "strict", "--strict" },         { "delimiter", "--delimiter" },
    { "map", "mapping file" },        { "duplicates", "--duplicates" },
    { "bom", "byte order mark" },     { "min_group", "--min-group" },
    { "shards", "number of shards" }, { "shard", "--shard" },
    { "where", "--where" },
};

/* The file that a key holds by its content, or NULL. */
static const char *file_of(const char *key)
{
    for (guint i = 0; i < G_N_ELEMENTS(CONTENTS); i++)
        if (strcmp(CONTENTS[i].key, key) == 0)
            return CONTENTS[i].name;
    return NULL;
}

static const char *name_of(const char *key)
{
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (strcmp(NAMES[i].key, key) == 0)
            return NAMES[i].name;
    return file_of(key) ? file_of(key) : key;
}

/* In quotes, on one line; "none" for nothing. Free with g_free(). */
static char *told(const char *value)
{
    g_auto(GStrv) lines = g_strsplit(value, "\n", -1);
    g_autofree char *line = g_strjoinv(", ", lines);

    return *value == '\0' || strcmp(value, "0") == 0 ? g_strdup("none")
                                                     : g_strdup_printf("\"%s\"", line);
}

static char *differs(const char *name, const char *was, const char *is)
{
    g_autofree char *there = told(was), *here = told(is);

    return g_strdup_printf("%s is %s, not %s", name, there, here);
}

/* The value of an option in a text of several, "yes" for one that takes none, "" if it is not
 * there. Free with g_free(). */
static char *value_of(char *const *options, const char *name)
{
    for (char *const *at = options; *at; at++)
        if (g_str_has_prefix(*at, name) && strchr(" ", (*at)[strlen(name)]))
            return g_strdup((*at)[strlen(name)] == ' ' ? *at + strlen(name) + 1 : "yes");
    return g_strdup("");
}

/* The first option that only one of two texts of options has, or has otherwise. */
static char *option_difference(const char *was, const char *is)
{
    g_autofree char *one = g_strconcat(" ", was, NULL), *other = g_strconcat(" ", is, NULL);
    g_auto(GStrv) there = g_strsplit(one, " --", -1), here = g_strsplit(other, " --", -1);
    char **const both[] = { there, here };

    for (guint i = 0; i < G_N_ELEMENTS(both); i++)
        for (char **at = both[i]; *at; at++) {
            g_autofree char *name = g_strndup(*at, strcspn(*at, " "));
            g_autofree char *full = g_strconcat("--", name, NULL);
            g_autofree char *before = value_of(there, name), *now = value_of(here, name);

            if (*name != '\0' && strcmp(before, now) != 0)
                return differs(full, before, now);
        }
    return differs("list of other files", was, is);
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
    const char *was = one ? one : "", *is = other ? other : "";

    if (!key)
        return NULL;
    if (strcmp(key, KEY_MORE) == 0)
        return option_difference(was, is);
    if (!file_of(key) || *was == '\0' || *is == '\0')
        return differs(name_of(key), was, is);
    skip_same(&was, &is);
    return g_strdup_printf("%s has another content (SHA-256 %.*s, not %.*s)", file_of(key),
                           SHORT_HASH, was, SHORT_HASH, is);
}
