/* Options: of scales, and of questions, whether their own or a scale's. */
#include <string.h>

#include "base/text.h"
#include "rubric/loading.h"

static void option_clear(void *option)
{
    g_free(((Option *)option)->id);
    localized_clear(&((Option *)option)->title);
}

GArray *options_new(void)
{
    GArray *options = g_array_new(FALSE, TRUE, sizeof(Option));

    g_array_set_clear_func(options, option_clear);
    return options;
}

static void text_copy(const Localized *from, Localized *to)
{
    GHashTableIter iter;
    gpointer language, text;

    if (from->plain)
        localized_set(to, NULL, from->plain);
    if (!from->translated)
        return;
    g_hash_table_iter_init(&iter, from->translated);
    while (g_hash_table_iter_next(&iter, &language, &text))
        localized_set(to, language, text);
}

Option *option_copy(const Option *from, Option *to)
{
    to->id = g_strdup(from->id);
    to->score = from->score;
    text_copy(&from->title, &to->title);
    return to;
}

static int find_option(const GArray *options, const char *id)
{
    for (guint i = 0; i < options->len; i++)
        if (g_str_equal(g_array_index(options, Option, i).id, id))
            return (int)i;
    return NOWHERE;
}

/* ---- ids ---- */

static gboolean id_is_sound(Loading *loading, const IniEntry *entry, const char *id, gsize offset)
{
    if (!text_is_id(id))
        hint_text(value_fault(loading, entry, offset, strlen(id), "option \"%s\" is not an id", id),
                  "an id has at most 64 of a-z, 0-9 and _, a letter first; its title goes into "
                  "\"title.ID\"");
    else if (schema_is_reserved_option(id))
        value_fault(loading, entry, offset, strlen(id),
                    "option \"%s\" is reserved, it cannot be an id", id);
    else
        return TRUE;
    return FALSE;
}

static GArray *options_listed(Loading *loading, const IniEntry *entry)
{
    GArray *options = options_new();
    g_autoptr(GArray) offsets = NULL;
    g_auto(GStrv) ids = NULL;

    if (entry->is_broken || *entry->value == '\0')
        return options;
    ids = ini_list(entry, &offsets);
    for (guint i = 0; ids[i]; i++) {
        const gsize offset = g_array_index(offsets, gsize, i);
        Option option = { 0 };

        if (options->len == RUBRIC_OPTIONS_LIMIT) {
            value_fault(loading, entry, offset, strlen(ids[i]), "more than %d options",
                        RUBRIC_OPTIONS_LIMIT);
            break;
        }
        if (*ids[i] != '\0') /* told by check_sections() */
            id_is_sound(loading, entry, ids[i], offset);
        option.id = g_strdup(ids[i]);
        g_array_append_val(options, option);
    }
    return options;
}

/* ---- scores ---- */

/* Evenly from 0 to 1. */
static void score_evenly(GArray *options)
{
    for (guint i = 0; i < options->len; i++)
        g_array_index(options, Option, i).score =
            options->len > 1 ? rational_ratio(i, options->len - 1) : RATIONAL_ONE;
}

/* What is ticked is that part of the whole. */
static void score_parts(GArray *options)
{
    for (guint i = 0; i < options->len; i++)
        g_array_index(options, Option, i).score = rational_ratio(1, options->len);
}

/* The scores of `entry`, if there is one. */
static void read_scores(Loading *loading, const IniEntry *entry, GArray *options)
{
    g_autoptr(GArray) offsets = NULL;
    g_auto(GStrv) items = NULL;
    guint n;

    if (!entry || entry->is_broken || *entry->value == '\0')
        return;
    for (guint i = 0; i < options->len; i++)
        if (!text_is_id(g_array_index(options, Option, i).id))
            return; /* told: there may be more options, or less */
    items = ini_list(entry, &offsets);
    n = g_strv_length(items);
    if (n != options->len) {
        value_fault(loading, entry, 0, 0, "\"score\" has %u %s for %u options", n,
                    n == 1 ? "item" : "items", options->len);
        return;
    }
    for (guint i = 0; i < n; i++) {
        Rational *score = &g_array_index(options, Option, i).score;

        if (rational_parse(items[i], score) != DECIMAL_OK)
            continue; /* told by check_sections() */
        if (!loading->scores_are_free &&
            (rational_sign(*score) < 0 || rational_compare(*score, RATIONAL_ONE) > 0))
            hint_text(value_fault(loading, entry, g_array_index(offsets, gsize, i),
                                  strlen(items[i]), "score \"%s\" is not from 0 to 1", items[i]),
                      "only with \"score = sum\" in [rubric] may scores leave 0 to 1");
    }
}

