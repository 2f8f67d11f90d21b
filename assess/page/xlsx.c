#define _GNU_SOURCE /* memfd_create() */

#include "page/xlsx.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/date.h"
#include "base/module.h"
#include "page/package.h"

enum {
    EPOCH = 719163, /* 1 January 1970 */
    DAY = 86400,
    FIRST_DAY = 693655, /* 1 March 1900: from here on all spreadsheets count alike */
    A4 = 9,
    TAIL = 65536, /* bytes of a file that tell what is in it */
    PLACES_LIMIT = 15
};

/* The library is opened by the first workbook: linked to the program it would make every start
 * slower. Its functions by name, as its header declares them. */
#define FUNCTIONS(X)                      \
    X(format_set_align)                   \
    X(format_set_bg_color)                \
    X(format_set_bold)                    \
    X(format_set_border)                  \
    X(format_set_border_color)            \
    X(format_set_font_color)              \
    X(format_set_font_size)               \
    X(format_set_num_format)              \
    X(format_set_text_wrap)               \
    X(format_set_unlocked)                \
    X(lxw_rowcol_to_cell)                 \
    X(lxw_strerror)                       \
    X(lxw_workbook_free)                  \
    X(workbook_add_format)                \
    X(workbook_add_worksheet)             \
    X(workbook_close)                     \
    X(workbook_new)                       \
    X(workbook_new_opt)                   \
    X(workbook_set_properties)            \
    X(worksheet_activate)                 \
    X(worksheet_autofilter)               \
    X(worksheet_conditional_format_range) \
    X(worksheet_data_validation_range)    \
    X(worksheet_fit_to_pages)             \
    X(worksheet_freeze_panes)             \
    X(worksheet_hide)                     \
    X(worksheet_protect)                  \
    X(worksheet_repeat_rows)              \
    X(worksheet_set_column)               \
    X(worksheet_set_first_sheet)          \
    X(worksheet_set_footer)               \
    X(worksheet_set_landscape)            \
    X(worksheet_set_margins)              \
    X(worksheet_set_paper)                \
    X(worksheet_write_blank)              \
    X(worksheet_write_datetime)           \
    X(worksheet_write_number)             \
    X(worksheet_write_string)

#define MEMBER(name) __typeof__(&name) name;
#define SYMBOL(name) { #name, offsetof(Lxw, name) },

static const char LIBRARY[] = "libxlsxwriter.so.4";

typedef struct {
    void *handle;
    FUNCTIONS(MEMBER)
} Lxw;

static const ModuleSymbol SYMBOLS[] = { FUNCTIONS(SYMBOL) };

struct Xlsx {
    Lxw lxw;
    int file;               /* in memory; -1 of a long one */
    char *path, *temporary; /* of a long one: itself, and the folder of its parts */
    lxw_workbook *book;
    lxw_worksheet *sheet; /* the one chosen */
    GHashTable *names;    /* of sheets, folded */
    GHashTable *formats;  /* a look's words -> lxw_format *, owned by the book */
    guint cut;
    char *first_cut;
};

/* FALSE if the library or one of its functions is missing. */
static gboolean open_library(Lxw *lxw, GError **error)
{
    g_autofree char *problem = NULL;

    lxw->handle =
        module_open(LIBRARY, "workbooks need libxlsxwriter (Debian package libxlsxwriter4)",
                    SYMBOLS, G_N_ELEMENTS(SYMBOLS), lxw, &problem);
    if (!lxw->handle)
        g_set_error_literal(error, XLSX_ERROR, XLSX_ERROR_LIBRARY, problem);
    return lxw->handle != NULL;
}

/* Without a book. NULL with `error`. */
static Xlsx *open_new(GError **error)
{
    g_autoptr(Xlsx) xlsx = g_new0(Xlsx, 1);

    xlsx->file = -1;
    xlsx->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    xlsx->formats = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return open_library(&xlsx->lxw, error) ? g_steal_pointer(&xlsx) : NULL;
}

