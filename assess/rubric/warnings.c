/* What a rubric's author can hardly have meant, and what whoever relies on it should know: told by
 * `assess check` alone, for grading needs none of it. */
#include <string.h>

#include "base/text.h"
#include "rubric/rubric.h"
#include "rubric/schema.h"

typedef struct {
    const Rubric *rubric;
    const Ini *ini;
    Findings *findings;
    const char *const *languages; /* of the translations */
    const char *const *odd;       /* languages of some texts only: slips */
} Review;

static Finding *warn(const Review *review, const Place *place, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static Finding *warn(const Review *review, const Place *place, const char *format, ...)
{
    g_autofree char *message = NULL;
    va_list arguments;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return findings_add(review->findings, SEVERITY_WARNING, place, "%s", message);
}

/* Where an id stands in a list of the section; the section's name if it is not there. */
static Place listed_place(const Review *review, const IniSection *section, const char *key,
                          const char *id)
{
    const IniEntry *listed = ini_entry(section, key);
    g_autoptr(GArray) offsets = NULL;
    g_auto(GStrv) ids = listed ? ini_list(listed, &offsets) : NULL;

    for (guint i = 0; ids && ids[i]; i++) {
        Place place;

        if (!g_str_equal(ids[i], id))
            continue;
        place = ini_place(review->ini, listed, g_array_index(offsets, gsize, i));
        place.width = (guint)strlen(id);
        return place;
    }
    return ini_name_place(review->ini, section);
}

/* The name in the head of a section; where there is none, the place of the id in `list` of
 * [rubric].
 */
static Place named_place(const Review *review, const char *kind, const char *id, const char *list)
{
    const IniSection *section = ini_section(review->ini, kind, id);

    return section ? ini_name_place(review->ini, section)
                   : listed_place(review, ini_section(review->ini, "rubric", NULL), list, id);
}

/* ---- translations ---- */

/* Whether a text differs from language to language: not "I.5", "GB/T 39116" or "60 %". */
static gboolean has_words(const char *text)
{
    guint letters = 0;
    gboolean is_lower = FALSE;

    for (; *text; text++) {
        if ((guchar)*text >= 0x80)
            return TRUE;
        letters = g_ascii_isalpha(*text) ? letters + 1 : 0;
        is_lower = letters > 0 && (is_lower || g_ascii_islower(*text));
        if (letters >= 3 && is_lower)
            return TRUE;
    }
    return FALSE;
}

/* Whether people read this text, in their language. */
static gboolean is_translated(const SchemaSection *schema, const IniEntry *entry)
{
    static const char *const own_kinds[] = { "case", "same_as", NULL };
    static const char *const own_keys[] = { "unit", "currency", NULL };
    const SchemaKey *key = schema_key(schema, entry->key);

    return key && key->type == VALUE_TEXT && !g_strv_contains(own_kinds, schema->kind) &&
           !g_strv_contains(own_keys, entry->key);
}

static const IniEntry *entry_in(const IniSection *section, const char *key, const char *language)
{
    for (guint i = 0; i < section->entries->len; i++) {
        const IniEntry *entry = g_ptr_array_index(section->entries, i);

        if (g_str_equal(entry->key, key) && g_strcmp0(entry->language, language) == 0)
            return entry;
    }
    return NULL;
}

/* Whether a text is translated into a language that is no other's: a slip, told there. */
static gboolean has_odd_translation(const Review *review, const IniSection *section,
                                    const char *key)
{
    for (guint i = 0; review->odd[i]; i++)
        if (entry_in(section, key, review->odd[i]))
            return TRUE;
    return FALSE;
}

static void review_translation(const Review *review, const IniSection *section,
                               const IniEntry *entry, const char *language)
{
    const IniEntry *other = entry_in(section, entry->key, language);
    const Place place = ini_key_place(review->ini, entry);

    if (!other && has_words(entry->value) && !has_odd_translation(review, section, entry->key))
        warn(review, &place, "\"%s\" has no translation \"%s[%s]\"", entry->key, entry->key,
             language);
    else if (other && other->file != entry->file && entry->file == review->ini->path)
        finding_hint(
            warn(review, &place, "\"%s\" is replaced here, its translation is not", entry->key),
            "\"%s[%s]\" still comes from line %u of %s", entry->key, language, other->line,
            other->file);
}

static void review_text(const Review *review, const SchemaSection *schema,
                        const IniSection *section, const IniEntry *entry)
{
    if (!is_translated(schema, entry) || entry->is_broken)
        return;
    if (entry->language) {
        const Place place = ini_key_place(review->ini, entry);

        if (g_strv_contains(review->odd, entry->language))
            finding_hint(warn(review, &place, "few texts are in the language of \"%s[%s]\"",
                              entry->key, entry->language),
                         "most translations are \"[%s]\"", review->languages[0]);
        else if (!entry_in(section, entry->key, NULL))
            warn(review, &place, "\"%s[%s]\" translates nothing: there is no \"%s\"", entry->key,
                 entry->language, entry->key);
        return;
    }
    for (guint i = 0; *entry->value && review->languages[i]; i++)
        review_translation(review, section, entry, review->languages[i]);
}

/* Whether a fault of the section may be the reason why one of its texts is missing. */
static gboolean is_faulty(const Review *review, const IniSection *section)
{
    if (section->is_torn || section->is_broken)
        return TRUE;
    return section->name ? rubric_is_doubtful(review->rubric, section->name, NAME_NONE)
                         : review->rubric->doubts != NULL;
}

static void review_texts(const Review *review)
{
    for (guint i = 0; i < review->ini->sections->len; i++) {
        const IniSection *section = g_ptr_array_index(review->ini->sections, i);
        const SchemaSection *schema = schema_section(section->kind);

        if (!schema || is_faulty(review, section))
            continue;
        for (guint j = 0; j < section->entries->len; j++)
            review_text(review, schema, section, g_ptr_array_index(section->entries, j));
    }
}

/* ---- options ---- */

static gboolean any_has_title(const GArray *options)
{
    for (guint i = 0; i < options->len; i++)
        if (localized_is_set(&g_array_index(options, Option, i).title))
            return TRUE;
    return FALSE;
}

/* Options without a title are shown by their ids: meant, perhaps, where none has one and all is in
 * one language. */
static void review_option_titles(const Review *review, const IniSection *section,
                                 const GArray *options)
{
    if (!*review->languages && !any_has_title(options))
        return;
    for (guint i = 0; i < options->len; i++) {
        const Option *option = &g_array_index(options, Option, i);
        const Place place = listed_place(review, section, "options", option->id);

        if (!localized_is_set(&option->title))
            finding_hint(warn(review, &place, "option \"%s\" of \"%s\" has no title", option->id,
                              section->name),
                         "add \"title.%s\"", option->id);
    }
}

/* Two options that people read as one, in `language` (NULL: in none). */
static gboolean review_twins(const Review *review, const IniSection *section, const GArray *options,
                             const char *language)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < options->len; i++) {
        const Option *option = &g_array_index(options, Option, i);
        const char *title = localized_or(&option->title, language, option->id);
        char *folded = text_fold(title);
        const Option *twin = g_hash_table_lookup(seen, folded);
        Place place;

        if (!twin) {
            g_hash_table_insert(seen, folded, (gpointer)option);
            continue;
        }
        g_free(folded);
        place = listed_place(review, section, "options", option->id);
        warn(review, &place, "options \"%s\" and \"%s\" of \"%s\" have the same title \"%s\"",
             twin->id, option->id, section->name, title);
        return TRUE;
    }
    return FALSE;
}

