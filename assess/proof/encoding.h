/* encoding.h - what the files of the encoder share: answers as literals, numbers as sums. For
 * encode.c, encode_answers.c and encode_numbers.c alone. */
#pragma once

#include "proof/encode.h"

/* The literals of one question; made when first asked for. */
typedef struct {
    gboolean is_made;
    GArray *states; /* of Literal, by state */
    GArray *ticks;  /* of Literal, by option: multi */
    Literal na;
    Linear *score; /* NULL until asked for */
} Encoded;

typedef struct {
    Encoder *encoder;
    int question; /* that differs between the sheets, and its state in this one */
    State state;
    Logic *logic; /* by requirement, where known */
    gboolean *is_known;
} Sheet;

struct Encoder {
    const Space *space;
    const Plan *plan;
    Program *program;
    Numbers *numbers;
    guint n_unknown;  /* truths made so far that a blank leaves unknown */
    Encoded *answers; /* by question index */
    Sheet sheets[2];
};

/* top / bottom; no bottom: 1. */
typedef struct {
    Linear *top, *bottom;
    Literal none, undefined;
} Number;

void number_clear(Number *number);
void encoded_clear(Encoded *encoded);
Logic logic_of(Program *program, Literal yes, Literal none);

/* ---- answers: encode_answers.c ---- */

Literal sheet_state(Sheet *sheet, int question, guint state);
Literal sheet_tick(Sheet *sheet, int question, guint option);
Literal sheet_na(Sheet *sheet, int question);
/* Make the literals of all questions that the node rests on, so that a solution says what each of
 * them is. Whether one of them may be not applicable. */
gboolean sheet_make(Sheet *sheet, int node);
/* The literal that a choice or yesno question compares so with an option. */
Literal sheet_option(Sheet *sheet, int question, Operator op, guint option);
/* The score of a question, 0 where it is not applicable. NULL if it is no sum. Free with
 * linear_free(). */
Linear *sheet_score(Sheet *sheet, int question);
/* The number that answers a question, 0 where it is not applicable; NULL if it has no bounds. */
Linear *sheet_amount(Sheet *sheet, int question);

/* ---- numbers: encode_numbers.c ---- */

/* The value of a number node. FALSE if it is no quotient of sums. Clear with number_clear(). */
gboolean sheet_number(Sheet *sheet, int node, Number *number);
/* climb() against a constant. FALSE if a level's score is no sum. */
gboolean sheet_climb(Sheet *sheet, const Node *node, Operator op, Rational bound, Logic *logic);
