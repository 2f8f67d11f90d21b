/* terminal.h - what summary and tree share: words, marks and colours from the template, lines that
 * fit. It knows no terminal: the program says how wide the lines may be and whether colours are
 * wanted. */
#pragma once

#include <glib.h>

#include "report/wording.h"
#include "scoring/assessment.h"
#include "scoring/points.h"

typedef struct {
    const Wording *wording; /* of templates/terminal.ini */
    const char *language;
    guint columns;   /* no line is longer */
    gboolean colour; /* with escape sequences */
    gboolean all;    /* leave nothing out, however long */
} Terminal;

/* A text of the template. Borrowed. */
const char *terminal_word(const Terminal *terminal, const char *section, const char *key);
/* Append text in a colour of the template ("good", "bad", "open", "quiet", "strong"). */
void terminal_paint(const Terminal *terminal, GString *out, const char *colour, const char *text);
/* Append text broken into lines, the first one after `first`, the others after `rest`, which are of
 * equal width. */
void terminal_lines(const Terminal *terminal, GString *out, const char *first, const char *rest,
                    const char *colour, const char *text);

/* The mark and the colour of a status, a level's status, a truth. Borrowed. */
const char *terminal_mark(const Terminal *terminal, const char *status);
const char *terminal_colour(const Terminal *terminal, const char *status);

/* A level's title; the word for "none" for -1. Borrowed. */
const char *terminal_level(const Terminal *terminal, const Rubric *rubric, int level);
/* "Official I.5", "House". Free with g_free(). */
char *terminal_origin(const Terminal *terminal, const Requirement *requirement);
/* What a question asks. Borrowed. */
const char *terminal_question(const Terminal *terminal, const Rubric *rubric, int question);
/* "Level reached: Level 2": a question and its answer, or the word for blank, not applicable, not
 * readable. Free with g_free(). */
char *terminal_answer(const Terminal *terminal, const Assessment *assessment, int question);
/* A score for people: "61.3 %", "61.2 to 68.9 %", "10–14 of 20", the word for no score. Never
 * shows a failed comparison as met. Free with g_free(). */
char *terminal_score(const Terminal *terminal, const Plan *plan, const Points *points);