static void review_options(const Review *review, const IniSection *section, const GArray *options)
{
    gboolean is_told;

    if (!section || !options || options->len == 0)
        return;
    if (ini_entry(section, "options") &&
        !rubric_is_doubtful(review->rubric, section->name, NAME_NONE))
        review_option_titles(review, section, options);
    is_told = review_twins(review, section, options, NULL);
    for (guint i = 0; !is_told && review->languages[i]; i++)
        is_told = review_twins(review, section, options, review->languages[i]);
}

/* Options of questions that take a scale, or a group's, as they are were reviewed there. */
static gboolean has_own_options(const Question *question)
{
    for (guint i = 0; i < question->section->entries->len; i++) {
        const IniEntry *entry = g_ptr_array_index(question->section->entries, i);

        if (g_str_equal(entry->key, "options") || g_str_has_prefix(entry->key, "title."))
            return TRUE;
    }
    return FALSE;
}

static void review_all_options(const Review *review)
{
    const Rubric *rubric = review->rubric;

    for (guint i = 0; i < rubric->scales->len; i++) {
        const Scale *scale = &g_array_index(rubric->scales, Scale, i);

        review_options(review, ini_section(review->ini, "scale", scale->id), scale->options);
    }
    for (guint i = 0; i < rubric->questions->len; i++) {
        const Question *question = RUBRIC_QUESTION(rubric, i);

        if (has_own_options(question))
            review_options(review, question->section, question->options);
    }
}

