#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <jansson.h>
#include <string.h>

#include "intake/decoding.h"
#include "intake/delimiter.h"
#include "intake/suite.h"

/* tests/suites.txt says of every file of the published suites how it is read. */
#define TABLE "tests/suites.txt"

/* A row of the table. */
typedef struct {
    char *path, *verdict, *what;
} Row;

static void row_free(gpointer data)
{
    Row *row = data;

    g_free(row->path);
    g_free(row->verdict);
    g_free(row->what);
    g_free(row);
}

/* By path. Every row says why. */
static GHashTable *read_table(void)
{
    GHashTable *rows = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, row_free);
    g_autofree char *table = NULL;
    g_auto(GStrv) lines = NULL;

    cr_assert(g_file_get_contents(TABLE, &table, NULL, NULL), "%s cannot be read", TABLE);
    lines = g_strsplit(table, "\n", -1);
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) halves = g_strsplit(*line, " # ", 2);
        g_auto(GStrv) words = NULL;
        Row *row;

        if (**line == '#' || **line == '\0')
            continue;
        cr_assert(eq(int, (int)g_strv_length(halves), 2), "\"%s\" does not say why", *line);
        words = g_strsplit(g_strstrip(halves[0]), " ", 3);
        cr_assert(ge(int, (int)g_strv_length(words), 2), "\"%s\"", *line);
        row = g_new0(Row, 1);
        row->path = g_strdup(words[0]);
        row->verdict = g_strdup(words[1]);
        row->what = g_strdup(words[2] ? words[2] : "");
        cr_expect(g_hash_table_insert(rows, row->path, row), "%s stands twice", row->path);
    }
    return rows;
}

/* Append the files below a folder of the suites, of char *. */
static void list_files(const char *folder, GPtrArray *files)
{
    g_autofree char *below = g_build_filename("suites", folder, NULL);
    g_autoptr(GPtrArray) names = suite_names(below);

    for (guint i = 0; i < names->len; i++) {
        char *name =
            *folder ? g_build_filename(folder, names->pdata[i], NULL) : g_strdup(names->pdata[i]);
        g_autofree char *relative = g_build_filename("suites", name, NULL);
        g_autofree char *path = suite_path(relative);

        if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
            g_ptr_array_add(files, name);
            continue;
        }
        list_files(name, files);
        g_free(name);
    }
}

/* What became of a file. */
typedef struct {
    json_t *rows; /* NULL if no text */
    char *encoding, *delimiter, *told;
    guint columns; /* of the longest record */
} Read;

static gboolean keep_record(const CsvRecord *record, gpointer data)
{
    Read *read = data;
    json_t *row = json_array();

    for (guint i = 0; i < record->n_cells; i++)
        json_array_append_new(row, json_string(record->cells[i]));
    json_array_append_new(read->rows, row);
    read->columns = MAX(read->columns, record->n_cells);
    return TRUE;
}

/* As `assess` reads a file. */
static Read read_file(const char *path)
{
    g_autofree char *relative = g_build_filename("suites", path, NULL);
    g_autoptr(GBytes) bytes = suite_bytes(relative);
    g_autoptr(Findings) findings = findings_new();
    EncodingFound encoding = { 0 };
    g_autoptr(GBytes) decoded = decoding_text("file", bytes, NULL, &encoding, findings);
    CsvText text = { .file = "file", .line = 1, .lenient = TRUE };
    Read read = { 0 };

    if (decoded) {
        text.text = g_bytes_get_data(decoded, &text.size);
        delimiter_find(&text, NULL, NULL);
        read.rows = json_array();
        csv_read(&text, keep_record, &read, findings);
        read.delimiter = g_strdup(delimiter_name(text.delimiter));
    }
    read.encoding = g_strdup(encoding.name ? encoding.name : "-");
    read.told = suite_told(findings);
    return read;
}

static void read_clear(Read *read)
{
    json_decref(read->rows);
    g_free(read->encoding);
    g_free(read->delimiter);
    g_free(read->told);
}

/* The expected rows as lists: objects get their keys as a header before them. */
static json_t *expected_rows(const char *path)
{
    g_autofree char *relative = g_build_filename("suites", path, NULL);
    g_autoptr(GBytes) bytes = suite_bytes(relative);
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);
    json_t *rows = json_loadb(text, size, 0, NULL), *lists = json_array(), *row;
    size_t i;

    cr_assert(rows != NULL, "%s is no JSON", path);
    if (json_is_object(rows))
        rows = json_pack("[o]", rows);
    json_array_foreach(rows, i, row)
    {
        json_t *list = json_array(), *header = json_array(), *value;
        const char *key;

        json_object_foreach(row, key, value)
        {
            json_array_append_new(header, json_string(key));
            json_array_append(list, value);
        }
        if (json_is_object(row) && i == 0)
            json_array_append(lists, header);
        json_array_append(lists, json_is_object(row) ? list : row);
        json_decref(header);
        json_decref(list);
    }
    json_decref(rows);
    return lists;
}

/* ---- where a suite's JSON does not say what stands in its file, as the table tells ---- */