Xlsx *xlsx_new_long(const char *path, const char *folder, GError **error)
{
    g_autoptr(Xlsx) xlsx = open_new(error);
    g_autofree char *temporary = g_strdup(folder);
    lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = temporary };

    if (!xlsx)
        return NULL;
    xlsx->path = g_strdup(path);
    xlsx->temporary = g_steal_pointer(&temporary); /* the book keeps no copy */
    xlsx->book = xlsx->lxw.workbook_new_opt(path, &options);
    return g_steal_pointer(&xlsx);
}

Xlsx *xlsx_new(GError **error)
{
    g_autoptr(Xlsx) xlsx = open_new(error);
    g_autofree char *path = NULL;

    if (!xlsx)
        return NULL;
    xlsx->file = memfd_create("workbook", MFD_CLOEXEC);
    path = g_strdup_printf("/proc/self/fd/%d", xlsx->file);
    xlsx->book = xlsx->lxw.workbook_new(path);
    return g_steal_pointer(&xlsx);
}

void xlsx_free(Xlsx *xlsx)
{
    if (!xlsx)
        return;
    if (xlsx->book)
        xlsx->lxw.lxw_workbook_free(xlsx->book);
    if (xlsx->file >= 0)
        close(xlsx->file);
    g_hash_table_unref(xlsx->names);
    g_hash_table_unref(xlsx->formats);
    g_free(xlsx->first_cut);
    g_free(xlsx->path);
    g_free(xlsx->temporary);
    if (xlsx->lxw.handle)
        dlclose(xlsx->lxw.handle);
    g_free(xlsx);
}

/* ---- texts ---- */

/* "_x0041_" stands for a character in this format: one written by a person must not. */
static gboolean is_escape(const char *text)
{
    if (text[0] != '_' || text[1] != 'x')
        return FALSE;
    for (guint i = 2; i < 6; i++)
        if (!g_ascii_isxdigit(text[i]))
            return FALSE;
    return text[6] == '_';
}

static gboolean is_shown(gunichar c)
{
    return c == '\n' || c == '\t' || (c >= ' ' && c != 0x7f && c != 0xfffe && c != 0xffff);
}

/* Valid, without control characters, at most `limit` UTF-16 units; `cut` tells whether something
 * is missing. Free with g_free(). */
static char *cell_text(const char *text, guint limit, gboolean *cut)
{
    static const char ELLIPSIS[] = "...";
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *out = g_string_new(NULL);
    gsize room_for_ellipsis = 0;
    guint units = 0;

    *cut = FALSE;
    for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        const char *escape = is_escape(at) ? "_x005F" : "";
        guint wide = (c > 0xffff ? 2 : 1) + (guint)strlen(escape);

        if (!is_shown(c))
            continue;
        if (units + wide > limit) {
            *cut = TRUE;
            g_string_truncate(out, room_for_ellipsis);
            g_string_append(out, ELLIPSIS);
            break;
        }
        g_string_append(out, escape);
        g_string_append_unichar(out, c);
        units += wide;
        if (units <= limit - strlen(ELLIPSIS))
            room_for_ellipsis = out->len;
    }
    return g_string_free(out, FALSE);
}

/* A message at a cell. Free with g_free(). */
static char *short_text(const char *text, guint limit)
{
    gboolean cut;

    return text ? cell_text(text, limit, &cut) : NULL;
}

static void count_cut(Xlsx *xlsx, guint row, guint column)
{
    char cell[LXW_MAX_CELL_NAME_LENGTH];

    if (xlsx->cut++ > 0)
        return;
    xlsx->lxw.lxw_rowcol_to_cell(cell, row, (lxw_col_t)column);
    xlsx->first_cut = g_strdup_printf("%s!%s", xlsx->sheet->name, cell);
}

void xlsx_tell_cut(const Xlsx *xlsx, Findings *findings)
{
    if (xlsx->cut > 0)
        findings_add(findings, SEVERITY_WARNING, NULL,
                     "a cell takes %d characters: longer texts are cut, here %u, the first in %s",
                     XLSX_TEXT_LIMIT, xlsx->cut, xlsx->first_cut);
}

/* ---- sheets ---- */

/* Without what a name may not have, and of a length it may have. */
static char *sheet_name(const char *name)
{
    gboolean cut;
    char *own = cell_text(name, XLSX_NAME_LIMIT - 3, &cut); /* room for a number */

    return g_strstrip(g_strdelimit(own, "[]:*?/\\'\n\t", ' '));
}

