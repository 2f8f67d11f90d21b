#include "report/pdf.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "report/flow.h"
#include "report/theme.h"
#include "support.h"

#define FONT_FILE "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"

static const char RUBRIC[] =
    "[rubric]\nid = t\nedition = 2025\nformat = 1\ntitle = Factories\ntitle[zh] = 工厂\nlevels = "
    "one, two\n"
    "dimensions = d\nnote = \"Of the whole rubric\"\n"
    "[level one]\ntitle = First\ntitle[zh] = 一级\n[level two]\ntitle = Second\ntitle[zh] = 二级\n"
    "[dimension d]\ntitle = Dimension\ntitle[zh] = 环节\n"
    "[field company]\ntype = text\nask = Company\nask[zh] = 企业\n"
    "[question a]\ntype = yesno\ndimension = d\nask = \"Is A so?\"\nask[zh] = \"甲是否如此？\"\n"
    "[question b]\ntype = yesno\ndimension = d\nask = \"Is B so?\"\nask[zh] = \"乙是否如此？\"\n"
    "[requirement r1]\nlevel = one\nkind = gate\norigin = official\nclause = 1\ntitle = A "
    "first\nneeds = a\n"
    "note = \"From one source\"\n"
    "[requirement r2]\nlevel = two\nkind = gate\norigin = house\ntitle = B second\nneeds = b\n";

static Template *consultant(void)
{
    g_autoptr(Findings) findings = findings_new();
    Template *template = template_load("templates/consultant.ini", NULL, NULL, findings, NULL);

    cr_assert_not_null(template);
    return template;
}

/* The assessment of a company of this name. */
static Desk *desk_named(const char *company)
{
    Desk *desk = desk_of(RUBRIC, NULL);
    Answer *answer = &desk->answers->of[desk_question(desk, "company")];

    answer->state = ANSWER_ANSWERED;
    answer->text = g_strdup(company);
    desk_answer(desk, "a", "yes");
    return desk;
}

static GBytes *render(const char *company, const char *languages, Findings *findings)
{
    g_autoptr(Desk) desk = desk_named(company);
    g_autoptr(Template) template = consultant();
    g_auto(GStrv) list = g_strsplit(languages, ",", -1);
    g_autoptr(GError) error = NULL;
    GBytes *bytes;

    bytes = report_pdf(desk_assess(desk), template, (const char *const *)list, findings, &error);
    cr_assert_not_null(bytes, "%s", error ? error->message : "");
    return bytes;
}

/* What a reader's program says of the file. */
static char *said_of(GBytes *bytes, const char *program, const char *end)
{
    g_autofree char *path = NULL, *command = NULL;
    int file = g_file_open_tmp("report-XXXXXX.pdf", &path, NULL);
    char *text = NULL;
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);

    cr_assert(file >= 0 && g_file_set_contents(path, data, (gssize)size, NULL));
    g_close(file, NULL);
    command = g_strdup_printf("%s %s %s", program, path, end);
    cr_assert(g_spawn_command_line_sync(command, &text, NULL, NULL, NULL));
    g_unlink(path);
    return text;
}

/* The text; pages end with form feeds. */
static char *text_of(GBytes *bytes)
{
    return said_of(bytes, "pdftotext -raw", "-");
}

static guint occurrences(const char *text, const char *word)
{
    guint count = 0;

    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
        count++;
    return count;
}

static gboolean holds(GBytes *bytes, const char *needle)
{
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    gsize length = strlen(needle);

    for (gsize i = 0; i + length <= size; i++)
        if (memcmp(data + i, needle, length) == 0)
            return TRUE;
    return FALSE;
}

Test(pdf, tells_verdict_requirements_and_provenance)
{
    static const char *const WORDS[] = {
        "Acme Works",
        "Level held",
        "First",
        "Second",
        "One requirement of the level Second",
        "A first",
        "Official, 1",
        "House",
        "Is A so? yes",
        "Note: From one source",
        "Is B so? blank",
        "Of the whole rubric",
        "SHA-256",
        "2026-06-30",
        "Still possible",
    };
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = render("Acme Works", "en", findings);
    g_autofree char *text = text_of(bytes);

    for (guint i = 0; i < G_N_ELEMENTS(WORDS); i++)
        cr_expect_not_null(strstr(text, WORDS[i]), "\"%s\" is not in the report", WORDS[i]);
    cr_expect(eq(uint, findings_count(findings), 0));
}

