/* block.h - the answers of many companies, by question: what a survey export becomes, up to
 * BLOCK_ROWS rows at a time. A column's arrays are those that its type needs, the others NULL.
 * Belongs to one thread; filled by intake/, graded by rules/block_grade.h. What a row says is what
 * its `state` says: the arrays beside it count only where the state is ANSWER_ANSWERED. */
#pragma once

#include <glib.h>

#include "rules/answers.h"

enum { BLOCK_ROWS = 512 };

typedef struct {
    guint8 *state;    /* AnswerState by row: blank, answered, not applicable or invalid */
    guint8 *option;   /* yesno, choice: index of the option; 0 in a row that is not answered */
    guint64 *ticks;   /* multi: bits of the options */
    gint64 *number;   /* number: in millionths; percent: as a fraction in 1e-8 (60% = 60,000,000) */
    gint32 *day;      /* date: as GDate counts */
    guint8 *evidence; /* whether something is there; NULL if the input has no column for it */
} BlockColumn;

/* Units of BlockColumn.number, and the magnitude that it stays below: 12 digits and 6 after the
 * point. */
#define BLOCK_NUMBER_UNIT G_GINT64_CONSTANT(1000000)
#define BLOCK_PERCENT_UNIT G_GINT64_CONSTANT(100000000)
#define BLOCK_NUMBER_LIMIT G_GINT64_CONSTANT(1000000000000000000)

/* Bytes of Block.text, not ended by NUL. Length 0: there is none. */
typedef struct {
    guint32 offset, length;
} BlockText;

typedef struct {
    const Rubric *rubric; /* borrowed */
    guint n_rows;
    gboolean evidence_asked; /* the input has a place for evidence */
    BlockColumn *of;         /* by question index, fields included */
    BlockText **texts;       /* by question index: by row; NULL for those that are not kept */
    guint8 **waived;         /* by requirement index: by row; NULL if the input has no column */
    guint32 *findings;       /* by row: cells that could not be read, required ones missing ... */
    guint8 *dropped;         /* by row: 0, or why it is not to be graded: survey_drop_reason() */
    guint64 *record;         /* by row: 1 is the first below the header */
    gint64 *when; /* by row: when it was answered, in seconds from whatever day; 0: not known */
    GString *text;
} Block;

/* No rows, all answers blank. Texts of fields of type text and uscc are kept, of others those asked
 * for; there are no columns of evidence and waivers but those asked for. Free with block_free(). */
Block *block_new(const Rubric *rubric);
void block_free(Block *block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Block, block_free)

/* Before the first row: the input has a column of evidence (this sets evidence_asked, too), of
 * waivers; the text of a question is kept. */
void block_keep_evidence(Block *block, int question);
void block_keep_waivers(Block *block, int requirement);
void block_keep_text(Block *block, int question);

/* No rows again, all answers blank, for the next rows. What is kept stays so. */
void block_clear(Block *block);

/* One row as the scalar engine takes it: without reasons, remarks and findings, and without the
 * texts that are not kept. Free with answers_free(). */
Answers *block_answers(const Block *block, guint row);
/* What an answered cell says, into the ranges of `answer`, remarks and state aside. */
void block_reply(const Block *block, guint question, guint row, Answer *answer);
/* A text that is kept, as UTF-8 with an end; NULL if there is none. Free with g_free(). */
char *block_text(const Block *block, int question, guint row);
