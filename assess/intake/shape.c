#include "intake/shape.h"

#include <string.h>

#include "base/text.h"
#include "intake/sheet.h"

#define SAVE_AS_CSV "in Excel: File, Save As, \"CSV UTF-8 (Comma delimited)\"; in WPS likewise"
#define EXPORT "give the CSV that the survey tool exports"
#define EXPECTED "expected a header such as question,answer and rows below it"

enum {
    BINARY_LOOKED_AT = 4096, /* bytes */
    BINARY_LEAST = 4,        /* control characters in even, and in odd places */
    BINARY_SHARE = 5         /* ... and percent of the bytes there */
};

/* How a file that is no text begins. */
typedef struct {
    const char *start;
    gsize size;
    Shape shape;
} Signature;

static const Signature SIGNATURES[] = {
    { "PK\x03\x04",
      4,
      { "spreadsheet", "this is a spreadsheet (.xlsx) or another ZIP file, not CSV text",
        SAVE_AS_CSV } },
    { "PK\x05\x06", /* without a file in it */
      4,
      { "spreadsheet", "this is a spreadsheet (.xlsx) or another ZIP file, not CSV text",
        SAVE_AS_CSV } },
    { "{\\rtf",
      5,
      { "document", "this is a text document (.rtf), not CSV text",
        "give the table that stands in it as CSV" } },
    { "\xd0\xcf\x11\xe0",
      4,
      { "old_spreadsheet", "this is an old spreadsheet (.xls), not CSV text", SAVE_AS_CSV } },
    { "%PDF-",
      5,
      { "pdf", "this is a PDF, not CSV text", "give the sheet or table that it was made from" } },
    { "\x89PNG", 4, { "image", "this is an image, not CSV text", "type its answers into a form" } },
    { "\xff\xd8\xff",
      3,
      { "image", "this is an image, not CSV text", "type its answers into a form" } },
    { "GIF8", 4, { "image", "this is an image, not CSV text", "type its answers into a form" } },
    { "\x1f\x8b",
      2,
      { "compressed", "this is a compressed file (gzip), not CSV text", "unpack it first" } },
    { "\x7f"
      "ELF",
      4,
      { "binary", "this is a program or other binary data, not CSV text", EXPORT } },
};

/* How a web page begins, after white space. */
static const char *const PAGES[] = { "<!doctype", "<html", "<head", "<body", "<table", "<?xml" };
static const char MARK[] = "\xef\xbb\xbf";

static const Shape PAGE = { "web_page", "this is a web page or XML, not CSV text", SAVE_AS_CSV };
static const Shape EMPTY = { "empty", "the file is empty", EXPECTED };
static const Shape MARK_ONLY = { "empty", "the file is empty but for its byte order mark",
                                 EXPECTED };
static const Shape BINARY = { "binary", "this is a program or other binary data, not CSV text",
                              EXPORT };
static const Shape BLANK = { "empty", "the file has nothing but blank lines", EXPECTED };

/* Whether control characters stand in even and in odd places: in UTF-16 they are half of a
 * character of some script, and stand in one of both. */
static gboolean is_binary(const char *bytes, gsize size)
{
    gsize n = MIN(size, BINARY_LOOKED_AT), controls[2] = { 0, 0 };

    for (gsize i = 0; i < n; i++)
        controls[i % 2] += (guchar)bytes[i] < ' ' && bytes[i] != '\0' && bytes[i] != '\x1b' &&
                           !g_ascii_isspace(bytes[i]);
    return MIN(controls[0], controls[1]) >= BINARY_LEAST &&
           MIN(controls[0], controls[1]) * 200 >= n * BINARY_SHARE;
}