Test(pdf, speaks_the_languages_asked_for_one_after_the_other)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = render("Acme", "en,zh", findings);
    g_autofree char *text = text_of(bytes);
    const char *english = strstr(text, "The verdict"), *chinese = strstr(text, "评估结论");

    cr_assert(english && chinese);
    cr_expect(english < chinese);
    cr_expect_not_null(strstr(text, "甲是否如此？是"));
}

Test(pdf, of_the_same_input_is_the_same_bytes)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) first = render("Acme", "en,zh", findings);
    g_autoptr(GBytes) second = render("Acme", "en,zh", findings);

    cr_expect(g_bytes_equal(first, second));
    cr_expect(holds(first, "<xmp:CreateDate>2026-06-30<"), "the date is that of the assessment");
    cr_expect(holds(first, "<rdf:li>en</rdf:li>"));
}

Test(pdf, is_the_same_whatever_was_printed_before)
{
    static const char *const NAMES[] = { "\u9f98\u9750", "Acme", "\u9f8d Acme", "Acme" };
    g_autoptr(Desk) desk = desk_named("");
    g_autoptr(Template) template = consultant();
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(ReportPrinter) printer =
        report_printer_new(template, desk->rubric, (const char *const[]){ "zh", NULL }, NULL);
    g_autoptr(GBytes) alone = render("Acme", "zh", findings);

    cr_assert_not_null(printer);
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        g_autoptr(Desk) company = desk_named(NAMES[i]);
        g_autoptr(GBytes) bytes =
            report_printer_print(printer, desk_assess(company), findings, NULL);

        if (strcmp(NAMES[i], "Acme") == 0)
            cr_expect(g_bytes_equal(bytes, alone), "report %u", i);
    }
}

Test(pdf, is_the_same_from_a_printer_that_is_prepared_for_many)
{
    g_autoptr(Desk) desk = desk_named("Acme \u9f98\u5f00 \u0416");
    g_autoptr(Template) template = consultant();
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(ReportPrinter) printer =
        report_printer_new(template, desk->rubric, (const char *const[]){ "zh", NULL }, NULL);
    const Assessment *assessment = desk_assess(desk);
    g_autoptr(GBytes) before = report_printer_print(printer, assessment, findings, NULL);
    g_autoptr(GBytes) after = NULL;

    report_printer_prepare(printer);
    after = report_printer_print(printer, assessment, findings, NULL);
    cr_assert_not_null(before);
    cr_assert_not_null(after);
    cr_expect(g_bytes_equal(before, after));
}

/* A screen reader's view: elements with their text. */
Test(pdf, tells_a_screen_reader_headings_tables_figures_and_links)
{
    static const char *const PARTS[] = {
        "Document\n  Part\n    Part\n      H1 (block)\n",
        "    H2 (block)\n",
        "    P (block)\n",
        "    Table (block)\n      TR\n        TH:\n           /Scope /Column\n",
        "      TR\n        TD\n",
        "          Link (inline)\n",
        "Object ",
        "    Figure\n",
        "\"Acme \u9f98\"",
    };
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = render("Acme \u9f98", "en", findings);
    g_autofree char *said = said_of(bytes, "pdfinfo -struct-text", "");
    g_autofree char *info = said_of(bytes, "pdfinfo", "");

    for (guint i = 0; i < G_N_ELEMENTS(PARTS); i++)
        cr_expect_not_null(strstr(said, PARTS[i]), "%s is not in\n%s", PARTS[i], said);
    cr_expect_null(strstr(said, "page 2"), "the foot of a page is read out");
    cr_expect_not_null(strstr(info, "Tagged:          yes"));
    cr_expect_not_null(strstr(info, "Metadata Stream: yes"));
}

/* PDF/UA wants every link described where it is. The file is packed: qpdf opens it. */
Test(pdf, says_at_every_link_where_it_leads)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = render("Acme", "en", findings);
    g_autofree char *plain = said_of(bytes, "qpdf --json=2", "");

    cr_expect_not_null(strstr(plain, "\"/Contents\": \"u:B second\""));
    cr_expect(eq(uint, occurrences(plain, "\"/Contents\": \"u:"),
                 occurrences(plain, "\"/Subtype\": \"/Link\"")));
}

