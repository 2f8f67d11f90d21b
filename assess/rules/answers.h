/* answers.h - one company's questionnaire, by question index: what may still be true of each
 * answer. Filled by intake/, read by evaluation. A blank is not stored as a range: its range is all
 * that its type allows. Several sheets of one company are one Answers: see answers_merge(). */
#pragma once

#include <glib.h>

#include "base/finding.h"
#include "base/rational.h"
#include "rubric/rubric.h"

typedef enum {
    ANSWER_BLANK,
    ANSWER_ANSWERED,
    ANSWER_NOT_APPLICABLE, /* `text` is the reason */
    ANSWER_INVALID,        /* could not be read: counts as blank */
    ANSWER_DISPUTED, /* assessors differ: a range, or nothing known if the range fields say so */
    ANSWER_SKIPPED   /* switched off by the profile: as not applicable */
} AnswerState;

typedef struct {
    AnswerState state;
    gboolean unknown;     /* disputed between an answer and "not applicable": counts as blank */
    guint low, high;      /* yesno, choice: options from .. to, by order */
    guint64 must, may;    /* multi: bits of the options ticked by all, by any */
    Rational least, most; /* number; percent as a fraction; without big parts */
    gint32 from, to;      /* date: days as GDate counts them (g_date_get_julian) */
    char *text; /* as the company wrote it; the reason of "not applicable"; "a | b" if disputed */
    char *evidence, *owner, *note, *confidence; /* NULL if not given */
    gboolean carried;                           /* from an older edition */
    gboolean taken;                             /* from another rubric's assessment, see --with */
    AnswerState said;                           /* of ANSWER_SKIPPED: the state before */
} Answer;

typedef struct {
    char *file;     /* as given on the command line, without directories */
    char *sha256;   /* of the whole file */
    char *encoding; /* "UTF-8" */
    guint record;   /* 1 for a sheet; the row of a table, the header not counted; 0: no answers */
    char *assessor; /* NULL if not said */
    char *rubric;   /* "id@edition" of another rubric than the answers' own; NULL if of that */
} Source;

typedef struct {
    const Rubric *rubric; /* borrowed */
    Answer *of;           /* by question index, fields included: rubric->questions->len of them */
    char **waivers;       /* by requirement index: the reason, NULL if not waived */
    guint n_answers, n_waivers; /* lengths of these; the rubric may be gone when they are freed */
    gboolean evidence_asked;    /* the input has a place for evidence */
    GArray *sources;            /* of Source */
    Findings *findings;         /* about this company's input */
    GPtrArray *sheets; /* of Answers *: what each sheet said, where several were joined; or NULL */
} Answers;

/* All blank. Free with answers_free(). */
Answers *answers_new(const Rubric *rubric);
void answers_free(Answers *answers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Answers, answers_free)

/* Join what another sheet of the company says, and keep it and what was there as it was, in
 * `sheets`. Takes `other`. */
void answers_join(Answers *answers, Answers *other);
/* Join the sheet of another assessor of the same company: equal answers are one, a blank yields to
 * an answer, different ones are a finding and become the range from the lowest to the highest (a
 * multi: from what all tick to what any ticks); an answer against "not applicable" counts as blank.
 * An answer that was carried over yields to one of this edition. Takes nothing of `other`. */
void answers_merge(Answers *answers, const Answers *other);

/* Free what a Source holds. */
void source_clear(gpointer source);
/* Add a copy of where else answers came from. */
void answers_add_source(Answers *answers, const Source *source);

/* Let `answer` say what `from` says, remarks aside. */
void answer_copy_reply(Answer *answer, const Answer *from);

/* The answer's text of a field such as "company"; NULL if blank or if the rubric has no such field.
 * Borrowed. */
const char *answers_field(const Answers *answers, const char *id);
/* The field that names who is assessed: `company`; of a rubric without one, the first required text
 * field (not `assessor`), else the first text field; NOWHERE if there is none. What other fields
 * say, a plant's name, is never the company's. */
int answers_name_field(const Rubric *rubric);
/* Who is assessed: what that field says, else NULL. Borrowed. */
const char *answers_company(const Answers *answers);
/* The social credit code; NULL if the rubric asks for none or none that is right was given.
 * Borrowed. */
const char *answers_code(const Answers *answers);
/* Whether both are of one company: the same social credit code, or, where one has none, names that
 * fold alike. */
gboolean answers_same_company(const Answers *a, const Answers *b);
/* The same with the code and the name of a company, either of which may be NULL. */
gboolean answers_are_of(const Answers *answers, const char *code, const char *name);
/* Whether two answers to one question say the same, remarks aside. */
gboolean answer_equals(const Question *question, const Answer *a, const Answer *b);
/* Words for people: the option's title in `language`, a number with its unit, ticked titles joined
 * by "; ", the text as written, also of an answer that could not be read; the reason of "not
 * applicable"; NULL if blank. Free with g_free(). */
char *answer_words(const Answers *answers, int question, const char *language);
/* "answered", "blank", "not_applicable", "invalid", "disputed", "skipped". */
const char *answer_state_name(AnswerState state);
/* For a rubric's machine-readable outputs: option ids, numbers as decimals (percent in points), ISO
 * dates, text as written, ids joined by ";" or "none"; a disputed range "low..high"; "n/a: reason";
 * NULL if blank or invalid. Free with g_free(). */
char *answer_value(const Answers *answers, int question);
