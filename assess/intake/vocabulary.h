/* vocabulary.h - the words by which a rubric's questions, fields and options may be named in
 * answers: ids and titles in any language, folded. Made once for a rubric; immutable, so threads
 * may share it. The rubric is borrowed. */
#pragma once

#include <glib.h>

#include "rubric/rubric.h"

enum { VOCABULARY_AMBIGUOUS = -2 /* a title that names more than one; an id never does */ };

typedef struct Vocabulary Vocabulary;

/* Free with vocabulary_free(). */
Vocabulary *vocabulary_new(const Rubric *rubric);
void vocabulary_free(Vocabulary *vocabulary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Vocabulary, vocabulary_free)

const Rubric *vocabulary_rubric(const Vocabulary *vocabulary);

/* Index of the question or field with this id or wording; NOWHERE or VOCABULARY_AMBIGUOUS. */
int vocabulary_question(const Vocabulary *vocabulary, const char *name);
/* Index of the option of a yesno, choice or multi question; NOWHERE or VOCABULARY_AMBIGUOUS. */
int vocabulary_option(const Vocabulary *vocabulary, int question, const char *name);
/* Whether both are questions with the same options, and every text is read as the same answer to
 * them. */
gboolean vocabulary_reads_alike(const Vocabulary *vocabulary, int question, int other);
/* Index of the requirement with this id, or NOWHERE. */
int vocabulary_requirement(const Vocabulary *vocabulary, const char *name);

/* The id of the question or field, option, requirement that was probably meant; NULL if none is
 * near. Borrowed from the rubric. */
const char *vocabulary_near_question(const Vocabulary *vocabulary, const char *name);
const char *vocabulary_near_option(const Vocabulary *vocabulary, int question, const char *name);
const char *vocabulary_near_requirement(const Vocabulary *vocabulary, const char *name);
