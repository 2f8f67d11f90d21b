#include "report/html.h"

#include <string.h>

#include "page/font_file.h"
#include "report/canvas_svg.h"
#include "report/html_article.h"
#include "report/html_style.h"
#include "report/imprint.h"
#include "report/markup.h"
#include "report/story.h"

enum { SHA256_BYTES = 32 };

typedef struct {
    Story *stories; /* of each language; their blocks are owned */
    guint n;
    const Theme *theme;
    Font *font;
    GString *out;
} Page;

void html_word(HtmlWriter *writer, const char *key)
{
    markup_text(writer->out, story_word(writer->story, key));
}

/* A browser has fonts of its own: this one only measures, and may be missing. */
static Font *open_font(const Wording *wording)
{
    guint index;
    g_autofree char *file =
        font_file_find(wording_get(wording, "font", "family", NULL),
                       wording_get(wording, "font", "file", NULL), &index, NULL);
    Font *font = file ? font_open(file, index, NULL) : NULL;

    return font ? font : font_estimate();
}

/* What a reader's browser may use of the page: this style and no other, nothing from elsewhere. */
static void put_policy(GString *out, const char *style)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[SHA256_BYTES];
    gsize length = sizeof digest;
    g_autofree char *hash = NULL;

    g_checksum_update(sum, (const guchar *)style, (gssize)strlen(style));
    g_checksum_get_digest(sum, digest, &length);
    hash = g_base64_encode(digest, length);
    g_string_append_printf(out,
                           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                           "'none'; style-src 'sha256-%s'; img-src data:; base-uri 'none'; "
                           "form-action 'none'\">\n",
                           hash);
}

static void put_head(const Page *page)
{
    const Story *story = &page->stories[0];
    GString *out = page->out;
    g_autofree char *style = html_style(page->theme, story->rubric->levels->len);
    g_auto(Imprint) imprint = imprint_of(story);

    g_string_append(out, "<!DOCTYPE html>\n<html");
    markup_attribute(out, "lang", story_word(story, "html_lang"));
    g_string_append(out, ">\n<head>\n<meta charset=\"utf-8\">\n");
    put_policy(out, style);
    g_string_append(out, "<meta name=\"viewport\" content=\"width=device-width\">\n"
                         "<meta name=\"color-scheme\" content=\"light dark\">\n"
                         "<meta name=\"generator\"");
    markup_attribute(out, "content", imprint.creator);
    g_string_append(out, ">\n<title>");
    markup_text(out, imprint.title);
    g_string_append_printf(out, "</title>\n<style>%s</style>\n</head>\n", style);
}

/* With several languages, one is shown at a time: buttons choose. */
static void put_languages(const Page *page)
{
    GString *out = page->out;

    if (page->n < 2)
        return;
    g_string_append(out, "<header class=\"languages\">\n<fieldset>\n<legend class=\"unseen\">");
    for (guint i = 0; i < page->n; i++) {
        g_string_append(out, i ? " / " : "");
        markup_text(out, story_word(&page->stories[i], "html_language"));
    }
    g_string_append(out, "</legend>\n");
    for (guint i = 0; i < page->n; i++) {
        g_string_append_printf(out,
                               "<label lang=\"%s\"><input type=\"radio\" name=\"language\" "
                               "class=\"language-%u\"%s><span>",
                               story_word(&page->stories[i], "html_lang"), i,
                               i == 0 ? " checked" : "");
        markup_text(out, story_word(&page->stories[i], "language"));
        g_string_append(out, "</span></label>\n");
    }
    g_string_append(out, "</fieldset>\n</header>\n");
}

static void add_anchor(GHashTable *anchors, const char *name)
{
    if (name)
        g_hash_table_add(anchors, (gpointer)name);
}

/* Names that links may lead to. They stay the blocks'. */
static GHashTable *collect_anchors(const GPtrArray *blocks)
{
    GHashTable *anchors = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < blocks->len; i++) {
        const ReportBlock *block = blocks->pdata[i];

        add_anchor(anchors, block->anchor);
        for (guint row = 0; block->table && row < block->table->rows->len; row++)
            add_anchor(anchors, ((const Row *)block->table->rows->pdata[row])->anchor);
    }
    return anchors;
}

static void put_article(const Page *page, const Story *story)
{
    g_autoptr(GHashTable) anchors = collect_anchors(story->blocks);
    HtmlWriter writer = { .out = page->out,
                          .story = story,
                          .blocks = story->blocks,
                          .theme = page->theme,
                          .font = page->font,
                          .anchors = anchors };

    html_article(&writer, story->language);
}

static void put_footer(const Page *page)
{
    GString *out = page->out;

    g_string_append(out, "<footer>\n");
    for (guint i = 0; i < page->n; i++) {
        const Story *story = &page->stories[i];
        g_autofree char *date = story_date(story);
        g_autofree char *dated = STORY_FILL(story, "dated", "date", date);
        g_autofree char *program = STORY_FILL(story, "program_version", "version", ASSESS_VERSION);

        g_autofree char *notice = story_running(story, "confidential", 1, 1);

        g_string_append_printf(out, "<p lang=\"%s\">", story_word(story, "html_lang"));
        markup_text(out, dated);
        g_string_append(out, " \xc2\xb7 ");
        markup_text(out, program);
        g_string_append(out, *notice ? "<br>" : "");
        markup_text(out, notice);
        g_string_append(out, "</p>\n");
    }
    g_string_append(out, "</footer>\n");
}

static void put_page(const Page *page)
{
    GString *out = page->out;

    put_head(page);
    g_string_append(out, "<body>\n<a class=\"skip\" href=\"#report\">");
    markup_text(out, story_word(&page->stories[0], "html_skip"));
    g_string_append(out, "</a>\n");
    svg_symbols(out, page->font, page->theme);
    put_languages(page);
    g_string_append(out, "<main id=\"report\" tabindex=\"-1\">\n");
    for (guint i = 0; i < page->n; i++)
        put_article(page, &page->stories[i]);
    g_string_append(out, "</main>\n");
    put_footer(page);
    g_string_append(out, "</body>\n</html>\n");
}

/* About one of the two: a company, or something else. */
static GBytes *tell(const Assessment *assessment, const Subject *subject, const Template *template,
                    const char *const *languages)
{
    guint n = g_strv_length((char **)languages);
    g_autofree Story *stories = g_new0(Story, n);
    g_autoptr(Font) font = open_font(template->wording);
    Page page = { stories, n, template->theme, font, NULL };

    g_return_val_if_fail(n > 0, NULL);
    for (guint i = 0; i < n; i++) {
        stories[i] = subject ? story_about(subject, template, languages[i])
                             : story_of(assessment, template, languages[i]);
        story_tell(&stories[i]);
    }
    page.out = g_string_new(NULL);
    put_page(&page);
    for (guint i = 0; i < n; i++)
        g_ptr_array_unref(stories[i].blocks);
    return g_string_free_to_bytes(page.out);
}

GBytes *report_html(const Assessment *assessment, const Template *template,
                    const char *const *languages)
{
    return tell(assessment, NULL, template, languages);
}

GBytes *report_html_tell(const Subject *subject, const Template *template,
                         const char *const *languages)
{
    return tell(NULL, subject, template, languages);
}