/* Blank lines are no records. */
static void drop_blank(json_t *rows, json_t *expected)
{
    (void)rows;
    for (size_t i = json_array_size(expected); i-- > 0;) {
        json_t *row = json_array_get(expected, i);

        if (json_array_size(row) == 1 && *json_string_value(json_array_get(row, 0)) == '\0')
            json_array_remove(expected, i);
    }
}

/* The JSON has only what stands below the header. */
static void drop_header(json_t *rows, json_t *expected)
{
    (void)expected;
    json_array_remove(rows, 0);
}

/* The JSON has carriage returns that the file has lost. */
static void drop_returns(json_t *rows, json_t *expected)
{
    size_t i, j;
    json_t *row, *value;

    (void)rows;
    json_array_foreach(expected, i, row)
    {
        json_array_foreach(row, j, value)
        {
            g_auto(GStrv) parts = g_strsplit(json_string_value(value), "\r", -1);
            g_autofree char *joined = g_strjoinv("", parts);

            json_string_set(value, joined);
        }
    }
}

/* The JSON has another number in the first cell. */
static void drop_first_column(json_t *rows, json_t *expected)
{
    size_t i;
    json_t *row;

    json_array_foreach(rows, i, row) json_array_remove(row, 0);
    json_array_foreach(expected, i, row) json_array_remove(row, 0);
}

static const struct {
    const char *name;
    void (*apply)(json_t *rows, json_t *expected);
} EXCEPTIONS[] = {
    { "blank", drop_blank },
    { "header", drop_header },
    { "returns", drop_returns },
    { "first_column", drop_first_column },
};

/* ---- verdicts; `what` as the table has it ---- */

/* "JSON [EXCEPTION]" */
static void is_equal(const Row *row, const Read *read)
{
    g_auto(GStrv) words = g_strsplit(row->what, " ", -1);
    json_t *expected = expected_rows(words[0]), *rows = json_deep_copy(read->rows);
    g_autofree char *was = NULL, *is = NULL;

    for (char **word = words + 1; *word; word++)
        for (guint i = 0; i < G_N_ELEMENTS(EXCEPTIONS); i++)
            if (strcmp(EXCEPTIONS[i].name, *word) == 0)
                EXCEPTIONS[i].apply(rows, expected);
    was = json_dumps(expected, 0);
    is = json_dumps(rows, 0);
    cr_expect(eq(str, is ? is : (char *)"nothing", was), "%s: %s", row->path, read->told);
    cr_expect(strstr(read->told, "error") == NULL, "%s: %s", row->path, read->told);
    json_decref(expected);
    json_decref(rows);
}

/* "ENCODING DELIMITER RECORDSxCOLUMNS" */
static void is_read(const Row *row, const Read *read)
{
    g_autofree char *is =
        g_strdup_printf("%s %s %zux%u", read->encoding, read->delimiter ? read->delimiter : "-",
                        json_array_size(read->rows), read->columns);

    cr_expect(eq(str, is, row->what), "%s: %s", row->path, read->told);
    cr_expect(strstr(read->told, "error") == NULL, "%s: %s", row->path, read->told);
}

/* words of the error */
static void is_refused(const Row *row, const Read *read)
{
    cr_expect(g_str_has_prefix(read->told, "error") || strstr(read->told, "\nerror"), "%s: %s",
              row->path, read->told);
    cr_expect(strstr(read->told, row->what) != NULL, "%s: %s", row->path, read->told);
}

/* "ENCODING": no CSV */
static void is_encoded(const Row *row, const Read *read)
{
    cr_expect(eq(str, read->encoding, row->what), "%s: %s", row->path, read->told);
}

/* Nothing is read: it is about other files. */
static void is_about_others(const Row *row, const Read *read)
{
    (void)read;
    cr_expect(eq(str, row->what, ""), "%s", row->path);
}

static const struct {
    const char *verdict;
    void (*check)(const Row *row, const Read *read);
} VERDICTS[] = {
    { "equal", is_equal },      { "read", is_read },          { "refused", is_refused },
    { "encoding", is_encoded }, { "about", is_about_others },
};

static void check_file(const Row *row)
{
    Read read = read_file(row->path);
    gboolean is_known = FALSE;

    for (guint i = 0; i < G_N_ELEMENTS(VERDICTS); i++)
        if (strcmp(VERDICTS[i].verdict, row->verdict) == 0) {
            VERDICTS[i].check(row, &read);
            is_known = TRUE;
        }
    cr_expect(is_known, "%s: no verdict \"%s\"", row->path, row->verdict);
    read_clear(&read);
}

Test(suites, are_read_file_by_file_as_the_table_says)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) rows = NULL;

    list_files("", files);
    rows = read_table();
    for (guint i = 0; i < files->len; i++) {
        const Row *row = g_hash_table_lookup(rows, files->pdata[i]);

        cr_expect(row != NULL, "%s has no row in %s", (char *)files->pdata[i], TABLE);
        if (row)
            check_file(row);
    }
    cr_expect(eq(u32, g_hash_table_size(rows), files->len), "rows of files that are not there");
}
