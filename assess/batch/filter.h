/* filter.h - which companies of a survey are wanted: those for which FIELD=VALUE holds. Of
 * conditions on the same field one has to hold, of different fields all. Immutable, so threads may
 * share it.
 *   FIELD   a field of the rubric, or a question of type yesno or choice, by its id or wording, or
 *           "level", the level held
 *   VALUE   what a cell of that column may hold, option or level by id or title in any language,
 *           "none" for no level; nothing for what is not answered. Texts are compared after folding
 */
#pragma once

#include "intake/vocabulary.h"
#include "rules/block_grade.h"

typedef struct Filter Filter;

/* Of conditions, NULL-terminated; the vocabulary is borrowed. NULL with what is wrong with one of
 * them and what was expected (or NULL), both the caller's. Free with filter_free(). */
Filter *filter_new(const Vocabulary *vocabulary, const char *const *conditions, char **problem,
                   char **hint);
void filter_free(Filter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Filter, filter_free)

/* Whether a row that was graded is wanted. */
gboolean filter_takes(const Filter *filter, const Block *block, const Grades *grades, guint row);
