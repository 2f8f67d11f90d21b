/* survey_reading.h - what a reader of surveys is made of: for survey_reader.c, which reads, and
 * survey_reader_make.c, which says how each column is read. */
#pragma once

#include "survey/memo.h"
#include "survey/survey_reader.h"

typedef enum {
    CELL_SKIPPED, /* is not read */
    CELL_OPTION,  /* yesno, choice */
    CELL_MULTI,
    CELL_NUMBER, /* number, percent */
    CELL_DATE,
    CELL_TEXT,
    CELL_CODE,   /* a unified social credit code */
    CELL_TICK,   /* an option of a multiple choice */
    CELL_RULE,   /* whether the row is left out */
    CELL_WHEN,   /* when it was answered */
    CELL_REMARK, /* evidence, waiver: whether something is there */
    CELL_BEYOND  /* after the last column of the header */
} CellKind;

/* How the cells of a column are read, and where to. */
typedef struct {
    guint8 kind; /* a CellKind */
    guint8 is_percent;
    guint32 column;
    Memo *memo;    /* questions with the same options share one */
    guint8 *state; /* by row, as all of these; of CELL_REMARK: the flags */
    union {
        guint8 *option;
        guint64 *ticks; /* of CELL_TICK, too */
        gint64 *number;
        gint32 *day;
        gint64 *when;
        BlockText *texts; /* NULL: are not kept */
    } to;
    gint64 least, most; /* of a number, in millionths: beyond that reply_read() has to say so */
    int question;
    guint64 bit; /* of CELL_TICK */
} Cell;

/* A question or field that must not be blank. */
typedef struct {
    int question, column; /* column: NOWHERE if it has none */
} Required;

/* A fault of the row that is being read. */
typedef struct {
    guint column;
    char *text;
} Pending;

struct SurveyReader {
    const Survey *survey;
    CsvParser *parser;
    Cell *cells; /* by column, and one CELL_BEYOND */
    guint n_cells;
    const Cell *at; /* the next one */
    CsvCursor cursor;
    const char *end; /* of the text */
    Block *block;
    guint row;
    guint64 record;
    GPtrArray *memos;       /* of Memo * */
    gboolean texts_are_own; /* words of the layout for no answer begin as answers do */
    guint8 reason;          /* why the row is left out, so far; 0: it is not */
    guint32 blank_drops;    /* kinds of rows: bits of those that leave out a row blank there */
    guint32 blanks;         /* of these, those whose cell is blank in this row, so far */
    gboolean is_filled;     /* something stands in the row */
    gboolean is_long;       /* and beyond the header's columns */
    gboolean has_quote;     /* in an unquoted cell of the row */
    gboolean is_doubted;    /* see survey_reader_doubt() */
    const SurveyLeftOut *left_out; /* the next of them */
    guint n_left_out;
    gboolean stopped; /* by the visitor */
    BlockVisitor visit;
    gpointer data;
    GArray *required; /* of Required */
    GArray *pending;  /* of Pending */
    SurveyFaults *faults;
    SurveyTally tally;
    MemoEntry once; /* for a text that is too long to be remembered */
};

/* A bound of a question, or a number in range, in millionths of its unit or of percent points;
 * FALSE if it is none. */
gboolean survey_reading_scaled(Rational bound, gboolean is_percent, gint64 *value);
/* Whether a text begins so that it is what it looks like: neither blank nor "n/a" nor guarded
 * against spreadsheets, however it is folded. */
gboolean survey_reading_begins_plainly(const char *text, gsize size);
