/* document_name.h - what the file of an assessment is called. */
#pragma once

#include "scoring/assessment.h"

/* Company, rubric, edition, profile, date, joined by "-", safe on every system, without an ending:
 * "Acme-miit_smart_factory-2025-2025-11-25". `number` above 1, or any if `is_numbered`, is its last
 * part and keeps two documents of one name apart. Free with g_free(). */
char *document_name(const Assessment *assessment, guint64 number, gboolean is_numbered);
/* The languages of a document as a part of its name: "-zh", "-en-zh"; empty for English. Free with
 * g_free(). */
char *document_languages(const char *const *languages);
