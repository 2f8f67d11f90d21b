/* rejects.h - rejects.csv: a row for each record that was not graded, and why: source, record,
 * line, reason. */
#pragma once

#include <glib.h>

typedef struct Rejects Rejects;

/* `source` is the name of the survey's file. Immutable. Free with rejects_free(). */
Rejects *rejects_new(const char *source);
void rejects_free(Rejects *rejects);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rejects, rejects_free)

/* Append the header, without a mark. */
void rejects_header(GString *out);
/* Append a row; `record` 1 is the first below the header, `line` counts from 1. */
void rejects_row(const Rejects *rejects, guint64 record, guint64 line, const char *reason,
                 GString *out);
