/* template_reference.h - the reference page of report templates: prose with the tables that
 * templates are checked by in it, so that the page cannot say anything else than the program does.
 */
#pragma once

#include "report/template.h"

/* The prose with its lines `{{sections}}`, `{{blocks}}` and `{{words}}` replaced, as Markdown; the
 * words are those of the template given. Free with g_free(). */
char *template_reference(const char *prose, const Template *standard);
