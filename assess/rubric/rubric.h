/* rubric.h - what a rubric file says, checked: names resolved to indices, numbers exact, lists
 * matched. Conditions are still text; rules/plan.h compiles them. Immutable after rubric_load(), so
 * threads may share one. Limits: 4,096 questions, 1,024 requirements, 64 options a question, 32
 * levels, 256 dimensions, 4,096 of every other kind, 8 rubrics on top of one another by `base`;
 * beyond a limit nothing else of the file is looked at. */
#pragma once

#include <glib.h>

#include "base/ini.h"
#include "base/localized.h"
#include "base/rational.h"

enum {
    RUBRIC_QUESTIONS_LIMIT = 4096, /* questions and fields together */
    RUBRIC_REQUIREMENTS_LIMIT = 1024,
    RUBRIC_OPTIONS_LIMIT = 64,
    RUBRIC_LEVELS_LIMIT = 32,
    RUBRIC_DIMENSIONS_LIMIT = 256,
    RUBRIC_OTHERS_LIMIT = 4096, /* scales, groups, profiles, actions, cases: of each */
    RUBRIC_BASES_LIMIT = 8,     /* rubrics below one, by `base` */
    NOWHERE = -1                /* an index that points nowhere: no level, no dimension, no scale */
};

typedef enum {
    QUESTION_YESNO,
    QUESTION_CHOICE,
    QUESTION_MULTI,
    QUESTION_NUMBER,
    QUESTION_PERCENT,
    QUESTION_DATE,
    QUESTION_TEXT,
    QUESTION_USCC /* fields only: unified social credit code */
} QuestionType;

typedef enum { DISCLOSURE_LOW, DISCLOSURE_MEDIUM, DISCLOSURE_HIGH } Disclosure;
typedef enum { SCORE_MEAN, SCORE_SUM, SCORE_CLIMB } ScoreMethod;
typedef enum {
    KIND_ELIGIBILITY,
    KIND_GATE,
    KIND_COVERAGE,
    KIND_OUTCOME,
    KIND_ADVICE
} RequirementKind;
typedef enum { ORIGIN_HOUSE, ORIGIN_OFFICIAL } Origin;
/* A draft or a partial edition is never the newest of its rubric: it has to be named. */
typedef enum { EDITION_IN_FORCE, EDITION_DRAFT, EDITION_PARTIAL } EditionStatus;

typedef struct {
    char *id;
    Localized title;
    Rational score;
} Option;

typedef struct {
    char *id;
    Localized title, note;
    GArray *options; /* of Option, worst first */
} Scale;

typedef struct {
    char *id;
    Localized title, note;
} Level;

typedef struct {
    char *id;
    Localized title, note;
    Rational weight;
    int parent;        /* dimension or NOWHERE */
    GArray *children;  /* of int */
    GArray *questions; /* of int: directly in it */
} Dimension;

typedef struct {
    char *id;
    Localized title, note;
    GArray *questions; /* of int, in the rubric's order */
} Group;

/* A question, or a field (`is_field`), which is never scored. Both stand in Rubric.questions:
 * questions first. */
typedef struct {
    char *id;
    gboolean is_field;
    QuestionType type;
    Localized ask, help, evidence, unit, note;
    int dimension;   /* NOWHERE if none */
    int level;       /* the rung it is evidence for; NOWHERE if none */
    int scale;       /* NOWHERE if its options are its own */
    GArray *options; /* of Option, worst first; "no", "yes" for yesno; NULL for other types */
    GArray *groups;  /* of int */
    Rational weight; /* 0: asked, not scored */
    gboolean has_min, has_max, has_worst; /* worst and best come together */
    Rational min, max, worst, best;       /* percent: as fractions, 60% = 3/5 */
    gboolean na, required, cohort;
    gboolean na_raises; /* declared: "not applicable" may raise the level */
    gboolean record;    /* declared: its answer need decide nothing */
    char **answered_by; /* rubrics whose assessments may answer it: ids, or "id@edition"; NULL if
                           none */
    Disclosure disclosure;
    Localized clause;          /* not set if none */
    const IniSection *section; /* where it stands */
} Question;

