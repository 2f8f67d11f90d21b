/* survey.h - a table of answers as a survey tool exports it, known from its first bytes: which tool
 * wrote it, what separates its cells, which rows are its header, what each column is. Immutable, so
 * threads may share one; survey_reader.h reads the records. The rubric's vocabulary and the layouts
 * are borrowed. */
#pragma once

#include "base/finding.h"
#include "survey/binding.h"

/* What is known before; NULL, 0 and FALSE: find out. Borrowed by survey_open(). */
typedef struct {
    const char *encoding; /* of the bytes before they were decoded; NULL: UTF-8 */
    const char *sha256;   /* of the file, for the sources of answers */
    char delimiter;
    const char *layout;      /* id of a layout */
    const char *map;         /* path of a mapping file */
    const char *const *keep; /* ids of kinds of rows that the layout would leave out; ends with
                                NULL */
    gboolean takes_any;      /* also a table without a column of ours: to tell what it is */
} SurveyOptions;

typedef struct {
    char *name; /* what stands over it; of several rows " / " between them */
    Binding binding;
    guint twin; /* the column, from 1, that says the same: this one is not read; else 0 */
} SurveyColumn;

typedef struct Survey Survey;

/* Read the header of a table. `head` is UTF-8 without byte order mark, the text or its first part
 * (not `is_whole`), cut anywhere. `layouts` may be NULL: then only tables of our own are known.
 * NULL with errors in `findings` if it is no table of the rubric. What is not read is told there,
 * each thing once. Free with survey_free(). */
Survey *survey_open(const Vocabulary *vocabulary, const Layouts *layouts,
                    const SurveyOptions *options, const char *name, const char *head, gsize size,
                    gboolean is_whole, Findings *findings);
void survey_free(Survey *survey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Survey, survey_free)

const Vocabulary *survey_vocabulary(const Survey *survey);
/* The file's name, as given; the encoding, as given or "UTF-8". */
const char *survey_name(const Survey *survey);
const char *survey_encoding(const Survey *survey);
/* NULL if it was not given. */
const char *survey_sha256(const Survey *survey);
/* Of the mapping file; NULL if there is none. */
const char *survey_map_hash(const Survey *survey);
char survey_delimiter(const Survey *survey);
/* How the tool writes, and how it was known. */
const Layout *survey_layout(const Survey *survey);
const char *survey_layout_reason(const Survey *survey);
/* Warnings about that, see survey_doubt.h; they are among the findings of survey_open(), too. */
const Findings *survey_doubts(const Survey *survey);
const Binder *survey_binder(const Survey *survey);
/* Rows of the header, and records that stand before it. */
guint survey_header_rows(const Survey *survey);
guint survey_skipped(const Survey *survey);
/* Byte of the text where the first record below the header begins, and its line, from 1. */
gsize survey_data_offset(const Survey *survey);
guint survey_data_line(const Survey *survey);
guint survey_n_columns(const Survey *survey);
const SurveyColumn *survey_column(const Survey *survey, guint column);
/* Whether a row is one answer: see survey_long.h. */
gboolean survey_is_long(const Survey *survey);
/* Whether a column is for evidence. */
gboolean survey_asks_evidence(const Survey *survey);
/* Whether a column of the tool's, of this role, is there: its index, else NOWHERE. */
int survey_meta(const Survey *survey, LayoutMetaRole role);
/* Names of the options of a multiple choice that has a column: of OptionName, see survey_cell.h;
 * else NULL. Borrowed. */
const GArray *survey_option_names(const Survey *survey, int question);
/* The first column that a question or field is read from; NOWHERE if it has none. */
int survey_column_of(const Survey *survey, int question);
/* Whether a question or field has a column. */
gboolean survey_has(const Survey *survey, int question);

/* Why a row is not graded: what stands in Block.dropped. */
enum {
    SURVEY_KEPT,
    SURVEY_ROW_BLANK,
    SURVEY_ROW_LONG,
    SURVEY_ROW_BYTES, /* see SurveyLeftOut */
    SURVEY_ROW_NUL,
    SURVEY_ROW_DOUBTED, /* see survey_reader_doubt() */
    SURVEY_ROW_LAYOUT,  /* from here on: the layout's [drop] sections, in their order */
    SURVEY_REASONS_LIMIT = 32
};
/* A record that is left out whatever it says, and why. */
typedef struct {
    guint64 record;
    guint8 reason;
} SurveyLeftOut;
/* In words, "all its cells are blank"; NULL for SURVEY_KEPT and for what is no reason. */
const char *survey_drop_reason(const Survey *survey, guint8 reason);
/* As SurveyOptions.keep and programs call it: "blank", "long", "partial". */
const char *survey_drop_id(const Survey *survey, guint8 reason);
/* A kind of row that the layout leaves out here: its column and what it says; `drop` from 0 up to
 * the first that gives FALSE. */
typedef struct {
    guint column;
    guint8 reason;
    const LayoutDrop *drop;
} SurveyDrop;
gboolean survey_drop(const Survey *survey, guint index, SurveyDrop *drop);