void xlsx_sheet(Xlsx *xlsx, const char *name)
{
    g_autofree char *own = sheet_name(name);

    for (guint number = 1;; number++) {
        g_autofree char *tried =
            number == 1 && *own ? g_strdup(own) : g_strdup_printf("%s %u", own, number);
        g_autofree char *folded = g_utf8_casefold(tried, -1);

        if (!g_hash_table_add(xlsx->names, g_steal_pointer(&folded)))
            continue;
        xlsx->sheet = xlsx->lxw.workbook_add_worksheet(xlsx->book, tried);
        return;
    }
}

void xlsx_hide(Xlsx *xlsx)
{
    xlsx->lxw.worksheet_hide(xlsx->sheet);
}

void xlsx_open_here(Xlsx *xlsx)
{
    xlsx->lxw.worksheet_activate(xlsx->sheet);
    xlsx->lxw.worksheet_set_first_sheet(xlsx->sheet);
}

/* ---- cells ---- */

static lxw_format *make_format(Xlsx *xlsx, const XlsxLook *look)
{
    lxw_format *format = xlsx->lxw.workbook_add_format(xlsx->book);

    xlsx->lxw.format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (look->bold)
        xlsx->lxw.format_set_bold(format);
    if (look->wrap)
        xlsx->lxw.format_set_text_wrap(format);
    if (look->centred)
        xlsx->lxw.format_set_align(format, LXW_ALIGN_CENTER);
    if (look->open)
        xlsx->lxw.format_set_unlocked(format);
    if (look->typed || look->numbers)
        xlsx->lxw.format_set_num_format(format, look->numbers ? look->numbers : "@");
    if (look->size > 0)
        xlsx->lxw.format_set_font_size(format, look->size);
    if (look->ink)
        xlsx->lxw.format_set_font_color(format, look->ink);
    if (look->fill)
        xlsx->lxw.format_set_bg_color(format, look->fill);
    if (look->ruled) {
        xlsx->lxw.format_set_border(format, LXW_BORDER_HAIR);
        xlsx->lxw.format_set_border_color(format, LXW_COLOR_GRAY);
    }
    return format;
}

/* The format of a look, made once. */
static lxw_format *format_of(Xlsx *xlsx, const XlsxLook *look)
{
    g_autofree char *key = g_strdup_printf(
        "%d%d%d%d%d%d %g %x %x %s", look->bold, look->wrap, look->centred, look->ruled, look->open,
        look->typed, look->size, look->ink, look->fill, look->numbers ? look->numbers : "");
    lxw_format *format = g_hash_table_lookup(xlsx->formats, key);

    if (format)
        return format;
    format = make_format(xlsx, look);
    g_hash_table_insert(xlsx->formats, g_steal_pointer(&key), format);
    return format;
}

void xlsx_text(Xlsx *xlsx, guint row, guint column, const char *text, const XlsxLook *look)
{
    lxw_format *format = format_of(xlsx, look);
    gboolean cut = FALSE;
    g_autofree char *shown = text ? cell_text(text, XLSX_TEXT_LIMIT, &cut) : NULL;

    if (cut)
        count_cut(xlsx, row, column);
    if (shown && *shown)
        xlsx->lxw.worksheet_write_string(xlsx->sheet, row, (lxw_col_t)column, shown, format);
    else
        xlsx->lxw.worksheet_write_blank(xlsx->sheet, row, (lxw_col_t)column, format);
}

static guint digits_in(const char *decimal)
{
    guint digits = 0;

    for (const char *at = decimal; *at; at++)
        if (g_ascii_isdigit(*at) && (digits > 0 || *at != '0'))
            digits++;
    return digits;
}