typedef struct {
    char *id;
    int level;
    RequirementKind kind;
    Origin origin;
    Localized clause; /* not set for house requirements without one */
    Localized title, note;
    const IniEntry *needs; /* the condition's text with its place */
    gboolean waivable;
    char **profiles;    /* ids of profiles it binds under; NULL for all */
    GArray *falls_with; /* of int: questions whose better answers may make it unmet */
    const IniSection *section;
} Requirement;

/* Answers that cannot both be true. Told, never binding. */
typedef struct {
    char *id;
    Origin origin;
    Localized title, note;
    const IniEntry *when; /* the condition's text with its place */
} Contradiction;

typedef struct {
    gboolean is_dimension;
    int target; /* dimension or question */
    Rational weight;
} WeightChange;

typedef struct {
    char *id;
    Localized title, note;
    GArray *weights;         /* of WeightChange */
    GArray *skips;           /* of int: questions switched off */
    gboolean is_unconfirmed; /* not yet compared with the document; the note says what */
    const IniSection *section;
} Profile;

typedef struct {
    char *id;
    Localized title, note;
    GPtrArray *raises; /* of char *: "question:option" or "question:number" */
    Rational cost, months;
    char **after; /* ids of actions */
} Action;

typedef struct {
    char *id;
    const IniSection *section; /* its keys are read when the case is run */
} Case;

/* What in a faulty rubric may be other than it looks, because of a fault that was told. */
typedef struct {
    GHashTable *names;           /* set of char *: ids whose sections have a fault */
    gboolean levels, dimensions; /* the list of them could not be read */
    gboolean any_name;           /* the name of a section could not be read */
} Doubts;

typedef struct {
    int question;          /* here */
    char *older;           /* id of the one whose answer it takes over */
    const IniEntry *entry; /* where this is said */
} Inheritance;

/* What carries over from an older edition; a question that is not listed does not. */
typedef struct {
    char *edition;
    GArray *questions; /* of Inheritance, in the order of the file */
    Localized note;    /* on the two editions; not set if none */
    const IniSection *section;
} SameAs;

typedef struct {
    Ini *ini;
    char *id, *edition;
    char *base; /* "other@2024"; NULL if none */
    Localized title, document, note, currency;
    ScoreMethod score;
    EditionStatus status;
    gboolean is_unconfirmed; /* not yet compared with the document; the note says what */
    gboolean has_weights_sum;
    Rational weights_sum;                          /* of sister dimensions; of the best total */
    Rational pass;                                 /* for climb */
    GArray *levels, *dimensions, *scales, *groups; /* of Level, Dimension, Scale, Group */
    GArray *questions;                             /* of Question: questions, then fields */
    guint n_questions;                             /* how many of them are questions */
    GArray *requirements, *contradictions, *profiles, *actions, *cases;
    GArray *same_as;   /* of SameAs */
    GHashTable *names; /* id -> GINT_TO_POINTER(NAME_* << 24 | index) : see rubric_find() */
    Doubts *doubts;    /* NULL unless it has faults and was loaded anyway */
} Rubric;

typedef enum {
    NAME_NONE,
    NAME_QUESTION, /* and fields */
    NAME_DIMENSION,
    NAME_GROUP,
    NAME_LEVEL,
    NAME_REQUIREMENT,
    NAME_SCALE
} NameKind;

/* Where a rubric named in `base =` is found: the path of `id@edition`, or NULL. Free with g_free().
 */
typedef char *(*RubricLocator)(const char *reference, gpointer data);

/* Read and check a file. NULL if it could not be read (`error`), or if a finding is an error: all
 * faults are in `findings` then. Of cases only their names are read: they are for checking, not for
 * grading. `locate` may be NULL: then a rubric with a base is refused. Free with rubric_free(). */
