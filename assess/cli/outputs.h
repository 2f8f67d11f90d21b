/* outputs.h - an assessment written in the formats asked for, into files with safe names or to
 * standard output. */
#pragma once

#include <glib.h>

#include "cli/session.h"
#include "report/pdf.h"

#define OUTPUTS_FOLDER "reports" /* where files land without --output; made if it is not there */

typedef struct {
    const Session *session;   /* borrowed */
    const Template *template; /* of PDF, HTML and XLSX; else NULL; borrowed */
    ReportPrinter *printer;   /* of PDFs; NULL before the first one */
    gboolean to_stdout;
    gboolean has_header; /* of a CSV on standard output, which has one for all */
    gboolean made; /* the default folder is of this run's making: gone again if it stays empty */
    GHashTable *names; /* folded names given so far: two companies never share a file */
} Outputs;

/* Look at the folder and read the templates that the formats need. NULL and a status. Free with
 * outputs_free(). */
Outputs *outputs_open(Session *session, ExitStatus *status);
void outputs_free(Outputs *outputs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Outputs, outputs_free)

/* What the first format makes, if it has a file for each company: "PDF"; NULL
 * for others. Borrowed. */
const char *outputs_document(const Outputs *outputs);

/* Write one assessment. Paths of the files written are appended to `written` (of char *). An
 * assessment is written in all formats or, if one of its files is there already, in none. */
ExitStatus outputs_write(Outputs *outputs, const Assessment *assessment, GPtrArray *written);