void xlsx_decimal(Xlsx *xlsx, guint row, guint column, const char *decimal, guint places,
                  gboolean percent, const XlsxLook *look)
{
    const char *point = strchr(decimal, '.');
    guint own = point ? MIN((guint)strlen(point + 1), PLACES_LIMIT) : 0;
    g_autofree char *zeros = g_strnfill(MAX(own, places), '0');
    g_autofree char *numbers =
        g_strdup_printf("0%s%s%s", *zeros ? "." : "", zeros, percent ? "%" : "");
    g_autofree char *value = g_strconcat(decimal, percent ? "e-2" : "", NULL);
    XlsxLook numeric = *look;

    if (digits_in(decimal) > XLSX_DIGITS) {
        g_autofree char *text = g_strconcat(decimal, percent ? "%" : "", NULL);

        xlsx_text(xlsx, row, column, text, look);
        return;
    }
    numeric.numbers = numbers;
    xlsx->lxw.worksheet_write_number(xlsx->sheet, row, (lxw_col_t)column,
                                     g_ascii_strtod(value, NULL), format_of(xlsx, &numeric));
}

void xlsx_count(Xlsx *xlsx, guint row, guint column, guint count, const XlsxLook *look)
{
    xlsx->lxw.worksheet_write_number(xlsx->sheet, row, (lxw_col_t)column, count,
                                     format_of(xlsx, look));
}

void xlsx_day(Xlsx *xlsx, guint row, guint column, gint32 day, const XlsxLook *look)
{
    g_autofree char *text = date_text(day);
    XlsxLook dated = *look;
    lxw_datetime value = { 0 };

    if (day < FIRST_DAY) {
        xlsx_text(xlsx, row, column, text, look);
        return;
    }
    dated.numbers = "yyyy-mm-dd";
    value.year = (int)g_ascii_strtoll(text, NULL, 10);
    value.month = (int)g_ascii_strtoll(text + 5, NULL, 10);
    value.day = (int)g_ascii_strtoll(text + 8, NULL, 10);
    xlsx->lxw.worksheet_write_datetime(xlsx->sheet, row, (lxw_col_t)column, &value,
                                       format_of(xlsx, &dated));
}

/* ---- what a sheet does ---- */

void xlsx_width(Xlsx *xlsx, guint column, double width)
{
    xlsx->lxw.worksheet_set_column(xlsx->sheet, (lxw_col_t)column, (lxw_col_t)column, width, NULL);
}

void xlsx_freeze(Xlsx *xlsx, guint row, guint column)
{
    xlsx->lxw.worksheet_freeze_panes(xlsx->sheet, row, (lxw_col_t)column);
}

void xlsx_filter(Xlsx *xlsx, XlsxRange range)
{
    xlsx->lxw.worksheet_autofilter(xlsx->sheet, range.row, (lxw_col_t)range.column, range.last_row,
                                   (lxw_col_t)range.last_column);
}

static const struct {
    guint8 type, criteria;
} VALIDATIONS[] = {
    [XLSX_ANYTHING] = { LXW_VALIDATION_TYPE_ANY, LXW_VALIDATION_CRITERIA_NONE },
    [XLSX_LIST] = { LXW_VALIDATION_TYPE_CUSTOM_FORMULA, LXW_VALIDATION_CRITERIA_NONE },
    [XLSX_DAY] = { LXW_VALIDATION_TYPE_DATE, LXW_VALIDATION_CRITERIA_BETWEEN },
    [XLSX_FORMULA] = { LXW_VALIDATION_TYPE_CUSTOM_FORMULA, LXW_VALIDATION_CRITERIA_NONE },
};

/* Of a list's range the library makes two copies and loses one: so it is given as a formula, which
 * becomes a list here. */
static void become_list(lxw_worksheet *sheet)
{
    lxw_data_val_obj *each, *last = NULL;

    STAILQ_FOREACH(each, sheet->data_validations, list_pointers)
    last = each;
    if (last)
        last->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
}