Test(pdf, names_characters_that_the_font_lacks_in_one_note)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = render("A\U0001F9D1\U0001F3ED", "en,zh", findings);
    g_autofree char *text = text_of(bytes);

    cr_assert(eq(uint, findings_count(findings), 1));
    cr_expect(eq(int, findings_at(findings, 0)->severity, SEVERITY_WARNING));
    cr_expect_not_null(strstr(findings_at(findings, 0)->message, "2 characters"));
    cr_expect_not_null(strstr(findings_at(findings, 0)->message, "U+1F9D1"));
    cr_expect_not_null(strstr(findings_at(findings, 0)->message, "U+1F3ED"));
    cr_expect_not_null(strstr(text, "A\U0001F9D1\U0001F3ED"), "copied text keeps its meaning");
}

Test(pdf, of_hostile_names_is_a_sound_file)
{
    static const char *const NAMES[] = {
        "../../etc/x",           "CON",
        "(paren) \\) Tj ET",     "%s%n%d{}$(id)`id`",
        "{company} {level}",     "ABC\u202egnp.exe",
        "A\u200bB\u200dC\ufeff", "",
        "\\input{x}#&_$^~%",
    };

    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        g_autoptr(Findings) findings = findings_new();
        g_autoptr(GBytes) bytes = render(NAMES[i], "en", findings);
        g_autofree char *text = text_of(bytes);

        cr_expect_not_null(strstr(text, "Method and provenance"), "name %u", i);
        cr_expect_null(strstr(text, "\u202e"), "name %u keeps a mark that turns the writing round",
                       i);
    }
}

Test(pdf, keeps_long_names_whole_on_the_cover)
{
    g_autoptr(GString) name = g_string_new(NULL);
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GBytes) bytes = NULL;
    g_autofree char *text = NULL;
    char *end;

    for (guint i = 0; i < 300; i++)
        g_string_append_unichar(name, 0x4e00 + i % 7);
    bytes = render(name->str, "zh", findings);
    text = text_of(bytes);
    end = strchr(text, '\f');
    cr_assert_not_null(end);
    *end = '\0';
    cr_expect(ge(uint, occurrences(text, "\u4e00"), 300 / 7), "the name is cut");
}

Test(pdf, refuses_a_font_that_is_not_there)
{
    g_autoptr(Desk) desk = desk_of(RUBRIC, NULL);
    g_autoptr(Template) template = consultant();
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;

    g_setenv("ASSESS_FONT", "/nowhere/x.ttf", TRUE);
    cr_expect_null(report_pdf(desk_assess(desk), template, (const char *const[]){ "en", NULL },
                              findings, &error));
    cr_assert_not_null(error);
    cr_expect_str_eq(error->message,
                     "/nowhere/x.ttf cannot be read; name another font in the "
                     "template or in ASSESS_FONT, such as Debian's fonts-wqy-microhei");
}

/* ---- tables over pages ---- */

static GBytes *table_over_pages(guint rows, const char *words, guint *pages)
{
    g_autoptr(Template) template = consultant();
    const Theme *theme = template->theme;
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    g_autoptr(PdfCanvas) pdf = pdf_canvas_new(font, theme->page.width, theme->page.height);
    g_autoptr(GPtrArray) blocks = blocks_new();
    Listing *table = listing_new();
    PdfInfo info = { .title = "t", .language = "en" };

    listing_column(table, "HEADING", 1, ALIGN_LEFT);
    for (guint i = 0; i < rows; i++) {
        g_autofree char *text = g_strdup_printf("ROW%u. %s", i, words);

        row_text(listing_row(table, NULL), ROLE_CELL, text);
    }
    blocks_table(blocks, table);
    flow_blocks(pdf, theme, blocks, NULL, NULL);
    *pages = pdf_canvas_pages(pdf);
    return pdf_canvas_finish(pdf, &info, NULL);
}

Test(flow, repeats_the_heads_of_a_table_on_every_page)
{
    guint pages;
    g_autoptr(GBytes) bytes = table_over_pages(120, "x", &pages);
    g_autofree char *text = text_of(bytes);

    cr_expect(ge(uint, pages, 3));
    cr_expect(eq(uint, occurrences(text, "HEADING"), pages));
    for (guint i = 0; i < 120; i++) {
        g_autofree char *row = g_strdup_printf("ROW%u.", i);

        cr_expect(eq(uint, occurrences(text, row), 1), "%s", row);
    }
}

