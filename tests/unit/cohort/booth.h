/* booth.h - a small survey as text, opened for one marker: for tests of what a batch keeps of the
 * companies it grades. Its rubric: fields company, uscc, province (north, south; cohort), town
 * (text; cohort), questions safe (yesno) and rate (percent), both may be not applicable; level
 * basic needs safe, level better a rate of 50 or more. */
#pragma once

#include "batch/marker.h"

typedef struct {
    Rubric *rubric;
    Plan *compiled;
    Vocabulary *vocabulary;
    Findings *findings;
    Survey *survey;
    Results *results;
    Rejects *rejects;
    Filter *filter;
    MarkerPlan plan;
    Chunk chunk; /* all records; its text is borrowed */
    Load *load;
} Booth;

#define BOOTH_HEADER "company,uscc,province,town,safe,rate\n"

/* Of a table, which is borrowed, with so many records under its header. It stays where it is. */
void booth_open(Booth *booth, const char *table, guint records);
/* Choose companies by conditions, NULL-terminated. */
void booth_choose(Booth *booth, const char *const *conditions);
/* Grade all records anew: rows and companies are in booth->load, numbers in the marker. */
Marker *booth_work(Booth *booth);
void booth_clear(Booth *booth);
