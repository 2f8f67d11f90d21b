/* findings_table.h - findings.csv: cells that could not be read, by column and text, with how often
 * and where first: column, question, text, count, first record, message. */
#pragma once

#include "survey/survey_reader.h"

/* Append the table without a mark. Texts beyond those kept are told by a row without text. */
void findings_table(const Survey *survey, const SurveyFaults *faults, const SurveyTally *tally,
                    GString *out);