Test(flow, splits_a_row_that_no_page_can_hold)
{
    g_autoptr(GString) words = g_string_new(NULL);
    guint pages;
    g_autoptr(GBytes) bytes = NULL;
    g_autofree char *text = NULL;

    for (guint i = 0; i < 3000; i++)
        g_string_append_printf(words, "w%u. ", i);
    bytes = table_over_pages(1, words->str, &pages);
    text = text_of(bytes);
    cr_expect(ge(uint, pages, 2));
    for (guint i = 0; i < 3000; i++) {
        g_autofree char *word = g_strdup_printf("w%u.", i);

        cr_expect(eq(uint, occurrences(text, word), 1), "%s", word);
    }
}

Test(flow, leaves_no_row_alone)
{
    for (guint rows = 30; rows < 75; rows++) {
        guint pages;
        g_autoptr(GBytes) bytes = table_over_pages(rows, "x", &pages);
        g_autofree char *text = text_of(bytes);
        g_auto(GStrv) parts = g_strsplit(text, "\f", -1);

        for (guint page = 0; page < pages; page++)
            cr_expect(ge(uint, occurrences(parts[page], "ROW"), 2), "%u rows, page %u", rows, page);
    }
}

Test(flow, leaves_no_line_alone)
{
    g_autoptr(Template) template = consultant();

    for (guint before = 30; before < 60; before++) {
        g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
        g_autoptr(PdfCanvas) pdf =
            pdf_canvas_new(font, template->theme->page.width, template->theme->page.height);
        g_autoptr(GPtrArray) blocks = blocks_new();
        g_autoptr(GBytes) bytes = NULL;
        g_autofree char *text = NULL;
        g_auto(GStrv) parts = NULL;
        PdfInfo info = { .title = "t", .language = "en" };

        for (guint i = 0; i < before; i++)
            blocks_text(blocks, ROLE_SMALL, "filler");
        blocks_text(blocks, ROLE_BODY, "LINE\nLINE\nLINE");
        flow_blocks(pdf, template->theme, blocks, NULL, NULL);
        bytes = pdf_canvas_finish(pdf, &info, NULL);
        text = text_of(bytes);
        parts = g_strsplit(text, "\f", -1);
        for (guint page = 0; page < pdf_canvas_pages(pdf); page++)
            cr_expect(ne(uint, occurrences(parts[page], "LINE"), 1), "after %u lines", before);
    }
}

/* 5,000 rows: the limits of libharu's arrays and of a cross-reference are far behind. */
Test(flow, goes_on_over_hundreds_of_pages)
{
    guint pages;
    g_autoptr(GBytes) bytes = table_over_pages(5000, "x", &pages);
    g_autofree char *text = text_of(bytes);
    g_autofree char *tags = said_of(bytes, "pdfinfo -struct", "");
    g_autofree char *checked = said_of(bytes, "qpdf --check", "");

    cr_expect(ge(uint, pages, 100));
    cr_expect(eq(uint, occurrences(text, "HEADING"), pages));
    cr_expect_not_null(strstr(text, "ROW4999."));
    cr_expect(eq(uint, occurrences(tags, "TR\n"), 5001), "heads that are repeated are no rows");
    cr_expect(eq(uint, occurrences(tags, "TH:"), 1));
    cr_expect_not_null(strstr(checked, "No syntax or stream encoding errors"));
}

/* A number that is none would be a syntax error in the page. */
Test(pdf, draws_numbers_that_are_none_as_nought)
{
    static const double NUMBERS[] = { NAN, INFINITY, -INFINITY, 1e300, -1e300, 1e-300, -0.004 };
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    g_autoptr(PdfCanvas) pdf = pdf_canvas_new(font, 600, 800);
    g_autoptr(GBytes) bytes = NULL;
    g_autofree char *checked = NULL, *text = NULL;
    TextStyle style = { 10, 12, 0, FALSE };
    PdfInfo info = { .title = "t", .language = "en" };

    pdf_canvas_add_page(pdf);
    for (guint i = 0; i < G_N_ELEMENTS(NUMBERS); i++) {
        canvas_line(pdf_canvas(pdf), NUMBERS[i], 0, 10, NUMBERS[i], 0, NUMBERS[i]);
        canvas_turned(pdf_canvas(pdf), NUMBERS[i], 50, NUMBERS[i], "turned", &style);
    }
    canvas_text(pdf_canvas(pdf), 20, 20, "after", &style, ALIGN_LEFT);
    bytes = pdf_canvas_finish(pdf, &info, NULL);
    checked = said_of(bytes, "qpdf --check", "");
    text = text_of(bytes);
    cr_expect_not_null(strstr(checked, "No syntax or stream encoding errors"));
    cr_expect_not_null(strstr(text, "after"));
}

