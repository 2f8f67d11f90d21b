/* binding.h - which question, option, evidence or waiver a column of a survey is about, by the
 * texts that stand over it. Texts are compared without markup, letter case, width and runs of
 * blanks. */
#pragma once

#include "intake/vocabulary.h"
#include "survey/layout.h"

typedef enum {
    BINDING_NOTHING, /* a name that is none of ours */
    BINDING_UNNAMED, /* no name */
    BINDING_META,    /* the tool's own */
    BINDING_IGNORED, /* the mapping file says so */
    BINDING_OTHER,   /* words beside the options of a question, a comment */
    /* from here on it is read */
    BINDING_QUESTION, /* the answer to a question or field */
    BINDING_OPTION,   /* whether an option of a multiple choice is ticked */
    BINDING_EVIDENCE, /* of a question */
    BINDING_WAIVER    /* of a requirement */
} BindingKind;

typedef enum {
    BOUND_BY_NOTHING,
    BOUND_BY_ID,
    BOUND_BY_WORDING,
    BOUND_BY_PATTERN,
    BOUND_BY_HEADER,
    BOUND_BY_ORDER,
    BOUND_BY_ALIAS, /* a name of [field] of the layout: yields to any other column of the field */
    BOUND_BY_MAP
} BoundBy;

typedef struct {
    BindingKind kind;
    int index;  /* question or requirement; NOWHERE or VOCABULARY_AMBIGUOUS of BINDING_NOTHING */
    int option; /* of BINDING_OPTION */
    BoundBy by;
    const LayoutPattern *pattern; /* of BOUND_BY_PATTERN: the layout's */
    const LayoutMeta *meta;       /* of BINDING_META: the layout's */
} Binding;

typedef struct Binder Binder;

/* Both are borrowed. Free with binder_free(). */
Binder *binder_new(const Vocabulary *vocabulary, const Layout *layout);
void binder_free(Binder *binder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Binder, binder_free)

/* What a column is: `names` are the texts over it, row by row, NULL or "" for none. `is_shared`:
 * the first of them stands over other columns, too. */
Binding binder_bind(const Binder *binder, const char *const *names, guint n_names,
                    gboolean is_shared);
const Vocabulary *binder_vocabulary(const Binder *binder);
/* The questions that share the wording which this name of a column tells, as it is or as the layout
 * decorates it, in the rubric's order: of int; empty if it tells none, or one question alone. Free
 * with g_array_unref(). */
GArray *binder_namesakes(const Binder *binder, const char *name);
/* What one text says as our own tables name columns: question, question.evidence,
 * waive:requirement. */
Binding binder_own(const Binder *binder, const char *name);
/* What one text says, as the name of a column. */
Binding binder_name(const Binder *binder, const char *name);
/* Index of the option that a text names, as a vendor decorates it; NOWHERE or
 * VOCABULARY_AMBIGUOUS. */
int binder_option(const Binder *binder, int question, const char *text);
/* What stands after a letter and its mark in a folded text, "a. label"; NULL if there is none.
 * Borrowed from it. */
const char *binding_after_letter(const char *folded);
/* What a text is compared as. Free with g_free(). */
char *binding_fold(const char *text);
