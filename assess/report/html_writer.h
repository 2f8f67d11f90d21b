/* html_writer.h - what the parts of the HTML report share while one language of it is written. */
#pragma once

#include "report/story.h"

typedef struct {
    GString *out;
    const Story *story;
    const GPtrArray *blocks; /* of ReportBlock *, of this language */
    const Theme *theme;
    Font *font;          /* of the measure */
    GHashTable *anchors; /* names that the blocks have; a link to another one is left out */
    const char *heading; /* id of the last heading, which names a table without a caption */
} HtmlWriter;

/* How the HTML tells a requirement that filters show or hide: a status, or "advised" for advice
 * that is not followed. */
typedef enum {
    SHOWN_UNMET,
    SHOWN_UNKNOWN,
    SHOWN_ADVISED,
    SHOWN_WAIVED,
    SHOWN_MET,
    SHOWN_NOT_APPLICABLE,
    SHOWN_KINDS
} Shown;

Shown html_shown(const Story *story, int requirement);
/* "unmet", "advised": in attributes and styles. */
const char *html_shown_name(Shown shown);

/* Append a table with its reasons; `caption` may be NULL. */
void html_table(HtmlWriter *writer, const Listing *table, const char *caption);
/* Append the reasons of a requirement, folded; nothing if there are none. */
void html_reasons(HtmlWriter *writer, int requirement);
/* Append check boxes for the statuses and levels that the tables of requirements have. */
void html_filters(HtmlWriter *writer);

/* ---- words ---- */

/* Append a text of the template's section "[words]". */
void html_word(HtmlWriter *writer, const char *key);
