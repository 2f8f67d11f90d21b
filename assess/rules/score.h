/* score.h - scores of questions, dimensions and levels as intervals. The sources of the formulas
 * are design "Scores" and, for the climb, GB/T 39117-2020, determination of the level. */
#pragma once

#include "rules/evaluate.h"

/* Score of the questions of `level` (NOWHERE: of all) in and under `dimension` (NOWHERE: the whole
 * rubric), as the weighted mean up the tree of dimensions. No value if none of them is scored and
 * applicable. */
Value score_mean(const Evaluation *evaluation, int dimension, int level);
/* score(): the mean, the sum or the climb, as the rubric says. */
Value score_total(const Evaluation *evaluation);
/* climb(bar): consecutive levels from the lowest whose score is at least `bar`, plus the score of
 * the next one. */
Value score_climb(const Evaluation *evaluation, Rational bar);
/* A step of a climb, from the top level down: what it adds from a level with this score on,
 * whatever the score turns out to be; `rest` is what it adds from the next one on. */
Value score_climb_on(Numbers *numbers, Rational bar, Value score, Value rest);