static guint page_of(const char *text, const char *word)
{
    const char *at = strstr(text, word);
    guint page = 0;

    cr_assert_not_null(at, "%s", word);
    for (const char *c = text; c < at; c++)
        page += *c == '\f';
    return page;
}

Test(flow, never_leaves_a_heading_behind)
{
    g_autoptr(Template) template = consultant();
    const Theme *theme = template->theme;

    for (guint lines = 30; lines < 60; lines++) {
        g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
        g_autoptr(PdfCanvas) pdf = pdf_canvas_new(font, theme->page.width, theme->page.height);
        g_autoptr(GPtrArray) blocks = blocks_new();
        g_autoptr(GBytes) bytes = NULL;
        g_autofree char *text = NULL;
        PdfInfo info = { .title = "t", .language = "en" };

        for (guint i = 0; i < lines; i++)
            blocks_text(blocks, ROLE_SMALL, "filler");
        blocks_heading(blocks, 0, "CHAPTER", NULL);
        blocks_intro(blocks, ROLE_BODY, "INTRO");
        blocks_text(blocks, ROLE_BODY, "BODY");
        flow_blocks(pdf, theme, blocks, NULL, NULL);
        bytes = pdf_canvas_finish(pdf, &info, NULL);
        text = text_of(bytes);
        cr_expect(eq(uint, page_of(text, "CHAPTER"), page_of(text, "BODY")), "after %u lines",
                  lines);
    }
}

Test(flow, cuts_a_heading_that_no_page_can_hold)
{
    g_autoptr(Template) template = consultant();
    g_autoptr(Font) font = font_open(FONT_FILE, 0, NULL);
    g_autoptr(PdfCanvas) pdf =
        pdf_canvas_new(font, template->theme->page.width, template->theme->page.height);
    g_autoptr(GPtrArray) blocks = blocks_new();
    g_autoptr(GString) words = g_string_new(NULL);
    g_autoptr(GBytes) bytes = NULL;
    g_autofree char *text = NULL;
    PdfInfo info = { .title = "t", .language = "en" };

    for (guint i = 0; i < 2000; i++)
        g_string_append_printf(words, "w%u ", i);
    blocks_heading(blocks, 0, words->str, NULL);
    blocks_text(blocks, ROLE_BODY, "BODY");
    flow_blocks(pdf, template->theme, blocks, NULL, NULL);
    cr_expect(eq(uint, pdf_canvas_pages(pdf), 1));
    bytes = pdf_canvas_finish(pdf, &info, NULL);
    text = text_of(bytes);
    cr_expect_not_null(strstr(text, "...\nBODY"), "%s", text);
    cr_expect_null(strstr(text, "w1999"));
}

Test(theme, names_the_key_that_is_wrong)
{
    g_autoptr(Findings) findings = findings_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL, *text = NULL, *wrong = NULL;
    g_autoptr(Wording) wording = NULL;
    g_auto(GStrv) parts = NULL;

    cr_assert(g_file_get_contents("templates/consultant.ini", &text, NULL, NULL));
    parts = g_strsplit(text, "ink = 1F2A36", 2);
    wrong = g_strjoinv("ink = blue", parts);
    g_close(g_file_open_tmp("theme-XXXXXX.ini", &path, NULL), NULL);
    cr_assert(g_file_set_contents(path, wrong, -1, NULL));
    wording = wording_load(path, findings, NULL);
    g_unlink(path);
    cr_assert_not_null(wording);
    cr_expect_null(theme_load(wording, &error));
    cr_assert_not_null(error);
    cr_expect_str_eq(error->message,
                     "template: [colours] ink = \"blue\": expected six hexadecimal digits");
}
