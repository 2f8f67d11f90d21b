/* carrying.h - what `assess check` says about answers that a rubric takes over from older editions:
 * whether the questions named are there, and whose answers would fit. */
#pragma once

#include "rubric/rubric.h"

/* Compare every section `same_as` with the edition that it names, as found by `locate`: an unknown
 * question is an error, an answer that would not carry a warning, an edition that is not found a
 * note. */
void carrying_check(const Rubric *rubric, RubricLocator locate, gpointer data, Findings *findings);