/* ---- titles ---- */

static void read_titles(const IniSection *section, GArray *options)
{
    for (guint i = 0; i < section->entries->len; i++) {
        const IniEntry *entry = g_ptr_array_index(section->entries, i);
        int index;

        if (!g_str_has_prefix(entry->key, "title.") || *entry->value == '\0')
            continue;
        index = find_option(options, entry->key + strlen("title."));
        if (index != NOWHERE)
            localized_set(&g_array_index(options, Option, index).title, entry->language,
                          entry->value);
    }
}

/* Whether the same key stands before, in another language: one fault is enough for both. */
static gboolean is_later_language(const IniSection *section, guint index)
{
    const IniEntry *entry = g_ptr_array_index(section->entries, index);

    for (guint i = 0; i < index; i++)
        if (g_str_equal(((const IniEntry *)g_ptr_array_index(section->entries, i))->key,
                        entry->key))
            return TRUE;
    return FALSE;
}

void check_option_titles(Loading *loading, const IniSection *section, const GArray *options)
{
    if (section->is_mixed)
        return;
    for (guint i = 0; i < options->len; i++)
        if (!text_is_id(g_array_index(options, Option, i).id))
            return; /* told: a title may be meant for that one */
    for (guint i = 0; i < section->entries->len; i++) {
        const IniEntry *entry = g_ptr_array_index(section->entries, i);
        const char *id =
            g_str_has_prefix(entry->key, "title.") ? entry->key + strlen("title.") : NULL;
        g_autoptr(GPtrArray) ids = NULL;

        if (!id || find_option(options, id) != NOWHERE || is_later_language(section, i))
            continue;
        ids = g_ptr_array_new();
        for (guint j = 0; j < options->len; j++)
            g_ptr_array_add(ids, g_array_index(options, Option, j).id);
        hint_nearest(key_fault(loading, entry, "title of an unknown option \"%s\"", id), id, ids);
    }
}

/* ---- scales ---- */

void load_scales(Loading *loading)
{
    GArray *scales = loading->rubric->scales;

    FOR_SECTIONS(loading->ini, section, "scale")
    {
        const IniEntry *entry = ini_entry(section, "options");
        Scale scale = { 0 };

        name_define(loading, section, NAME_SCALE, scales->len);
        scale.id = g_strdup(section->name);
        scale.options = entry ? options_listed(loading, entry) : options_new();
        read_text(section, "title", &scale.title);
        read_text(section, "note", &scale.note);
        score_evenly(scale.options);
        if (entry && !entry->is_broken) {
            read_scores(loading, ini_entry(section, "score"), scale.options);
            read_titles(section, scale.options);
            check_option_titles(loading, section, scale.options);
        }
        g_array_append_val(scales, scale);
    }
}

/* ---- options of a question ---- */

static GArray *yes_and_no(void)
{
    static const char *const ids[] = { "no", "yes" };
    GArray *options = options_new();

    for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
        const Option option = { .id = g_strdup(ids[i]), .score = rational_int(i) };

        g_array_append_val(options, option);
    }
    return options;
}

static void copy_scale(Loading *loading, Question *question, int index)
{
    const Scale *scale = &g_array_index(loading->rubric->scales, Scale, index);
    const IniSection *section = ini_section(loading->ini, "scale", scale->id);

    question->scale = index;
    for (guint i = 0; i < scale->options->len; i++) {
        Option option = { 0 };

        option_copy(&g_array_index(scale->options, Option, i), &option);
        g_array_append_val(question->options, option);
    }
    if (question->type == QUESTION_MULTI && (!section || !ini_entry(section, "score")))
        score_parts(question->options);
}

