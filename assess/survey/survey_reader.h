/* survey_reader.h - the records of a survey as blocks of answers: whole records in, up to
 * BLOCK_ROWS companies at a time out. What a cell says is what reply_read() says; the reader
 * remembers by column what a text was read as. Belongs to one thread. */
#pragma once

#include "intake/csv.h"
#include "rules/block.h"
#include "survey/survey.h"
#include "survey/survey_faults.h"

/* Gets the rows in their order; the block is the reader's, and is filled anew afterwards. FALSE
 * stops the reading. */
typedef gboolean (*BlockVisitor)(const Block *block, gpointer data);

/* Why and where a text could not be read on. Clear with csv_fault_clear(). */
typedef struct {
    guint64 record;       /* as survey_reader_read() counts them */
    guint line;           /* of the text, from 1: where it went wrong */
    guint column;         /* from 1; 0: does not apply */
    char *message, *hint; /* hint: or NULL */
} CsvFault;

void csv_fault_clear(CsvFault *fault);

/* Of a required answer that is blank. */
#define SURVEY_LACKING "required, and not answered"

/* What was read: whole numbers, so that those of several readers may be added. */
typedef struct {
    guint64 records;
    guint64 dropped[SURVEY_REASONS_LIMIT]; /* by reason; [SURVEY_KEPT]: those that are not */
    guint64 short_rows;  /* with fewer cells than the header: the rest counts as blank */
    guint64 first_short; /* the first such record; 0: none */
    guint64
        first_quote; /* the first with a quote within an unquoted cell, taken as text; 0: none */
    /* cells of records that are kept: that could not be read, and records with one; required ones
     * that are blank or have no column */
    guint64 unread, unread_rows, lacking;
    guint64 first_kept; /* record; 0: none */
} SurveyTally;

void survey_tally_add(SurveyTally *tally, const SurveyTally *other);

typedef struct SurveyReader SurveyReader;

/* The survey is borrowed. Free with survey_reader_free(). */
SurveyReader *survey_reader_new(const Survey *survey);
void survey_reader_free(SurveyReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SurveyReader, survey_reader_free)

/* Read whole records, the first of them number `first_record` (1 is the first below the header); a
 * visitor gets every full block and the last. FALSE with the reason in `fault` if the text is not
 * CSV or does not end where a record does: what stands before that was visited. */
gboolean survey_reader_read(SurveyReader *reader, const char *text, gsize size,
                            guint64 first_record, BlockVisitor visit, gpointer data,
                            CsvFault *fault);

/* Records that are left out of what is read until this is said anew; borrowed, in order. */
void survey_reader_leave_out(SurveyReader *reader, const SurveyLeftOut *records, guint n);
/* What is read next follows a record whose quotes are wrong: where it ends is not sure. Leave out
 * records until one has the header's number of cells, and no quote in an unquoted one. */
void survey_reader_doubt(SurveyReader *reader);

/* What was read since the reader is there, or since these were cleared. Borrowed. */
const SurveyTally *survey_reader_tally(const SurveyReader *reader);
const SurveyFaults *survey_reader_faults(const SurveyReader *reader);
void survey_reader_clear(SurveyReader *reader);

/* One record in full, with texts, evidence, waivers and findings, as `score` reads it. Free with
 * answers_free(). NULL if the row is one that is dropped. */
Answers *survey_reader_answers(SurveyReader *reader, const CsvRecord *record);
