/* workbook_sheets.h - the sheets of a results workbook, each told in the story's language. One that
 * would be empty by its rubric, as one without scenes, is left out. */
#pragma once

#include "report/workbook_page.h"

void workbook_summary(Xlsx *xlsx, const Story *story);
void workbook_requirements(Xlsx *xlsx, const Story *story);
void workbook_scenes(Xlsx *xlsx, const Story *story);
void workbook_indicators(Xlsx *xlsx, const Story *story);
void workbook_answers(Xlsx *xlsx, const Story *story);
/* The requirements before the next level, with columns to be filled in. */
void workbook_gaps(Xlsx *xlsx, const Story *story);