const Shape *shape_of_bytes(const char *bytes, gsize size)
{
    gboolean has_mark = size >= 3 && memcmp(bytes, MARK, 3) == 0;

    for (guint i = 0; i < G_N_ELEMENTS(SIGNATURES); i++)
        if (size >= SIGNATURES[i].size &&
            memcmp(bytes, SIGNATURES[i].start, SIGNATURES[i].size) == 0)
            return &SIGNATURES[i].shape;
    if (size == 0)
        return &EMPTY;
    if (has_mark) {
        bytes += 3;
        size -= 3;
    }
    if (size == 0)
        return &MARK_ONLY;
    while (size > 0 && g_ascii_isspace(*bytes)) {
        bytes++;
        size--;
    }
    if (size == 0)
        return &BLANK;
    for (guint i = 0; i < G_N_ELEMENTS(PAGES); i++)
        if (size >= strlen(PAGES[i]) && g_ascii_strncasecmp(bytes, PAGES[i], strlen(PAGES[i])) == 0)
            return &PAGE;
    return is_binary(bytes, size) ? &BINARY : NULL;
}

/* ---- tables that are none of respondents ---- */

enum {
    CODEBOOK_NAMES = 3,   /* columns of a list of questions that prove one */
    CODEBOOK_LEAST = 2,   /* ... or all that there are, as many at least */
    CROSSTAB_COLUMNS = 3, /* columns that a table of counts has at least ... */
    CROSSTAB_ROWS = 500,  /* ... and rows that it has at most */
    NUMBERS_SHARE = 90,   /* percent of its cells that are numbers */
    SHARES_SHARE = 80,  /* percent that carry a percent sign, where no word says that it sums up */
    RAGGED_SHARE = 75,  /* percent of rows with other numbers of cells than the header ... */
    LONG_SHARE = 10,    /* ... and with more cells than one */
    WORDS_OF_PROSE = 6, /* in a header of one cell: a sentence */
    LETTERS_OF_PROSE = 25, /* the same where words are not parted */
    TURNED_LEAST = 2       /* questions in the first column of a table that is turned */
};

static const Shape HEADER_ONLY = { "header_only", "the file has only a header",
                                   "expected a row for each company" };
static const Shape CODEBOOK = {
    "codebook", "this is a list of questions (a codebook), not answers to them",
    "give the export of the answers; this file says what its codes mean"
};
static const Shape CROSSTAB = {
    "crosstab", "this is a table of counts or shares (a crosstab), not one respondent a row",
    "give the export of the single answers, \"all responses data\" or \"raw data\""
};

static const Shape PROSE = { "prose", "this is text, not a table of answers", EXPORT };
static const Shape TURNED = { "turned",
                              "this is a table with a row for each question and a column for each "
                              "company",
                              "turn it, so that each company has a row: in Excel copy, then Paste "
                              "Special, Transpose" };

/* What the columns of lists of questions are called, folded: REDCap's dictionary, XLSForm, SPSS,
 * and what people write. */
static const char *const CODEBOOK_COLUMNS[] = {
    "variable / field name",
    "form name",
    "section header",
    "field type",
    "field label",
    "choices, calculations, or slider labels",
    "field note",
    "variable",
    "variable name",
    "variable label",
    "value label",
    "value labels",
    "question text",
    "question type",
    "response options",
    "choices",
    "codes",
    "coding",
    "list_name",
    "label",
    "hint",
    "constraint",
    "relevant",
    "appearance",
    "calculation",
    "变量名",
    "变量",
    "变量标签",
    "值标签",
    "题型",
    "题干",
    "选项",
    "编码",
};

/* What stands beside those, and in other tables, too, folded. */
static const char *const CODEBOOK_NEIGHBOURS[] = {
    "values", "value",    "labels",      "name",   "type", "id",   "ask",  "help",
    "code",   "question", "description", "format", "unit", "题号", "题目", "类型",
};

/* Words that only sums have, in a header or a first column, folded. */
static const char *const SUMS[] = { "total",          "totals",  "total respondents",
                                    "base",           "n",       "unweighted base",
                                    "answered",       "skipped", "responses",
                                    "count",          "percent", "合计",
                                    "总计",           "小计",    "占比",
                                    "比例",           "人数",    "answer choices",
                                    "answer options", "选项" };

