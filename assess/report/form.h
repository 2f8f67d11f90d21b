/* form.h - an empty questionnaire: a row for every question and every requirement that may be
 * waived, and what guides the person who answers. The sheet is CSV that spreadsheets open as it
 * is; report/form_workbook.h makes a workbook of the same rows. */
#pragma once

#include <glib.h>

#include "report/wording.h"
#include "rubric/lineage.h"

/* Words and languages of a form: texts in several languages stand one under the other, short ones
 * side by side ("Built / 已建成"). */
typedef struct {
    const Wording *wording; /* of templates/terminal.ini */
    char **languages;       /* "en", "zh"; NULL-terminated, at least one */
} FormGuide;

/* One of them is NULL. Borrowed from the rubric. */
typedef struct {
    const Question *question;
    const Requirement *waiver;
} FormRow;

/* Fields first, then questions, of these only what answers to the edition `since` (NULL: none) do
 * not say already; then waivers. Free with g_array_unref(). */
GArray *form_rows(const Rubric *rubric, const Ancestor *since);

/* Texts of a row, "" for none. Free with g_free(). */
char *form_id(const FormRow *row);
char *form_ask(const FormGuide *guide, const FormRow *row);
/* What may be answered: "yes | no | or n/a: reason". */
char *form_options(const FormGuide *guide, const FormRow *row);
char *form_evidence(const FormGuide *guide, const FormRow *row);
char *form_help(const FormGuide *guide, const FormRow *row);
/* One option: "yes", "Built / 已建成". */
char *form_option(const FormGuide *guide, const Question *question, guint index);
/* A bound of a number or percent question as a decimal, percent in points. */
char *form_bound(const Question *question, Rational value);
/* A word of the template, side by side. */
char *form_word(const FormGuide *guide, const char *section, const char *key);

/* Append the whole sheet. */
void form_csv(GString *out, const FormGuide *guide, const Rubric *rubric, const Ancestor *since);
