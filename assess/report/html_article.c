#include "report/html_article.h"

#include <math.h>

#include "report/canvas_svg.h"
#include "report/cover.h"
#include "report/markup.h"

/* Points that figures are drawn at for a narrow screen; for others, the width of the page. */
static const double NARROW = 250;
static const double DOTS_A_POINT = 4 / 3.0;

typedef struct {
    HtmlWriter *writer;
    const char *id;
    guint depth;       /* of the section that is open, from 1; 0: none */
    guint figures;     /* so far */
    const char *title; /* of the chapter; NULL before the first */
    guint filters_at;  /* block before which the filters stand */
    char *heading;     /* id of the last one */
} Article;

static const ReportBlock *block_at(const Article *article, guint i)
{
    return i < article->writer->blocks->len ? article->writer->blocks->pdata[i] : NULL;
}

static void put_text(GString *out, const char *element, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    g_string_append_printf(out, "<%s", element);
    if (name)
        markup_attribute(out, "class", name);
    markup_direction(out, text);
    g_string_append_c(out, '>');
    markup_text(out, text);
    g_string_append_printf(out, "</%s>\n", element);
}

/* ---- the cover ---- */

static void put_facts(HtmlWriter *writer, const Cover *cover)
{
    GString *out = writer->out;

    g_string_append(out, "<dl class=\"facts\">\n");
    for (guint i = 0; i < COVER_FACTS_LIMIT && cover->facts[i].label; i++) {
        g_string_append(out, "<div><dt>");
        markup_text(out, cover->facts[i].label);
        g_string_append(out, "</dt><dd class=\"state\">");
        svg_mark(out, cover->facts[i].mark, writer->font, writer->theme);
        g_string_append(out, "<span>");
        markup_text(out, cover->facts[i].value);
        g_string_append(out, "</span></dd></div>\n");
    }
    g_string_append(out, "</dl>\n");
}

/* The picture goes into the page itself. */
static void put_logo(GString *out, const Cover *cover)
{
    gsize size;
    const guchar *data;
    g_autofree char *text = NULL;
    double width = cover_logo_width(cover);

    if (!cover->logo)
        return;
    data = g_bytes_get_data(cover->logo->png, &size);
    text = g_base64_encode(data, size);
    g_string_append(out, "<img class=\"logo\" alt=\"\"");
    markup_measure(out, "width", round(width * DOTS_A_POINT));
    markup_measure(out, "height",
                   round(width * DOTS_A_POINT * cover->logo->height / cover->logo->width));
    g_string_append_printf(out, " src=\"data:image/png;base64,%s\">\n", text);
}

/* Of a block that is drawn as a cover, or as the head of a first page. */
static const Cover *cover_at(const Article *article, guint i)
{
    const Figure *figure = block_at(article, i)->figure;

    return figure && figure->kind->free == cover_free ? (const Cover *)figure : NULL;
}

static void put_draft(HtmlWriter *writer)
{
    if (writer->story->template->is_draft)
        put_text(writer->out, "p", "draft", story_word(writer->story, "draft"));
}

/* A template without a cover has its title all the same. */
static void put_title(HtmlWriter *writer)
{
    g_autofree char *company = story_company(writer->story);

    g_string_append(writer->out, "<header class=\"cover\">\n");
    put_draft(writer);
    put_text(writer->out, "p", "kind", story_word(writer->story, "report_title"));
    put_text(writer->out, "h1", NULL, company);
    g_string_append(writer->out, "</header>\n");
}

static void put_cover(Article *article, const Cover *cover)
{
    HtmlWriter *writer = article->writer;
    GString *out = writer->out;

    g_string_append(out, "<header class=\"cover\">\n");
    put_logo(out, cover);
    put_draft(writer);
    put_text(out, "p", "kind", cover->kind);
    put_text(out, "h1", NULL, cover->company);
    for (guint i = 0; i < COVER_LINES_LIMIT; i++)
        put_text(out, "p", "line", cover->lines[i]);
    put_text(out, "p", "told", cover->text);
    g_string_append(out, "<div class=\"verdict\">\n<div class=\"level\">\n");
    put_text(out, "p", "label", cover->verdict_label);
    put_text(out, "p", "held", cover->verdict);
    svg_mark(out, cover->ladder, writer->font, writer->theme);
    g_string_append(out, "</div>\n");
    put_facts(writer, cover);
    put_text(out, "p", "reason", cover->reason);
    g_string_append(out, "</div>\n");
    for (guint i = 0; i < COVER_LINES_LIMIT; i++)
        put_text(out, "p", "foot", cover->foot[i]);
    g_string_append(out, "</header>\n");
}

