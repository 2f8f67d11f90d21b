/* loading.h - a rubric while it is read: what the readers of its parts share. Every part reads its
 * own sections and tells every fault once; a fault that follows from another one already told is
 * not told again. */
#pragma once

#include "rubric/rubric.h"
#include "rubric/schema.h"

typedef struct {
    Rubric *rubric;
    Ini *ini;
    Findings *findings;
    GHashTable *sections; /* id -> const IniSection *: of all names of the shared namespace; NULL in
                             `levels` only */
    GHashTable *doubtful; /* set of char *: names whose section has a fault; nobody complains that
                             they are unknown */
    GHashTable *told;     /* set of "entry:offset": faults of values that were told */
    GHashTable *unknown;  /* char * -> Unknown *: names told as unknown, once each */
    GPtrArray *guesses;   /* of const char *: names from heads that have a fault */
    gboolean has_lost_name;      /* of a section; it may be any that seems to be unknown */
    gboolean has_lost_dimension; /* beyond the limit, which was told */
    gboolean levels_in_doubt, dimensions_in_doubt; /* their lists could not be read */
    gboolean scores_are_free;                      /* scores may leave 0..1 */
} Loading;

/* An empty rubric on a text, which it takes. */
Rubric *rubric_new(Ini *ini);

/* No Inheritance yet. */
GArray *inheritances_new(void);

/* ---- telling: reading.c ---- */

/* A fault of `length` bytes at `offset` of a value (0: the whole of it). NULL if one was told there
 * before. */
Finding *value_fault(Loading *loading, const IniEntry *entry, gsize offset, gsize length,
                     const char *format, ...) G_GNUC_PRINTF(5, 6);
/* A fault of a key (NULL if one was told), of the name in a section's head. All of them give NULL
 * once INI_FAULTS_LIMIT is passed. */
Finding *key_fault(Loading *loading, const IniEntry *entry, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
Finding *name_fault(Loading *loading, const IniSection *section, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* Hints take NULL for a finding, too. */
void hint_text(Finding *finding, const char *hint);
void hint_nearest(Finding *finding, const char *word, GPtrArray *candidates);

/* ---- values: reading.c ---- */

/* Whether a key may be missing only because a line could not be read. */
gboolean in_doubt(const IniSection *section);
/* The same for one key that is not there: it may also stand under a misspelt name, told already. */
gboolean is_hidden(const IniSection *section, const char *key);
/* Readers of one value: FALSE (and nothing told) if there is none or it has a fault. */
gboolean read_number(const IniEntry *entry, Rational *value);
gboolean read_ratio(const IniEntry *entry, Rational *value);
gboolean read_yes(const IniEntry *entry);
gboolean read_no(const IniEntry *entry);
/* Index in `words`, or `otherwise`. */
int read_word(const IniEntry *entry, const char *const *words, int otherwise);
/* All translations of a key. */
void read_text(const IniSection *section, const char *key, Localized *text);
/* Trimmed copy of a value, NULL if there is none or it is empty. Free with g_free(). */
char *read_string(const IniEntry *entry);
/* The first section of `sections` (NULL-terminated) that has the key, in any language. */
const IniSection *section_with(const IniSection *const *sections, const char *key);

/* The index that a value names; NOWHERE if there is no entry or after a fault. */
int read_reference(Loading *loading, const IniEntry *entry, NameKind kind);
/* The same for one item of a list. */
int find_reference(Loading *loading, const IniEntry *entry, const char *id, gsize offset,
                   NameKind kind);
/* Indices of a list of names, those that are unknown left out. */
GArray *read_references(Loading *loading, const IniEntry *entry, NameKind kind);
/* The ids of sections of a kind that are outside the shared namespace (profiles, actions); unknown
 * ones are told. */
char **read_names(Loading *loading, const IniEntry *entry, const char *kind);
/* "a question", "a dimension": for messages. */
const char *name_kind_name(NameKind kind);

/* Whether nobody complains that `id` is unknown: a fault hides it, or it was told elsewhere; then
 * the line of `entry` goes into the hint of that finding. */
gboolean unknown_is_excused(Loading *loading, const IniEntry *entry, gsize offset, const char *id);
/* Whether what `key` stands for was told before: then `line` goes into the hint of that finding. */
gboolean is_told_before(Loading *loading, const char *key, guint line);
/* Tell of a question that its section, or its groups, lack a key: once for all questions of the
 * same first group. */
void missing_default(Loading *loading, const Question *question, const char *key,
                     const char *message, const char *hint);
/* Remember that what `key` stands for was told by `finding` (may be NULL). */
void remember_told(Loading *loading, const char *key, Finding *finding);
/* Remember that `id` was told as unknown by `finding` (may be NULL), and hint at the candidate that
 * was most likely meant. */
void unknown_tell(Loading *loading, Finding *finding, const char *id, GPtrArray *candidates);
/* Once all is read: complete the hints of names that are unknown in several places. */
void unknown_close(Loading *loading);
void unknown_free(gpointer unknown);

/* Enter an id into the shared namespace; told if it is no id, reserved or taken. */
void name_define(Loading *loading, const IniSection *section, NameKind kind, guint index);

/* ---- the parts, in the order in which they are read ---- */

/* checking.c: kinds, keys and the form of every value against the schema, and what is missing; the
 * same without what is missing, for a text of which only a part is known. */
void check_sections(Loading *loading);
void check_form(Loading *loading);
/* Once all has been told: which names a fault makes doubtful. */
Doubts *doubts_new(Loading *loading);
/* structure.c */
void load_head(Loading *loading);
void load_levels(Loading *loading);
void load_dimensions(Loading *loading);
void load_groups(Loading *loading);
/* Once all names are known: parents, cycles, dimensions with children and questions. */
void link_dimensions(Loading *loading);
void link_groups(Loading *loading);
/* options.c */
void load_scales(Loading *loading);
/* Where a question's keys stand: its own section, then those of its groups; NULL-terminated. */
void load_options(Loading *loading, Question *question, const IniSection *const *sources);
void check_group_options(Loading *loading, const IniSection *section);
void check_option_titles(Loading *loading, const IniSection *section, const GArray *options);
Option *option_copy(const Option *from, Option *to);
GArray *options_new(void);
/* questions.c */
void name_questions(Loading *loading);
void load_questions(Loading *loading);
/* A fault was told that leaves its type or options unknown. */
void question_in_doubt(Loading *loading, const Question *question);
/* requirements.c */
void name_requirements(Loading *loading);
void load_requirements(Loading *loading);
/* contradictions.c */
void load_contradictions(Loading *loading);
/* profiles.c */
void load_profiles(Loading *loading);
/* weights.c: once all is read, if nothing is wrong with it. */
void check_weights(Loading *loading);
/* actions.c */
void load_actions(Loading *loading);
/* cases.c */
void load_cases(Loading *loading);
/* Tell the keys of a case or `same_as` that are neither words of the schema nor questions. */
void check_question_keys(Loading *loading, const IniSection *section);
/* same_as.c */
void load_same_as(Loading *loading);

/* Every section of a kind, in the order of the file. */
#define FOR_SECTIONS(ini, section, wanted)                                                 \
    for (guint section##_at = 0; section##_at < (ini)->sections->len; section##_at++)      \
        for (const IniSection *section = g_ptr_array_index((ini)->sections, section##_at); \
             section; section = NULL)                                                      \
            if (g_str_equal(section->kind, wanted))
