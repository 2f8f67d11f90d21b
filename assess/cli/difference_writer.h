/* difference_writer.h - what the parts of `assess check --diff`'s text share: words, lines, titles.
 */
#pragma once

#include "audit/difference.h"
#include "report/terminal.h"

typedef struct {
    const Terminal *terminal;
    const Difference *difference;
    GString *out;
    const char *indent; /* of every line */
    GHashTable *told;   /* set of char *: parts of conditions that were told already */
} DifferenceWriter;

/* A word or sentence of the template's section "difference". Borrowed. */
const char *difference_word(const DifferenceWriter *writer, const char *key);
/* A sentence with one hole. Free with g_free(). */
char *difference_fill(const DifferenceWriter *writer, const char *key, const char *hole,
                      const char *text);
/* A sentence about the line above it. */
void difference_detail(const DifferenceWriter *writer, const char *key, const char *text);
/* A blank line and a heading, without indent. */
void difference_heading(const DifferenceWriter *writer, const char *text);
/* A line with the mark of that name, in its colour. */
void difference_line(const DifferenceWriter *writer, const char *mark, const char *text);
/* Title of what a change is about, in a language; its id if it has none. Borrowed. */
const char *change_title(const Difference *difference, const Change *change, const char *language);
/* The level under which a requirement's change is told: of the newer rubric, of the older one if
 * `*is_older`. */
int change_level(const Difference *difference, const Change *change, gboolean *is_older);
/* Official if the requirement that a change is about is or was. */
Origin change_origin(const Difference *difference, const Change *change);
/* The requirement that a change is about: the newer one, if it is there. */
const Requirement *difference_requirement(const Difference *difference, const Change *change);