void xlsx_rule(Xlsx *xlsx, XlsxRange range, const XlsxRule *rule)
{
    g_autofree char *title = short_text(rule->title, XLSX_TITLE_LIMIT);
    g_autofree char *hint = short_text(rule->hint, XLSX_HINT_LIMIT);
    g_autofree char *refusal = short_text(rule->refusal, XLSX_HINT_LIMIT);
    g_autofree char *source = g_strdup(rule->source);
    lxw_data_validation validation = {
        .validate = VALIDATIONS[rule->kind].type,
        .criteria = VALIDATIONS[rule->kind].criteria,
        .ignore_blank = LXW_VALIDATION_ON,
        .show_input = hint ? LXW_VALIDATION_ON : LXW_VALIDATION_OFF,
        .show_error = refusal ? LXW_VALIDATION_ON : LXW_VALIDATION_OFF,
        .error_type =
            rule->lenient ? LXW_VALIDATION_ERROR_TYPE_WARNING : LXW_VALIDATION_ERROR_TYPE_STOP,
        .dropdown = LXW_VALIDATION_ON,
        .minimum_datetime = { 1900, 3, 1, 0, 0, 0 },
        .maximum_datetime = { 9999, 12, 31, 0, 0, 0 },
        .value_formula = source,
        .input_title = hint ? title : NULL,
        .input_message = hint,
        .error_title = refusal ? title : NULL,
        .error_message = refusal,
    };

    xlsx->lxw.worksheet_data_validation_range(xlsx->sheet, range.row, (lxw_col_t)range.column,
                                              range.last_row, (lxw_col_t)range.last_column,
                                              &validation);
    if (rule->kind == XLSX_LIST)
        become_list(xlsx->sheet);
}

void xlsx_colour_word(Xlsx *xlsx, XlsxRange range, const char *word, const XlsxLook *look)
{
    g_auto(GStrv) parts = g_strsplit(word, "\"", -1);
    g_autofree char *quoted = g_strjoinv("\"\"", parts);
    g_autofree char *value = g_strdup_printf("\"%s\"", quoted);
    lxw_conditional_format condition = { .type = LXW_CONDITIONAL_TYPE_CELL,
                                         .criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
                                         .value_string = value };

    /* a format of its own: what it says goes on top of the cell's */
    condition.format = xlsx->lxw.workbook_add_format(xlsx->book);
    xlsx->lxw.format_set_font_color(condition.format, look->ink);
    xlsx->lxw.format_set_bg_color(condition.format, look->fill);
    xlsx->lxw.worksheet_conditional_format_range(xlsx->sheet, range.row, (lxw_col_t)range.column,
                                                 range.last_row, (lxw_col_t)range.last_column,
                                                 &condition);
}

void xlsx_protect(Xlsx *xlsx)
{
    lxw_protection allowed = { .format_cells = 1,
                               .format_columns = 1,
                               .format_rows = 1,
                               .autofilter = 1,
                               .objects = 1,
                               .scenarios = 1 };

    xlsx->lxw.worksheet_protect(xlsx->sheet, NULL, &allowed);
}

void xlsx_print(Xlsx *xlsx, guint rows, const char *foot)
{
    g_auto(GStrv) parts = g_strsplit(foot, "&", -1);
    g_autofree char *plain = g_strjoinv("&&", parts);
    g_autofree char *name = short_text(plain, 200); /* a foot takes 255 in all */
    g_autofree char *footer = g_strdup_printf("&L%s&R&P / &N", name);

    xlsx->lxw.worksheet_set_landscape(xlsx->sheet);
    xlsx->lxw.worksheet_set_paper(xlsx->sheet, A4);
    xlsx->lxw.worksheet_set_margins(xlsx->sheet, 0.4, 0.4, 0.5, 0.6);
    xlsx->lxw.worksheet_fit_to_pages(xlsx->sheet, 1, 0);
    if (rows > 0)
        xlsx->lxw.worksheet_repeat_rows(xlsx->sheet, 0, rows - 1);
    xlsx->lxw.worksheet_set_footer(xlsx->sheet, footer);
}

/* ---- the file ---- */

static void set_info(Xlsx *xlsx, const XlsxInfo *info)
{
    g_autofree char *title = short_text(info->title, XLSX_HINT_LIMIT);
    g_autofree char *subject = short_text(info->subject, XLSX_HINT_LIMIT);
    g_autofree char *author = short_text(info->author, XLSX_HINT_LIMIT);
    g_autofree char *keywords = short_text(info->keywords, XLSX_HINT_LIMIT);
    lxw_doc_properties properties = {
        .title = title, .subject = subject, .author = author, .keywords = keywords
    };

    /* noon, as 0 would be taken for the clock */
    properties.created = (time_t)(info->date - EPOCH) * DAY + DAY / 2;
    xlsx->lxw.workbook_set_properties(xlsx->book, &properties);
}

