#include "report/pdf.h"

#include "base/text.h"
#include "page/canvas_pdf.h"
#include "page/font_file.h"
#include "report/flow.h"
#include "report/furniture.h"
#include "report/imprint.h"
#include "report/provenance.h"
#include "report/story.h"
#include "report/theme.h"

enum { NAMED_LIMIT = 20 /* characters of a finding */ };

/* The pages of one language. */
typedef struct {
    const char *language;
    guint first, end;
    gboolean has_cover;
} Part;

struct ReportPrinter {
    const Template *template;
    GStrv languages;
    Typecase *typecase;
    Fallback *fallback;
    GPtrArray *rubric; /* of Attachment *: its files, packed; NULL if nothing is attached */
};

/* ---- the printer ---- */

static Face *open_face(const Wording *wording, GError **error)
{
    guint index;
    g_autofree char *file =
        font_file_find(wording_get(wording, "font", "family", NULL),
                       wording_get(wording, "font", "file", NULL), &index, error);

    return file ? face_open(file, index, error) : NULL;
}

/* Texts of these languages and those without one; what is said of single answers is rare in a
 * report. */
static void append_texts(GString *texts, const Ini *ini, const char *const *languages)
{
    static const char *const RARE[] = { "finding", "case", NULL };

    for (guint i = 0; i < ini->sections->len; i++) {
        const IniSection *section = ini->sections->pdata[i];

        for (guint k = 0; k < section->entries->len && !g_strv_contains(RARE, section->kind); k++) {
            const IniEntry *entry = section->entries->pdata[k];

            if (!entry->language || g_strv_contains(languages, entry->language))
                g_string_append(texts, entry->value);
        }
    }
}

/* The same files go into every report: they are packed once. */
static GPtrArray *pack_rubric(const Rubric *rubric)
{
    GPtrArray *files = provenance_rubric(rubric);
    g_autoptr(Deflater) deflater = deflater_new();

    for (guint i = 0; i < files->len; i++)
        attachment_pack(files->pdata[i], deflater);
    return files;
}

ReportPrinter *report_printer_new(const Template *template, const Rubric *rubric,
                                  const char *const *languages, GError **error)
{
    g_autoptr(GString) texts = g_string_new(NULL);
    Face *face = open_face(template->wording, error);
    Typecase *typecase;
    ReportPrinter *printer;

    if (!face)
        return NULL;
    append_texts(texts, template->ini, languages);
    append_texts(texts, rubric->ini, languages);
    typecase = typecase_new(face, texts->str, error);
    if (!typecase)
        return NULL;
    printer = g_new0(ReportPrinter, 1);
    printer->template = template;
    printer->languages = g_strdupv((GStrv)languages);
    printer->typecase = typecase;
    printer->fallback = fallback_new(wording_has(template->wording, "font", "fallback")
                                         ? wording_get(template->wording, "font", "fallback", NULL)
                                         : NULL);
    if (template->attaches)
        printer->rubric = pack_rubric(rubric);
    return printer;
}

void report_printer_free(ReportPrinter *printer)
{
    if (!printer)
        return;
    g_strfreev(printer->languages);
    typecase_free(printer->typecase);
    fallback_free(printer->fallback);
    g_clear_pointer(&printer->rubric, g_ptr_array_unref);
    g_free(printer);
}

void report_printer_prepare(ReportPrinter *printer)
{
    typecase_prepare(printer->typecase);
}

/* ---- a report ---- */

/* Heads and feet, last: only now is it known how many pages there are. A cover has none. */
static void furnish(PdfCanvas *pdf, const Theme *theme, const Story *story, const Part *part)
{
    for (guint page = part->first + (part->has_cover ? 1 : 0); page < part->end; page++) {
        pdf_canvas_choose(pdf, page);
        furniture_draw(pdf_canvas(pdf), theme, story, page + 1, pdf_canvas_pages(pdf),
                       page == part->first);
    }
}

static void tell(PdfCanvas *pdf, const Theme *theme, Story *story, Part *part, gboolean alone)
{
    g_autoptr(GPtrArray) blocks = story_tell(story);

    part->language = story->language;
    part->has_cover =
        blocks->len > 0 && ((const ReportBlock *)blocks->pdata[0])->kind == BLOCK_COVER;
    part->first = pdf_canvas_pages(pdf);
    canvas_open(pdf_canvas(pdf), TAG_PART, story->language);
    flow_blocks(pdf, theme, blocks, alone ? NULL : story_word(story, "language"),
                story->template->is_draft ? story_word(story, "draft") : NULL);
    canvas_close(pdf_canvas(pdf));
    part->end = pdf_canvas_pages(pdf);
}

char *report_printer_font(const ReportPrinter *printer)
{
    return face_mark(typecase_face(printer->typecase));
}

