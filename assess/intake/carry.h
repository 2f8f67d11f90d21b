/* carry.h - answers to an older edition, as answers to the newer one: see rubric/lineage.h. Nothing
 * is guessed: an answer carries if a question of the newer edition says that it takes it over, and
 * its type, option and range are there. What does not carry is told. */
#pragma once

#include "rules/answers.h"
#include "rubric/lineage.h"

/* The answers to `newer` that one sheet or row of the older edition gives. Takes `older`, whose
 * sources and findings go on; warnings list what does not carry. `is_expected`: the person said
 * that the answers are of that edition; if not, that they were taken so is a warning, too. */
Answers *carry_answers(const Ancestor *ancestor, const Rubric *newer, Answers *older,
                       gboolean is_expected);
/* Once all sheets of a company are joined: tell which questions the older edition did not ask and
 * nobody has answered. */
void carry_tell_new(const Ancestor *ancestor, Answers *answers);
