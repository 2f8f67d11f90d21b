/* binding.h - which question, option, evidence or waiver a column of a survey is about. */
#pragma once

#include "intake/vocabulary.h"

typedef enum {
    BINDING_NOTHING,  /* a name that is none of ours */
    BINDING_UNNAMED,  /* no name */
    BINDING_QUESTION, /* the answer to a question or field */
    BINDING_EVIDENCE, /* of a question */
    BINDING_WAIVER    /* of a requirement */
} BindingKind;

typedef struct {
    BindingKind kind;
    int index; /* question or requirement; NOWHERE or VOCABULARY_AMBIGUOUS of BINDING_NOTHING */
} Binding;

/* What the name of a column says. */
Binding binding_find(const Vocabulary *vocabulary, const char *name);