/* What the report is made of. */
static GPtrArray *attachments(const ReportPrinter *printer, const Assessment *assessment)
{
    g_autofree char *font = report_printer_font(printer);
    GPtrArray *files = attachments_new();

    for (guint i = 0; i < printer->rubric->len; i++)
        g_ptr_array_add(files, attachment_copy(printer->rubric->pdata[i]));
    provenance_append(files, assessment, printer->template, (const char *const *)printer->languages,
                      font);
    attachments_sort(files);
    return files;
}

static GBytes *finish(PdfCanvas *pdf, const Story *story, const GPtrArray *files, GError **error)
{
    g_auto(Imprint) imprint = imprint_of(story);
    PdfInfo info = { imprint.title,    imprint.author ? imprint.author : imprint.creator,
                     imprint.subject,  imprint.keywords,
                     imprint.creator,  story->language,
                     story_day(story), files };

    return pdf_canvas_finish(pdf, &info, error);
}

/* A letter is shown beside its number; what has no form of its own is not. */
static void name_character(GString *named, gunichar character)
{
    if (g_unichar_isgraph(character) && !g_unichar_ismark(character) &&
        g_unichar_type(character) != G_UNICODE_PRIVATE_USE) {
        g_string_append_unichar(named, character);
        g_string_append_printf(named, " (U+%04X)", character);
    } else {
        g_string_append_printf(named, "U+%04X", character);
    }
}

/* One note for all characters of a kind. */
static void tell_characters(const char *characters, const char *key, const Wording *wording,
                            Findings *findings)
{
    g_autofree char *number = g_strdup_printf("%ld", g_utf8_strlen(characters, -1));
    g_autoptr(GString) named = g_string_new(NULL);
    g_autofree char *text = NULL;
    guint n = 0;

    for (const char *at = characters; *at && n <= NAMED_LIMIT; at = g_utf8_next_char(at), n++) {
        g_string_append(named, n ? ", " : "");
        if (n < NAMED_LIMIT)
            name_character(named, g_utf8_get_char(at));
        else
            g_string_append(named, "...");
    }
    text =
        wording_fill(wording, "words", key, NULL, "number", number, "characters", named->str, NULL);
    if (n > 0)
        findings_add(findings, SEVERITY_WARNING, NULL, "%s", text);
}

static void tell_missing(const Font *font, const Wording *wording, Findings *findings)
{
    g_autofree char *missing = font_missing(font);
    g_autofree char *forms = font_forms(font);

    tell_characters(missing, "font_missing", wording, findings);
    tell_characters(forms, "font_forms", wording, findings);
}

static Story begin(const ReportPrinter *printer, const Assessment *assessment,
                   const Subject *subject, guint language)
{
    return subject ? story_about(subject, printer->template, printer->languages[language])
                   : story_of(assessment, printer->template, printer->languages[language]);
}

/* One of the two: a company's report, or another one. */
static GBytes *print(const ReportPrinter *printer, const Assessment *assessment,
                     const Subject *subject, Findings *findings, GError **error)
{
    const Template *template = printer->template;
    const Theme *theme = template->theme;
    g_autoptr(GPtrArray) files =
        printer->rubric && assessment ? attachments(printer, assessment) : NULL;
    g_autoptr(Font) font = font_new(printer->typecase);
    g_autoptr(PdfCanvas) pdf = pdf_canvas_new(font, theme->page.width, theme->page.height);
    guint n = g_strv_length(printer->languages);
    g_autofree Part *parts = g_new0(Part, n);
    GBytes *bytes;
    Story first;

    g_return_val_if_fail(n > 0, NULL);
    font_set_fallback(font, printer->fallback);
    for (guint i = 0; i < n; i++) {
        Story story = begin(printer, assessment, subject, i);

        tell(pdf, theme, &story, &parts[i], n == 1);
    }
    for (guint i = 0; i < n; i++) {
        Story story = begin(printer, assessment, subject, i);

        furnish(pdf, theme, &story, &parts[i]);
    }
    first = begin(printer, assessment, subject, 0);
    bytes = finish(pdf, &first, files, error);
    if (bytes)
        tell_missing(font, template->wording, findings);
    return bytes;
}

GBytes *report_printer_print(const ReportPrinter *printer, const Assessment *assessment,
                             Findings *findings, GError **error)
{
    return print(printer, assessment, NULL, findings, error);
}

GBytes *report_printer_tell(const ReportPrinter *printer, const Subject *subject,
                            Findings *findings, GError **error)
{
    return print(printer, NULL, subject, findings, error);
}

GBytes *report_pdf(const Assessment *assessment, const Template *template,
                   const char *const *languages, Findings *findings, GError **error)
{
    g_autoptr(ReportPrinter) printer =
        report_printer_new(template, assessment->plan->rubric, languages, error);

    return printer ? report_printer_print(printer, assessment, findings, error) : NULL;
}
