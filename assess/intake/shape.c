#include "intake/shape.h"

#include <string.h>

#define SAVE_AS_CSV "in Excel: File, Save As, \"CSV UTF-8 (Comma delimited)\"; in WPS likewise"
#define EXPECTED "expected a header such as question,answer and rows below it"

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
};

/* How a web page begins, after white space. */
static const char *const PAGES[] = { "<!doctype", "<html", "<head", "<body", "<table", "<?xml" };
static const char MARK[] = "\xef\xbb\xbf";

static const Shape PAGE = { "web_page", "this is a web page or XML, not CSV text", SAVE_AS_CSV };
static const Shape EMPTY = { "empty", "the file is empty", EXPECTED };
static const Shape MARK_ONLY = { "empty", "the file is empty but for its byte order mark",
                                 EXPECTED };
static const Shape BLANK = { "empty", "the file has nothing but blank lines", EXPECTED };

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
    return NULL;
}