/* ---- texts that are missing ---- */

static void review_naming(const Review *review, const char *kind, const char *id, const char *list,
                          const Localized *text, const char *key)
{
    const IniSection *section = ini_section(review->ini, kind, id);
    Place place;

    if (localized_is_set(text) ||
        (section ? is_faulty(review, section) : review->rubric->doubts != NULL))
        return;
    place = named_place(review, kind, id, list);
    warn(review, &place, "%s \"%s\" has no \"%s\": people read its id", kind, id, key);
}

static void review_names(const Review *review)
{
    const Rubric *rubric = review->rubric;

    for (guint i = 0; i < rubric->levels->len; i++)
        review_naming(review, "level", RUBRIC_LEVEL(rubric, i)->id, "levels",
                      &RUBRIC_LEVEL(rubric, i)->title, "title");
    for (guint i = 0; i < rubric->dimensions->len; i++)
        review_naming(review, "dimension", RUBRIC_DIMENSION(rubric, i)->id, "dimensions",
                      &RUBRIC_DIMENSION(rubric, i)->title, "title");
    for (guint i = 0; i < rubric->n_questions; i++)
        review_naming(review, "question", RUBRIC_QUESTION(rubric, i)->id, NULL,
                      &RUBRIC_QUESTION(rubric, i)->ask, "ask");
    for (guint i = 0; i < rubric->requirements->len; i++)
        review_naming(review, "requirement", RUBRIC_REQUIREMENT(rubric, i)->id, NULL,
                      &RUBRIC_REQUIREMENT(rubric, i)->title, "title");
    for (guint i = 0; i < rubric->contradictions->len; i++)
        review_naming(review, "contradiction", RUBRIC_CONTRADICTION(rubric, i)->id, NULL,
                      &RUBRIC_CONTRADICTION(rubric, i)->title, "title");
}

/* ---- what is there for nothing ---- */

static gboolean has_questions(const Rubric *rubric, const Dimension *dimension)
{
    gboolean has = dimension->questions->len > 0;

    for (guint i = 0; !has && i < dimension->children->len; i++)
        has = has_questions(rubric,
                            RUBRIC_DIMENSION(rubric, g_array_index(dimension->children, int, i)));
    return has;
}

static gboolean is_scale_used(const Rubric *rubric, int scale)
{
    for (guint i = 0; i < rubric->questions->len; i++)
        if (RUBRIC_QUESTION(rubric, i)->scale == scale)
            return TRUE;
    return FALSE;
}

static void warn_unused(const Review *review, const char *kind, const char *id, const char *how)
{
    const Place place = named_place(review, kind, id, "dimensions");

    warn(review, &place, "%s \"%s\" %s", kind, id, how);
}

static void review_use(const Review *review)
{
    const Rubric *rubric = review->rubric;

    for (guint i = 0; i < rubric->scales->len; i++)
        if (!is_scale_used(rubric, (int)i))
            warn_unused(review, "scale", g_array_index(rubric->scales, Scale, i).id,
                        "is used by no question");
    for (guint i = 0; i < rubric->groups->len; i++)
        if (RUBRIC_GROUP(rubric, i)->questions->len == 0)
            warn_unused(review, "group", RUBRIC_GROUP(rubric, i)->id, "has no questions");
    for (guint i = 0; i < rubric->dimensions->len; i++)
        if (!has_questions(rubric, RUBRIC_DIMENSION(rubric, i)))
            warn_unused(review, "dimension", RUBRIC_DIMENSION(rubric, i)->id, "has no questions");
}

