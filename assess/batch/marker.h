/* marker.h - one worker of a batch: reads the records of a chunk, grades them, writes their rows
 * and counts them. Belongs to one thread; what it is made of is shared by all. */
#pragma once

#include "batch/chunk.h"
#include "batch/filter.h"
#include "batch/load.h"
#include "batch/rejects.h"
#include "survey/survey_reader.h"

/* What all workers of a run share; borrowed and immutable. */
typedef struct {
    const Survey *survey;
    const Plan *plan;
    const Results *results;
    const Rejects *rejects;
    const Filter *filter; /* NULL: all are wanted */
    gint32 date;
    gboolean strict; /* a row with a finding is not graded */
} MarkerPlan;

/* What was counted; whole numbers, so that those of several may be added. */
typedef struct {
    SurveyTally rows;
    SurveyFaults *faults;
    Statistics *statistics;
} MarkerCount;

/* All 0. Clear with marker_count_clear(). */
void marker_count_init(MarkerCount *count, const MarkerPlan *plan);
void marker_count_clear(MarkerCount *count);
void marker_count_add(MarkerCount *count, const MarkerCount *other);

/* Reasons of rows that were graded and are left out again. */
#define MARKER_DUPLICATE "duplicate"
#define MARKER_ANOTHER "another record is of the same company"

typedef struct Marker Marker;

/* The plan is borrowed. Free with marker_free(). */
Marker *marker_new(const MarkerPlan *plan);
void marker_free(Marker *marker);

/* Grade what is in the chunk. */
void marker_work(Marker *marker, const Chunk *chunk, Load *load);
/* Of the rows that are left out: take them out of the numbers, and write why as rejects. */
void marker_take_out(Marker *marker, const Chunk *chunk, Load *load);

/* Add what was counted in an epoch, while nobody works in it, and forget it. */
void marker_collect(Marker *marker, guint epoch, MarkerCount *count);
