/* encode.h - the conditions of a plan over all complete answers, as a program of literals and
 * inequalities. One or two sheets: the second differs from the first in one question, everything
 * else they share. What has no exact form (products of answers, nested means with parts that may be
 * not applicable) stays open, which only adds solutions: see program.h. */
#pragma once

#include <glib.h>

#include "proof/space.h"
#include "proof/program.h"
#include "proof/example.h"

/* What a condition is: exactly one of these holds. */
typedef struct {
    Literal yes, no, none; /* none: not applicable */
} Logic;

typedef struct Encoder Encoder;

/* `question` is the one in which two sheets differ, NOWHERE for one sheet; its answers are `first`
 * and `second`. Space and program are borrowed. Free with encoder_free(). */
Encoder *encoder_new(const Space *space, Program *program, int question, State first, State second);
void encoder_free(Encoder *encoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Encoder, encoder_free)

/* A requirement's condition in sheet 0 or 1. */
Logic encode_requirement(Encoder *encoder, int sheet, int requirement);
/* Whether a level is held. */
Literal encode_level(Encoder *encoder, int sheet, int level);
/* Exclude the answers of a solution, which the engine did not confirm. FALSE if a number in it
 * stands for a range: another number of the range might do. */
gboolean encoder_forbid(Encoder *encoder, const double *solution);
/* Answer an example as a solution says; questions of which the program does not speak stay. */
void encoder_read(const Encoder *encoder, int sheet, const double *solution, Example *example);