static gboolean changes_something(const Rubric *rubric, const Profile *profile)
{
    for (guint i = 0; i < profile->weights->len; i++) {
        const WeightChange *change = &g_array_index(profile->weights, WeightChange, i);
        const Rational weight = change->is_dimension
                                    ? RUBRIC_DIMENSION(rubric, change->target)->weight
                                    : RUBRIC_QUESTION(rubric, change->target)->weight;

        if (rational_compare(weight, change->weight) != 0)
            return TRUE;
    }
    for (guint i = 0; i < rubric->requirements->len; i++) {
        char **profiles = RUBRIC_REQUIREMENT(rubric, i)->profiles;

        if (profiles && g_strv_contains((const char *const *)profiles, profile->id))
            return TRUE;
    }
    return profile->skips->len > 0;
}

static void review_profiles(const Review *review)
{
    for (guint i = 0; i < review->rubric->profiles->len; i++) {
        const Profile *profile = RUBRIC_PROFILE(review->rubric, i);

        if (!changes_something(review->rubric, profile))
            warn_unused(review, "profile", profile->id, "changes nothing");
    }
}

/* ---- what is not confirmed ---- */

static void note_unconfirmed(const Review *review, const IniSection *section)
{
    const IniEntry *entry = ini_entry(section, "confirmed");
    const char *note = ini_value(section, "note");
    Place place;

    if (!entry || !g_str_equal(entry->value, "no") || !note)
        return;
    place = ini_key_place(review->ini, entry);
    if (section->name)
        findings_add(review->findings, SEVERITY_NOTE, &place, "%s \"%s\" is not confirmed: %s",
                     section->kind, section->name, note);
    else
        findings_add(review->findings, SEVERITY_NOTE, &place, "the rubric is not confirmed: %s",
                     note);
}

/* ---- languages ---- */

static guint texts_in(const Ini *ini, const char *language)
{
    guint n = 0;

    for (guint i = 0; i < ini->sections->len; i++) {
        const GPtrArray *entries =
            ((const IniSection *)g_ptr_array_index(ini->sections, i))->entries;

        for (guint j = 0; j < entries->len; j++)
            n += g_strcmp0(((const IniEntry *)g_ptr_array_index(entries, j))->language, language) ==
                 0;
    }
    return n;
}

/* Move those languages into `odd` that have less than half of the texts of the commonest one. Both
 * are lists with an end, `odd` with room. */
static void set_apart(const Ini *ini, const char **languages, const char **odd)
{
    guint most = 0, kept = 0, n_odd = 0;

    for (guint i = 0; languages[i]; i++)
        most = MAX(most, texts_in(ini, languages[i]));
    for (guint i = 0; languages[i]; i++) {
        if (texts_in(ini, languages[i]) * 2 < most)
            odd[n_odd++] = languages[i];
        else
            languages[kept++] = languages[i];
    }
    languages[kept] = NULL;
}

void rubric_warnings(const Rubric *rubric, Findings *findings)
{
    g_autofree const char **languages = rubric_languages(rubric);
    g_autofree const char **odd =
        g_new0(const char *, g_strv_length((char **)(gpointer)languages) + 1);
    const Review review = { rubric, rubric->ini, findings, languages, odd };

    set_apart(rubric->ini, languages, odd);
    if (!rubric->ini->is_mended) { /* else texts are not what they were */
        review_texts(&review);
        review_all_options(&review);
        review_names(&review);
    }
    if (!rubric->doubts) { /* a fault may be what keeps a thing from being used */
        review_use(&review);
        review_profiles(&review);
    }
    for (guint i = 0; i < rubric->ini->sections->len; i++)
        note_unconfirmed(&review, g_ptr_array_index(rubric->ini->sections, i));
}
