/* survey_faults.h - what is wrong in the cells of a survey, by column and text: how often, and
 * where first. Bounded, and the same however the records are shared out among readers: of each
 * column the texts with the smallest hashes are kept, and the number of all faults. Belongs to one
 * thread. */
#pragma once

#include <glib.h>

enum {
    SURVEY_FAULTS_MOST = 50,  /* texts of one column that are kept */
    SURVEY_FAULTS_ALL = 4096, /* and of all columns together, about: never less than ... */
    SURVEY_FAULTS_LEAST = 4,  /* ... so many of each */
    SURVEY_FAULT_TEXT = 120   /* bytes of a text that are kept for showing it */
};

typedef struct {
    guint column;         /* from 0 */
    char *text;           /* the cell, cut at SURVEY_FAULT_TEXT */
    char *message, *hint; /* hint: or NULL */
    guint64 count;        /* cells */
    guint64 first;        /* the first record */
    guint64 hash;         /* of the whole text */
} SurveyFault;

typedef struct {
    guint64 count; /* cells of the column that could not be read, in all */
    guint64 first; /* the first record with one; 0: none */
    gboolean more; /* there are more texts than are kept */
} SurveyFaultColumn;

typedef struct SurveyFaults SurveyFaults;

/* For a survey of so many columns. Free with survey_faults_free(). */
SurveyFaults *survey_faults_new(guint n_columns);
void survey_faults_free(SurveyFaults *faults);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SurveyFaults, survey_faults_free)

/* One cell that could not be read. Texts are copied where they are new. */
void survey_faults_add(SurveyFaults *faults, guint column, guint64 record, const char *text,
                       gsize size, const char *message, const char *hint);
/* The same of a text whose message is known or not wanted any more; FALSE if it has to be added. */
gboolean survey_faults_again(SurveyFaults *faults, guint column, guint64 record, const char *text,
                             gsize size);
/* Add what another reader found in other records. */
void survey_faults_merge(SurveyFaults *faults, const SurveyFaults *other);

/* All of it as a value that can be kept (of no floating reference), and back: NULL if the value is
 * of another kind or of other columns. */
GVariant *survey_faults_pack(const SurveyFaults *faults);
SurveyFaults *survey_faults_unpack(GVariant *value, guint n_columns);

guint64 survey_faults_count(const SurveyFaults *faults);
const SurveyFaultColumn *survey_faults_column(const SurveyFaults *faults, guint column);
/* Of const SurveyFault *, by column, then the most frequent first, then the first record. Free with
 * g_ptr_array_unref(); the faults stay the object's. */
GPtrArray *survey_faults_list(const SurveyFaults *faults);
