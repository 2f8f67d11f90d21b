#include "report/workbook_page.h"

#include <string.h>

#include "base/text.h"

static const double SOFT = 0.14; /* how much of a colour its ground has */

static Colour tone(const Page *page, Tone of)
{
    return page->story->template->theme->tones[of];
}

/* A colour on the way from paper to another one. */
static Colour soft(const Page *page, Colour colour)
{
    Colour paper = tone(page, TONE_PAPER), mixed = 0;

    for (guint shift = 0; shift < 24; shift += 8) {
        double from = (paper >> shift) & 0xff, to = (colour >> shift) & 0xff;

        mixed |= (Colour)(from + (to - from) * SOFT + 0.5) << shift;
    }
    return mixed;
}

const char *page_caption(const Page *page, const char *key)
{
    const Story *story = page->story;
    gboolean is_own = wording_has(story->wording, "workbook", key);

    return wording_get(story->wording, is_own ? "workbook" : "words", key, story->language);
}

void page_open(Page *page, Xlsx *xlsx, const Story *story, const char *caption)
{
    *page = (Page){ .xlsx = xlsx, .story = story };
    page->head = (XlsxLook){ .bold = TRUE,
                             .wrap = TRUE,
                             .ruled = TRUE,
                             .ink = tone(page, TONE_PAPER),
                             .fill = tone(page, TONE_ACCENT) };
    page->text = (XlsxLook){ .wrap = TRUE, .ruled = TRUE };
    page->plain = (XlsxLook){ .ruled = TRUE };
    page->strong = (XlsxLook){ .bold = TRUE, .size = 13, .ink = tone(page, TONE_ACCENT) };
    page->open =
        (XlsxLook){ .wrap = TRUE, .ruled = TRUE, .typed = TRUE, .fill = tone(page, TONE_PANEL) };
    xlsx_sheet(xlsx, page_caption(page, caption));
}

void page_head(Page *page, const PageColumn *columns, guint n)
{
    for (guint i = 0; i < n; i++) {
        xlsx_text(page->xlsx, page->row, i, page_caption(page, columns[i].caption), &page->head);
        if (columns[i].width > 0)
            xlsx_width(page->xlsx, i, columns[i].width);
    }
    page_next(page);
}

void page_text(Page *page, const char *text)
{
    XlsxLook look = page->text;

    look.typed = text && text_runs(text);
    xlsx_text(page->xlsx, page->row, page->column++, text, &look);
}

void page_own(Page *page, char *text)
{
    g_autofree char *own = text;

    page_text(page, own);
}

void page_count(Page *page, guint count)
{
    xlsx_count(page->xlsx, page->row, page->column++, count, &page->plain);
}

void page_score(Page *page, const Points *points)
{
    for (int high = FALSE; high <= TRUE; high++) {
        g_autofree char *bound =
            points->score.exists ? story_bound(page->story, points, high) : NULL;

        if (bound)
            xlsx_decimal(page->xlsx, page->row, page->column++, bound, points->places,
                         points->is_part, &page->plain);
        else
            page_blank(page, &page->plain);
    }
}

void page_blank(Page *page, const XlsxLook *look)
{
    xlsx_text(page->xlsx, page->row, page->column++, NULL, look);
}

void page_next(Page *page)
{
    page->row++;
    page->column = 0;
}

static void colour_word(const Page *page, XlsxRange range, const char *section, const char *key,
                        Tone of)
{
    const Story *story = page->story;
    XlsxLook look = { .ink = tone(page, of), .fill = soft(page, tone(page, of)) };

    xlsx_colour_word(page->xlsx, range, wording_get(story->wording, section, key, story->language),
                     &look);
}

void page_colour(const Page *page, guint column, guint first)
{
    static const struct {
        const char *section, *key;
        Tone tone;
    } WORDS[] = {
        { "status", "met", TONE_MET },
        { "status", "waived", TONE_WAIVED },
        { "status", "unmet", TONE_UNMET },
        { "status", "unknown", TONE_UNKNOWN },
        { "status", "not_applicable", TONE_NOT_APPLICABLE },
        { "words", "advice_unmet", TONE_NOT_APPLICABLE },
        { "level_status", "held", TONE_MET },
        { "level_status", "possible", TONE_UNKNOWN },
        { "level_status", "not_held", TONE_UNMET },
        { "states", "blank", TONE_UNKNOWN },
        { "states", "disputed", TONE_UNKNOWN },
        { "states", "invalid", TONE_UNMET },
        { "states", "not_applicable", TONE_NOT_APPLICABLE },
        { "states", "skipped", TONE_NOT_APPLICABLE },
    };
    XlsxRange range = { first, column, page->row - 1, column };

    if (page->row <= first)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(WORDS); i++)
        colour_word(page, range, WORDS[i].section, WORDS[i].key, WORDS[i].tone);
}

void page_filter(const Page *page, guint columns)
{
    xlsx_freeze(page->xlsx, 1, 0);
    if (page->row > 1)
        xlsx_filter(page->xlsx, (XlsxRange){ 0, 0, page->row - 1, columns - 1 });
}

void page_print(const Page *page, gboolean has_head)
{
    g_autofree char *company = story_company(page->story);
    g_autofree char *date = story_date(page->story);
    g_autofree char *foot = g_strdup_printf("%s  %s", company, date);

    xlsx_print(page->xlsx, has_head ? 1 : 0, foot);
}
