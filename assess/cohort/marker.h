/* marker.h - one worker of a batch: reads the records of a load, grades them, and writes their
 * rows. Belongs to one thread; what it is made of is shared by all. */
#pragma once

#include "cohort/load.h"
#include "cohort/rejects.h"
#include "cohort/results.h"
#include "intake/survey_reader.h"

/* What all workers of a run share; borrowed and immutable. */
typedef struct {
    const Survey *survey;
    const Plan *plan;
    const Results *results;
    const Rejects *rejects;
    gint32 date;
    gboolean strict; /* a row with a finding is not graded */
} MarkerPlan;

typedef struct Marker Marker;

/* The plan is borrowed. Free with marker_free(). */
Marker *marker_new(const MarkerPlan *plan);
void marker_free(Marker *marker);

/* Grade what is in the load. */
void marker_work(Marker *marker, Load *load);

/* Of the epochs with even or odd numbers: rows that were read and why they were dropped, cells that
 * could not be read. Borrowed. While nobody works in such an epoch they may be looked at, and are
 * forgotten by marker_forget(). */
const SurveyTally *marker_tally(const Marker *marker, guint epoch);
const SurveyFaults *marker_faults(const Marker *marker, guint epoch);
void marker_forget(Marker *marker, guint epoch);
