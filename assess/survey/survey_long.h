/* survey_long.h - a long table, one answer a row, as a table with one row a respondent and a column
 * for each question. The rows of a respondent have to stand together. A row begins in the line in
 * which the respondent's first row begins: blank lines stand where further ones were. Belongs to
 * one thread. */
#pragma once

#include "intake/csv.h"
#include "survey/survey.h"

enum {
    LONG_RESPONDENTS_LIMIT = 2000000, /* that are told apart */
    LONG_TOLD_LIMIT = 20              /* questions nobody knows, respondents apart: of each */
};

typedef struct SurveyLong SurveyLong;

/* As survey_open(). NULL without an error in `findings` if the text is no long table. Free with
 * survey_long_free(). */
SurveyLong *survey_long_open(const Vocabulary *vocabulary, const Layouts *layouts,
                             const SurveyOptions *options, const char *name, const char *head,
                             gsize size, Findings *findings);
void survey_long_free(SurveyLong *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SurveyLong, survey_long_free)

/* Of the long table: where its records begin, and what separates their cells. */
gsize survey_long_data_offset(const SurveyLong *table);
guint survey_long_data_line(const SurveyLong *table);
char survey_long_delimiter(const SurveyLong *table);
/* The layout that the wide table's cells are to be read by. */
const char *survey_long_layout(const SurveyLong *table);

/* Append the header of the wide table. */
void survey_long_header(const SurveyLong *table, GString *out);
/* Take a record, and append the row of the respondent before if this is another one. */
void survey_long_add(SurveyLong *table, const CsvRecord *record, GString *out);
/* Append the last row. FALSE with errors in `findings` if the rows of a respondent stood apart, or
 * there were too many; questions nobody knows are warnings there. */
gboolean survey_long_end(SurveyLong *table, GString *out, Findings *findings);