static GBytes *read_back(int file, GError **error)
{
    off_t size = lseek(file, 0, SEEK_END);
    g_autofree char *data = size > 0 ? g_malloc((gsize)size) : NULL;
    gsize done = 0;

    while (data && done < (gsize)size) {
        ssize_t n = pread(file, data + done, (gsize)size - done, (off_t)done);

        if (n <= 0)
            break;
        done += (gsize)n;
    }
    /* its parts were written to temporary files, and a full disk is not noticed there */
    if (done > 0 && done == (gsize)size && package_is_whole(data, done))
        return g_bytes_new_take(g_steal_pointer(&data), done);
    g_set_error(error, XLSX_ERROR, XLSX_ERROR_WRITE, "no room for temporary files in \"%s\"",
                g_get_tmp_dir());
    return NULL;
}

/* Whether it is a file that could not be written: its own or a temporary one. */
static gboolean is_of_files(lxw_error failure)
{
    return failure == LXW_ERROR_CREATING_XLSX_FILE || failure == LXW_ERROR_CREATING_TMPFILE ||
           failure == LXW_ERROR_READING_TMPFILE || failure == LXW_ERROR_ZIP_FILE_OPERATION ||
           failure == LXW_ERROR_ZIP_FILE_ADD || failure == LXW_ERROR_ZIP_CLOSE;
}

/* FALSE. */
static gboolean refuse_long(const Xlsx *xlsx, GError **error)
{
    g_set_error(error, XLSX_ERROR, XLSX_ERROR_WRITE, "no room for \"%s\" or for temporary files",
                xlsx->path);
    return FALSE;
}

static gboolean close_book(Xlsx *xlsx, const XlsxInfo *info, GError **error)
{
    lxw_error failure;

    set_info(xlsx, info);
    failure = xlsx->lxw.workbook_close(xlsx->book);
    xlsx->book = NULL;
    if (failure == LXW_NO_ERROR)
        return TRUE;
    if (xlsx->path && is_of_files(failure))
        return refuse_long(xlsx, error);
    g_set_error(error, XLSX_ERROR, XLSX_ERROR_WRITE, "%s", xlsx->lxw.lxw_strerror(failure));
    return FALSE;
}

GBytes *xlsx_finish(Xlsx *xlsx, const XlsxInfo *info, GError **error)
{
    return close_book(xlsx, info, error) ? read_back(xlsx->file, error) : NULL;
}

/* Bytes of the rows written so far to a temporary file; -1 if it took not all of them. */
static gint64 rows_size(const Xlsx *xlsx)
{
    FILE *rows = xlsx->sheet->optimize_tmpfile;

    return fflush(rows) == 0 && !ferror(rows) ? ftell(rows) : -1;
}

/* The end of the file, where it says what is in it. */
static char *read_tail(int fd, gsize *size)
{
    off_t end = lseek(fd, 0, SEEK_END);
    gsize wanted = (gsize)CLAMP(end, 0, TAIL);
    char *tail = g_malloc0(TAIL);
    ssize_t n = pread(fd, tail, wanted, end - (off_t)wanted);

    *size = n > 0 ? (gsize)n : 0;
    return tail;
}

/* Whether the sheet in the file has at least as many bytes as were written of its rows: the library
 * does not notice when its temporary files are cut short. Makes it durable. */
static gboolean is_long_one_whole(const Xlsx *xlsx, gint64 rows)
{
    int fd = open(xlsx->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    gsize size = 0;
    g_autofree char *tail = fd < 0 ? NULL : read_tail(fd, &size);
    gboolean is_whole = tail && rows >= 0 &&
                        package_part(tail, size, "xl/worksheets/sheet1.xml") > (guint64)rows &&
                        fdatasync(fd) == 0;

    if (fd >= 0)
        close(fd);
    return is_whole;
}

gboolean xlsx_write(Xlsx *xlsx, const XlsxInfo *info, GError **error)
{
    gint64 rows = rows_size(xlsx);

    if (!close_book(xlsx, info, error))
        return FALSE;
    if (is_long_one_whole(xlsx, rows))
        return TRUE;
    return refuse_long(xlsx, error);
}
