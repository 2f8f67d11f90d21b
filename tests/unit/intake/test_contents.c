#include "intake/contents.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "intake/shape.h"

/* A table of `n` columns, its cells row by row; NULL ends a row. */
static Contents *fill(guint n, const char *const *cells, guint n_cells)
{
    Contents *contents = contents_new(n);

    for (guint i = 0; i < n_cells; i++) {
        if (cells[i])
            contents_cell(contents, cells[i], strlen(cells[i]));
        else
            contents_row(contents);
    }
    return contents;
}

Test(contents, count_what_is_filled_and_what_differs)
{
    static const char *const CELLS[] = { "a",  "1",  NULL, "b",  " ", NULL, "a", "37.5",
                                         NULL, "",   "",   NULL, "c", NULL, "d", "85%",
                                         "",   NULL, "e",  "2",  "x", NULL };
    g_autoptr(Contents) contents = fill(2, CELLS, G_N_ELEMENTS(CELLS));
    const ContentsColumn *first = contents_column(contents, 0),
                         *second = contents_column(contents, 1);
    const ContentsRows *rows = contents_rows(contents);

    cr_expect(eq(u64, first->filled, 6));
    cr_expect(eq(u32, first->distinct, 5));
    cr_expect(eq(u64, second->filled, 4));
    cr_expect(eq(u32, second->numbers, 4));
    cr_expect(eq(u32, second->percents, 1));
    cr_expect(eq(u64, rows->rows, 7));
    cr_expect(eq(u64, rows->blank, 1));
    cr_expect(eq(u64, rows->short_rows, 1));
    cr_expect(eq(u64, rows->first_short, 5));
    cr_expect(eq(u64, rows->long_rows, 1), "a blank cell too many is none");
    cr_expect(eq(u64, rows->first_long, 7));
}

Test(contents, count_different_texts_up_to_their_limit)
{
    for (guint beyond = 0; beyond < 2; beyond++) {
        g_autoptr(Contents) contents = contents_new(1);

        for (guint round = 0; round < 2; round++)
            for (guint i = 0; i < CONTENTS_DISTINCT + beyond; i++) {
                g_autofree char *text = g_strdup_printf("text %u", i);

                contents_cell(contents, text, strlen(text));
                contents_row(contents);
            }
        cr_expect(eq(u32, contents_column(contents, 0)->distinct, CONTENTS_DISTINCT));
        cr_expect(eq(int, contents_column(contents, 0)->is_more, beyond == 1));
    }
}

Test(contents, tell_columns_about_persons)
{
    static const char *const CELLS[] = { "a@example.org",
                                         "x",
                                         NULL,
                                         "b@example.org",
                                         "y",
                                         NULL,
                                         "none",
                                         "c@example.org",
                                         NULL,
                                         "",
                                         "z",
                                         NULL };
    g_autoptr(Contents) contents = fill(2, CELLS, G_N_ELEMENTS(CELLS));

    cr_expect(eq(int, (int)contents_personal(contents, 0, "Contact us"), PERSONAL_MAIL));
    cr_expect(eq(int, (int)contents_personal(contents, 1, "Remark"), PERSONAL_NOT));
    cr_expect(eq(int, (int)contents_personal(contents, 1, "Name"), PERSONAL_NAME));
    cr_expect(eq(int, (int)contents_personal(contents, 1, "d@example.org"), PERSONAL_MAIL),
              "a table without a header");
}