/* The first of the sources that says what the options are; NULL if none does. */
static const IniSection *options_source(const IniSection *const *sources)
{
    for (; *sources; sources++)
        if (ini_entry(*sources, "options") || ini_entry(*sources, "scale"))
            return *sources;
    return NULL;
}

static void few_options(Loading *loading, const Question *question, const IniEntry *entry)
{
    const guint least = question->type == QUESTION_CHOICE ? 2 : 1;

    if (question->options->len < least && *entry->value && !entry->is_broken)
        value_fault(loading, entry, 0, 0, "\"%s\" has %u options, a choice needs %u", entry->key,
                    question->options->len, least);
}

/* Fill the options from the section that lists them. FALSE if they are not known. */
static gboolean fill_options(Loading *loading, Question *question, const IniSection *source)
{
    const IniEntry *listed = ini_entry(source, "options");
    const IniEntry *scale = ini_entry(source, "scale");
    int index;

    if (listed && scale) {
        hint_text(
            key_fault(loading, scale, "\"%s\" has both \"options\" and \"scale\"", source->name),
            "keep one of the two");
        return FALSE;
    }
    if (listed) {
        g_array_unref(question->options);
        question->options = options_listed(loading, listed);
        if (question->type == QUESTION_MULTI)
            score_parts(question->options);
        else
            score_evenly(question->options);
        few_options(loading, question, listed);
        return !listed->is_broken && question->options->len > 0;
    }
    index = read_reference(loading, scale, NAME_SCALE);
    if (index == NOWHERE)
        return FALSE;
    copy_scale(loading, question, index);
    return question->options->len > 0;
}

/* From the section that lists the options up to the question itself: the nearer speaks last. What
 * lies behind that section speaks of other options. */
static void read_titles_and_scores(Loading *loading, Question *question,
                                   const IniSection *const *sources, const IniSection *source)
{
    const IniEntry *scores = NULL;
    guint n = 1;

    while (sources[n - 1] != source)
        n++;
    for (guint i = n; i-- > 0;) {
        read_titles(sources[i], question->options);
        if (ini_entry(sources[i], "score"))
            scores = ini_entry(sources[i], "score");
    }
    read_scores(loading, scores, question->options);
}

void load_options(Loading *loading, Question *question, const IniSection *const *sources)
{
    const IniSection *source = options_source(sources);
    guint last = 0;

    while (sources[last + 1])
        last++;
    if (question->type == QUESTION_YESNO) {
        question->options = yes_and_no();
        source = sources[last];
    } else {
        question->options = options_new();
        if (!source) {
            gboolean is_doubtful = g_hash_table_contains(loading->doubtful, question->id) ||
                                   (!question->is_field && is_hidden(question->section, "groups"));

            for (guint i = 0; i <= last; i++)
                is_doubtful |= is_hidden(sources[i], "options") || is_hidden(sources[i], "scale");
            if (!is_doubtful) {
                g_autofree char *message = g_strdup_printf("\"%s\" has no options", question->id);

                missing_default(loading, question, "options", message,
                                "give it \"options\" or a \"scale\"");
            }
            question_in_doubt(loading, question);
            return;
        }
        if (!fill_options(loading, question, source)) {
            question_in_doubt(loading, question);
            return;
        }
    }
    check_option_titles(loading, question->section, question->options);
    read_titles_and_scores(loading, question, sources, source);
}

void check_group_options(Loading *loading, const IniSection *section)
{
    const IniEntry *listed = ini_entry(section, "options");
    const int scale = read_reference(loading, ini_entry(section, "scale"), NAME_SCALE);
    g_autoptr(GArray) own = NULL;

    if (listed && !listed->is_broken) {
        own = options_listed(loading, listed);
        read_scores(loading, ini_entry(section, "score"), own);
        check_option_titles(loading, section, own);
    } else if (!listed && scale != NOWHERE) {
        check_option_titles(loading, section,
                            g_array_index(loading->rubric->scales, Scale, scale).options);
    }
}