Rubric *rubric_load(const char *path, RubricLocator locate, gpointer data, Findings *findings,
                    GError **error);
/* From memory, cases and all; `path` names the text. */
Rubric *rubric_parse(const char *path, GBytes *bytes, RubricLocator locate, gpointer data,
                     Findings *findings);
/* The same, but a rubric that has errors comes back, too, so that all else that is wrong with it
 * can be told: it has `doubts`, compiles to no plan, and so is never graded. NULL if it could not
 * be read, or not to its end, or has more faults than INI_FAULTS_LIMIT, all that are told. */
Rubric *rubric_load_anyway(const char *path, RubricLocator locate, gpointer data,
                           Findings *findings, GError **error);
Rubric *rubric_parse_anyway(const char *path, GBytes *bytes, RubricLocator locate, gpointer data,
                            Findings *findings);
void rubric_free(Rubric *rubric);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rubric, rubric_free)

#define RUBRIC_LEVEL(rubric, i) (&g_array_index((rubric)->levels, Level, (i)))
#define RUBRIC_DIMENSION(rubric, i) (&g_array_index((rubric)->dimensions, Dimension, (i)))
#define RUBRIC_GROUP(rubric, i) (&g_array_index((rubric)->groups, Group, (i)))
#define RUBRIC_QUESTION(rubric, i) (&g_array_index((rubric)->questions, Question, (i)))
#define RUBRIC_REQUIREMENT(rubric, i) (&g_array_index((rubric)->requirements, Requirement, (i)))
#define RUBRIC_CONTRADICTION(rubric, i) \
    (&g_array_index((rubric)->contradictions, Contradiction, (i)))
#define RUBRIC_PROFILE(rubric, i) (&g_array_index((rubric)->profiles, Profile, (i)))
#define QUESTION_OPTION(question, i) (&g_array_index((question)->options, Option, (i)))

/* What is no fault of the rubric and yet hardly meant, as warnings for its author: texts that lack
 * a translation or a title, options nobody can tell apart, what is used by nothing. As notes, what
 * is not confirmed. Of a faulty rubric only what no fault can be the reason of. */
void rubric_warnings(const Rubric *rubric, Findings *findings);
/* What an id names, and its index; NAME_NONE if nothing. */
NameKind rubric_find(const Rubric *rubric, const char *id, int *index);
/* Whether a fault that was told may be the reason why the id is not, or not rightly, `kind`
 * (NAME_NONE for any): nobody complains then. FALSE for a rubric without faults. */
gboolean rubric_is_doubtful(const Rubric *rubric, const char *id, NameKind kind);
/* Index of the option with this id, or NOWHERE. */
int question_option(const Question *question, const char *id);
/* Whether an assessment by this edition of a rubric may answer the question. */
gboolean question_takes(const Question *question, const char *rubric, const char *edition);
/* The score of its best answer; 0 if it has none. Big parts live in `numbers`. */
Rational question_best(const Question *question, Numbers *numbers);
/* How many dimensions a dimension is in, one in the other. */
guint rubric_depth(const Rubric *rubric, int dimension);
/* Index of a profile, or NOWHERE. */
int rubric_profile(const Rubric *rubric, const char *id);

/* How many requirements are official, or house. Where none is official, the official verdict says
 * nothing. */
guint rubric_of_origin(const Rubric *rubric, Origin origin);
/* All languages that a translation of the rubric uses ("zh"), sorted; NULL-terminated, borrowed
 * elements. Free the list with g_free(). */
const char **rubric_languages(const Rubric *rubric);
/* "yesno", "choice", ... and "eligibility", ..., "official"/"house": the words of the format. */
const char *question_type_name(QuestionType type);
const char *requirement_kind_name(RequirementKind kind);
const char *origin_name(Origin origin);
