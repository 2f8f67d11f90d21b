#include "report/pdf.h"

#include "base/text.h"
#include "report/canvas_pdf.h"
#include "report/flow.h"
#include "report/font_file.h"
#include "report/furniture.h"
#include "report/story.h"
#include "report/theme.h"

/* The pages of one language. */
typedef struct {
    const char *language;
    guint first, end;
} Part;

static Font *open_font(const Wording *wording, GError **error)
{
    guint index;
    g_autofree char *file =
        font_file_find(wording_get(wording, "font", "family", NULL),
                       wording_get(wording, "font", "file", NULL), &index, error);

    return file ? font_open(file, index, error) : NULL;
}

/* Heads and feet, last: only now is it known how many pages there are. A cover has none. */
static void furnish(PdfCanvas *pdf, const Theme *theme, const Story *story, const Part *part)
{
    for (guint page = part->first + 1; page < part->end; page++) {
        pdf_canvas_choose(pdf, page);
        furniture_draw(pdf_canvas(pdf), theme, story, page + 1, pdf_canvas_pages(pdf));
    }
}

static void tell(PdfCanvas *pdf, const Theme *theme, const Story *story, Part *part, gboolean alone)
{
    g_autoptr(GPtrArray) blocks = story_blocks(story->assessment, story->template, story->language);

    part->language = story->language;
    part->first = pdf_canvas_pages(pdf);
    canvas_open(pdf_canvas(pdf), TAG_PART, story->language);
    flow_blocks(pdf, theme, blocks, alone ? NULL : story_word(story, "language"));
    canvas_close(pdf_canvas(pdf));
    part->end = pdf_canvas_pages(pdf);
}

static GBytes *finish(PdfCanvas *pdf, const Story *story, GError **error)
{
    const Rubric *rubric = story->rubric;
    g_autofree char *company = story_company(story);
    g_autofree char *author = story_author(story);
    g_autofree char *title = STORY_FILL(story, "document_title", "title",
                                        story_word(story, "report_title"), "company", company);
    g_autofree char *subject = story_title(story, &rubric->title, rubric->id);
    g_autofree char *keywords =
        STORY_FILL(story, "keywords", "rubric", rubric->id, "edition", rubric->edition);
    g_autofree char *creator = STORY_FILL(story, "program_version", "version", ASSESS_VERSION);
    PdfInfo info = { title,           author ? author : creator, subject, keywords, creator,
                     story->language, story->assessment->date };

    return pdf_canvas_finish(pdf, &info, error);
}

/* One note for all characters that the font lacks. */
static void report_missing(const Font *font, const Wording *wording, Findings *findings)
{
    g_autofree char *missing = font_missing(font);
    g_autofree char *number = g_strdup_printf("%ld", g_utf8_strlen(missing, -1));
    g_autoptr(GString) named = g_string_new(NULL);
    g_autofree char *text = NULL;

    if (!*missing)
        return;
    for (const char *at = missing; *at; at = g_utf8_next_char(at))
        g_string_append_printf(named, "%s%.*s (U+%04X)", named->len ? ", " : "",
                               (int)(g_utf8_next_char(at) - at), at, g_utf8_get_char(at));
    text = wording_fill(wording, "words", "font_missing", NULL, "number", number, "characters",
                        named->str, NULL);
    findings_add(findings, SEVERITY_WARNING, NULL, "%s", text);
}

GBytes *report_pdf(const Assessment *assessment, const Template *template,
                   const char *const *languages, Findings *findings, GError **error)
{
    const Theme *theme = template->theme;
    g_autoptr(Font) font = open_font(template->wording, error);
    guint n = g_strv_length((char **)languages);
    g_autofree Part *parts = g_new0(Part, n);
    g_autoptr(PdfCanvas) pdf = NULL;
    GBytes *bytes;
    Story first;

    g_return_val_if_fail(n > 0, NULL);
    if (!font)
        return NULL;
    pdf = pdf_canvas_new(font, theme->page.width, theme->page.height);
    for (guint i = 0; i < n; i++) {
        Story story = story_of(assessment, template, languages[i]);

        tell(pdf, theme, &story, &parts[i], n == 1);
    }
    for (guint i = 0; i < n; i++) {
        Story story = story_of(assessment, template, languages[i]);

        furnish(pdf, theme, &story, &parts[i]);
    }
    first = story_of(assessment, template, languages[0]);
    bytes = finish(pdf, &first, error);
    if (bytes)
        report_missing(font, template->wording, findings);
    return bytes;
}