static void put_head(Article *article)
{
    for (guint i = 0; i < article->writer->blocks->len; i++)
        if (cover_at(article, i)) {
            put_cover(article, cover_at(article, i));
            return;
        }
    put_title(article->writer);
}

/* ---- contents ---- */

static char *heading_id(const Article *article, guint i)
{
    const ReportBlock *block = block_at(article, i);

    return block->anchor ? g_strdup(block->anchor) : g_strdup_printf("%s.h%u", article->id, i);
}

static void put_contents(Article *article)
{
    GString *out = article->writer->out;
    gboolean within = FALSE;
    guint open = 0;

    g_string_append(out, "<nav class=\"contents\"");
    markup_attribute(out, "aria-label", story_word(article->writer->story, "html_contents"));
    g_string_append(out, ">\n<ol>\n");
    for (guint i = 0; i < article->writer->blocks->len; i++) {
        const ReportBlock *block = block_at(article, i);
        g_autofree char *id = block->kind == BLOCK_HEADING ? heading_id(article, i) : NULL;
        gboolean part = id && block->depth > 0 && open > 0;

        if (!id)
            continue;
        g_string_append(out, part && !within ? "<ol>\n" : !part && within ? "</ol>\n" : "");
        g_string_append(out, !part && open++ > 0 ? "</li>\n" : "");
        within = part;
        g_string_append(out, "<li><a href=\"#");
        markup_text(out, id);
        g_string_append(out, "\">");
        markup_text(out, block->text);
        g_string_append(out, part ? "</a></li>\n" : "</a>");
    }
    g_string_append(out, within ? "</ol>\n" : "");
    g_string_append(out, open > 0 ? "</li>\n</ol>\n</nav>\n" : "</ol>\n</nav>\n");
}

/* ---- chapters ---- */

static gboolean has_requirements(const Listing *table)
{
    for (guint row = 0; table && row < table->rows->len; row++)
        if (((const Row *)table->rows->pdata[row])->requirement != NOWHERE)
            return TRUE;
    return FALSE;
}

/* Before the first table of requirements, and before the heading that is its own. */
static guint place_of_filters(const Article *article)
{
    guint n = article->writer->blocks->len, at = 0, own;

    while (at < n && !has_requirements(block_at(article, at)->table))
        at++;
    if (at == n)
        return n;
    for (own = at; own > 0 && block_at(article, own)->kind != BLOCK_HEADING; own--)
        ;
    return block_at(article, own)->kind == BLOCK_HEADING && block_at(article, own)->depth > 0 ? own
                                                                                              : at;
}

/* The level that all requirements under a heading belong to; NOWHERE if there is no such. */
static int level_under(const Article *article, guint heading)
{
    const Rubric *rubric = article->writer->story->rubric;
    int level = NOWHERE;

    for (guint i = heading + 1; block_at(article, i); i++) {
        const Listing *table = block_at(article, i)->table;

        if (block_at(article, i)->kind == BLOCK_HEADING)
            break;
        for (guint row = 0; table && row < table->rows->len; row++) {
            int requirement = ((const Row *)table->rows->pdata[row])->requirement;
            int own =
                requirement == NOWHERE ? NOWHERE : RUBRIC_REQUIREMENT(rubric, requirement)->level;

            if (own != NOWHERE && level != NOWHERE && own != level)
                return NOWHERE;
            level = own == NOWHERE ? level : own;
        }
    }
    return level;
}

static void close_sections(Article *article, guint depth)
{
    for (; article->depth > depth; article->depth--)
        g_string_append(article->writer->out, "</section>\n");
}

