/* hall.h - a rubric of the shelf, a block of companies made at random, and their grades: for tests
 * of what many companies say together. */
#pragma once

#include "cohort/statistics.h"

typedef struct {
    Rubric *rubric;
    Plan *plan;
    Block *block;
    BlockGrader *grader;
    const Grades *grades;
    gint32 date;
} Hall;

#define HALL_MIIT "rubrics/miit_smart_factory_2025.ini"
#define HALL_MATURITY "rubrics/gbt_39116_2020.ini"
#define HALL_SHEET_OF_POINTS "rubrics/liaoning_advanced_2026.ini"

Hall hall_of(const char *path, guint rows, guint32 seed);
void hall_clear(Hall *hall);
/* The tallies of all rows. Free with statistics_free(). */
Statistics *hall_statistics(const Hall *hall);
gboolean hall_are_equal(const Statistics *a, const Statistics *b);