static gboolean is_among(const char *text, const char *const *words, guint n)
{
    g_autofree char *folded = text_fold(text);

    for (guint i = 0; i < n; i++)
        if (strcmp(folded, words[i]) == 0)
            return TRUE;
    return FALSE;
}

static gboolean is_codebook(const char *const *names, guint n)
{
    guint known = 0, beside = 0;

    for (guint i = 0; i < n; i++) {
        gboolean is_known = is_among(names[i], CODEBOOK_COLUMNS, G_N_ELEMENTS(CODEBOOK_COLUMNS));

        known += (guint)is_known;
        beside +=
            !is_known && is_among(names[i], CODEBOOK_NEIGHBOURS, G_N_ELEMENTS(CODEBOOK_NEIGHBOURS));
    }
    return known >= CODEBOOK_NAMES || (known > 0 && n >= CODEBOOK_LEAST && known + beside == n);
}

/* Few rows, each with a name of its own and then numbers, and a word for sums or percent signs. Of
 * a question and its answer, side by side, each row has its own pair. */
static gboolean is_crosstab(const char *const *names, const Contents *contents)
{
    const ContentsColumn *first = contents_column(contents, 0);
    guint n = contents_n_columns(contents), looked_at = 0, numbers = 0, sums = 0, percents = 0;
    gboolean has_pair = n > 2 && sheet_knows(names[0]) && sheet_knows(names[1]);

    if (n < CROSSTAB_COLUMNS || contents_rows(contents)->rows > CROSSTAB_ROWS ||
        first->numbers * 2 > first->looked_at || (!has_pair && first->distinct * 2 < first->filled))
        return FALSE;
    for (guint i = has_pair ? 2 : 1; i < n; i++) {
        const ContentsColumn *column = contents_column(contents, i);

        looked_at += column->looked_at;
        numbers += column->numbers;
        percents += column->percents;
        sums += (guint)is_among(names[i], SUMS, G_N_ELEMENTS(SUMS));
    }
    sums += (guint)is_among(names[0], SUMS, G_N_ELEMENTS(SUMS));
    return looked_at > 0 && numbers * 100 >= looked_at * NUMBERS_SHARE &&
           (sums > 0 || percents * 100 >= looked_at * SHARES_SHARE);
}

/* A sentence over the only column that is no question, or rows that mostly fit no header. */
static gboolean is_prose(const char *const *names, const Contents *contents)
{
    const ContentsRows *rows = contents_rows(contents);
    guint64 filled = rows->rows - rows->blank, ragged = rows->short_rows + rows->long_rows;
    g_autofree char *folded = text_fold(names[0]);
    g_auto(GStrv) parts = NULL;
    guint words;

    if (contents_n_columns(contents) > 1)
        return rows->long_rows * 2 > filled || ragged * 100 >= filled * RAGGED_SHARE;
    parts = g_strsplit(folded, " ", -1);
    words = g_strv_length(parts);
    return rows->long_rows * 100 >= filled * LONG_SHARE ||
           (!strchr(folded, '?') &&
            (words >= WORDS_OF_PROSE ||
             (words == 1 && g_utf8_strlen(folded, -1) >= LETTERS_OF_PROSE)));
}

const Shape *shape_of_table(const char *const *names, const Contents *contents, ShapeHints hints)
{
    if (contents_rows(contents)->rows == contents_rows(contents)->blank)
        return &HEADER_ONLY;
    if (is_codebook(names, contents_n_columns(contents)))
        return &CODEBOOK;
    if (contents_n_columns(contents) > 0 && is_crosstab(names, contents))
        return &CROSSTAB;
    if (hints.questions_below >= TURNED_LEAST && contents_n_columns(contents) > 1)
        return &TURNED;
    return !hints.is_known && contents_n_columns(contents) > 0 && is_prose(names, contents) ? &PROSE
                                                                                            : NULL;
}