static void put_heading(Article *article, guint i)
{
    const ReportBlock *block = block_at(article, i);
    GString *out = article->writer->out;
    guint depth = block->depth > 0 && article->depth > 0 ? 1 : 0;
    int level = depth > 0 ? level_under(article, i) : NOWHERE;

    close_sections(article, depth);
    g_free(article->heading);
    article->writer->heading = article->heading = heading_id(article, i);
    g_string_append(out, "<section");
    if (level != NOWHERE)
        g_string_append_printf(out, " data-l=\"%d\"", level);
    markup_attribute(out, "aria-labelledby", article->heading);
    g_string_append_printf(out, ">\n<h%u", depth + 2);
    markup_attribute(out, "id", article->heading);
    g_string_append_c(out, '>');
    markup_text(out, block->text);
    g_string_append_printf(out, "</h%u>\n", depth + 2);
    article->depth = depth + 1;
    article->title = block->text;
}

static void put_paragraph(Article *article, const ReportBlock *block)
{
    static const char *const CLASSES[ROLES] = {
        [ROLE_STRONG] = "message", [ROLE_LEAD] = "lead",   [ROLE_SMALL] = "small",
        [ROLE_NOTE] = "note",      [ROLE_LABEL] = "label",
    };

    put_text(article->writer->out, "p", CLASSES[block->role], block->text);
}

/* The figure twice, for wide and for narrow screens: the style shows one of them. */
static void put_figure(Article *article, guint at, const char *caption)
{
    HtmlWriter *writer = article->writer;
    const ReportBlock *block = block_at(article, at);
    gboolean goes_on = at > 0 && block_at(article, at - 1)->joins;
    const PageSize *page = &writer->theme->page;
    const char *title = caption          ? caption
                        : article->title ? article->title
                                         : story_word(writer->story, "report_title");
    g_autofree char *wide = g_strdup_printf("%s.f%u", article->id, ++article->figures);
    g_autofree char *narrow = g_strconcat(wide, "n", NULL);
    SvgFrame frames[] = {
        { wide, "wide", title, block->alt, page->width - page->left - page->right },
        { narrow, "narrow", title, block->alt, NARROW },
    };

    g_string_append(writer->out, goes_on ? "<figure class=\"on\">\n" : "<figure>\n");
    put_text(writer->out, "figcaption", "message", caption);
    for (guint i = 0; i < G_N_ELEMENTS(frames); i++) {
        svg_figure(writer->out, block->figure, writer->font, writer->theme, &frames[i]);
        g_string_append_c(writer->out, '\n');
    }
    g_string_append(writer->out, "</figure>\n");
}

/* A strong line that stays with the figure or table after it is its caption. */
static gboolean is_caption(const Article *article, guint i)
{
    const ReportBlock *block = block_at(article, i), *next = block_at(article, i + 1);

    return block->kind == BLOCK_TEXT && block->role == ROLE_STRONG && block->keep && next &&
           (next->kind == BLOCK_FIGURE || next->kind == BLOCK_TABLE);
}

static void put_block(Article *article, guint i)
{
    const ReportBlock *block = block_at(article, i);
    const char *caption =
        i > 0 && is_caption(article, i - 1) ? block_at(article, i - 1)->text : NULL;

    if (i == article->filters_at) {
        close_sections(article, 1);
        html_filters(article->writer);
    }
    switch (block->kind) {
    case BLOCK_COVER:
    case BLOCK_BREAK:
        break;
    case BLOCK_HEADING:
        put_heading(article, i);
        break;
    case BLOCK_TEXT:
        if (!is_caption(article, i))
            put_paragraph(article, block);
        break;
    case BLOCK_TABLE:
        html_table(article->writer, block->table, caption);
        break;
    case BLOCK_FIGURE:
        if (!cover_at(article, i))
            put_figure(article, i, caption);
        break;
    }
}

void html_article(HtmlWriter *writer, const char *id)
{
    Article article = { .writer = writer, .id = id };
    guint n = writer->blocks->len;

    article.filters_at = place_of_filters(&article);
    g_string_append(writer->out, "<article");
    markup_attribute(writer->out, "id", id);
    markup_attribute(writer->out, "lang", story_word(writer->story, "html_lang"));
    g_string_append(writer->out, ">\n");
    put_head(&article);
    put_contents(&article);
    g_string_append(writer->out, "<div class=\"chapters\">\n");
    for (guint i = 0; i < n; i++)
        put_block(&article, i);
    close_sections(&article, 0);
    g_string_append(writer->out, "</div>\n</article>\n");
    g_free(article.heading);
    writer->heading = NULL;
}
