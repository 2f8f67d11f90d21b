/* parcel.h - a few companies on their way to their reports: their records as text go in, their
 * assessments as JSON and their rows of the index come out. Its memory is used again. */
#pragma once

#include <glib.h>

/* One company. */
typedef struct {
    guint64 record, line;
    guint64 document;      /* its number, from 1; 0: gets none */
    gsize text, size;      /* bytes of Parcel.text */
    gsize head, head_size; /* of Parcel.heads: its row of the index without the file */
    const char *level;     /* id, as results.csv has it; of the rubric or static */
} ParcelEntry;

typedef struct {
    GString *text, *heads;
    GArray *entries; /* of ParcelEntry */
    GString *json, *index;
    guint64 taken; /* bytes of the survey before it, about */
    guint64 companies, documents;
    guint64 substituted, first_substituted; /* documents with a substitute for a character; the
                                               record of the first */
    GError *error;                          /* why the work ended early; NULL: it did not */
} Parcel;

/* Free with parcel_free(). */
Parcel *parcel_new(void);
void parcel_free(Parcel *parcel);
void parcel_clear(Parcel *parcel);
