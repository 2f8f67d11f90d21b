/* survey_cell.h - one cell of a survey as an answer: as reply_read() reads it, once the ways of the
 * tool that wrote it are taken off. */
#pragma once

#include "rules/answers.h"
#include "survey/survey.h"

/* Between answers of one respondent that differ, in the table that survey_long.h makes. */
#define SURVEY_CELL_CONFLICT " | "

/* As reply_read(): what a cell says as the answer to a question or field. */
gboolean survey_cell_read(const Survey *survey, int question, const char *text, Answer *answer,
                          char **problem, char **hint);

/* What stands in the column of one option. */
typedef enum { TICK_BLANK, TICK_OFF, TICK_ON, TICK_FAULT } SurveyTick;

/* The message of a fault is as in survey_cell_read(). */
SurveyTick survey_cell_tick(const Survey *survey, const SurveyColumn *column, const char *text,
                            char **problem, char **hint);

/* Whether a row is left out because of what stands in a column, blank included. */
gboolean survey_cell_drops(const LayoutDrop *drop, const char *text);

/* The names of a question's options, folded, longest first. Made by the survey for multiple
 * choices. */
typedef struct {
    char *name;
    gsize size;
    int option;
} OptionName;
GArray *survey_cell_names(const Vocabulary *vocabulary, int question);