Test(shape, of_a_table_tells_what_has_no_respondents)
{
    static const char *const SURVEY[] = { "company", "score", "share", "note" };
    static const char *const DICTIONARY[] = { "Variable / Field Name", "Form Name", "Field Type",
                                              "Field Label" };
    static const char *const CROSS[] = { "Question", "Total", "Male", "Female" };
    static const char *const NUMBERS[] = { "Company", "Q1", "Q2", "Q3" };
    static const char *const ANSWERS[] = { "A", "1", "20", "x", NULL, "B", "2", "30", "y", NULL };
    static const char *const SHARES[] = { "Yes", "60%", "50%", "70%", NULL,
                                          "No",  "40%", "50%", "30%", NULL };
    static const char *const CODES[] = { "A", "1", "2", "3", NULL, "B", "2", "2", "1", NULL };
    static const char *const PAIRS[] = { "Question", "Answer", "Count", "Percent" };
    static const char *const COUNTS[] = { "Safe?", "Yes", "12", "40%", NULL,
                                          "Safe?", "No",  "18", "60%", NULL };
    static const char *const ROWS[] = { "question", "A", "B", "C" };
    static const char *const CODEBOOK[] = { "variable", "label", "values", "question" };
    static const char *const LABELS[] = { "company", "label", "values", "question" };
    static const char *const TEXT[] = { "Notes", "that", "have", "commas" };
    static const char *const LINES[] = { "a", "b", "c", "d", "e", NULL,
                                         "a", "b", "c", "d", "e", NULL };
    static const char *const SHORT[] = {
        "a", NULL, "b", NULL, "c", NULL, "a", "b", "c", "d", NULL
    };
    const ShapeHints NONE = { FALSE, 0 };
    const struct {
        const char *const *names, *const *cells;
        guint n_cells;
        const char *id;
        ShapeHints hints;
    } CASES[] = {
        { SURVEY, ANSWERS, G_N_ELEMENTS(ANSWERS), "", NONE },
        { SURVEY, ANSWERS, 0, "header_only", NONE },
        { DICTIONARY, ANSWERS, G_N_ELEMENTS(ANSWERS), "codebook", NONE },
        { CROSS, SHARES, G_N_ELEMENTS(SHARES), "crosstab", NONE },
        { CROSS, CODES, G_N_ELEMENTS(CODES), "crosstab", NONE },
        { NUMBERS, SHARES, G_N_ELEMENTS(SHARES), "crosstab", NONE },
        /* companies with coded answers: nothing sums them up */
        { NUMBERS, CODES, G_N_ELEMENTS(CODES), "", NONE },
        { PAIRS, COUNTS, G_N_ELEMENTS(COUNTS), "crosstab", { TRUE, 0 } },
        { CODEBOOK, ANSWERS, G_N_ELEMENTS(ANSWERS), "codebook", NONE },
        { LABELS, ANSWERS, G_N_ELEMENTS(ANSWERS), "", NONE },
        { ROWS, CODES, G_N_ELEMENTS(CODES), "turned", { FALSE, 2 } },
        { ROWS, CODES, G_N_ELEMENTS(CODES), "", { FALSE, 1 } },
        { TEXT, LINES, G_N_ELEMENTS(LINES), "prose", NONE },
        { TEXT, LINES, G_N_ELEMENTS(LINES), "", { TRUE, 0 } },
        { TEXT, SHORT, G_N_ELEMENTS(SHORT), "prose", NONE },
        { TEXT, SHORT + 2, G_N_ELEMENTS(SHORT) - 2, "", NONE },
    };

    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(Contents) contents = fill(4, CASES[i].cells, CASES[i].n_cells);
        const Shape *shape = shape_of_table(CASES[i].names, contents, CASES[i].hints);

        cr_expect(eq(str, (char *)(shape ? shape->id : ""), (char *)CASES[i].id), "case %u", i);
    }
}

Test(shape, of_bytes_tells_what_is_no_text)
{
    g_autofree char *noise = g_malloc(256), *wide = g_malloc0(256);

    for (guint i = 0; i < 256; i++)
        noise[i] = (char)(i * 89 + 7);
    for (guint i = 0; i < 256; i += 2) { /* UTF-16LE, its low bytes anything */
        wide[i] = (char)(i * 3);
        wide[i + 1] = 0x4e;
    }
    cr_assert(shape_of_bytes(noise, 256) != NULL);
    cr_expect(eq(str, (char *)shape_of_bytes(noise, 256)->id, "binary"));
    cr_expect(eq(ptr, (void *)shape_of_bytes(wide, 256), NULL));
    cr_expect(eq(str,
                 (char *)shape_of_bytes("\x7f"
                                        "ELF\2",
                                        5)
                     ->id,
                 "binary"));
}
